"""Counting the cells of one sheet as they come, into what every sheet scan says."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from etl import limits
from etl.addresses import Cell
from etl.box import check_box, check_scattered
from etl.sheet_scan import SheetScan


class Tally:
    """Filled cells per row, the box of what a reader sees, and the findings on single cells."""

    def __init__(self) -> None:
        self.scan = SheetScan()
        self.merges: list[tuple[int, int, int, int]] = []
        self._filled: dict[int, int] = {}
        self._rows = (limits.MAX_ROWS + 1, 0)
        self._columns = (limits.MAX_COLUMNS + 1, 0)

    def filled(self, row: int, column: int, count: int = 1) -> None:
        """Count `count` filled cells of a row, side by side from `column` on."""
        self._filled[row] = self._filled.get(row, 0) + count
        self.seen(row, column, count)

    def seen(self, row: int, column: int, count: int = 1) -> None:
        """A reader sees a cell here, filled or an empty text; both widen the box."""
        low, high = self._rows
        if not low <= row <= high:
            self._rows = min(low, row), max(high, row)
        low, high = self._columns
        if not (low <= column and column + count - 1 <= high):
            self._columns = min(low, column), max(high, column + count - 1)

    def error(self, row: int, column: int, text: str) -> None:
        """An error value: a filled cell whose text is no value."""
        self.scan.errors[row, column] = text
        self.filled(row, column)

    def waiting(self, cells: Iterable[Cell]) -> None:
        """Formulas that were never calculated."""
        for row, column in cells:
            self.scan.uncalculated.add((row, column))
            self.filled(row, column)

    def finish(self) -> SheetScan:
        """Sum up; refused when the box is wider than any office needs."""
        scan = self.scan
        if self._rows[1]:
            check_box(self._rows, self._columns)
        if self._filled:
            scan.rows = np.array(sorted(self._filled), np.int64)
            scan.filled = np.array([self._filled[r] for r in scan.rows.tolist()], np.int64)
            scan.first_row, scan.last_row = self._rows
            scan.first_column, scan.last_column = self._columns
            check_scattered(self._rows, self._columns, scan.filled_cells)
        scan.merges = tuple(self.merges)
        return scan


def is_doubtful(number: float) -> bool:
    """A number with more digits than a number can hold, or 2026.1, which may have been .10."""
    if 1e15 <= abs(number) < 1e30:
        return number == int(number)
    return 2000 < number < 2100 and round(number * 10) % 10 == 1 and number == round(number, 1)
