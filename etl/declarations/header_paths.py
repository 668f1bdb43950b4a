"""Header texts: how a header cell, its parents and its unit become one comparable path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from etl.declarations.text_keys import key

_BRACKETED = re.compile(r"[(\[]([^()\[\]]{1,6})[)\]]?$")
_REMARK = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]?$")
_DECORATION = re.compile(r"[*★※:]+$|^[*★※]+")
_CHOICES = re.compile(r"[(\[]([^()\[\]]{1,8}(?:[/、,;][^()\[\]/、,;]{1,8})+)[)\]]?$")
_NUMBERED = re.compile(
    r"^(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、)(?=[^\d.])"
)
_MUST = re.compile(r"[*★※]*[必选]填(?:项)?[*★※]*$")


def path_key(path: str, units: frozenset[str]) -> str:
    """A path `上级/下级` as declared in headers.csv, without units, ready for comparing."""
    return "/".join(split_unit(level, units)[0] for level in path.split("/"))


def split_unit(text: str, units: frozenset[str], notes: tuple[str, ...] = ()) -> tuple[str, str]:
    """A header without remarks to the writer, and the unit in brackets at its end.

    罚款（万元） → (罚款, 万元); a lost bracket is forgiven: 罚款（万元, 罚款万元）.
    """
    word = _DECORATION.sub("", key(text))
    word = _without_choices(_without_remarks(_NUMBERED.sub("", word) or word, notes), units)
    match = _BRACKETED.search(word)
    if match and match[1] in units:
        return _without_remarks(word[: match.start()], notes), match[1]
    if word.endswith(")") and "(" not in word:
        unit = max((u for u in units if word.endswith(f"{u})")), key=len, default="")
        if unit:
            return word[: -len(unit) - 1], unit
    return word, ""


def _without_choices(word: str, units: frozenset[str]) -> str:
    """Without (重大/一般): what may be chosen; (元/万元) leaves the unit in doubt and stays."""
    match = _CHOICES.search(word)
    if not match or not units.isdisjoint(re.split("[/、,;]", match[1])):
        return word
    return word[: match.start()]


def _without_remarks(word: str, notes: tuple[str, ...]) -> str:
    """Without (必填), ★必填, (格式：2026-03-05) and the like; notes are declared in words.csv."""
    if not notes:
        return word
    while match := _REMARK.search(word):
        if not match[1].lstrip("*★※").startswith(notes):
            break
        word = word[: match.start()]
    return _DECORATION.sub("", _MUST.sub("", word) or word)


def join_levels(
    texts: Iterable[str], units: frozenset[str], notes: tuple[str, ...] = ()
) -> tuple[str, str]:
    """The path of one column from its header cells, top first, and the unit it states."""
    levels: list[str] = []
    unit = ""
    for text in texts:
        level, stated = split_unit(text, units, notes)
        unit = stated or unit
        if level and (not levels or levels[-1] != level):
            levels.append(level)
    return "/".join(levels), unit


def other_readings(path: str, groups: Iterable[str]) -> Iterator[str]:
    """What else a path may say: without neutral upper levels, or one text cut over several rows."""
    levels = path.split("/")
    while len(levels) > 1 and levels[0] in groups:
        levels = levels[1:]
        yield "/".join(levels)
    for cut in range(len(levels) - 1, 0, -1):
        yield "/".join([*levels[: cut - 1], "".join(levels[cut - 1 : cut + 1]), *levels[cut + 1 :]])
    if len(levels) > 2:
        yield "".join(levels)
