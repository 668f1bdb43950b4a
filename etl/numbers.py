"""Numbers as people write them: one number, perhaps with its unit word.

What could be two numbers, or none, is not read: `doubt` says why in Chinese, for the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from etl.normalise import chinese_number

_NUMBER = re.compile(r"(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?)(.*)")
_SPOKEN = re.compile(r"([零〇一二两三四五六七八九十百千]+)(.*)")
_PLACES = frozenset("十百千")
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+")
_ABOUT = re.compile(r"[约余多近超几]|以上|以下|以内|左右|上下|不足|不到|至少|至多|大概|估")
_DRESS = re.compile(r"^(?:人民币|[¥￥])|(?<=元)整$")

ABOUT: Final = "（是约数）"
SEVERAL: Final = "（一格里不止一个数）"
PERCENT: Final = "（是百分数，本列不是）"


def undressed(word: str) -> str:
    """An amount without 人民币, ¥ or 整."""
    return _DRESS.sub("", word)


def read_number(word: str, suffixes: Collection[str]) -> tuple[Decimal, str] | None:
    """A number alone or followed by one of these unit words, and that word."""
    if match := _NUMBER.fullmatch(word):
        number: Decimal | None = Decimal(match[1].replace(",", ""))
    elif match := _SPOKEN.fullmatch(word):
        number = _spoken(match[1])
    if match is None or number is None or (match[2] and match[2] not in suffixes):
        return None
    return number, match[2]


def own_of_several(
    word: str, suffixes: Collection[str], own: Collection[str]
) -> tuple[Decimal, str] | None:
    """5起3人 in a column counted in 人 is 3: the one pair whose word is the column's own."""
    pattern, whole = _pairs_of(frozenset(suffixes))
    if not whole.fullmatch(word):
        return None
    found = [pair for pair in pattern.findall(word) if pair[1] in own]
    if len(found) != 1:
        return None
    return read_number("".join(found[0]), own)


@lru_cache(maxsize=64)
def _pairs_of(suffixes: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(re.escape(w) for w in sorted(suffixes, key=len, reverse=True))
    pair = rf"({_FIGURES.pattern})({words})"
    return re.compile(pair), re.compile(rf"{pair}(?:[、,，;；/]?{pair})+")


def doubt(word: str, suffixes: Mapping[str, str], own: str) -> str:
    """Why this is not one number of the column's own unit; empty when it is no number at all."""
    figures = _FIGURES.findall(word)
    if not figures:
        return ""
    if _ABOUT.search(word):
        return ABOUT
    if len(figures) > 1:
        return SEVERAL
    if word.endswith(("%", "‰")):
        return PERCENT
    said = read_number(word, suffixes)
    return f"（写的是“{said[1]}”，本列以“{own}”计）" if said and said[1] and own else ""


def _spoken(word: str) -> Decimal | None:
    """三 and 十二 are numbers; 一二 may mean one or two."""
    if len(word) > 1 and not _PLACES & set(word):
        return None
    number = chinese_number(word)
    return None if number is None else Decimal(number)
