"""Legacy .xls and WPS .et: an OLE2 container with BIFF records.

calamine reads the values; the records are read here once more, to hold its texts against. It takes
the cells a chart inside a sheet remembers for cells of the sheet, so it is handed the workbook
without them.
"""

from __future__ import annotations

import struct
from pathlib import Path

from etl.declarations.refusal import RefusedError
from etl.formats.binary.biff_book import BIFF8, BOF, CONTINUE, EOF, Book, read_globals, records
from etl.formats.binary.biff_strings import long_string
from etl.formats.binary.biff_values import error_text, packed_number
from etl.formats.binary.ole import with_stream, workbook_stream
from etl.formats.grid.calamine_sheets import FastWorkbook
from etl.formats.grid.cell_tally import Tally
from etl.formats.xlsx.preflight import ScannedSheet
from etl.formats.xlsx.sheet_scan import SheetScan

_NUMBER, _RK, _MULRK, _LABELSST, _BOOLERR = 0x203, 0x27E, 0xBD, 0xFD, 0x205
_LABELS = frozenset({0x204, 0xD6})
_FORMULAS = frozenset({0x06, 0x206, 0x406})
_STRING, _MERGES, _UNCALCULATED, _DIMENSIONS = 0x207, 0xE5, 0x5E, 0x200
_ROW, _COLUMNS, _HIDDEN_ROW = 0x208, 0x7D, 0x20
_XLS_ROWS, _XLS_COLUMNS = 65_536, 256
_NOTHING = 0x0FFF
"""A kind of record nobody has defined: readers pass it over."""
_UNICODE = 1200
"""Texts of BIFF8 are Unicode whatever code page the program that wrote it states; the reader
believes the statement."""


def open_xls(path: Path) -> FastWorkbook:
    """Read every worksheet's records, then have calamine read; raises `RefusedError`."""
    content = path.read_bytes()
    stream = workbook_stream(content)
    try:
        book = read_globals(stream, _version(stream))
        nested: list[int] = []
        sheets = tuple(
            ScannedSheet(part, _scan_sheet(stream, place, book, part.name, nested))
            for part, place in book.sheets
        )
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise RefusedError("truncated") from error
    plain = _for_the_reader(stream, book, nested)
    return FastWorkbook(path, sheets, with_stream(content, plain) if plain != stream else content)


def _for_the_reader(stream: bytes, book: Book, nested: list[int]) -> bytes:
    """Without the records of charts, and with the one code page a BIFF8 workbook can have."""
    plain = bytearray(stream)
    for start in nested:
        struct.pack_into("<H", plain, start - 4, _NOTHING)
    if book.version == BIFF8 and book.page_place:
        struct.pack_into("<H", plain, book.page_place, _UNICODE)
    return bytes(plain)


def _version(stream: bytes) -> int:
    kind, _, version = struct.unpack_from("<HHH", stream, 0)
    if kind != BOF or version not in (0x500, BIFF8):
        raise RefusedError("not_xlsx", actual="Excel 4.0 或更早的工作表")
    return int(version)


def _scan_sheet(stream: bytes, place: int, book: Book, name: str, nested: list[int]) -> SheetScan:
    scanner = _Scanner(stream, book)
    try:
        depth = 0
        for kind, start, length in records(stream, place):
            is_inside = depth > 1
            depth += (kind == BOF) - (kind == EOF)
            if depth < 1:
                break
            if is_inside or depth > 1:
                nested.append(start)
            else:
                scanner.take(kind, start, length)
        else:
            raise RefusedError("truncated")
        return scanner.finish()
    except RefusedError as refusal:
        refusal.details.setdefault("sheet", name)
        raise


