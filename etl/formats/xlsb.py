"""Binary .xlsb: a zip whose parts are BIFF12 records.

calamine reads the values; the records are walked here once more to count what it may lose.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from etl import limits
from etl.container import SheetPart, open_container, refuse_doctype, relations_of
from etl.formats.biff_values import error_text, packed_number
from etl.formats.fast import FastWorkbook
from etl.formats.tally import Tally, is_doubtful
from etl.preflight import ScannedSheet
from etl.refusal import RefusedError
from etl.sheet_scan import SheetScan

_ROW, _ISST, _STRING_ITEM, _SHEET, _DIMENSIONS, _MERGE = 0, 7, 19, 156, 148, 176
_BLANK, _RK, _REAL = 1, 2, 5
_ERRORS = frozenset({3, 11})
_TEXTS = frozenset({6, 8})
_CELLS = frozenset(range(1, 12))
_SHORTER = 11
_SHORT_CELLS = frozenset(range(12, 19))
_PROPERTIES = 153
_WORKBOOK = "xl/workbook.bin"
_COLUMN, _ROW_FLAGS, _HIDDEN_ROW = 60, 11, 0x10


def open_xlsb(path: Path) -> FastWorkbook:
    """Count every worksheet, then have calamine read; raises `RefusedError`."""
    with open_container(path) as archive:
        refuse_doctype(archive)
        try:
            return FastWorkbook(path, _scan(archive))
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise RefusedError("truncated") from error


def _scan(archive: zipfile.ZipFile) -> tuple[ScannedSheet, ...]:
    relations = relations_of(archive, "xl/_rels/workbook.bin.rels", "xl/")
    strings = [part for kind, part in relations.values() if kind.endswith("/sharedStrings")]
    empty = _empty_strings(archive, strings[0]) if strings else frozenset()
    data = archive.read(_WORKBOOK)
    is_1904 = any(k == _PROPERTIES and data[start] & 1 for k, start, _ in _records(data))
    found = []
    for sheet, relation in _sheets(data):
        kind, part = relations.get(relation, ("", ""))
        if kind.endswith("/worksheet"):
            whole = SheetPart(sheet.sheet_no, sheet.name, part, sheet.is_hidden)
            scan = _scan_sheet(archive, whole, empty)
            scan.is_1904 = is_1904
            found.append(ScannedSheet(whole, scan))
    return tuple(found)


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(type, start, length) of every record; both numbers are written seven bits a byte."""
    place, end = 0, len(data)
    while place < end:
        kind = data[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[place] & 0x7F) << 7
            place += 1
        length = shift = 0
        for _ in range(4):
            byte = data[place]
            place += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if place + length > end:
            raise RefusedError("truncated")
        yield kind, place, length
        place += length


def _sheets(data: bytes) -> Iterator[tuple[SheetPart, str]]:
    number = 0
    for kind, start, _ in _records(data):
        if kind == _SHEET:
            number += 1
            state = struct.unpack_from("<I", data, start)[0]
            relation, place = _wide(data, start + 8)
            name, _ = _wide(data, place)
            yield SheetPart(number, name, "", state != 0), relation


def _wide(data: bytes, place: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", data, place)[0]
    if length == 0xFFFFFFFF:
        return "", place + 4
    end = place + 4 + length * 2
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


def _empty_strings(archive: zipfile.ZipFile, part: str) -> frozenset[int]:
    if part not in archive.namelist():
        return frozenset()
    data = archive.read(part)
    items = (start for kind, start, _ in _records(data) if kind == _STRING_ITEM)
    return frozenset(n for n, start in enumerate(items) if data[start + 1 : start + 5] == bytes(4))


def _scan_sheet(archive: zipfile.ZipFile, sheet: SheetPart, empty: frozenset[int]) -> SheetScan:
    data = archive.read(sheet.part)
    tally, row, column = Tally(), 0, 0
    try:
        for kind, start, length in _records(data):
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
                _cell(tally, data, kind, start + 8, row, column, empty)
            elif kind in _SHORT_CELLS and length >= 4:
                column += 1
                _cell(tally, data, kind - _SHORTER, start + 4, row, column, empty)
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


def _cell(
    tally: Tally,
    data: bytes,
    kind: int,
    place: int,
    row: int,
    column: int,
    empty: frozenset[int],
) -> None:
    if row > limits.MAX_ROWS or column > limits.MAX_COLUMNS:
        raise RefusedError("huge_sheet", detail="单元格位置超出工作表")
    if kind == _BLANK:
        return
    if kind in _ERRORS:
        tally.error(row, column, error_text(data[place]))
    elif (kind in _TEXTS and data[place : place + 4] == bytes(4)) or (
        kind == _ISST and struct.unpack_from("<I", data, place)[0] in empty
    ):
        tally.seen(row, column)
    else:
        tally.filled(row, column)
        if kind in (_RK, _REAL):
            number = (
                packed_number(data, place)
                if kind == _RK
                else struct.unpack_from("<d", data, place)[0]
            )
            if is_doubtful(number):
                tally.scan.doubtful.add((row, column))
