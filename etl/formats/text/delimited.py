"""CSV and TSV: comma, tab, semicolon or bar, in UTF-8, UTF-16 with BOM, or GB18030.

The standard library's csv reads; a second reading walks the raw text with one regular expression.
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

from etl.declarations import limits
from etl.declarations.refusal import RefusedError
from etl.formats.grid.text_sheets import BLANKS, TextSheet, TextWorkbook, check_size
from etl.formats.raw.file_type import text_of
from etl.formats.raw.raw_cells import CellCollector

_DELIMITERS = ",\t;|"
_SAMPLE_RECORDS = 200
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
_GUARDED = re.compile(r"""="([^"]*)"|'(\d+[\dXx]?)""")
_TENTH = re.compile(r"20\d\d\.1")
_TENTH_WHOLE = re.compile(r"(?<!\d)20\d\d\.10(?!\d)")
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
    sheet, cells = _read(text, delimiter), _read_again(text, delimiter)
    odd = sheet.filled_rows() ^ cells.filled_rows()
    if odd:
        raise RefusedError("broken_quotes", row=min(odd))
    return TextWorkbook([sheet], [cells])


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


def _read_again(content: str, delimiter: str) -> CellCollector:
    """Every filled cell, told from the raw text alone."""
    cells = CellCollector()
    walk = _quoted_cells if '"' in content else _plain_cells
    for row, column, cell in walk(content, delimiter):
        is_guarded = cell[0] in _MARKS or cell[-1] in BLANKS
        if text := _shown(cell) if is_guarded else cell:
            cells.add(row, column, text)
    return cells


def _plain_cells(content: str, delimiter: str) -> Iterator[tuple[int, int, str]]:
    for row, line in enumerate(_LINE_END.split(content), 1):
        for column, cell in enumerate(line.split(delimiter), 1):
            if cell:
                yield row, column, cell


def _quoted_cells(content: str, delimiter: str) -> Iterator[tuple[int, int, str]]:
    mark = re.escape(delimiter)
    token = re.compile(rf'(?:"((?:[^"]|"")*)")?([^{mark}\r\n]*)({mark}|\r\n|\r|\n|\Z)')
    row = column = 1
    for quoted, plain, end in token.findall(content):
        if quoted or plain:
            yield row, column, quoted.replace('""', '"') + plain
        column += 1
        if end != delimiter:
            row, column = row + 1, 1


def _shown(cell: str) -> str:
    """A cell without the guards around it: ="00123", '00123, a tab behind."""
    bare = cell.strip(BLANKS)
    if bare.startswith('="') and bare.endswith('"') and bare.count('"') == 2:
        return bare[2:-1]
    digits = bare[1:-1] if bare[-1:] in ("X", "x") else bare[1:]
    if bare.startswith("'") and digits.isdecimal():
        return bare[1:]
    return cell.strip("\t") if bare else ""
