"""Taking in the cells of one sheet as they come, into what every sheet scan says."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from etl import limits
from etl.addresses import Cell
from etl.box import check_box, check_scattered
from etl.raw_cells import DAY, NUMBER, TEXT, CellCollector
from etl.sheet_scan import SheetScan


class Tally:
    """Filled cells per row, the box of what a reader sees, and the findings on single cells."""

    def __init__(self) -> None:
        self.scan = SheetScan()
        self.merges: list[tuple[int, int, int, int]] = []
        self._filled: dict[int, int] = {}
        self._cells = CellCollector()
        self._rows = (limits.MAX_ROWS + 1, 0)
        self._columns = (limits.MAX_COLUMNS + 1, 0)

    def text(self, row: int, column: int, text: str, kind: int = TEXT) -> None:
        """A filled cell; an empty `text` where the reader must have none."""
        self._filled[row] = self._filled.get(row, 0) + 1
        self._cells.add(row, column, text, kind)
        self.seen(row, column)

    def number(self, row: int, column: int, value: float, *, shows_day: bool = False) -> None:
        """A number, and whether it may not be what was typed."""
        self.text(row, column, repr(value), DAY if shows_day else NUMBER)
        if is_doubtful(value):
            self.scan.doubtful.add((row, column))

    def truth(self, row: int, column: int, is_true: bool) -> None:
        """A boolean as readers write it."""
        self.text(row, column, "true" if is_true else "false")

    def seen(self, row: int, column: int) -> None:
        """A reader sees a cell here, filled or an empty text; both widen the box."""
        low, high = self._rows
        if not low <= row <= high:
            self._rows = min(low, row), max(high, row)
        low, high = self._columns
        if not low <= column <= high:
            self._columns = min(low, column), max(high, column)

    def error(self, row: int, column: int, text: str) -> None:
        """An error value: a filled cell whose text is no value."""
        self.scan.errors[row, column] = text
        self.text(row, column, "")

    def waiting(self, cells: Iterable[Cell]) -> None:
        """Formulas that were never calculated."""
        for row, column in cells:
            self.scan.uncalculated.add((row, column))
            self.text(row, column, "")

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
        self._cells.silence((cell, None) for cell in scan.uncalculated)
        scan.cells = self._cells.finish()
        return scan


def is_doubtful(number: float) -> bool:
    """A number with more digits than a number can hold, or 2026.1, which may have been .10."""
    if 1e15 <= abs(number) < 1e30:
        return number == int(number)
    return 2000 < number < 2100 and round(number * 10) % 10 == 1 and number == round(number, 1)
