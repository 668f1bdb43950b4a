"""A dress: how an office happens to write the same facts down."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.ledgers.fills import Money, is_day
from tests.ledgers.layouts import HERE, Period

EPOCH = date(1899, 12, 30)
DATES = {
    "iso": "%Y-%m-%d",
    "dotpad": "%Y.%m.%d",
    "eight": "%Y%m%d",
}
FORMATS = {"real": "yyyy-mm-dd", "real_cn": 'yyyy"年"m"月"d"日"'}
WIDE = {code: code + 0xFEE0 for code in (*range(0x30, 0x3A), 0x28, 0x29, 0x3A, 0x2F)}
# Numbers that name something keep their digits as they are.
KEEPS = frozenset("id phone cert certmaybe card no code12 credit uuid docno block_phone".split())


@dataclass(frozen=True)
class Cell:
    """A value and, for real dates, how it is shown."""

    value: Any = None
    shown: str | None = None


@dataclass(frozen=True)
class Dress:
    """One variety: a file format and its features."""

    number: int
    format: str
    features: frozenset[str]
    words: str

    def __contains__(self, feature: str) -> bool:
        return feature in self.features

    def setting(self, name: str, default: str = "") -> str:
        """The value of a feature written `name=value`."""
        for feature in self.features:
            key, _, value = feature.partition("=")
            if key == name and value:
                return value
        return default

    @property
    def keeps_sheets(self) -> bool:
        """Text formats hold one sheet and no name of it."""
        return self.format in ("xlsx", "xls", "ods")

    @property
    def suffix(self) -> str:
        return {"csv-gbk": "csv", "html": "xls"}.get(self.format, self.format)


def read() -> list[Dress]:
    """All varieties, the plain one first."""
    with (HERE / "dresses.csv").open(encoding="utf-8", newline="") as file:
        return [
            Dress(
                int(row["dress"]), row["format"], frozenset(row["features"].split()), row["words"]
            )
            for row in csv.DictReader(file)
        ]


def _day_text(day: date, style: str, period: Period, *, year_said: bool) -> str:
    if style == "md" and year_said and day.year == period.first.year:
        return f"{day.month}月{day.day}日"
    if style in DATES:
        return f"{day:{DATES[style]}}"
    if style == "dot":
        return f"{day.year}.{day.month}.{day.day}"
    if style == "slash":
        return f"{day.year}/{day.month}/{day.day}"
    return f"{day.year}年{day.month}月{day.day}日"


def _day(value: date, dress: Dress, period: Period, *, year_said: bool) -> Cell:
    style = dress.setting("date", "real")
    day = value.date() if isinstance(value, datetime) else value
    clock = f" {value:%H:%M}" if isinstance(value, datetime) else ""
    if style in FORMATS:
        return Cell(value, FORMATS[style] + (" hh:mm" if clock else ""))
    if style == "serial":
        return Cell((day - EPOCH).days)
    return Cell(_day_text(day, style, period, year_said=year_said) + clock)


def _number(value: int | Decimal, dress: Dress) -> Cell:
    plain = int(value) if value == int(value) else float(value)
    if "comma" in dress and abs(plain) >= 1000:
        return Cell(f"{plain:,}")
    return Cell(str(plain) if "textnum" in dress else plain)


def _text(value: str, dress: Dress, word: str) -> str:
    if "wide" in dress and word not in KEEPS:
        value = value.translate(WIDE)
    return f" {value}  " if "pad" in dress and word not in KEEPS else value


def cell(value: Any, word: str, dress: Dress, period: Period, *, year_said: bool = True) -> Cell:
    """A value as this dress writes it."""
    if value is None:
        marked = word not in ("blank", "note", "minor", "serious", "deaths", "month_text", "hot")
        return Cell(dress.setting("empty") or None) if marked else Cell()
    if is_day(value):
        written = _day(value, dress, period, year_said=year_said)
    elif isinstance(value, Money):
        written = _number(value.wan * 10000 if "yuan" in dress else value.wan, dress)
    elif isinstance(value, int):
        written = _number(value, dress)
    else:
        written = Cell(value)
    if isinstance(written.value, str):
        return Cell(_text(written.value, dress, word), written.shown)
    return written


def head(word: str, dress: Dress, *, is_leaf: bool) -> str:
    """The words of a head as this dress writes them."""
    if "yuan" in dress:
        word = word.replace("万元", "元").replace("（万）", "（元）")
    if "wide" in dress:
        word = word.translate(WIDE)
    if not is_leaf:
        return word
    if "headnl" in dress and len(word) >= 4:
        word = f"{word[:2]}\n{word[2:]}"
    if "headsp" in dress:
        word = " ".join(word) if len(word) <= 3 else f"{word}  "
    return f"{word}*" if "star" in dress and "（必填）" not in word else word
