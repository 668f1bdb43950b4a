"""Who sends a table, where its title, its tab or its signature names a unit and no label does.

A title counts where it begins or ends with a unit's whole name; a mention in passing does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from etl.declarations.declarations import Context, Place, Unit
from etl.declarations.text_keys import key

_BEFORE = re.compile(
    r"^(?:附件?\d*[:.、]?|附?表\d*[:.、]|\(?[一二三四五六七八九十\d]{1,3}[)、.]|[\[(]模拟数据[\])]|[*★※#]+)+"
)
_WHEN = re.compile(
    r"(?:自)?20\d\d[年./-]?(?:度)?(?:\d{1,2}(?:-\d{1,2})?月(?:份)?)?(?:以来)?"
    r"|(?<!\d)\d{1,2}(?:-\d{1,2})?月(?:份)?|第?[一二三四]季度|[上下]半年|前三季度"
)
_SEAL = re.compile(r"\((?:公?章|盖章|签章|加盖公章)\)")
_TAIL = re.compile(r"(?:\(([^()]{2,16})\)|-([^()-]{2,16}))$")
_OFFICE = re.compile(r"\(?[\u4e00-\u9fff]{1,12}(?:办|办公室|科|室|股|站|所|队|中心|组|部|委|会)\)?")
_COPY = re.compile(r"\(\d{1,2}\)$")
_NO_SENDER = ("制", "监制", "印", "转发", "发文", ":")
_KINDS = tuple("道镇乡处办局委会队心区园院站所")
_LONGEST = 20


def sender_named(
    titles: Iterable[Sequence[str]], footers: Iterable[Sequence[str]], tab: str, context: Context
) -> Unit | None:
    """The unit the topmost such title names, else the one that tab and signature agree on."""
    if named := senders_named(titles, context):
        return named[0]
    cells = (_SEAL.sub("", key(cell)) for row in footers for cell in row)
    others = [_in_title(_COPY.sub("", key(tab)), context)]
    others += [_unit(context.places, cell) for cell in cells]
    found = {unit.unit_id: unit for unit in others if unit}
    return next(iter(found.values())) if len(found) == 1 else None


def senders_named(titles: Iterable[Sequence[str]], context: Context) -> list[Unit]:
    """Every unit a title names, top down, each once."""
    named = (_in_title(cell, context) for row in titles for cell in row)
    return list({unit.unit_id: unit for unit in named if unit}.values())


def unit_written(text: str, context: Context) -> Unit | None:
    """The unit a label states: its name, or its name before an office of its own (应急办)."""
    word = key(text)
    places = context.places
    for length in range(min(len(word), _LONGEST), 1, -1):
        name, rest = word[:length], word[length:]
        if name in places:
            place = places[name]
            return place.unit if not rest or _OFFICE.fullmatch(rest) else None
    return None


def _in_title(cell: str, context: Context) -> Unit | None:
    word = _WHEN.sub("", _BEFORE.sub("", _SEAL.sub("", key(cell))))
    word = _BEFORE.sub("", word)
    if whole := _unit(context.places, word):
        return whole
    tail = _TAIL.search(word)
    if tail and (unit := _unit(context.places, tail[1] or tail[2])):
        return unit
    return _at_start(word, context.places)


def _at_start(word: str, places: Mapping[str, Place]) -> Unit | None:
    """The longest name of a unit the title begins with, when it ends as units' names end."""
    for length in range(min(len(word), _LONGEST), 2, -1):
        name, rest = word[:length], word[length:]
        if name in places:
            is_sender = name.endswith(_KINDS) and not rest.startswith(_NO_SENDER)
            return _unit(places, name) if is_sender else None
    return None


def _unit(places: Mapping[str, Place], word: str) -> Unit | None:
    place = places.get(word)
    return place.unit if place and place.unit and place.unit.is_actor else None
