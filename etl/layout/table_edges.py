"""Rows of a table that look like records to a counter and to no reader: footers, signatures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.declarations.declarations import Context
from etl.declarations.text_keys import key
from etl.formats.grid.reader import Grid
from etl.layout.row_words import begins_footer, is_day, is_footer, is_signature, says_nothing
from etl.recognise.coded_columns import Coded
from etl.recognise.header_matching import Table

EMPTY, RECORD = 0, 1
_NAME_TYPES = frozenset({"place", "department", "actor"})
_RECORD_LIKE = r"^[\x21-\x7e]{4,}$|^[\s\d.,]+$|^20\d\d"
"""Numbers, dates, codes: no word of a total, a footer or an empty line."""
_SHORT_BYTES = 24
_NOTE_BYTES = 90
_SIGNED_CELLS = 4

Flags = NDArray[np.bool_]
Test = Callable[[str], bool]


def name_columns(table: Table) -> set[int]:
    """Columns that hold a unit's name."""
    fields = (c.field for c in table.source.columns if c.type in _NAME_TYPES)
    return {table.fields[field].column for field in fields if field in table.fields}


@dataclass(frozen=True)
class Edges:
    """Looks at rows still taken for records; columns are judged by their distinct texts."""

    grid: Grid
    table: Table
    coded: Mapping[int, Coded]
    context: Context
    kinds: NDArray[np.uint8]

    def leading_totals(self) -> Flags:
        """合计 wherever it stands, when nothing stands before it."""
        totals = self.context.words["total"]
        return self._leading(_SHORT_BYTES, lambda text: key(text).rstrip(":") in totals)

    def footers(self) -> Flags:
        """Rows of labels and their values, however many."""
        likely = self._leading(_NOTE_BYTES, lambda text: begins_footer(text, self.context))
        for offset in np.flatnonzero(likely).tolist():
            likely[offset] = is_footer(list(self._texts(offset).values()), self.context)
        return likely

    def empty_lines(self) -> Flags:
        """Lines of 无 or / alone, which may begin with a number and a unit's name."""
        apart = self._serial() | name_columns(self.table)
        empty, said = self._records(), np.zeros(self.grid.height, bool)
        for number, column in self.coded.items():
            if number not in apart:
                words = self._flagged(column, 12, lambda t: says_nothing([t], self.context))
                said |= words[column.codes]
                empty &= words[column.codes] | (column.codes < 0)
        return empty & said

    def beside(self) -> Flags:
        """Rows with cells only beside the columns of the table."""
        return self._records() & ~self._filled(self.table.width)

    def unfilled(self) -> Flags:
        """Lines of a form with its number and a unit's name, and nothing else."""
        named = name_columns(self.table) & self.table.width
        lines = self._records() & self._filled(named) & ~self._filled(self.table.width - named)
        others = {c.column for c in (*self.table.extra, *self.table.doubled)} - self._serial()
        return lines & ~self._filled(others)

    def _filled(self, columns: set[int] | frozenset[int]) -> Flags:
        """Rows with a cell in one of these columns, errors and uncalculated formulas included."""
        filled = np.zeros(self.grid.height, bool)
        for number in columns & self.coded.keys():
            filled |= self.coded[number].codes >= 0
        scan = self.grid.scan
        for row, column in [*scan.errors, *scan.uncalculated]:
            filled[row - self.grid.first_row] |= column in columns
        return filled

    def _serial(self) -> set[int]:
        return {c.column for c in self.table.extra if c.path in self.context.words["serial"]}

    def signature(self) -> Flags:
        """Below the last record: a unit's name, a day or both, as a document is signed."""
        found, places = np.zeros(self.grid.height, bool), name_columns(self.table)
        is_dated = False
        for offset in reversed(np.flatnonzero(self.kinds == RECORD).tolist()):
            texts = self._texts(offset)
            if not self._is_signed(list(texts.values())):
                break
            is_dated = is_dated or any(is_day(text) for text in texts.values())
            if not is_dated and set(texts) <= places:
                break
            found[offset] = True
        return found & self._records()

    def _is_signed(self, texts: Sequence[str]) -> bool:
        few = 0 < len(texts) <= _SIGNED_CELLS
        return few and all(is_signature(text, self.context) for text in texts)

    def _records(self) -> Flags:
        """Rows still taken for records that were read in full."""
        records: Flags = self.kinds == RECORD
        records[[row - self.grid.first_row for row in self.grid.unread]] = False
        return records

    def _leading(self, most: int, test: Test) -> Flags:
        """Rows whose first filled cell is such a text."""
        is_bare, found = self._records(), np.zeros(self.grid.height, bool)
        for number in sorted(self.coded):
            column = self.coded[number]
            found |= is_bare & self._flagged(column, most, test)[column.codes]
            is_bare &= column.codes < 0
            if not is_bare.any():
                break
        return found

    def _flagged(self, column: Coded, most: int, test: Test) -> Flags:
        """By number of its text, whether it is short and passes; the last stands for no cell."""
        flags = np.zeros(len(column.texts) + 1, bool)
        short = pc.less_equal(pc.binary_length(column.texts), most)
        likely = pc.and_not(short, pc.match_substring_regex(column.texts, _RECORD_LIKE))
        for number in pc.indices_nonzero(likely).to_pylist():
            flags[number] = test(column.texts[number].as_py())
        return flags

    def _texts(self, offset: int) -> dict[int, str]:
        row = self.grid.first_row + offset
        texts = {c: self.grid.text(row, c) for c in sorted(self.grid.columns)}
        return {c: t for c, t in texts.items() if t.strip()}
