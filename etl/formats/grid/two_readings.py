"""The two readings of a sheet held against each other, text by text.

What the reader handed over must be, cell by cell, what other code found in the raw file: a text
to the letter, a number by its value, a day by its serial. A row that differs in one cell is not
used; a sheet that differs in most rows is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.declarations.refusal import RefusedError
from etl.formats.raw import day_serials
from etl.formats.raw.raw_cells import DAY, TEXT, RawCells
from etl.formats.xlsx.sheet_scan import SheetScan

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]


Columns = Mapping[int, pa.StringArray]

_ROUNDING = 5.001e-10
"""The reader writes nine decimals, as Excel shows 29.02 for 29.020000000000003."""


def agreed(
    first_row: int, height: int, columns: Columns, scan: SheetScan
) -> tuple[dict[int, pa.StringArray], frozenset[int]]:
    """The reader's columns, and the rows in which the readings differ; refused when most do.

    Where the reader left a day as a number, or counted days in the other calendar, the day is
    written as the raw file and the workbook's own calendar say.
    """
    frame = _Frame(first_row, height, scan.is_1904)
    pairs = _by_column(columns, scan.cells)
    compared = [frame.compare(n, columns.get(n), scan.cells, part) for n, part in pairs]
    is_other = scan.is_1904 and _all_in_other_calendar(compared)
    wrong = np.zeros(height, bool)
    texts = dict(columns)
    for column in compared:
        days = column.days
        written = days.is_bare | (days.in_other & is_other)
        wrong |= column.wrong
        wrong[days.offsets[~(days.in_own | written)]] = True
        if written.any():
            texts[column.number] = _with_days(column.texts, days, written, scan.is_1904)
    offsets = np.flatnonzero(wrong)
    if len(offsets) * 2 > len(scan.rows):
        raise RefusedError("two_readings", detail=f"{len(offsets)} 行")
    return texts, frozenset((offsets + first_row).tolist())


def _by_column(columns: Columns, cells: RawCells) -> list[tuple[int, Ints]]:
    """Every column of either reading with the places of its raw cells."""
    order = np.argsort(cells.columns, kind="stable")
    numbers, starts = np.unique(cells.columns[order], return_index=True)
    parts = dict(zip(numbers.tolist(), np.split(order, starts[1:]), strict=False))
    nothing = np.empty(0, np.int64)
    return [(n, parts.get(n, nothing)) for n in sorted({*parts, *columns})]


@dataclass(frozen=True)
class _Days:
    """Cells of one column that a reading takes for days."""

    offsets: Ints
    serials: NDArray[np.float64]
    is_bare: Flags
    in_own: Flags
    in_other: Flags


_NO_DAYS = _Days(np.empty(0, np.int64), np.empty(0), *(np.empty(0, bool) for _ in range(3)))


@dataclass(frozen=True)
class _Column:
    number: int
    texts: pa.StringArray
    wrong: Flags
    days: _Days


@dataclass(frozen=True)
class _Frame:
    """The rows both readings speak of, and the calendar of the workbook."""

    first_row: int
    height: int
    is_1904: bool

    def compare(
        self, number: int, given: pa.StringArray | None, cells: RawCells, part: Ints
    ) -> _Column:
        """One column of both readings."""
        texts = pa.nulls(self.height, pa.string()) if given is None else given
        offsets = cells.rows[part].astype(np.int64) - self.first_row
        kinds = cells.kinds[part]
        seen = pc.fill_null(texts, "")
        got = seen.take(pa.array(offsets)).cast(pa.binary())
        wanted = cells.texts.take(pa.array(cells.codes[part]))
        equal = pc.equal(got, wanted).to_numpy(zero_copy_only=False)
        wrong = self._beside(seen, offsets)
        differs = np.flatnonzero(~equal & (kinds == TEXT))
        if len(differs):
            wrong[offsets[differs[_texts_differ(got, wanted, differs)]]] = True
        numeric = np.flatnonzero((~equal & (kinds != TEXT)) | (kinds == DAY))
        if not len(numeric):
            return _Column(number, texts, wrong, _NO_DAYS)
        picked = pa.array(numeric)
        pair = got.take(picked).cast(pa.string()), wanted.take(picked).cast(pa.string())
        days, bad = _numbers(*pair, kinds[numeric] == DAY, self.is_1904)
        wrong[offsets[numeric[bad]]] = True
        return _Column(number, texts, wrong, replace(days, offsets=offsets[numeric[days.offsets]]))

    def _beside(self, seen: pa.StringArray, offsets: Ints) -> Flags:
        """Where the reader has a text and the raw file no cell, or two cells at one address."""
        wrong = np.bincount(offsets, minlength=self.height) > 1
        beside = pc.greater(pc.binary_length(seen), 0).to_numpy(zero_copy_only=False).copy()
        beside[offsets] = False
        flags: Flags = wrong | beside
        return flags


def _texts_differ(got: pa.BinaryArray, wanted: pa.BinaryArray, picked: Ints) -> Flags:
    """Line ends and white space at the edges are no difference."""
    places = pa.array(picked)
    pairs = zip(got.take(places).to_pylist(), wanted.take(places).to_pylist(), strict=True)
    return np.array([_plain(a) != _plain(b) for a, b in pairs], bool)


def _plain(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip()


def _numbers(
    got: pa.StringArray, wanted: pa.StringArray, shows_day: Flags, is_1904: bool
) -> tuple[_Days, Flags]:
    """Numbers compared by value and days by serial: the days, and which numbers differ."""
    is_day = pc.match_substring(got, ":").to_numpy(zero_copy_only=False)
    values = _floats(wanted)
    bare = np.flatnonzero(~is_day)
    bad = np.zeros(len(values), bool)
    apart = np.abs(_floats(got.take(pa.array(bare))) - values[bare])
    bad[bare] = ~(apart <= _ROUNDING)
    is_bare = ~is_day & ~bad & shows_day & day_serials.are_days(values)
    places = np.flatnonzero(is_day | is_bare)
    said, number = got.take(pa.array(places)), values[places]
    in_own, in_other = (
        is_day[places] & day_serials.agree(said, number, calendar) for calendar in (is_1904, False)
    )
    return _Days(places, number, is_bare[places], in_own, in_other), bad


def _floats(texts: pa.StringArray) -> NDArray[np.float64]:
    """Numbers exactly; NaN, which equals nothing, for what is none."""
    try:
        found: NDArray[np.float64] = pc.cast(texts, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        found = np.array([_float(text) for text in texts.to_pylist()], np.float64)
    return found


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan


def _all_in_other_calendar(columns: list[_Column]) -> bool:
    """The reader took the workbook for one of 1900: no day fits its calendar, some the other."""
    return not any(c.days.in_own.any() for c in columns) and any(
        c.days.in_other.any() for c in columns
    )


def _with_days(texts: pa.StringArray, days: _Days, written: Flags, is_1904: bool) -> pa.StringArray:
    """The column with those cells written as days."""
    offsets, first = np.unique(days.offsets[written], return_index=True)
    mask = np.zeros(len(texts), bool)
    mask[offsets] = True
    values = days.serials[written][first]
    return pc.replace_with_mask(texts, pa.array(mask), day_serials.day_texts(values, is_1904))
