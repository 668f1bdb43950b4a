"""Numbers as people write them: one number, perhaps with its unit word.

What could be two numbers, or none, is not read: `doubt` says why in Chinese, for the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from etl.declarations.text_keys import chinese_number, plain_spoken

_NUMBER = re.compile(r"(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?)(.*)")
_SPOKEN = re.compile(r"([零〇一二两三四五六七八九十百千]+)(.*)")
_PLACES = frozenset("十百千")
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+")
_ABOUT = re.compile(r"[约余多近超几数]|以上|以下|以内|左右|上下|不足|不到|至少|至多|大概|估")
_DRESS = re.compile(r"^(?:人民币|RMB|CNY)?[¥￥]?|(?:(?<=元)整)?(?:人民币)?$")
_BRACKETED_UNIT = re.compile(r"(?<=.)\(([^()\d]{1,3})\)$")
_CUT = re.compile(r"-?\d(?:\.\d{1,5})?[eE]\+\d{2,3}")
_IN_BRACKETS = re.compile(r"\([-\d.,]+\)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:\d\d:|$)")
_PART = r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+"
_BY_PARTS = re.compile(rf"(?:({_PART})亿)?(?:({_PART})万)?(?:({_PART})(千)?)?(元)?")

ABOUT: Final = "（是约数）"
SEVERAL: Final = "（一格里不止一个数）"
PERCENT: Final = "（是百分数，本列不是）"
CUT: Final = "（是科学计数，后几位已经丢失）"
BRACKETS: Final = "（带括号，分不清是负数还是备注）"
DAY: Final = "（是日期，不是数；输入“3-5”“3/5”会被表格软件变成日期）"
SHORT: Final = "（用了“万”“亿”，请写出完整的数）"


def undressed(word: str) -> str:
    """An amount without 人民币, ¥ or 整, its unit without brackets: 3(人) → 3人."""
    return _BRACKETED_UNIT.sub(r"\1", _DRESS.sub("", word))


def is_cut(word: str) -> bool:
    """1.23E+05 as a spreadsheet shows a longer number: what stood behind is lost."""
    return _CUT.fullmatch(word) is not None


def is_day(word: str) -> bool:
    """2026-03-05 with or without a time of day."""
    return _DAY.match(word) is not None


def read_number(word: str, suffixes: Collection[str]) -> tuple[Decimal, str] | None:
    """A number alone or followed by one of these unit words, and that word."""
    word = plain_spoken(word)
    if match := _NUMBER.fullmatch(word):
        number: Decimal | None = Decimal(match[1].replace(",", ""))
    elif match := _SPOKEN.fullmatch(word):
        number = _spoken(match[1])
    if match is None or number is None or (match[2] and match[2] not in suffixes):
        return None
    return number, match[2]


def money_by_parts(word: str) -> tuple[Decimal, str] | None:
    """一万五千元, 5万3千元, 一亿二千万元: one amount said in parts, in 元."""
    match = _BY_PARTS.fullmatch(plain_spoken(word))
    if match is None or sum(part is not None for part in match.groups()[:3]) < 2:
        return None
    if match[3] and not match[4] and not match[5] and not _PLACES & set(match[3]):
        return None
    steps = (10**8, 10**4, 1000 if match[4] else 1)
    parts = [_part(text) * step for text, step in zip(match.groups(), steps, strict=False) if text]
    return sum(parts, Decimal(0)), "元"


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
    figures = _FIGURES.findall(plain_spoken(word))
    if not figures:
        return ""
    signs = (
        (DAY, is_day(word)),
        (CUT, is_cut(word)),
        (BRACKETS, _IN_BRACKETS.fullmatch(word)),
        (ABOUT, _ABOUT.search(word)),
        (SEVERAL, len(figures) > 1),
        (PERCENT, word.endswith(("%", "‰"))),
    )
    return next((said for said, holds in signs if holds), "") or _other_unit(word, suffixes, own)


def _other_unit(word: str, suffixes: Mapping[str, str], own: str) -> str:
    said = read_number(word, suffixes)
    if not said or not said[1]:
        return SHORT if word.endswith(("万", "亿")) else ""
    return f"（写的是“{said[1]}”，本列以“{own}”计）" if own else f"（带有“{said[1]}”，这里只填数）"


def _part(text: str) -> Decimal:
    spoken = None if text[0].isdecimal() else chinese_number(text)
    return Decimal(text) if spoken is None else Decimal(spoken)


def _spoken(word: str) -> Decimal | None:
    """三 and 十二 are numbers; 一二 may mean one or two."""
    if len(word) > 1 and not _PLACES & set(word):
        return None
    number = chinese_number(word)
    return None if number is None else Decimal(number)
