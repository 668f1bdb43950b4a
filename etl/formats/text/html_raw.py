"""The second reading of a page's cells: tags found by one regular expression."""

from __future__ import annotations

import re
from html import unescape

from etl.declarations import limits
from etl.formats.grid.text_sheets import BLANKS
from etl.formats.raw.raw_cells import CellCollector

_TAG = re.compile(
    r"<(/?)(table|tr|td|th|p|div|h[1-6]|li|ul|ol|center|caption|form|body|br|hr)"
    r"(?=[\s/>])((?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[a-zA-Z/!?](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_SPAN = re.compile(
    r"\b(row|col)span\s*=\s*(?:\"\s*(\d+)\s*\"|'\s*(\d+)\s*'|(\d+)(?=[\s/]|$))", re.IGNORECASE
)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")


def read_again(body: str) -> CellCollector:
    """Every filled cell, rows numbered as they stand in the page."""
    walker, place = _Walker(), 0
    for match in _TAG.finditer(body):
        walker.tag(match[2].lower(), bool(match[1]), match[3], body[place : match.start()])
        place = match.end()
    walker.tag("table", True, "", body[place:])
    return walker.cells


class _Table:
    """An open table: how many rows it has had, and to which of them each column is taken."""

    def __init__(self) -> None:
        self.row = 0
        self.taken: dict[int, int] = {}


class _Walker:
    def __init__(self) -> None:
        self.cells = CellCollector()
        self._tables: list[_Table] = []
        self._lines: list[str] = [""]
        self._row = self._column = 0
        self._span = (1, 1)
        self._in_row = self._in_cell = False

    def tag(self, name: str, is_end: bool, given: str, before: str) -> None:
        """One tag of the structure and the text before it."""
        if before and not before.isspace():
            text = _ANY_TAG.sub("", before) if "<" in before else before
            self._lines[-1] += unescape(text) if "&" in text else text
        elif before:
            self._lines[-1] += " "
        if name in ("td", "th"):
            self._cell(is_end, given)
        elif name == "tr":
            self._end_row()
            if not is_end:
                self._start_row()
        elif name == "table":
            self._end_row()
            if not is_end:
                self._tables.append(_Table())
            elif self._tables:
                self._tables.pop()
        elif self._in_cell:
            self._lines.append("")
        else:
            self._end()

    def _cell(self, is_end: bool, given: str) -> None:
        self._end()
        if not is_end:
            if not self._in_row:
                self._start_row()
            self._in_cell = True
            self._span = _spans(given)

    def _start_row(self) -> None:
        self._row += 1
        self._in_row, self._column = True, 1
        if self._tables:
            self._tables[-1].row += 1

    def _end_row(self) -> None:
        self._end()
        self._in_row = False

    def _end(self) -> None:
        """A cell has ended, or a text outside cells, which is a row of its own."""
        lines = (_SPACES.sub(" ", line).strip(" ") for line in self._lines)
        text = "\n".join(line for line in lines if line).strip(BLANKS)
        self._lines = [""]
        if self._in_cell:
            column = self._placed()
            if text:
                self.cells.add(self._row, column, text)
        elif text:
            self._row += 1
            self._in_row = False
            self.cells.add(self._row, 1, text)
        self._in_cell = False

    def _placed(self) -> int:
        """The first free column of the row, with what the cell takes of this row and below."""
        table = self._tables[-1] if self._tables else _Table()
        while table.taken.get(self._column, 0) >= table.row > 0:
            self._column += 1
        column, (down, right) = self._column, self._span
        self._column += right
        if down > 1:
            last = table.row + down - 1
            table.taken.update(dict.fromkeys(range(column, column + right), last))
        return column


def _spans(given: str) -> tuple[int, int]:
    down = right = 1
    for name, *digits in _SPAN.findall(given) if "span" in given.lower() else ():
        number = max(int("".join(digits)[:9]), 1)
        if name.lower() == "row":
            down = min(number, limits.MAX_ROW_SPAN)
        else:
            right = min(number, limits.MAX_COLUMN_SPAN)
    return down, right
