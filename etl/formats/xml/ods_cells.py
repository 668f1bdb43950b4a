"""The tables of an OpenDocument content.xml, from the events of a streaming parser."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cached_property

from etl.declarations import limits
from etl.declarations.cell_addresses import Cell
from etl.declarations.refusal import RefusedError
from etl.formats.grid.cell_tally import is_doubtful
from etl.formats.grid.text_sheets import ERROR_TEXT, TextSheet
from etl.formats.raw.sheet_bounds import check_box
from etl.formats.xml.ods_values import day_text, time_text

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_ASIDE = frozenset(
    {
        _OFFICE + "annotation",
        _TABLE + "shapes",
        _TABLE + "tracked-changes",
        _TABLE + "dde-links",
        _TEXT + "ruby-text",
    }
)
_COLUMNS = _TABLE + "number-columns-repeated"
_CELLS = frozenset({_TABLE + "table-cell", _TABLE + "covered-table-cell"})
_PARAGRAPHS = frozenset({_TEXT + "p", _TEXT + "h"})
_NUMBERS = frozenset({"float", "percentage", "currency"})


class OdsTarget:
    """Collects sheets; text in notes, drawings and recorded changes belongs to no cell."""

    def __init__(self) -> None:
        self.sheets: list[TextSheet] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._aside = 0
        self._row = self._column = self._columns = 0
        self._is_hidden = False
        self._repeat = 1
        self._cells: list[tuple[int, int, OdsCell]] = []
        self._cell: OdsCell | None = None
        self._blank_formulas: list[tuple[TextSheet, Cell]] = []
        self._has_values = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""
        if self._aside or tag in _ASIDE or tag.startswith(_DRAW):
            self._aside += 1
        elif self._cell is not None:
            self._cell.start(tag, given)
        elif tag in _CELLS:
            self._cell = OdsCell(given)
        elif tag == _TABLE + "table-row":
            self._repeat = _repeated(given.get(_TABLE + "number-rows-repeated"))
            self._column, self._cells = 0, []
            self._is_hidden = given.get(_TABLE + "visibility", "visible") != "visible"
        elif tag == _TABLE + "table-column" and self.sheets:
            first = self._columns + 1
            self._columns = min(self._columns + _repeated(given.get(_COLUMNS)), limits.MAX_COLUMNS)
            if given.get(_TABLE + "visibility", "visible") != "visible":
                self.sheets[-1].hidden_columns.update(range(first, self._columns + 1))
        elif tag == _TABLE + "table":
            is_hidden = given.get(_TABLE + "style-name") in self._hidden_styles
            self.sheets.append(TextSheet(given.get(_TABLE + "name", ""), is_hidden))
            self._row = self._columns = 0
        elif tag == _STYLE + "style":
            self._style = given.get(_STYLE + "name", "")
        elif tag == _STYLE + "table-properties" and given.get(_TABLE + "display") == "false":
            self._hidden_styles.add(self._style)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._aside:
            self._aside -= 1
        elif tag in _CELLS and self._cell is not None:
            cell, self._cell = self._cell, None
            if cell.text or cell.is_formula or cell.span != (1, 1):
                self._cells.append((self._column + 1, cell.repeat, cell))
            self._column += cell.repeat
        elif self._cell is not None:
            self._cell.end(tag)
        elif tag == _TABLE + "table-row":
            self._end_row()

    def data(self, text: str) -> None:
        """Characters between tags."""
        if self._cell is not None and not self._aside:
            self._cell.data(text)

    def close(self) -> None:
        """A well-formed document leaves nothing open."""

    def _end_row(self) -> None:
        if self._cells and self.sheets:
            last = self._cells[-1]
            rows, columns = self._row + self._repeat, last[0] + last[1] - 1
            filled = any(cell.text for _, _, cell in self._cells)
            try:
                self._check_room(rows, columns, filled)
            except RefusedError as refusal:
                refusal.details["sheet"] = self.sheets[-1].name
                raise
            for row in range(self._row + 1, rows + 1 if filled else self._row + 2):
                self._fill(self.sheets[-1], row)
        self._row += self._repeat

    def _check_room(self, rows: int, columns: int, filled: bool) -> None:
        """Repetition costs nothing in the file: what it would cost here is asked first."""
        check_box((self._row + 1, rows if filled else self._row + 1), (1, columns))
        if filled:
            self.sheets[-1].spend(self._repeat * sum(n for _, n, _ in self._cells))

    def _fill(self, sheet: TextSheet, row: int) -> None:
        texts: dict[int, str] = {}
        for first, repeat, cell in self._cells:
            if cell.span != (1, 1):
                down, right = cell.span
                sheet.merges.append((row, first, row + down - 1, first + right - 1))
            for column in range(first, first + repeat):
                self._take(sheet, cell, (row, column), texts)
        if texts:
            sheet.rows[row] = texts
            sheet.hidden_rows.update({row} if self._is_hidden else ())

    def _take(self, sheet: TextSheet, cell: OdsCell, place: Cell, texts: dict[int, str]) -> None:
        if cell.is_error:
            sheet.errors[place] = cell.text
        elif cell.text:
            texts[place[1]] = cell.text
            if cell.is_doubtful:
                sheet.doubtful.add(place)
        if cell.is_formula and cell.text:
            self._has_values = True
        elif cell.is_formula:
            self._blank_formulas.append((sheet, place))

    def finish(self) -> list[TextSheet]:
        """The sheets; formulas of which not one has a value were never calculated."""
        if not self._has_values:
            for sheet, place in self._blank_formulas:
                if place[0] in sheet.rows:
                    sheet.uncalculated.add(place)
        return self.sheets


class OdsCell:
    """One cell as it is written, and its text once it has ended."""

    def __init__(self, given: dict[str, str]) -> None:
        self._given = given
        self._parts: list[str] = []
        self._paragraphs = 0
        self._in_paragraph = 0
        self.repeat = _repeated(given.get(_COLUMNS))
        self.is_formula = _TABLE + "formula" in given
        self._type = given.get(_OFFICE + "value-type", "")
        down = _repeated(given.get(_TABLE + "number-rows-spanned"))
        self.span = (down, _repeated(given.get(_TABLE + "number-columns-spanned")))

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element inside the cell."""
        if tag in _PARAGRAPHS:
            if self._paragraphs:
                self._parts.append("\n")
            self._paragraphs += 1
            self._in_paragraph += 1
        elif tag == _TEXT + "s":
            self._parts.append(" " * min(_repeated(given.get(_TEXT + "c")), 1_000))
        elif tag == _TEXT + "tab":
            self._parts.append("\t")
        elif tag == _TEXT + "line-break":
            self._parts.append("\n")

    def end(self, tag: str) -> None:
        """An element inside the cell has ended."""
        self._in_paragraph -= tag in _PARAGRAPHS

    def data(self, text: str) -> None:
        """White space between paragraphs is layout of the file."""
        if self._in_paragraph:
            self._parts.append(text)

    @cached_property
    def shown(self) -> str:
        """What a person sees."""
        return "".join(self._parts)

    @cached_property
    def is_error(self) -> bool:
        """An error value: marked as one, or a formula that shows one."""
        marked = self._given.get(_CALC + "value-type") == "error"
        looks = self.is_formula and ERROR_TEXT.fullmatch(self.shown.strip()) is not None
        return bool(self.shown) and (marked or looks)

    @property
    def is_doubtful(self) -> bool:
        """A number whose digits may have been lost."""
        return self._type in _NUMBERS and is_doubtful(float(self.text))

    @cached_property
    def text(self) -> str:
        """The value as the readers of the other formats write it."""
        if self.is_error:
            return self.shown.strip()
        if self._type in _NUMBERS:
            return plain_number(self._given.get(_OFFICE + "value", ""))
        if self._type == "date":
            return day_text(self._given.get(_OFFICE + "date-value", ""))
        if self._type == "boolean":
            return self._given.get(_OFFICE + "boolean-value", "")
        if self._type == "time":
            return time_text(self._given.get(_OFFICE + "time-value", ""))
        return self.shown or self._given.get(_OFFICE + "string-value", "")


def _repeated(text: str | None) -> int:
    return max(int(text), 1) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1


def plain_number(text: str) -> str:
    """Digits without exponent, a whole number without .0."""
    try:
        value = float(text)
        return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")
    except (ValueError, OverflowError, InvalidOperation) as error:
        raise RefusedError("malformed") from error
