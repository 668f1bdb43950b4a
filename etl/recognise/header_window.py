"""Rows that may be headers, as texts with merged cells filled both ways."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import combinations

import pyarrow as pa

from etl.declarations import limits
from etl.declarations.declarations import Context
from etl.declarations.header_paths import join_levels
from etl.formats.grid.reader import Grid
from etl.recognise.header_matching import HeaderCell

_GROUP_NAME = re.compile(r"[^\d:：表账册]{2,10}")
"""What stands over several columns and is no title."""


class Window:
    """Some rows of a sheet by column; only rows with text are there."""

    def __init__(self, grid: Grid, wanted: Iterable[int]) -> None:
        inside = range(grid.first_row, grid.first_row + grid.height)
        self._wanted = sorted(row for row in set(wanted) if row in inside)
        self._cells: dict[int, dict[int, str]] = {}
        self._inside: set[int] = set()
        self._groups: set[int] = set()
        self._tied: dict[int, int] = {}
        offsets = pa.array([row - grid.first_row for row in self._wanted], pa.int64())
        for column, cells in grid.columns.items():
            for row, text in zip(self._wanted, cells.take(offsets).to_pylist(), strict=True):
                if text and text.strip():
                    self._cells.setdefault(row, {})[column] = text
        self._own = {row: dict(texts) for row, texts in self._cells.items()}
        self._fill_merges(grid)
        self.rows = sorted(self._cells)

    def _fill_merges(self, grid: Grid) -> None:
        widest = max(grid.columns, default=0)
        for top, left, bottom, right in grid.scan.merges:
            first = bisect_left(self._wanted, top)
            rows = self._wanted[first : bisect_left(self._wanted, bottom + 1)]
            text = grid.text(top, left) if rows else ""
            if not text.strip():
                continue
            self._inside.update(row for row in rows if row > top)
            if bottom - top < limits.HEADER_DEPTH:
                self._tied.update({r: max(bottom, self._tied.get(r, 0)) for r in rows})
            if right > left > min(grid.columns) and _GROUP_NAME.fullmatch("".join(text.split())):
                self._groups.add(bottom)
            for row in rows:
                for column in range(left, min(right, widest) + 1):
                    self._cells.setdefault(row, {}).setdefault(column, text)

    def is_whole(self, row: int, depth: int) -> bool:
        """Whether a header of these rows cuts no merged cell and stands below no group's name."""
        return not {row, row + depth} & self._inside and not self.has_group(row - 1)

    def tied_to(self, row: int) -> int:
        """The last row that merged cells of a header's height tie to this one."""
        while (last := self._tied.get(row, row)) > row:
            row = last
        return row

    def repeats(self, row: int, depth: int) -> bool:
        """Whether several cells of these rows are written twice: two headers, not one."""
        rows = [set(self._own.get(r, {}).items()) for r in range(row, row + depth)]
        return any(len(upper & lower) > 1 for upper, lower in combinations(rows, 2))

    def has_group(self, row: int) -> bool:
        """Whether a name in this row stands over several columns, none of them the first."""
        return row in self._groups

    def texts(self, row: int) -> Mapping[int, str]:
        """Column → text of one row."""
        return self._cells.get(row, {})

    def written(self, row: int, depth: int) -> tuple[tuple[tuple[int, str], ...], ...]:
        """The texts of these rows as one value that can be compared and remembered."""
        return tuple(tuple(sorted(self.texts(r).items())) for r in range(row, row + depth))

    def header(self, row: int, depth: int, context: Context) -> list[HeaderCell]:
        """The header cells if the header began at `row` and had `depth` rows."""
        rows = [self.texts(r) for r in range(row, row + depth)]
        columns = sorted({c for texts in rows for c in texts})
        notes = tuple(context.words["header_note"])
        cells = []
        for column in columns:
            written = [texts[column] for texts in rows if column in texts]
            path, unit = join_levels(written, context.units, notes)
            if path:
                header = "/".join(dict.fromkeys("".join(t.split()) for t in written))
                cells.append(HeaderCell(column, header, path, unit))
        return cells
