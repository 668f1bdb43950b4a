"""Taking in the cells of one sheet as they come, into what every sheet scan says."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from etl.declarations.cell_addresses import Cell
from etl.formats.raw.raw_cells import DAY, NUMBER, CellCollector
from etl.formats.raw.sheet_bounds import check_box, check_scattered
from etl.formats.xlsx.sheet_scan import SheetScan


class Tally:
    """Filled cells, the box of what a reader sees, and the findings on single cells."""

    def __init__(self) -> None:
        self.scan = SheetScan()
        self.merges: list[tuple[int, int, int, int]] = []
        self._cells = CellCollector()
        self._empty: set[Cell] = set()

    def text(self, row: int, column: int, text: str) -> None:
        """A filled cell, or an empty text, which a reader sees all the same."""
        if text:
            self._cells.add(row, column, text)
        else:
            self._empty.add((row, column))

    def number(self, row: int, column: int, value: float, *, shows_day: bool = False) -> None:
        """A number, and whether it may not be what was typed."""
        self._cells.number(row, column, value, DAY if shows_day else NUMBER)
        if is_doubtful(value):
            self.scan.doubtful.add((row, column))

    def truth(self, row: int, column: int, is_true: bool) -> None:
        """A boolean as readers write it."""
        self._cells.add(row, column, "true" if is_true else "false")

    def error(self, row: int, column: int, text: str) -> None:
        """An error value: a filled cell whose text is no value."""
        self.scan.errors[row, column] = text
        self._cells.add(row, column, "")

    def waiting(self, cells: Iterable[Cell]) -> None:
        """Formulas that were never calculated."""
        for row, column in cells:
            self.scan.uncalculated.add((row, column))
            self._cells.add(row, column, "")

    def finish(self) -> SheetScan:
        """Sum up; refused when the box is wider than any office needs."""
        scan = self.scan
        self._cells.silence(dict.fromkeys(scan.uncalculated))
        scan.cells = self._cells.finish()
        empty = np.array([*self._empty], np.int64).reshape(-1, 2)
        seen = [
            np.concatenate([scan.cells.rows, empty[:, 0]]),
            np.concatenate([scan.cells.columns, empty[:, 1]]),
        ]
        if len(seen[0]):
            rows, columns = ((int(numbers.min()), int(numbers.max())) for numbers in seen)
            check_box(rows, columns)
            scan.rows, scan.filled = np.unique(scan.cells.rows.astype(np.int64), return_counts=True)
        if len(scan.rows):
            scan.first_row, scan.last_row = rows
            scan.first_column, scan.last_column = columns
            check_scattered(rows, columns, scan.filled_cells)
        scan.merges = tuple(self.merges)
        return scan


def is_doubtful(number: float) -> bool:
    """A number with more digits than a number can hold, or 2026.1, which may have been .10."""
    if 1e15 <= abs(number) < 1e30:
        return number == int(number)
    return 2000 < number < 2100 and round(number * 10) % 10 == 1 and number == round(number, 1)
