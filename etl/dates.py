"""Dates, months and years as people write them; whatever could mean two days is not a date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from etl.limits import EARLIEST_YEAR, LATEST_YEAR
from etl.normalise import chinese_number, compact

_EPOCH = date(1899, 12, 30)
_SERIALS = range((date(2000, 1, 1) - _EPOCH).days, (date(LATEST_YEAR, 12, 31) - _EPOCH).days + 1)
_CLOCK = (
    r"(?:T|,)?(?:\d{1,2}(?:[:时点]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?|分)?|[时点](?:许|左右)?)?)?"
)
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?")
_CLOCK_END = r"(?:(?:上午|下午|凌晨|晚上?|中午)?" + _CLOCK + r")"
_MARKED = re.compile(r"(?:(\d{4})年)(\d{1,2})月(\d{1,2})[日号]" + _CLOCK_END)
_YEARLESS = re.compile(r"(\d{1,2})月(\d{1,2})[日号]" + _CLOCK_END)
_PLAIN = re.compile(
    r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})\.?(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
)
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBER = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTH_MARKED = re.compile(r"(?:(\d{4})年(?:度)?)?(\d{1,2})月(?:份)?")
_MONTH_PLAIN = re.compile(r"(\d{4})[-./](\d{1,2})")
_MONTH_SOLID = re.compile(r"(\d{4})(\d{2})")
_YEAR = re.compile(r"(\d{4})(?:年度?)?")
_DASH = re.compile("[—–−]")
_CHINESE_PARTS = re.compile(r"([零〇○一二三四五六七八九十]+)(?=[年月日号])")
_BEFORE_CLOCK = re.compile(r"(\d{4}[-./]\d{1,2}[-./]\d{1,2})\s+(?=\d)")


def parse_date(text: str, year: int | None = None) -> date | None:
    """A whole date; 3月5日 needs the year the title states."""
    word = _prepared(text)
    for pattern, groups in ((_MARKED, (1, 2, 3)), (_PLAIN, (1, 3, 4)), (_SOLID, (1, 2, 3))):
        if match := pattern.fullmatch(word):
            return _date(*(int(match[g]) for g in groups))
    if match := _YEARLESS.fullmatch(word):
        return _date(year, int(match[1]), int(match[2])) if year else None
    return _serial(word)


def parse_month(text: str, year: int | None = None) -> date | None:
    """The first day of the month; a whole date stands for its month."""
    word = _prepared(text)
    if match := _MONTH_MARKED.fullmatch(word):
        stated = int(match[1]) if match[1] else year
        return _date(stated, int(match[2]), 1) if stated else None
    for pattern in (_MONTH_PLAIN, _MONTH_SOLID):
        if match := pattern.fullmatch(word):
            return _date(int(match[1]), int(match[2]), 1)
    day = parse_date(text, year)
    return day.replace(day=1) if day else None


def parse_year(text: str) -> int | None:
    """2026, 2026年, 2026年度, 二〇二六年."""
    match = _YEAR.fullmatch(_prepared(text))
    year = int(match[1]) if match else 0
    return year if EARLIEST_YEAR <= year <= LATEST_YEAR else None


def _prepared(text: str) -> str:
    word = _DASH.sub("-", compact(_BEFORE_CLOCK.sub(r"\1T", text.strip())))
    if "年" in word or "月" in word:
        word = _CHINESE_PARTS.sub(_arabic, word)
    return _WEEKDAY.sub("", word)


def _arabic(match: re.Match[str]) -> str:
    number = chinese_number(match[1])
    return match[1] if number is None else str(number)


def _serial(word: str) -> date | None:
    match = _NUMBER.fullmatch(word)
    if match and int(match[1]) in _SERIALS:
        return _EPOCH + timedelta(days=int(match[1]))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
