"""Who sends a table, where its title, its tab or its signature names a unit and no label does.

A title counts where it begins or ends with a unit's whole name; a mention in passing does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from etl.declarations import Context
from etl.normalise import key
from etl.places import Place

_BEFORE = re.compile(
    r"^(?:附件?\d*[:.、]?|附?表\d*[:.、]|\(?[一二三四五六七八九十\d]{1,3}[)、.]|[\[(]模拟数据[\])]|[*★※#]+)+"
)
_WHEN = re.compile(
    r"(?:自)?20\d\d[年./-]?(?:度)?(?:\d{1,2}(?:-\d{1,2})?月(?:份)?)?(?:以来)?"
    r"|(?<!\d)\d{1,2}(?:-\d{1,2})?月(?:份)?|第?[一二三四]季度|[上下]半年|前三季度"
)
_SEAL = re.compile(r"\((?:公?章|盖章|签章|加盖公章)\)")
_TAIL = re.compile(r"(?:\(([^()]{2,16})\)|-([^()-]{2,16}))$")
_COPY = re.compile(r"\(\d{1,2}\)$")
_NO_SENDER = ("制", "监制", "印", "转发", "发文", ":")
_KINDS = tuple("道镇乡处办局委会队心区园院站所")
_LONGEST = 20


def named_in_titles(rows: Iterable[Sequence[str]], context: Context) -> str | None:
    """The unit the topmost title names that names one."""
    found = (_in_title(cell, context) for row in rows for cell in row)
    return next(filter(None, found), None)


def named_in_tab(tab: str, context: Context) -> str | None:
    """The unit a tab is called by: 云沐街道, 云沐10月."""
    return _in_title(_COPY.sub("", key(tab)), context)


def signed(rows: Iterable[Sequence[str]], context: Context) -> str | None:
    """The one unit that stands alone in cells below the table."""
    cells = (_SEAL.sub("", key(cell)) for row in rows for cell in row)
    units = {unit for cell in cells if (unit := _unit(context.places, cell))}
    return units.pop() if len(units) == 1 else None


def _in_title(cell: str, context: Context) -> str | None:
    word = _WHEN.sub("", _BEFORE.sub("", _SEAL.sub("", key(cell))))
    word = _BEFORE.sub("", word)
    if whole := _unit(context.places, word):
        return whole
    if tail := _TAIL.search(word):
        return _unit(context.places, tail[1] or tail[2])
    return _at_start(word, context.places)


def _at_start(word: str, places: Mapping[str, Place]) -> str | None:
    """The longest name of a unit the title begins with, when it ends as units' names end."""
    for length in range(min(len(word), _LONGEST), 2, -1):
        name, rest = word[:length], word[length:]
        if name in places:
            is_sender = name.endswith(_KINDS) and not rest.startswith(_NO_SENDER)
            return _unit(places, name) if is_sender else None
    return None


def _unit(places: Mapping[str, Place], word: str) -> str | None:
    place = places.get(word)
    return place.unit.unit_id if place and place.unit and place.unit.is_actor else None
