"""CSV and TSV: comma, tab, semicolon or bar, in UTF-8, UTF-16 with BOM, or GB18030.

The standard library's csv reads; a second count walks the raw text with one regular expression.
Excel's and other systems' guards around long numbers are taken off: a tab behind, an apostrophe
before, `="00123"`.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from etl import limits
from etl.content import text_of
from etl.formats.texts import BLANKS, TextSheet, TextWorkbook, check_size
from etl.refusal import RefusedError

_DELIMITERS = ",\t;|"
_SAMPLE_RECORDS = 200
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
_GUARDED = re.compile(r"""="([^"]*)"|'(\d+[\dXx]?)""")
_TENTH = re.compile(r"20\d\d\.1")
_TENTH_WHOLE = re.compile(r"(?<!\d)20\d\d\.10(?!\d)")
_EMPTY = ("", '=""')
_MARKS = BLANKS + "='"
_LINE_END = re.compile(r"\r\n|\r|\n")
_SHEET_NAME = "数据"


def open_delimited(path: Path) -> TextWorkbook:
    """Read the one table of a delimited text; raises `RefusedError`."""
    check_size(path.stat().st_size)
    text = text_of(path.read_bytes())
    if "\x00" in text:
        raise RefusedError("not_xlsx", actual="无法识别的内容")
    csv.field_size_limit(limits.MAX_CELL_CHARACTERS)
    stated = _SEPARATOR_LINE.match(text)
    if stated:
        text = text[stated.end() :]
    delimiter = stated[1] if stated else _delimiter(text)
    sheet, counts = _read(text, delimiter), dict(_count(text, delimiter))
    if sheet.counts().keys() != counts.keys():
        odd = sheet.counts().items() ^ counts.items()
        raise RefusedError("broken_quotes", row=min(row for row, _ in odd))
    return TextWorkbook([sheet], [counts])


def _delimiter(text: str) -> str:
    """The one that cuts most of the first records into the same number of cells."""
    best, choice = (0, 0), ""
    for delimiter in _DELIMITERS:
        sizes = Counter(_sizes(text, delimiter))
        del sizes[1]
        if sizes:
            size, often = max(sizes.items(), key=lambda pair: (pair[1], pair[0]))
            if (often, size) > best:
                best, choice = (often, size), delimiter
    if not choice:
        raise RefusedError("not_xlsx", actual="没有分隔列的文本文件")
    return choice


def _sizes(text: str, delimiter: str) -> Iterator[int]:
    reader = csv.reader(
        StringIO(text[: limits.MAX_CELL_CHARACTERS * 4], newline=""), delimiter=delimiter
    )
    try:
        for number, cells in enumerate(reader):
            if number >= _SAMPLE_RECORDS:
                return
            yield len(cells)
    except csv.Error:
        return


def _read(text: str, delimiter: str) -> TextSheet:
    sheet = TextSheet(_SHEET_NAME)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > limits.MAX_ROWS or len(cells) > limits.MAX_COLUMNS:
                raise RefusedError("huge_sheet", sheet=sheet.name, detail="超出工作表的行列数")
            row = {column: cell for column, cell in enumerate(cells, 1) if cell}
            for column in [c for c, t in row.items() if t[0] in _MARKS or t[-1] in BLANKS]:
                row[column] = _unguarded(row[column])
                if not row[column]:
                    del row[column]
            if row:
                sheet.spend(len(row))
                sheet.rows[number] = row
    except csv.Error as error:
        raise RefusedError("long_cell", row=number + 1, limit=limits.MAX_CELL_CHARACTERS) from error
    if _TENTH.search(text) and not _TENTH_WHOLE.search(text):
        sheet.doubtful = {
            (n, c) for n, row in sheet.rows.items() for c, t in row.items() if _TENTH.fullmatch(t)
        }
    if "#" in text or "Err:" in text:
        sheet.take_errors()
    return sheet


def _unguarded(cell: str) -> str:
    """The text a person sees in Excel: guards of long numbers off, blank cells empty."""
    text = cell.strip(BLANKS)
    guard = _GUARDED.fullmatch(text)
    if guard:
        return str(guard[1] or guard[2] or "")
    return cell.strip("\t") if text else ""


def _count(text: str, delimiter: str) -> Iterator[tuple[int, int]]:
    """(row, filled cells) of every record, told from the raw text alone."""
    if '"' in text:
        yield from _count_quoted(text, delimiter)
        return
    for row, line in enumerate(_LINE_END.split(text), 1):
        cells = (c for c in line.split(delimiter) if c)
        filled = sum(1 for c in cells if c[0] not in BLANKS or c.strip(BLANKS))
        if filled:
            yield row, filled


def _count_quoted(text: str, delimiter: str) -> Iterator[tuple[int, int]]:
    mark = re.escape(delimiter)
    token = re.compile(
        rf'(?:"(?P<quoted>(?:[^"]|"")*)")?(?P<plain>[^{mark}\r\n]*)(?P<end>{mark}|\r\n|\r|\n|\Z)'
    )
    row, filled = 1, 0
    for match in token.finditer(text):
        worth = (match["quoted"] or "").replace('""', '"') + match["plain"]
        filled += worth.strip(BLANKS) not in _EMPTY
        if match["end"] != delimiter:
            if filled:
                yield row, filled
            row, filled = row + 1, 0
