"""Faults put between the reader and the comparison of both readings: one cell made false."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.formats.grid import two_readings
from etl.formats.open_workbook import open_workbook
from etl.formats.xlsx.sheet_scan import SheetScan

DAY = re.compile(r"\d{4}-\d\d-\d\d")
DAYS_OFF = (-1462, -366, -365, -31, -1, 1, 30, 365, 1462)
TOO_SMALL = 1e-9

Columns = Mapping[int, pa.StringArray]
Address = tuple[int, int]
Texts = dict[Address, str]


@dataclass
class Reading:
    """What the reader handed over of the first sheet, and the raw scan it is compared with."""

    first_row: int
    height: int
    columns: dict[int, pa.StringArray]
    scan: SheetScan

    def agreed(self, columns: Columns) -> tuple[Columns, frozenset[int]]:
        """What the comparison makes of these columns."""
        return two_readings.agreed(self.first_row, self.height, columns, self.scan)

    @cached_property
    def sound(self) -> Columns:
        """What the comparison makes of the columns as they are."""
        return self.agreed(self.columns)[0]

    @cached_property
    def cells(self) -> Texts:
        """Every text by row from the first, and column."""
        return {
            (row, column): text
            for column, array in self.columns.items()
            for row, text in enumerate(array.to_pylist())
            if text
        }


@contextmanager
def between(change: Callable[[Reading], Columns]) -> Iterator[None]:
    """Whatever the reader hands over goes through `change` before it is compared."""
    real = two_readings.agreed

    def changed(first_row: int, height: int, columns: Columns, scan: SheetScan) -> Any:
        reading = Reading(first_row, height, dict(columns), scan)
        return real(first_row, height, change(reading), scan)

    two_readings.agreed = changed
    try:
        yield
    finally:
        two_readings.agreed = real


def read(path: Path) -> Reading:
    """The first sheet of a sound workbook as the reader hands it over."""
    found: list[Reading] = []

    def keep(reading: Reading) -> Columns:
        found.append(reading)
        return reading.columns

    with between(keep), open_workbook(path) as workbook:
        grid = workbook.read(workbook.sheets[0])
    if grid.unread:
        raise ValueError(f"{path.name}：没有改动，两种读法就不一致：{sorted(grid.unread)}")
    return found[0]


def falsify(reading: Reading, chance: random.Random) -> tuple[str, Columns, set[int]]:
    """Name of the fault, the columns with it, and the rows it touches."""
    name = chance.choice(sorted(FAULTS))
    changes: Texts = {}
    while not changes:
        made = FAULTS[name](reading.cells, chance, reading)
        changes = {at: t for at, t in made.items() if differ(t, reading.cells.get(at, ""))}
    columns = dict(reading.columns)
    for column in {column for _, column in changes}:
        empty = pa.nulls(reading.height, pa.string())
        line = columns.get(column, empty).to_pylist()
        for (row, _), text in ((at, text) for at, text in changes.items() if at[1] == column):
            line[row] = text
        columns[column] = pa.array(line, pa.string())
    return name, columns, {row for row, _ in changes}


def _overwrite(cells: Texts, chance: random.Random, _: Reading) -> Texts:
    at = chance.choice(list(cells))
    old, other = cells[at], chance.choice(list(cells.values()))
    new = chance.choice([other, "9", old + "1", old[:-1], "1" + old, "", "示例"])
    return {at: new}


def _shift(cells: Texts, chance: random.Random, reading: Reading) -> Texts:
    at = chance.choice(list(cells))
    down, right = chance.choice([(0, 1), (0, -1), (1, 0), (-1, 0)])
    to = at[0] + down, at[1] + right
    inside = 0 <= to[0] < reading.height and to[1] > 0
    return {at: "", to: cells[at]} if inside else {}


def _swap(cells: Texts, chance: random.Random, _: Reading) -> Texts:
    one, other = chance.choice(list(cells)), chance.choice(list(cells))
    return {one: cells[other], other: cells[one]}


def _redate(cells: Texts, chance: random.Random, _: Reading) -> Texts:
    days = [at for at, text in cells.items() if DAY.match(text)]
    if not days:
        return _overwrite(cells, chance, _)
    at = chance.choice(days)
    moved = date.fromisoformat(cells[at][:10]) + timedelta(days=chance.choice(DAYS_OFF))
    return {at: moved.isoformat() + cells[at][10:]}


FAULTS: dict[str, Callable[[Texts, random.Random, Reading], Texts]] = {
    "overwrite": _overwrite,
    "shift": _shift,
    "swap": _swap,
    "redate": _redate,
}


def differ(one: str, other: str) -> bool:
    """Whether two texts say different things: 1 and 1.0 do not."""
    try:
        return abs(float(one) - float(other)) > TOO_SMALL
    except ValueError:
        return one.strip() != other.strip()
