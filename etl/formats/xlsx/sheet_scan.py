"""One streaming pass over the raw XML of a sheet, by something other than the reader.

It counts what a reader may lose without a word: filled rows and cells, error values, formulas
that were never calculated, numbers too long to be exact. Positions of `<` are found with numpy
and each tag is told by its next bytes, so 66 MiB of XML take about half a second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO

import numpy as np
from numpy.typing import NDArray

from etl.declarations import limits
from etl.declarations.cell_addresses import Cell, column_number
from etl.declarations.refusal import RefusedError
from etl.formats.raw.hidden_rows import note_hidden
from etl.formats.raw.long_numbers import long_numbers
from etl.formats.raw.raw_cells import RawCells, no_cells
from etl.formats.raw.sheet_bounds import check_box, check_scattered
from etl.formats.xlsx.sheet_chunks import chunks
from etl.formats.xlsx.sheet_texts import CellTexts, Worded, worded_tags

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_TAG_ENDS = np.frombuffer(b" >/\n\r\t", np.uint8)
_CELL_REF = re.compile(rb"<c\b[^>]*?\sr\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_ROW_REF = re.compile(rb"<row\b[^>]*?\sr\s*=\s*[\"'](\d{1,7})[\"']")
_ERROR = re.compile(rb"<c\b[^>]*\st=[\"']e[\"'][^>]*>(?:.*?<v>([^<]*)</v>)?", re.DOTALL)
_SHARED = re.compile(rb"<c\b[^>]*\st=[\"']s[\"'][^>]*><v>(\d+)</v>")
_MERGE = re.compile(rb"<mergeCell\b[^>]*?ref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")


@dataclass
class SheetScan:
    """What the raw XML of one sheet says."""

    rows: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    filled: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    errors: dict[Cell, str] = field(default_factory=dict)
    uncalculated: set[Cell] = field(default_factory=set)
    doubtful: set[Cell] = field(default_factory=set)
    merges: tuple[tuple[int, int, int, int], ...] = ()
    first_row: int = 0
    last_row: int = 0
    first_column: int = 0
    last_column: int = 0
    is_1904: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    cells: RawCells = field(default_factory=no_cells)

    @property
    def filled_cells(self) -> int:
        """Cells with a value, an error or a formula."""
        return int(self.filled.sum())


def scan_sheet(stream: IO[bytes], texts: CellTexts, empty_strings: frozenset[int]) -> SheetScan:
    """Scan one worksheet part; a sheet wider than any office needs is refused."""
    scanner = _Scanner(texts, empty_strings)
    tail = b""
    for chunk, is_last in chunks(stream):
        text = chunk
        if is_last:
            text, _, tail = chunk.partition(b"</sheetData>")
        scanner.feed(text)
    return scanner.finish(tail)


class _Scanner:
    def __init__(self, texts: CellTexts, empty_strings: frozenset[int]) -> None:
        self.scan = SheetScan()
        self._texts = texts
        self._empty_strings = empty_strings
        self._rows: list[Ints] = []
        self._counts: list[Ints] = []
        self._last_row = 0
        self._box = [limits.MAX_ROWS + 1, 0, limits.MAX_COLUMNS + 1, 0]

    def feed(self, text: bytes) -> None:
        """Take in whole rows."""
        raw = np.frombuffer(text + b"   ", np.uint8)
        tags = np.flatnonzero(raw == 60)
        kind, after = raw[tags + 1], raw[tags + 2]
        plain = np.isin(after, _TAG_ENDS)
        is_cell = (kind == 99) & plain
        cells = tags[is_cell]
        starts = tags[(kind == 114) & (after == 111)]
        note_hidden(text, starts.tolist(), self.scan.hidden_rows, self.scan.hidden_columns)
        row_numbers = self._row_numbers(text, starts, cells)
        if not len(cells):
            return
        row_of = np.searchsorted(starts, cells) - 1
        columns = self._columns(text, raw, cells, row_of)
        places = _Places(text, cells, row_numbers[row_of], columns)
        next_tag = np.append(tags[1:], len(text))
        texts = ((kind == 118) | (kind == 116)) & plain
        words = worded_tags(text, tags, next_tag, texts)
        self._doubtful(places, raw, words)
        self._judge(
            places,
            words,
            next_tag[is_cell],
            filled=places.mask(words.starts),
            opened=places.mask(tags[(kind == 118) & plain | (kind == 105) & (after == 115)]),
            formulas=places.mask(tags[(kind == 102) & plain]),
        )

    def _judge(
        self,
        places: _Places,
        words: Worded,
        children: Ints,
        filled: Flags,
        opened: Flags,
        formulas: Flags,
    ) -> None:
        """Tell errors, uncalculated formulas and empty texts apart, count, and keep the texts."""
        self._errors(places, filled)
        self._shared_empties(places, filled)
        seen = filled.copy()
        for index in np.flatnonzero(opened & ~filled).tolist():
            seen[index] = places.is_text(index)
        waiting = formulas & ~seen
        self.scan.uncalculated.update(map(places.cell, np.flatnonzero(waiting).tolist()))
        self._measure(places, seen)
        self._count(places, filled | waiting)
        addresses = places.starts, places.rows, places.columns
        self._texts.take(places.text, addresses, children, words, filled, waiting)

    def _row_numbers(self, text: bytes, starts: Ints, cells: Ints) -> Ints:
        """True row numbers: the row's own, else the one after the row before."""
        numbers = np.empty(len(starts), np.int64)
        last = self._last_row
        for i, start in enumerate(starts.tolist()):
            match = _ROW_REF.match(text, start)
            last = int(match[1]) if match else last + 1
            numbers[i] = last
        if len(starts):
            self._last_row = int(numbers.max())
        elif len(cells):
            raise RefusedError("truncated")
        return numbers

    @staticmethod
    def _columns(text: bytes, raw: NDArray[np.uint8], cells: Ints, row_of: Ints) -> Ints:
        padded = np.minimum(cells, len(text) - 9)
        plain = (raw[padded + 3] == 114) & (raw[padded + 4] == 61) & (raw[padded + 5] == 34)
        one, two, three = (raw[padded + k].astype(np.int64) - 64 for k in (6, 7, 8))
        columns: Ints = np.where(two > 0, one * 26 + two, one)
        columns = np.where((two > 0) & (three > 0), columns * 26 + three, columns)
        for i in np.flatnonzero(~plain | (one < 1) | (one > 26)).tolist():
            match = _CELL_REF.match(text, int(cells[i]))
            if match:
                columns[i] = column_number(match[1].decode())
            else:
                is_first = i == 0 or row_of[i] != row_of[i - 1]
                columns[i] = 1 if is_first else columns[i - 1] + 1
        return columns

    def _errors(self, places: _Places, filled: Flags) -> None:
        if b't="e"' in places.text or b"t='e'" in places.text:
            for match in _ERROR.finditer(places.text):
                index = places.index(match.start())
                value = (match[1] or b"").decode("utf-8", "replace")
                self.scan.errors[places.cell(index)] = value
                filled[index] = True

    def _shared_empties(self, places: _Places, filled: Flags) -> None:
        if self._empty_strings:
            for match in _SHARED.finditer(places.text):
                if int(match[1]) in self._empty_strings:
                    filled[places.index(match.start())] = False

    def _doubtful(self, places: _Places, raw: NDArray[np.uint8], words: Worded) -> None:
        """Numbers with more digits than a number can hold, and 2026.1, which may have been .10."""
        for start in long_numbers(places.text, raw, words.starts, words.lengths):
            index = places.index(start)
            tag = places.tag(index)
            if b" t=" not in tag or b't="n"' in tag:
                self.scan.doubtful.add(places.cell(index))

    def _measure(self, places: _Places, seen: Flags) -> None:
        """The box of what a reader sees, and of any formula, must stay inside the limits."""
        rows, columns = places.rows[seen], places.columns[seen]
        if not len(rows):
            return
        box = self._box
        box[:2] = min(box[0], int(rows.min())), max(box[1], int(rows.max()))
        box[2:] = min(box[2], int(columns.min())), max(box[3], int(columns.max()))
        check_box((box[0], box[1]), (box[2], box[3]))

    def _count(self, places: _Places, filled: Flags) -> None:
        numbers, counts = np.unique(places.rows[filled], return_counts=True)
        self._rows.append(numbers)
        self._counts.append(counts)

    def finish(self, tail: bytes) -> SheetScan:
        """Sum up, and read the merged ranges that follow the rows."""
        scan = self.scan
        scan.cells = self._texts.finish()
        if self._rows:
            every = np.concatenate(self._rows)
            scan.rows, inverse = np.unique(every, return_inverse=True)
            scan.filled = np.bincount(inverse, np.concatenate(self._counts)).astype(np.int64)
            scan.first_row, scan.last_row, scan.first_column, scan.last_column = self._box
            top, bottom, left, right = self._box
            check_scattered((top, bottom), (left, right), scan.filled_cells)
        scan.merges = tuple(
            (int(r1), column_number(c1.decode()), int(r2), column_number(c2.decode()))
            for c1, r1, c2, r2 in _MERGE.findall(tail)
        )
        return scan


@dataclass(frozen=True)
class _Places:
    """Where each `<c` of a chunk stands: byte position, row and column."""

    text: bytes
    starts: Ints
    rows: Ints
    columns: Ints

    def mask(self, positions: Ints) -> Flags:
        """The cells that enclose these positions."""
        found = np.zeros(len(self.starts), bool)
        found[np.searchsorted(self.starts, positions) - 1] = True
        return found

    def index(self, position: int) -> int:
        return int(np.searchsorted(self.starts, position, side="right")) - 1

    def cell(self, index: int) -> Cell:
        return int(self.rows[index]), int(self.columns[index])

    def tag(self, index: int) -> bytes:
        start = int(self.starts[index])
        return self.text[start : self.text.index(b">", start)]

    def is_text(self, index: int) -> bool:
        """An opened but empty value is an empty text only in a text cell."""
        return any(kind in self.tag(index) for kind in (b'"str"', b'"inlineStr"', b'"s"', b"t='"))
