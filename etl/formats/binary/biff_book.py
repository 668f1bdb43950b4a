"""The globals of a BIFF workbook: its sheets, shared strings, number formats and first day."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.declarations.refusal import RefusedError
from etl.formats.binary.biff_strings import long_string, shared_strings
from etl.formats.raw.number_formats import is_missed
from etl.formats.raw.zip_container import SheetPart

BOF, EOF, CONTINUE, BIFF8 = 0x809, 0x0A, 0x3C, 0x600
_FILEPASS, _BOUNDSHEET, _SST, _DATE_MODE, _CODE_PAGE = 0x2F, 0x85, 0xFC, 0x22, 0x42
_FORMAT, _STYLE = 0x41E, 0xE0
_CHINESE = "gb18030"
_PAGES = {936: _CHINESE, 10_000: "mac_roman", 32_768: "mac_roman", 32_769: "cp1252"}

Record = tuple[int, int, int]


def records(stream: bytes, offset: int = 0) -> Iterator[Record]:
    """(type, start, length) of every record from here on."""
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if offset + 4 + length > len(stream):
            raise RefusedError("truncated")
        yield kind, offset + 4, length
        offset += 4 + length


@dataclass
class Book:
    """Worksheets with the place of their records, and what their cells refer to.

    `day_styles` are the cell styles whose days the reader takes for numbers, `page_place` is where
    the code page stands, if anywhere.
    """

    version: int
    sheets: list[tuple[SheetPart, int]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    is_1904: bool = False
    encoding: str = _CHINESE
    day_styles: frozenset[int] = frozenset()
    page_place: int = 0

    def label(self, data: bytes, place: int) -> str:
        """A counted string inside a record; before BIFF8 in the code page of the workbook."""
        length = struct.unpack_from("<H", data, place)[0]
        if self.version == BIFF8:
            return long_string([data[place : place + 3 + length * 2]]) if length else ""
        return data[place + 2 : place + 2 + length].decode(self.encoding, "replace")


def read_globals(stream: bytes, version: int) -> Book:
    """What stands before the sheets; an encrypted workbook is refused."""
    globals_ = _Globals(Book(version))
    for kind, start, length in records(stream):
        if kind == EOF:
            break
        globals_.take(kind, start, stream[start : start + length])
    return globals_.finish()


class _Globals:
    def __init__(self, book: Book) -> None:
        self._book = book
        self._strings: list[bytes] = []
        self._codes: dict[int, str] = {}
        self._styles: list[int] = []
        self._tabs = self._last = 0

    def take(self, kind: int, start: int, data: bytes) -> None:
        """One record."""
        if kind == _FILEPASS:
            raise RefusedError("encrypted")
        if kind == _BOUNDSHEET:
            self._sheet(data)
        elif kind == _DATE_MODE:
            self._book.is_1904 = data[0] == 1
        elif kind == _CODE_PAGE:
            self._book.encoding = _encoding(struct.unpack_from("<H", data)[0])
            self._book.page_place = start
        elif kind == _FORMAT and self._book.version == BIFF8:
            self._codes[struct.unpack_from("<H", data)[0]] = self._book.label(data, 2)
        elif kind == _STYLE:
            self._styles.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _SST or (kind == CONTINUE and self._last == _SST):
            self._strings.append(data)
        self._last = self._last if kind == CONTINUE else kind

    def _sheet(self, data: bytes) -> None:
        self._tabs += 1
        place, state, sort = struct.unpack_from("<IBB", data)
        if sort == 0:
            name = _sheet_name(data[6:], self._book.version)
            self._book.sheets.append((SheetPart(self._tabs, name, "", state & 3 != 0), place))

    def finish(self) -> Book:
        """Strings and styles, once all their records are there."""
        book, codes = self._book, self._codes
        book.strings = shared_strings(self._strings)
        missed = (i for i, n in enumerate(self._styles) if is_missed(n, codes.get(n, "")))
        book.day_styles = frozenset(missed)
        return book


def _encoding(page: int) -> str:
    name = _PAGES.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return _CHINESE
    return name


def _sheet_name(data: bytes, version: int) -> str:
    if version != BIFF8:
        return data[1 : 1 + data[0]].decode(_CHINESE, "replace")
    wide = data[1] & 1
    return data[2 : 2 + data[0] * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
