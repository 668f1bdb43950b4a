"""Binary .xlsb: a zip whose parts are BIFF12 records.

calamine reads the values; the records are read here once more, to hold its texts against.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.declarations import limits
from etl.declarations.cell_addresses import Cell
from etl.declarations.refusal import RefusedError
from etl.formats.binary.biff12 import missed_styles, records, wide
from etl.formats.binary.biff_values import error_text, packed_number
from etl.formats.grid.calamine_sheets import FastWorkbook
from etl.formats.grid.cell_tally import Tally
from etl.formats.raw.zip_container import SheetPart, open_container, refuse_doctype, relations_of
from etl.formats.xlsx.preflight import ScannedSheet
from etl.formats.xlsx.sheet_scan import SheetScan

_ROW, _ISST, _STRING_ITEM, _SHEET, _DIMENSIONS, _MERGE = 0, 7, 19, 156, 148, 176
_BLANK, _RK = 1, 2
_ERRORS, _TRUTHS, _NUMBERS = frozenset({3, 11}), frozenset({4, 10}), frozenset({2, 5, 9})
_CELLS = frozenset(range(1, 12))
_SHORTER = 11
_SHORT_CELLS = frozenset(range(12, 19))
_PROPERTIES = 153
_WORKBOOK, _STYLES = "xl/workbook.bin", "xl/styles.bin"
_COLUMN, _ROW_FLAGS, _HIDDEN_ROW = 60, 11, 0x10


def open_xlsb(path: Path) -> FastWorkbook:
    """Read every worksheet's records, then have calamine read; raises `RefusedError`."""
    with open_container(path) as archive:
        refuse_doctype(archive)
        try:
            return FastWorkbook(path, _scan(archive))
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise RefusedError("truncated") from error


def _scan(archive: zipfile.ZipFile) -> tuple[ScannedSheet, ...]:
    relations = relations_of(archive, "xl/_rels/workbook.bin.rels", "xl/")
    strings = [part for kind, part in relations.values() if kind.endswith("/sharedStrings")]
    book = _Book(
        _strings(archive, strings[0]) if strings else [],
        missed_styles(archive.read(_STYLES)) if _STYLES in archive.namelist() else frozenset(),
    )
    data = archive.read(_WORKBOOK)
    is_1904 = any(k == _PROPERTIES and data[start] & 1 for k, start, _ in records(data))
    found = []
    for sheet, relation in _sheets(data):
        kind, part = relations.get(relation, ("", ""))
        if kind.endswith("/worksheet"):
            whole = SheetPart(sheet.sheet_no, sheet.name, part, sheet.is_hidden)
            scan = _scan_sheet(archive, whole, book)
            scan.is_1904 = is_1904
            found.append(ScannedSheet(whole, scan))
    return tuple(found)


def _sheets(data: bytes) -> Iterator[tuple[SheetPart, str]]:
    number = 0
    for kind, start, _ in records(data):
        if kind == _SHEET:
            number += 1
            state = struct.unpack_from("<I", data, start)[0]
            relation, place = wide(data, start + 8)
            name, _ = wide(data, place)
            yield SheetPart(number, name, "", state != 0), relation


def _strings(archive: zipfile.ZipFile, part: str) -> list[str]:
    if part not in archive.namelist():
        return []
    data = archive.read(part)
    items = (start for kind, start, _ in records(data) if kind == _STRING_ITEM)
    return [wide(data, start + 1)[0] for start in items]


@dataclass(frozen=True)
class _Book:
    """The shared strings, and the styles whose days the reader takes for numbers."""

    strings: list[str]
    day_styles: frozenset[int]


def _scan_sheet(archive: zipfile.ZipFile, sheet: SheetPart, book: _Book) -> SheetScan:
    data = archive.read(sheet.part)
    tally, row, column = Tally(), 0, 0
    try:
        for kind, start, length in records(data):
            if kind == _ROW:
                row, column = struct.unpack_from("<I", data, start)[0] + 1, 0
                if length > _ROW_FLAGS and data[start + _ROW_FLAGS] & _HIDDEN_ROW:
                    tally.scan.hidden_rows.add(row)
            elif kind == _COLUMN and length >= 18 and data[start + 16] & 1:
                first, last = struct.unpack_from("<2I", data, start)
                hidden = range(first + 1, min(last, limits.MAX_COLUMNS) + 2)
                tally.scan.hidden_columns.update(hidden)
            elif kind in _CELLS and length >= 8:
                column = struct.unpack_from("<I", data, start)[0] + 1
                _cell(tally, data, kind, start + 8, (row, column), book)
            elif kind in _SHORT_CELLS and length >= 4:
                column += 1
                _cell(tally, data, kind - _SHORTER, start + 4, (row, column), book)
            elif kind == _MERGE:
                top, bottom, left, right = struct.unpack_from("<4I", data, start)
                tally.merges.append((top + 1, left + 1, bottom + 1, right + 1))
            elif kind == _DIMENSIONS:
                _check_dimensions(*struct.unpack_from("<4I", data, start))
        return tally.finish()
    except RefusedError as refusal:
        refusal.details.setdefault("sheet", sheet.name)
        raise


def _check_dimensions(top: int, bottom: int, left: int, right: int) -> None:
    if bottom >= limits.MAX_ROWS or right >= limits.MAX_COLUMNS or top > bottom or left > right:
        raise RefusedError("huge_sheet", detail=f"{bottom + 1} 行 × {right + 1} 列")


def _cell(tally: Tally, data: bytes, kind: int, place: int, at: Cell, book: _Book) -> None:
    """One cell; its value begins at `place`, behind the number of its style."""
    row, column = at
    if row > limits.MAX_ROWS or column > limits.MAX_COLUMNS:
        raise RefusedError("huge_sheet", detail="单元格位置超出工作表")
    if kind in _ERRORS:
        tally.error(row, column, error_text(data[place]))
    elif kind in _TRUTHS:
        tally.truth(row, column, bool(data[place]))
    elif kind in _NUMBERS:
        is_packed = kind == _RK
        value = packed_number(data, place) if is_packed else _double(data, place)
        style = int.from_bytes(data[place - 4 : place - 1], "little")
        tally.number(row, column, value, shows_day=style in book.day_styles)
    elif kind != _BLANK:
        is_shared = kind == _ISST
        text = book.strings[_whole(data, place)] if is_shared else wide(data, place)[0]
        tally.text(row, column, text)


def _double(data: bytes, place: int) -> float:
    return float(struct.unpack_from("<d", data, place)[0])


def _whole(data: bytes, place: int) -> int:
    return int(struct.unpack_from("<I", data, place)[0])
