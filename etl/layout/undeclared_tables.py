"""Tables nobody declared, above or below the records of a known one.

They are kept apart by what a header looks like (several names, no datum) after a blank row or a
title, and only where no row that could be loaded follows: a record is never taken for a stranger.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.formats.grid.reader import Grid
from etl.formats.xlsx.sheet_scan import Ints
from etl.layout.title_rows import DATUM, Titles
from etl.recognise.header_matching import Table

_UNLIKE_A_NAME = f"{DATUM}|[:：]"
_NAME_TEXT = 40
_MIN_COLUMNS = 3
"""Columns by which such a table is known; two are enough under a title."""


@dataclass(frozen=True)
class Strangers:
    """Where such a table begins or ends in one sheet."""

    grid: Grid
    titles: Titles

    def above(self, start: int, table: Table) -> int:
        """The first row that belongs to the table, when another table stands above; else 0."""
        header = table.first_header_row
        titles = min([header, *self.titles.above(header, start - 1)])
        rows = self.filled(start, titles - 1)
        for row, following in pairwise(rows):
            if self._is_header_like(row) and self._has_data(following):
                return titles
        return 0

    def below(self, end: int, table: Table) -> int:
        """The first row of a table nobody declared, below the records of this one; else 0."""
        rows = self.grid.scan.rows
        first = bisect_left(rows, table.last_header_row + 1)
        last = bisect_left(rows, end + 1)
        mine, filled = rows[first:last], self.grid.scan.filled[first:last]
        if len(mine) < 2:
            return 0
        gap = np.append(False, (np.diff(mine) > 1) | (filled[:-1] < _MIN_COLUMNS))
        likely = gap & (filled >= 2)
        likely[-1] = False
        if not likely.any():
            return 0
        sound = np.flatnonzero(self._could_load(mine, table))
        likely[: sound[-1] + 1 if len(sound) else 0] = False
        for index in np.flatnonzero(likely).tolist():
            row, before = int(mine[index]), int(mine[index - 1])
            floor = before if filled[index - 1] >= _MIN_COLUMNS else table.last_header_row
            titles = self.titles.above(row, floor)
            fewest = 2 if titles else _MIN_COLUMNS
            if (titles or before < row - 1) and self._is_header_like(row, fewest):
                return min([row, *titles])
        return 0

    def _could_load(self, rows: Ints, table: Table) -> NDArray[np.bool_]:
        """Rows with something in every required column the table has, merged cells included."""
        offsets = pa.array(rows - self.grid.first_row)
        could = np.ones(len(rows), bool)
        for column in table.source.columns:
            if column.required and column.field in table.fields:
                number = table.fields[column.field].column
                cells = self.grid.columns[number].take(offsets)
                if column.field == table.source.business_date:
                    cells = pc.if_else(pc.match_substring_regex(cells, r"\d"), cells, None)
                filled = pc.fill_null(pc.binary_length(cells), 0).to_numpy() > 0
                for top, left, bottom, _ in self.grid.scan.merges:
                    if left == number and bottom > top:
                        filled |= (rows > top) & (rows <= bottom)
                could &= filled
        return could

    def _is_header_like(self, row: int, fewest: int = _MIN_COLUMNS) -> bool:
        """Several different short texts and no datum: names of columns."""
        texts = pa.array([text.strip() for text in self.titles.texts(row)], pa.string())
        if len(texts) < fewest or len(texts.unique()) < len(texts):
            return False
        unlike = pc.or_(
            pc.match_substring_regex(texts, _UNLIKE_A_NAME),
            pc.greater(pc.utf8_length(texts), _NAME_TEXT),
        )
        return not pc.any(unlike).as_py()

    def _has_data(self, row: int) -> bool:
        texts = pa.array(self.titles.texts(row), pa.string())
        return len(texts) > 1 and bool(pc.any(pc.match_substring_regex(texts, DATUM)).as_py())

    def filled(self, first: int, last: int) -> list[int]:
        """The filled rows between two rows."""
        rows = self.grid.scan.rows
        found: list[int] = rows[(rows >= first) & (rows <= last)].tolist()
        return found
