"""Dates, months and years as people write them; whatever could mean two days is not a date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from etl.declarations.limits import EARLIEST_YEAR, LATEST_YEAR
from etl.declarations.text_keys import chinese_number, compact

_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_OLDEST_SERIAL = date(2000, 1, 1)
_NEWEST_SERIAL = date(2050, 12, 31)
_PART_OF_DAY = (
    r"(?:上午|下午|凌晨|清晨|早晨|早上?|晨|傍晚|晚上?|晚间|中午|正午|午间|午后|夜间|夜里|深夜|夜)"
)
_TIME = (
    r"\d{1,2}(?:[:时点]\d{1,2}(?::\d{1,2}(?:\.\d+)?|分(?:\d{1,2}(?:\.\d+)?秒)?)?"
    r"|[时点](?:整|半|多|[一三]刻)?)(?:[AaPp][Mm]|Z|[+-]\d{2}:?\d{2})?"
)
_CLOCK = (
    rf"(?:[T,]?(?:(?:大?约)?{_PART_OF_DAY}?(?:大?约)?{_TIME}(?:许|左右|前后)?|{_PART_OF_DAY}))?"
)
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?")
_MARKED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})(?:[日号]" + _CLOCK + r"|$)")
_YEARLESS = re.compile(r"(\d{1,2})月(\d{1,2})[日号]" + _CLOCK)
_PLAIN = re.compile(r"(\d{4})([-./、,。])(\d{1,2})\2(\d{1,2})(?!\d)[日号.。]?" + _CLOCK)
_SOLID = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:T\d{1,2}:.{2,9}|(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?"
)
_NUMBER = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTH_MARKED = re.compile(r"(?:(\d{4})年(?:度)?)?(\d{1,2})月(?:份)?")
_MONTH_PLAIN = re.compile(r"(\d{4})[-./](\d{1,2})")
_MONTH_SOLID = re.compile(r"(\d{4})(\d{2})")
_MONTH_ALONE = re.compile(r"(\d{1,2})")
_YEAR = re.compile(r"(\d{4})(?:年度?|\.0)?")
_DASH = re.compile("[—–−-]+")
_CHINESE_PARTS = re.compile(r"([零〇○一二三四五六七八九十廿卅]+)(?=[年月日号至到-])")
_ROUND_ZERO = re.compile(r"(?<=[零〇○一二三四五六七八九])[Oo0](?=[零〇○一二三四五六七八九Oo0]*年)")
_LAST_OF_MONTH = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:份)?(?:底|末)?(?:之?前|以前)?")
_LAST_OF_YEAR = re.compile(r"(?:(\d{4})年(?:度)?|年)(?:年?底|年?末)(?:之?前|以前)?")
_SINCE_JANUARY = re.compile(
    r"(?:(\d{4})年(?:度)?)?0?1月?(?:份)?[-~至到](\d{1,2})月(?:份)?(?:累计)?"
)
_BY = re.compile(r"^(?:截至|截止到?|最迟|限|于|至|到)+(?=\d)")
_DONE = re.compile(r"(?<=[前底末止日号])(?:全部)?(?:整改)?(?:完成|到位|完毕)(?:整改)?$")
_UNTIL = re.compile(r"(?<=[日号\d])(?:之?前|以前|止)$")
_ENDLESS = re.compile(r"长期(?:有效)?|永久(?:有效)?|无固定期限")
_BEFORE_CLOCK = re.compile(r"(\d{4}[-./]\d{1,2}[-./]\d{1,2}|^\d{8})\s+(?=\d)")
_SPACED = re.compile(r"(\d{4})\s+(\d{1,2})(?:\s+(\d{1,2}))?")
_DAYS = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}|\d月\d{1,2}[日号]")
_BARE_TIME = re.compile(rf"(?:1899-12-3[01]T|1904-01-01T|{_PART_OF_DAY})?{_TIME}(?:许|左右)?")
"""A time of day; a reader puts day zero of its calendar before it."""

_DOUBTS = (
    (
        re.compile(
            r".*(?:[./月]\d{1,2}[日号]?[-~至到]\d|\d[日号]?[~至到]\d|[日号月][-~]"
            r"|\d{4}-\d{1,2}-\d{1,2}-\d{4}-|\d{8}[-~至到]\d{8}).*"
        ),
        "（是一段时间，不是一天）",
    ),
    (re.compile(r".*[日号][、,和及]\d{1,2}[日号].*"), "（不止一个日期）"),
    (re.compile(r"(?:\d{4}[-./]\d{1,2}|(?:\d{4}年)?\d{1,2}月(?:份|[上中下]旬|[初末底])?)"),
     "（只有月份，没有日）"),
    (re.compile(r"(?:19|20)\d\d年?度?"), "（只有年份，没有月日）"),
    (re.compile(r"\d{1,2}[./-]\d{1,2}"), "（没有年份）"),
    (re.compile(r"\d{2}([-./])\d{1,2}\1\d{1,2}|\d{2}年\d{1,2}月\d{1,2}[日号]?"),
     "（年份要写四位）"),
    (_YEARLESS, "（没有年份，标题里也没有写明年份）"),
)  # fmt: skip
"""What a text that is no day may be instead, and the words for it; the first that fits holds."""


def parse_date(text: str, year: int | None = None, is_1904: bool = False) -> date | None:
    """A whole date; 3月5日 needs the year the title states, a bare serial the book's own epoch."""
    word = _prepared(text)
    for pattern, groups in ((_MARKED, (1, 2, 3)), (_PLAIN, (1, 3, 4)), (_SOLID, (1, 2, 3))):
        if match := pattern.fullmatch(word):
            return _date(*(int(match[g]) for g in groups))
    if match := _YEARLESS.fullmatch(word):
        return _date(year, int(match[1]), int(match[2])) if year else None
    return _serial(word, _EPOCH_1904 if is_1904 else _EPOCH)


