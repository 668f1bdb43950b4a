"""Legacy .xls and WPS .et: an OLE2 container with BIFF records.

calamine reads the values; the records are walked here once more to count what it may lose.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from etl.container import SheetPart
from etl.formats.biff_strings import empty_strings
from etl.formats.biff_values import error_text, packed_number
from etl.formats.fast import FastWorkbook
from etl.formats.ole import workbook_stream
from etl.formats.tally import Tally, is_doubtful
from etl.preflight import ScannedSheet
from etl.refusal import RefusedError
from etl.sheet_scan import SheetScan

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _SST, _CONTINUE = 0x809, 0x0A, 0x2F, 0x85, 0xFC, 0x3C
_NUMBER, _RK, _MULRK, _LABELSST, _BOOLERR = 0x203, 0x27E, 0xBD, 0xFD, 0x205
_LABELS = frozenset({0x204, 0xD6})
_FORMULAS = frozenset({0x06, 0x206, 0x406})
_DATE_MODE, _STRING, _MERGES, _UNCALCULATED, _DIMENSIONS = 0x22, 0x207, 0xE5, 0x5E, 0x200
_ROW, _COLUMNS, _HIDDEN_ROW = 0x208, 0x7D, 0x20
_BIFF8 = 0x600
_XLS_ROWS, _XLS_COLUMNS = 65_536, 256


def open_xls(path: Path) -> FastWorkbook:
    """Count every worksheet, then have calamine read; raises `RefusedError`."""
    return FastWorkbook(path, _scan(workbook_stream(path)))


Record = tuple[int, int, int]


def records(stream: bytes, offset: int = 0) -> Iterator[Record]:
    """(type, start, length) of every record from here on."""
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if offset + 4 + length > len(stream):
            raise RefusedError("truncated")
        yield kind, offset + 4, length
        offset += 4 + length


def _scan(stream: bytes) -> tuple[ScannedSheet, ...]:
    try:
        book = _globals(stream, _version(stream))
        return tuple(
            ScannedSheet(part, _scan_sheet(stream, place, book, part.name))
            for part, place in book.sheets
        )
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise RefusedError("truncated") from error


def _version(stream: bytes) -> int:
    kind, _, version = struct.unpack_from("<HHH", stream, 0)
    if kind != _BOF or version not in (0x500, _BIFF8):
        raise RefusedError("not_xlsx", actual="Excel 4.0 或更早的工作表")
    return int(version)


@dataclass
class _Book:
    """Worksheets with the place of their records, shared strings without text, first day."""

    version: int
    sheets: list[tuple[SheetPart, int]] = field(default_factory=list)
    empty: frozenset[int] = frozenset()
    is_1904: bool = False


def _globals(stream: bytes, version: int) -> _Book:
    book = _Book(version)
    strings: list[bytes] = []
    tabs, last = 0, 0
    for kind, start, length in records(stream):
        if kind == _FILEPASS:
            raise RefusedError("encrypted")
        if kind == _EOF:
            break
        if kind == _BOUNDSHEET:
            tabs += 1
            place, state, sort = struct.unpack_from("<IBB", stream, start)
            if sort == 0:
                name = _sheet_name(stream[start + 6 : start + length], version)
                book.sheets.append((SheetPart(tabs, name, "", state & 3 != 0), place))
        elif kind == _DATE_MODE:
            book.is_1904 = stream[start] == 1
        elif kind == _SST or (kind == _CONTINUE and last == _SST):
            strings.append(stream[start : start + length])
        last = last if kind == _CONTINUE else kind
    book.empty = empty_strings(strings)
    return book


def _sheet_name(data: bytes, version: int) -> str:
    if version != _BIFF8:
        return data[1 : 1 + data[0]].decode("gb18030", "replace")
    wide = data[1] & 1
    return data[2 : 2 + data[0] * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _scan_sheet(stream: bytes, place: int, book: _Book, name: str) -> SheetScan:
    scanner = _Scanner(stream, book)
    try:
        depth = 0
        for kind, start, length in records(stream, place):
            depth += (kind == _BOF) - (kind == _EOF)
            if depth < 1:
                break
            if depth == 1:
                scanner.take(kind, start, length)
        else:
            raise RefusedError("truncated")
        return scanner.finish()
    except RefusedError as refusal:
        refusal.details.setdefault("sheet", name)
        raise


class _Scanner:
    """Cell records of one sheet; a formula's text follows it in a record of its own."""

    def __init__(self, stream: bytes, book: _Book) -> None:
        self._stream = stream
        self._version = book.version
        self._empty = book.empty
        self._tally = Tally()
        self._tally.scan.is_1904 = book.is_1904
        self._formula = (0, 0)
        self._blank_formulas: list[tuple[int, int]] = []
        self._formulas: list[tuple[int, int]] = []
        self._is_uncalculated = False

    def take(self, kind: int, start: int, length: int) -> None:
        """One record; those that are no cells are passed over."""
        if kind in _SINGLE or kind in _LABELS or kind in _FORMULAS:
            row, column = struct.unpack_from("<HH", self._stream, start)
            self._cell(kind, start, row + 1, column + 1)
        elif kind == _MULRK:
            self._many_numbers(start, length)
        elif kind == _STRING:
            self._formula_text(start)
        elif kind in _SHAPES:
            self._shape(kind, start, length)
        elif kind == _UNCALCULATED:
            self._is_uncalculated = True
        elif kind == _DIMENSIONS and self._version == _BIFF8:
            _, rows, _, columns = struct.unpack_from("<IIHH", self._stream, start)
            if rows > _XLS_ROWS or columns > _XLS_COLUMNS:
                raise RefusedError("huge_sheet", detail=f"{rows} 行 × {columns} 列")

    def _shape(self, kind: int, start: int, length: int) -> None:
        """Merged cells, hidden rows, hidden columns."""
        if kind == _MERGES:
            for place in range(start + 2, start + length - 7, 8):
                top, bottom, left, right = struct.unpack_from("<4H", self._stream, place)
                self._tally.merges.append((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == _ROW and length >= 16 and self._stream[start + 12] & _HIDDEN_ROW:
            row = struct.unpack_from("<H", self._stream, start)[0] + 1
            self._tally.scan.hidden_rows.add(row)
        elif kind == _COLUMNS and length >= 10:
            first, last, _, _, options = struct.unpack_from("<5H", self._stream, start)
            if options & 1:
                self._tally.scan.hidden_columns.update(range(first + 1, last + 2))

    def _cell(self, kind: int, start: int, row: int, column: int) -> None:
        if column > _XLS_COLUMNS:
            raise RefusedError("huge_sheet", detail="单元格位置超出工作表")
        if kind in _FORMULAS:
            self._formula_cell(start, row, column)
        elif kind == _BOOLERR and self._stream[start + 7]:
            self._tally.error(row, column, error_text(self._stream[start + 6]))
        elif self._is_empty_text(kind, start):
            self._tally.seen(row, column)
        else:
            self._tally.filled(row, column)
            if kind == _NUMBER:
                self._number(struct.unpack_from("<d", self._stream, start + 6)[0], row, column)
            elif kind == _RK:
                self._number(packed_number(self._stream, start + 6), row, column)

    def _is_empty_text(self, kind: int, start: int) -> bool:
        if kind == _LABELSST:
            return struct.unpack_from("<I", self._stream, start + 6)[0] in self._empty
        return kind in _LABELS and self._stream[start + 6 : start + 8] == b"\0\0"

    def _many_numbers(self, start: int, length: int) -> None:
        row, first = struct.unpack_from("<HH", self._stream, start)
        count = (length - 6) // 6
        if count < 1 or first + count > _XLS_COLUMNS:
            raise RefusedError("huge_sheet", detail="单元格位置超出工作表")
        self._tally.filled(row + 1, first + 1, count)
        for index in range(count):
            self._number(
                packed_number(self._stream, start + 6 + index * 6), row + 1, first + 1 + index
            )

    def _number(self, value: float, row: int, column: int) -> None:
        if is_doubtful(value):
            self._tally.scan.doubtful.add((row, column))

    def _formula_cell(self, start: int, row: int, column: int) -> None:
        result = self._stream[start + 6 : start + 14]
        self._formula = (row, column)
        self._formulas.append(self._formula)
        if result[6:] != b"\xff\xff":
            self._tally.filled(row, column)
        elif result[0] == 2:
            self._tally.error(row, column, error_text(result[2]))
        elif result[0] == 1:
            self._tally.filled(row, column)
        elif result[0] == 3:
            self._blank_formulas.append(self._formula)
            self._tally.seen(row, column)

    def _formula_text(self, start: int) -> None:
        if self._stream[start : start + 2] == b"\0\0":
            self._tally.seen(*self._formula)
        else:
            self._tally.filled(*self._formula)

    def finish(self) -> SheetScan:
        """Formulas of which not one has a value were written by a program that cannot calculate."""
        if self._blank_formulas and len(self._blank_formulas) == len(self._formulas):
            self._tally.waiting(self._blank_formulas)
        elif self._is_uncalculated:
            self._tally.scan.uncalculated.update(self._formulas)
        return self._tally.finish()


_SHAPES = frozenset({_MERGES, _ROW, _COLUMNS})
_SINGLE = frozenset({_NUMBER, _RK, _LABELSST, _BOOLERR})