class _Scanner:
    """Cell records of one sheet; a formula's text follows it in records of its own."""

    def __init__(self, stream: bytes, book: Book) -> None:
        self._stream = stream
        self._book = book
        self._tally = Tally()
        self._tally.scan.is_1904 = book.is_1904
        self._formula = (0, 0)
        self._blocks: list[bytes] = []
        self._blank_formulas: list[tuple[int, int]] = []
        self._formulas: list[tuple[int, int]] = []
        self._is_uncalculated = False

    def take(self, kind: int, start: int, length: int) -> None:
        """One record; those that are no cells are passed over."""
        if kind == CONTINUE and self._blocks:
            self._blocks.append(self._stream[start : start + length])
            return
        self._end_formula()
        if kind in _SINGLE or kind in _LABELS or kind in _FORMULAS:
            row, column = struct.unpack_from("<HH", self._stream, start)
            self._cell(kind, start, row + 1, column + 1)
        elif kind == _MULRK:
            self._many_numbers(start, length)
        elif kind == _STRING:
            self._blocks = [self._stream[start : start + length]]
        elif kind in _SHAPES:
            self._shape(kind, start, length)
        elif kind == _UNCALCULATED:
            self._is_uncalculated = True
        elif kind == _DIMENSIONS and self._book.version == BIFF8:
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
        elif kind == _BOOLERR:
            self._tally.truth(row, column, bool(self._stream[start + 6]))
        elif kind == _NUMBER:
            self._number(start + 4, _double(self._stream, start + 6), row, column)
        elif kind == _RK:
            self._number(start + 4, packed_number(self._stream, start + 6), row, column)
        elif kind == _LABELSST:
            self._tally.text(row, column, self._book.strings[_whole(self._stream, start + 6)])
        else:
            self._tally.text(row, column, self._book.label(self._stream, start + 6))

    def _many_numbers(self, start: int, length: int) -> None:
        row, first = struct.unpack_from("<HH", self._stream, start)
        count = (length - 6) // 6
        if count < 1 or first + count > _XLS_COLUMNS:
            raise RefusedError("huge_sheet", detail="单元格位置超出工作表")
        for index in range(count):
            place = start + 4 + index * 6
            value = packed_number(self._stream, place + 2)
            self._number(place, value, row + 1, first + 1 + index)

    def _number(self, style_place: int, value: float, row: int, column: int) -> None:
        """A number; the number of its style stands before it."""
        style = struct.unpack_from("<H", self._stream, style_place)[0]
        self._tally.number(row, column, value, shows_day=style in self._book.day_styles)

    def _formula_cell(self, start: int, row: int, column: int) -> None:
        result = self._stream[start + 6 : start + 14]
        self._formula = (row, column)
        self._formulas.append(self._formula)
        if result[6:] != b"\xff\xff":
            self._number(start + 4, _double(self._stream, start + 6), row, column)
        elif result[0] == 2:
            self._tally.error(row, column, error_text(result[2]))
        elif result[0] == 1:
            self._tally.truth(row, column, bool(result[2]))
        elif result[0] == 3:
            self._blank_formulas.append(self._formula)
            self._tally.text(row, column, "")

    def _end_formula(self) -> None:
        """The text a formula gave, once the records that hold it are there."""
        if self._blocks:
            is_new = self._book.version == BIFF8
            text = long_string(self._blocks) if is_new else self._book.label(self._blocks[0], 0)
            self._blocks = []
            self._tally.text(*self._formula, text)

    def finish(self) -> SheetScan:
        """Formulas of which not one has a value were written by a program that cannot calculate."""
        self._end_formula()
        if self._blank_formulas and len(self._blank_formulas) == len(self._formulas):
            self._tally.waiting(self._blank_formulas)
        elif self._is_uncalculated:
            self._tally.scan.uncalculated.update(self._formulas)
        return self._tally.finish()


def _double(stream: bytes, place: int) -> float:
    return float(struct.unpack_from("<d", stream, place)[0])


def _whole(stream: bytes, place: int) -> int:
    return int(struct.unpack_from("<I", stream, place)[0])


_SHAPES = frozenset({_MERGES, _ROW, _COLUMNS})
_SINGLE = frozenset({_NUMBER, _RK, _LABELSST, _BOOLERR})
