"""What a sheet says about itself: who sends it, for which period, as of which day, in which unit.

Titles, footers and the tab's name are read; the file's name is not, it is only a name.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any
from unicodedata import normalize

from etl.dates import parse_date
from etl.declarations import Context
from etl.normalise import compact, key

_DASH = re.compile(r"[—–―‐‑‒−－─～~至]+")
_MONTH_DAY_RANGE = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日-(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
)
_MONTH_RANGE = re.compile(r"(\d{4})[年.](\d{1,2})月?(?:份)?-(?:(\d{4})[年.])?(\d{1,2})月")
_PART_OF_YEAR = re.compile(r"(\d{4})年(?:度)?(第?[一二三四1-4]季度|上半年|下半年|前三季度)")
_YEAR_RANGE = re.compile(r"(\d{4})年?(?:度)?-(\d{4})年")
_SINCE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:份)?)?以来")
_MONTH = re.compile(r"(\d{4})年(?:度)?(\d{1,2})月(?:份)?(?!\d)")
_YEAR = re.compile(r"(\d{4})年(?!\d*月)")
_TAB_MONTHS = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?月(?:份)?")
_AS_OF = re.compile(
    r"截[止-](?:到|日期|时间)?:?[^0-9]{0,4}(?:(\d{4})[年./-])?(\d{1,2})[月./-](?:(\d{1,2})日?|底|末)?"
)
_UNITS = re.compile(r"(?<![报送制填])单位:\s*((?:[\u4e00-\u9fff%‰]{1,3}(?:[、,，/]|$|(?=[\s)])))+)")
_MONEY = re.compile(r"(?<![\u4e00-\u9fff])(亿元|万元|千元|元)(?![\u4e00-\u9fff])")
_STAMP = re.compile(r"\((?:公?章|盖章|签章)\)")
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
    as_of: date | None = None
    period_from: date | None = None
    period_to: date | None = None
    is_since: bool = False
    money: str = ""
    says_cumulative: bool = False

    @property
    def year(self) -> int | None:
        """The year of dates written without one."""
        if self.period_from and self.period_to and not self.is_since:
            same = self.period_from.year == self.period_to.year
            return self.period_from.year if same else None
        return None

    def document(self) -> dict[str, Any]:
        """The stated period as JSON."""
        first, last = self.period_from, self.period_to
        return {
            "period_from": first.isoformat() if first else None,
            "period_to": last.isoformat() if last else None,
            "is_since": self.is_since,
        }


def read_statement(
    titles: Sequence[Sequence[str]],
    footers: Sequence[Sequence[str]],
    tab: str,
    context: Context,
) -> Statement:
    """Collect what the title rows, the footer rows and the tab say; titles come first."""
    unit_text, written_on = _labelled([*titles, *footers], context)
    words = [_words(cell) for row in [*titles, *footers] for cell in row]
    filled_in = re.compile("(?:" + "|".join(context.words["date_label"]) + ").*")
    heads = [filled_in.sub("", _words(cell)) for row in titles for cell in row]
    stated = _first_period(heads) or _first_period([_words(tab)]) or Statement()
    as_of = _as_of(words, stated.year) or written_on
    if not stated.period_from:
        stated = _tab_months(tab, heads, as_of) or stated
    place = context.places.get(key(unit_text)) if unit_text else None
    return replace(
        stated,
        unit_text=unit_text,
        unit_id=place.unit.unit_id if place and place.unit else None,
        as_of=as_of,
        says_cumulative=any("累计" in word for word in heads),
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
    return _DASH.sub("-", compact(cell))


def _labelled(rows: Iterable[Sequence[str]], context: Context) -> tuple[str, date | None]:
    """The submitting unit and the day of filling in; a value may stand in the next cell."""
    words = context.words
    units, days = words["unit_label"], words["date_label"]
    names = sorted([*units, *days, *words["note_prefix"]], key=len, reverse=True)
    pattern = re.compile(
        "(" + "|".join(re.escape(n.rstrip(":")) for n in names) + r")\S{0,2}(?:\([^()]{1,6}\))?\s*:"
    )
    unit_text, written_on = "", None
    for row in rows:
        for name, value in _pairs(row, pattern):
            if name in units and not unit_text:
                unit_text = _STAMP.sub("", value).strip(" _")
            elif name in days and written_on is None:
                written_on = parse_date(value)
    return unit_text, written_on


def _pairs(row: Sequence[str], pattern: re.Pattern[str]) -> Iterable[tuple[str, str]]:
    for index, cell in enumerate(row):
        text = cell.replace("：", ":").replace("（", "(").replace("）", ")").replace("\u3000", "  ")
        found = list(pattern.finditer(text))
        for match, following in zip_longest(found, found[1:]):
            value = text[match.end() : following.start() if following else None].strip()
            value = re.split(r"\s{2,}|[,，;；\n]", value)[0].strip()
            if not value and following is None and index + 1 < len(row):
                value = row[index + 1].strip()
            yield match[1], value


def _first_period(words: Iterable[str]) -> Statement | None:
    for word in words:
        period = _period(_AS_OF.sub("", word))
        if period:
            return period
    return None


def _period(word: str) -> Statement | None:
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


def _tab_months(tab: str, heads: Sequence[str], as_of: date | None) -> Statement | None:
    """A tab named 1月 or 1-3月 takes its year from the titles or the day of filling in."""
    match = _TAB_MONTHS.fullmatch(_words(tab))
    years = [m[1] for word in heads if (m := re.search(r"(20\d\d)", word))]
    year = int(years[0]) if years else (as_of.year if as_of else None)
    if not match or year is None:
        return None
    return _months(year, int(match[1]), year, int(match[2] or match[1]))


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