def of_1900(text: str) -> str:
    """A bare serial of a workbook that counts days from 1904 as other workbooks write it."""
    day = _serial(compact(text), _EPOCH_1904)
    return str((day - _EPOCH).days) if day else text


def parse_deadline(text: str, year: int | None = None, is_1904: bool = False) -> date | None:
    """A date, or the last day of what a deadline names: 3月底前, 2026-10, 2026年底, 3月5日前."""
    said = _BY.sub("", _DONE.sub("", _prepared(text)))
    word = _UNTIL.sub("", said)
    if day := parse_date(word, year, is_1904):
        return day
    if match := _LAST_OF_YEAR.fullmatch(word):
        stated = int(match[1]) if match[1] else year
        return _date(stated, 12, 31) if stated else None
    for pattern in (_LAST_OF_MONTH, _MONTH_PLAIN):
        if match := pattern.fullmatch(said):
            stated = int(match[1]) if match[1] else year
            return _last_day(stated, int(match[2])) if stated else None
    return None


def is_endless(text: str) -> bool:
    """长期, 永久: no day at all."""
    return _ENDLESS.fullmatch(compact(text)) is not None


def date_doubt(text: str, year: int | None = None) -> str:
    """Why a text that speaks of days is not one day, for the sentence; empty when it does not."""
    word = _prepared(text)
    if is_endless(text):
        return "（没有具体日期）"
    if _BARE_TIME.fullmatch(word):
        return "（只有时间，没有年月日）"
    if any(pattern.fullmatch(word) for pattern in (_MARKED, _PLAIN, _SOLID)):
        stated = int(word[:4])
        is_far = not EARLIEST_YEAR <= stated <= LATEST_YEAR
        return f"（年份是 {stated}）" if is_far else "（没有这一天）"
    if _YEARLESS.fullmatch(word) and year:
        return "（没有这一天）"
    if len(_DAYS.findall(text)) > 1 and not _DOUBTS[0][0].fullmatch(word):
        return "（不止一个日期）"
    return next((said for pattern, said in _DOUBTS if pattern.fullmatch(word)), "")


def parse_month(text: str, year: int | None = None, is_1904: bool = False) -> date | None:
    """The first day of the month; a whole date stands for its month."""
    word = _prepared(text)
    if match := _MONTH_MARKED.fullmatch(word):
        stated = int(match[1]) if match[1] else year
        return _date(stated, int(match[2]), 1) if stated else None
    for pattern in (_MONTH_PLAIN, _MONTH_SOLID):
        if match := pattern.fullmatch(word):
            return _date(int(match[1]), int(match[2]), 1)
    if year and (match := _MONTH_ALONE.fullmatch(word)):
        return _date(year, int(match[1]), 1)
    day = parse_date(text, year, is_1904)
    return day.replace(day=1) if day else None


def parse_month_or_span(text: str, year: int | None = None, is_1904: bool = False) -> date | None:
    """A month, or the last month of 1—10月, of which the figure then is the total since January."""
    if match := _SINCE_JANUARY.fullmatch(_prepared(text)):
        stated = int(match[1]) if match[1] else year
        return _date(stated, int(match[2]), 1) if stated else None
    return parse_month(text, year, is_1904)


def is_month_span(text: str) -> bool:
    """Whether a month is written as 1—N月."""
    return _SINCE_JANUARY.fullmatch(_prepared(text)) is not None


def parse_year(text: str) -> int | None:
    """2026, 2026年, 2026年度, 二〇二六年."""
    match = _YEAR.fullmatch(_prepared(text))
    year = int(match[1]) if match else 0
    return year if EARLIEST_YEAR <= year <= LATEST_YEAR else None


def _prepared(text: str) -> str:
    word = text.strip()
    if match := _SPACED.fullmatch(word):
        word = "-".join(part for part in match.groups() if part)
    word = _DASH.sub("-", compact(_BEFORE_CLOCK.sub(r"\1T", word))).removeprefix("公元")
    if "年" in word or "月" in word:
        word = _CHINESE_PARTS.sub(_arabic, _ROUND_ZERO.sub("〇", word))
    return _WEEKDAY.sub("", word)


def _arabic(match: re.Match[str]) -> str:
    number = chinese_number(match[1])
    return match[1] if number is None else str(number)


def _serial(word: str, epoch: date) -> date | None:
    """A day number as a spreadsheet counts, where it gives a day an office still works with."""
    match = _NUMBER.fullmatch(word)
    day = epoch + timedelta(days=int(match[1])) if match else date.min
    return day if _OLDEST_SERIAL <= day <= _NEWEST_SERIAL else None


def _last_day(year: int, month: int) -> date | None:
    first = _date(year, month, 1)
    return first and (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _date(year: int, month: int, day: int) -> date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
