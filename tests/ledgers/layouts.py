"""The layouts as rows: what stands in the head of each ledger and what fills each column.

`odd.csv` and `even.csv` are the two halves. A column is written `head > head := fill`; columns
are parted by ` | `. README.md says what the fills mean.
"""

import csv
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

HERE = Path(__file__).parent
HALVES = ("odd", "even")
QUARTERS = "一二三四"


@dataclass(frozen=True)
class Column:
    """One leaf of the head: its words from the top down, and its fill."""

    path: tuple[str, ...]
    fill: str
    once: bool = False  # written in the first row of its block, merged over the rest

    @property
    def head(self) -> str:
        return self.path[-1]

    @property
    def word(self) -> str:
        return self.fill.partition(":")[0]


@dataclass(frozen=True)
class Period:
    """The months a sheet speaks for."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> "Period":
        start, _, end = text.partition("..")
        year, month = (int(part) for part in (end or start).split("-"))
        first = date.fromisoformat(f"{start}-01")
        return cls(first, date(year, month, monthrange(year, month)[1]))

    @property
    def is_month(self) -> bool:
        return (self.first.year, self.first.month) == (self.last.year, self.last.month)

    @property
    def words(self) -> str:
        """As an office writes it in a title."""
        year, low, high = self.first.year, self.first.month, self.last.month
        if self.is_month:
            return f"{year}年{low}月"
        if (low, high) == (1, 12):
            return f"{year}年度"
        if high - low == 2 and low % 3 == 1 and low > 1:
            return f"{year}年第{QUARTERS[low // 3]}季度"
        return f"{year}年{low}—{high}月"


@dataclass(frozen=True)
class Layout:
    """One real layout, with the invented office that sends it."""

    id: str
    dataset: str
    shape: str
    title: str
    columns: tuple[Column, ...]
    units: tuple[str, ...]
    unit_line: str
    labels: tuple[str, ...]
    total: tuple[str, str]
    period: Period
    period_in: str
    sender: str
    facts: dict[str, str]
    first: str
    notes: str
    half: str

    @cached_property
    def fills(self) -> frozenset[str]:
        """What its columns are filled with, without arguments."""
        return frozenset(column.word for column in self.columns)

    @property
    def sender_is_place(self) -> bool:
        return self.sender.endswith(("街道", "镇", "开发区", "产业园"))

    @property
    def has_place_column(self) -> bool:
        return bool(self.fills & {"town", "grid_town"})

    @property
    def place_in(self) -> str:
        """Where a reader finds the place of a row, when no band and no sheet name says it."""
        if self.has_place_column:
            return "column"
        if self.sender_is_place:
            return "sender"
        return "text" if "where" in self.fills else "nowhere"

    @property
    def may_split_by_town(self) -> bool:
        """Rows of several places, none named in a column: bands or sheets can name them."""
        plain = self.shape == "rows" and not self.sender_is_place
        return plain and not self.has_place_column and "where" not in self.fills


def _column(text: str) -> Column:
    head, _, fill = text.partition(" := ")
    once = fill.startswith("^")
    return Column(tuple(head.split(" > ")), fill.removeprefix("^"), once)


def _layout(row: dict[str, str], half: str) -> Layout:
    where, _, word = row["total"].partition(":")
    facts = dict(part.split("=") for part in row["facts"].split(";") if part)
    return Layout(
        id=row["layout"],
        dataset=row["dataset"],
        shape=row["shape"],
        title=row["title"],
        columns=tuple(_column(text) for text in row["columns"].split(" | ")),
        units=tuple(row["units"].split("|")) if row["units"] else (),
        unit_line=row["unit_line"],
        labels=tuple(row["labels"].split(";")),
        total=(where, word),
        period=Period.parse(row["period"]),
        period_in=row["period_in"],
        sender=row["sender"],
        facts=facts,
        first=row["first"],
        notes=row["notes"],
        half=half,
    )


def read(half: str | None = None) -> list[Layout]:
    """The layouts of one half, or of both."""
    layouts = []
    for name in HALVES if half is None else (half,):
        with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            layouts += [_layout(row, name) for row in csv.DictReader(file)]
    return layouts


def expectations() -> dict[str, dict[str, str]]:
    """What a careful colleague counts, by layout."""
    with (HERE / "expected.csv").open(encoding="utf-8", newline="") as file:
        return {row["layout"]: row for row in csv.DictReader(file)}
