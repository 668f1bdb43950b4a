"""What a sheet says about itself: who sends it, for which period, as of which day, in which unit.

Titles, footers and the tab's name are read; the file's name is not, it is only a name.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from unicodedata import normalize

from etl.cells.dates import parse_date
from etl.declarations.declarations import Context
from etl.declarations.text_keys import chinese_number, compact, key
from etl.layout.row_words import is_day
from etl.layout.senders import sender_named, unit_written
from etl.layout.sheet_labels import labelled
from etl.layout.supplements import supplement_named

_DASH = re.compile(r"[—–―‐‑‒−－─～~至]+")
_MONTH_DAY_RANGE = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日-(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
)
_MONTH_RANGE = re.compile(r"(\d{4})[年.](\d{1,2})月?(?:份)?-(?:(\d{4})[年.])?(\d{1,2})月")
_DOTTED_RANGE = re.compile(r"(?<!\d)(20\d{2})[年./](\d{1,2})-(\d{1,2})(?![\d./年月日-])")
_PART_OF_YEAR = re.compile(r"(\d{4})年(?:度)?(第?[一二三四1-4]季度|上半年|下半年|前三季度)")
_YEAR_RANGE = re.compile(r"(\d{4})年?(?:度)?-(\d{4})年")
_SINCE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:份)?)?以来")
_MONTH = re.compile(r"(\d{4})年(?:度)?(\d{1,2})月(?:份)?(?!\d)")
_YEAR = re.compile(r"(\d{4})年(?!\d*月)")
_ALONE = re.compile(
    r"[(\[]?(?:[一二三四五六七八九十]{1,3}、)?(\d{1,2})(?:月?-(\d{1,2}))?月(?:份)?[)\]]?(?:\(\d\))?"
)
_CHINESE = re.compile(r"[零〇○一二三四五六七八九十]+(?=[年月日]|-[一二三四五六七八九十]+月)")
_AS_OF = re.compile(
    r"截[止-](?:到|日期|时间)?:?[^0-9]{0,4}(?:(\d{4})[年./-])?(\d{1,2})[月./-](?:(\d{1,2})日?|底|末)?"
)
_UNITS = re.compile(r"(?<![报送制填])单位:\s*((?:[\u4e00-\u9fff%‰]{1,3}(?:[、,，/]|$|(?=[\s)])))+)")
_MONEY = re.compile(r"(?<![\u4e00-\u9fff])(亿元|万元|千元|元)(?![\u4e00-\u9fff])")
_DATED_CELLS = 4
_PARTS = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
} | {f"{n}季度": (q * 3 - 2, q * 3) for q in range(1, 5) for n in ("一二三四"[q - 1], str(q))}


@dataclass(frozen=True)
class Statement:
    """Facts stated in words on one sheet; what is not stated is None."""

    unit_text: str = ""
    unit_id: str | None = None
    unit_name: str = ""
    """Its name, where the text says more than that."""
    named_id: str | None = None
    named_text: str = ""
    """Who title, tab or signature name, where no label does."""
    as_of: date | None = None
    """截至: the day the data are said to reach."""
    filed: date | None = None
    """填报日期, or the day the document is dated: when it was written, not what it speaks for."""
    period_from: date | None = None
    period_to: date | None = None
    is_since: bool = False
    months: tuple[int, int] | None = None
    """First and last month a tab or a title states without a year: 3月, 1—3月."""
    money: str = ""
    says_cumulative: bool = False
    supplement: str = ""
    """What title or tab calls the table where it is no complete ledger: 补报, 更正, 核销."""

    @property
    def limit(self) -> date | None:
        """The day after which no row can lie."""
        return self.as_of or self.filed

    @property
    def year(self) -> int | None:
        """The year of dates written without one."""
        if self.period_from and self.period_to and not self.is_since:
            same = self.period_from.year == self.period_to.year
            return self.period_from.year if same else None
        return None

    @property
    def months_of_year(self) -> tuple[date, date] | None:
        """What 3月 is in a stated year: first and last day."""
        if not self.months or self.year is None:
            return None
        first, last = self.months
        return date(self.year, first, 1), month_end(self.year, last)

    def document(self) -> dict[str, Any]:
        """The stated period as JSON."""
        first, last = self.period_from, self.period_to
        return {
            "period_from": first.isoformat() if first else None,
            "period_to": last.isoformat() if last else None,
            "is_since": self.is_since,
            "limit": self.limit.isoformat() if self.limit else None,
        }


def read_statement(
    titles: Sequence[Sequence[str]],
    footers: Sequence[Sequence[str]],
    tab: str,
    context: Context,
) -> Statement:
    """Collect what the title rows, the footer rows and the tab say; titles come first."""
    unit_text, written_on = labelled([*titles, *footers], context)
    words = [_words(cell) for row in [*titles, *footers] for cell in row]
    filled_in = re.compile("(?:" + "|".join(context.words["date_label"]) + ").*")
    heads = [filled_in.sub("", _words(cell)) for row in titles for cell in row]
    stated = _first_period(heads) or _first_period([_words(tab)]) or Statement()
    as_of = _as_of(words, stated.year)
    filed = written_on or _dated([*footers, *titles])
    months = next(filter(None, map(_months_alone, [*reversed(heads), _words(tab)])), None)
    if not stated.period_from:
        stated = _in_stated_year(months, heads, as_of or filed) or stated
    sender = unit_written(unit_text, context) if unit_text else None
    named = None if unit_text else sender_named(titles, footers, tab, context)
    return replace(
        stated,
        unit_text=unit_text,
        unit_id=sender.unit_id if sender else None,
        unit_name=sender.name_zh if sender and key(unit_text) not in context.places else "",
        named_id=named.unit_id if named else None,
        named_text=named.name_zh if named else "",
        months=months,
        as_of=as_of,
        filed=filed,
        says_cumulative=any("累计" in word for word in heads),
        supplement=supplement_named([*(cell for row in titles for cell in row), tab], context),
        money=_money(c for row in [*titles, *footers] for c in row),
    )


def _money(cells: Iterable[str]) -> str:
    """The unit of amounts a title states, alone or in a list: 单位：起、人、万元."""
    for word in (w for text in cells for w in (_words(text), normalize("NFKC", text))):
        if units := _UNITS.search(word):
            stated = set(_MONEY.findall(units[1]))
            if len(stated) == 1:
                return str(stated.pop())
    return ""


def _words(cell: str) -> str:
    """Without spaces, dashes alike, 二〇二六年一至十月 in digits."""
    return _CHINESE.sub(_arabic, _DASH.sub("-", compact(cell)))


def _arabic(match: re.Match[str]) -> str:
    number = chinese_number(match[0])
    return match[0] if number is None else str(number)


def _first_period(words: Iterable[str]) -> Statement | None:
    for word in words:
        period = _period(_AS_OF.sub("", word))
        if period:
            return period
    return None


def _period(word: str) -> Statement | None:
    word = _DOTTED_RANGE.sub(r"\1年\2-\3月", word)
    if m := _MONTH_DAY_RANGE.search(word):
        return _months(int(m[1]), int(m[2]), int(m[4] or m[1]), int(m[5]))
    if m := _MONTH_RANGE.search(word):
        return _months(int(m[1]), int(m[2]), int(m[3] or m[1]), int(m[4]))
    if m := _PART_OF_YEAR.search(word):
        first, last = _PARTS[m[2].lstrip("第")]
        return _months(int(m[1]), first, int(m[1]), last)
    if m := _SINCE.search(word):
        since = _months(int(m[1]), int(m[2] or 1), int(m[1]), 12)
        return replace(since, is_since=True) if since else None
    if m := _YEAR_RANGE.search(word):
        return _months(int(m[1]), 1, int(m[2]), 12)
    return _single(word)


def _single(word: str) -> Statement | None:
    if m := _MONTH.search(word):
        return _months(int(m[1]), int(m[2]), int(m[1]), int(m[2]))
    if m := _YEAR.search(word):
        return _months(int(m[1]), 1, int(m[1]), 12)
    return None


def _months(year: int, month: int, to_year: int, to_month: int) -> Statement | None:
    try:
        return Statement(period_from=date(year, month, 1), period_to=month_end(to_year, to_month))
    except ValueError:
        return None


def _months_alone(word: str) -> tuple[int, int] | None:
    """A tab or a title that is 1月, （1-3月） and nothing else."""
    match = _ALONE.fullmatch(word)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    return (first, last) if 1 <= first <= last <= 12 else None


def _in_stated_year(
    months: tuple[int, int] | None, heads: Sequence[str], written_on: date | None
) -> Statement | None:
    """Months without a year take it from the titles or the day of filling in."""
    years = [m[1] for word in heads if (m := re.search(r"(20\d\d)", word))]
    year = int(years[0]) if years else (written_on.year if written_on else None)
    return _months(year, months[0], year, months[1]) if months and year else None


def _dated(rows: Iterable[Sequence[str]]) -> date | None:
    """A day that stands alone in its cell, as a document is dated."""
    few = (row for row in rows if len(row) <= _DATED_CELLS)
    days = (parse_date(cell) for row in few for cell in row if is_day(cell))
    return next(filter(None, days), None)


def _as_of(words: Iterable[str], year: int | None) -> date | None:
    for word in words:
        if (m := _AS_OF.search(word)) and (m[1] or year):
            stated, month = int(m[1] or year or 0), int(m[2])
            try:
                return date(stated, month, int(m[3])) if m[3] else month_end(stated, month)
            except ValueError:
                continue
    return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, calendar.monthrange(year, month)[1])
