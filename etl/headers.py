"""Header texts: how a header cell, its parents and its unit become one comparable path."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.normalise import key

_BRACKETED = re.compile(r"[(\[]([^()\[\]]{1,6})[)\]]$")
_DECORATION = re.compile(r"[*★※:]+$|^[*★※]+")


def path_key(path: str, units: frozenset[str]) -> str:
    """A path `上级/下级` as declared in headers.csv, without units, ready for comparing."""
    return "/".join(split_unit(level, units)[0] for level in path.split("/"))


def split_unit(text: str, units: frozenset[str]) -> tuple[str, str]:
    """A header and the unit in brackets at its end: 罚款（万元） → (罚款, 万元)."""
    word = _DECORATION.sub("", key(text))
    match = _BRACKETED.search(word)
    if match and match[1] in units:
        return word[: match.start()], match[1]
    return word, ""


def join_levels(texts: Iterable[str], units: frozenset[str]) -> tuple[str, str]:
    """The path of one column from its header cells, top first, and the unit it states."""
    levels: list[str] = []
    unit = ""
    for text in texts:
        level, stated = split_unit(text, units)
        unit = stated or unit
        if level and (not levels or levels[-1] != level):
            levels.append(level)
    return "/".join(levels), unit
