"""Lay a table out as an office would, and keep the book of what stands in which row."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import xlsxwriter

from sample.books.cell_styles import Cell, number, text
from sample.books.table_layout import Book, Line, RowVerdict, Table

TITLE_WIDTH = 5
FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
    "header": {
        "bold": True,
        "border": 1,
        "text_wrap": True,
        "align": "center",
        "bg_color": "#EEF2F7",
    },
    "body": {"border": 1},
    "total": {"border": 1, "bold": True},
    "plain": {},
}


@dataclass
class Page:
    """Writes one sheet downwards and notes every filled row."""

    book: Any
    sheet: Any
    formats: dict[str, Any]
    file: str
    name: str
    dataset: str = ""
    row: int = 0
    verdicts: list[RowVerdict] = field(default_factory=list)

    def note(self, verdict: str, code: str) -> None:
        """What must become of the current row."""
        self.verdicts.append(
            RowVerdict(self.file, self.name, self.row + 1, self.dataset, verdict, code)
        )

    def put(self, column: int, cell: Cell, style: str = "body") -> None:
        """One cell of the current row."""
        look = self.formats[style]
        if cell.kind == "text":
            self.sheet.write_string(self.row, column, cell.value, look)
        elif cell.kind == "number":
            self.sheet.write_number(self.row, column, cell.value, look)
        elif cell.kind == "date":
            self.sheet.write_datetime(
                self.row,
                column,
                datetime.combine(cast(date, cell.value), time()),
                self._date_format(cell.format),
            )
        elif cell.kind == "formula":
            self.sheet.write_formula(self.row, column, cell.value, look, "")
        elif cell.kind == "error":
            self.sheet.write_formula(self.row, column, "=#REF!", look, cell.value)
        else:
            self.sheet.write_blank(self.row, column, None, look)

    def _date_format(self, pattern: str) -> Any:
        if pattern not in self.formats:
            self.formats[pattern] = self.book.add_format({"border": 1, "num_format": pattern})
        return self.formats[pattern]

    def texts(self, columns: list[int], values: tuple[str, ...], style: str, code: str) -> None:
        """A row of plain texts that is no data."""
        for column, value in zip(columns, values, strict=False):
            self.put(column, text(value), style)
        self.note("skipped", code)
        self.row += 1


def write_book(book: Book, folder: Path, created: datetime) -> list[RowVerdict]:
    """Write the workbook; the same book gives the same bytes."""
    target = xlsxwriter.Workbook(str(folder / book.file))
    target.set_properties({"created": created, "author": "模拟数据", "comments": "模拟数据"})
    formats = {name: target.add_format(look) for name, look in FORMATS.items()}
    verdicts: list[RowVerdict] = []
    for sheet in book.sheets:
        worksheet = target.add_worksheet(sheet.name)
        page = Page(target, worksheet, formats, book.file, sheet.name)
        if sheet.is_hidden:
            worksheet.hide()
        if sheet.table:
            page.dataset = sheet.table.form.dataset
            _write_table(page, sheet.table)
        for values in sheet.grid:
            page.texts(list(range(len(values))), values, "plain", "unknown_sheet")
        verdicts.extend(page.verdicts)
    target.close()
    return verdicts


def _write_table(page: Page, table: Table) -> None:
    fields = list(table.headers)
    left = table.first_column - 1
    columns = {name: left + table.has_serial + i for i, name in enumerate(fields)}
    width = len(fields) + table.has_serial
    _write_top(page, table, left, width)
    _write_header(page, table, columns, left)
    if table.has_unit_row:
        _write_units(page, table, columns)
    if table.total == "first":
        _write_total(page, table, columns, left)
    for serial, line in enumerate(table.lines, 1):
        _write_line(page, table, columns, line, serial)
        if serial == table.repeats_header_after:
            _write_header(page, table, columns, left)
        if serial == table.blank_text_after:
            page.texts([left + 1], ("　",), "body", "blank_text")
    for spare in range(table.spare_rows):
        page.put(left, number(len(table.lines) + spare + 1))
        page.note("skipped", "blank_text")
        page.row += 1
    if table.total == "last":
        _write_total(page, table, columns, left)
    if table.zero_note:
        page.texts([left + 1], (table.zero_note,), "body", "note")
    for footer in table.footers:
        page.texts([left + 3 * i for i in range(len(footer))], footer, "plain", "note")
    page.sheet.set_column(left, left + width, 14)


def _write_top(page: Page, table: Table, left: int, width: int) -> None:
    """The title, merged over fewer columns than the table, and the line below it."""
    page.row = table.first_row - 1
    last = left + min(TITLE_WIDTH, width - 1) - 1
    page.sheet.merge_range(page.row, left, page.row, last, table.title, page.formats["title"])
    page.note("skipped", "title")
    page.row += 1
    if table.info:
        spots = [left, left + 4, left + 8][: len(table.info)]
        page.texts(spots, table.info, "plain", "title")
    if table.first_row > 1:
        page.row += 1


def _groups(table: Table) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Neighbouring headers under one parent: parent → [(field, own header)]."""
    current, held = "", list[tuple[str, str]]()
    for name, header in table.headers.items():
        parent, _, own = header.rpartition("/")
        own = own[:2] + table.header_padding + own[2:]
        if held and (not parent or parent != current):
            yield current, held
            held = []
        current = parent
        held.append((name, own))
    if held:
        yield current, held


def _write_header(page: Page, table: Table, columns: dict[str, int], left: int) -> None:
    """One header row, or two with merges both ways."""
    depth = 2 if any("/" in header for header in table.headers.values()) else 1
    look, top = page.formats["header"], page.row
    groups = [("", [("", "序号")]), *_groups(table)] if table.has_serial else list(_groups(table))
    for parent, members in groups:
        first = columns.get(members[0][0], left)
        if parent and len(members) > 1:
            page.sheet.merge_range(top, first, top, first + len(members) - 1, parent, look)
        elif parent:
            page.sheet.write_string(top, first, parent, look)
        for offset, (_, own) in enumerate(members):
            if parent:
                page.sheet.write_string(top + 1, first + offset, own, look)
            elif depth == 2:
                page.sheet.merge_range(top, first, top + 1, first, own, look)
            else:
                page.sheet.write_string(top, first, own, look)
    for _ in range(depth):
        page.note("skipped", "header")
        page.row += 1


def _write_units(page: Page, table: Table, columns: dict[str, int]) -> None:
    """(人) (万元) under the columns that have a unit."""
    units = {name: table.form.column(name).unit for name in columns}
    for name, column in columns.items():
        unit = "元" if is_in_yuan(table.headers[name]) else units[name]
        page.put(column, text(f"（{unit}）") if unit else Cell("blank"), "header")
    page.note("skipped", "unit_row")
    page.row += 1


def is_in_yuan(header: str) -> bool:
    """Whether the header says 元 instead of the declared 万元."""
    return header.endswith("(元)")


def _write_total(page: Page, table: Table, columns: dict[str, int], left: int) -> None:
    page.put(left, text(table.total_label), "total")
    for name, column in columns.items():
        values = [line.fact.get(name) for line in table.lines if not line.reason]
        kind = table.form.column(name).type
        if kind in ("count", "amount") and column != left:
            total = sum(Decimal(str(value)) for value in values if value is not None)
            page.put(
                column, number(total * 10000 if is_in_yuan(table.headers[name]) else total), "total"
            )
    page.note("skipped", "subtotal")
    page.row += 1


def _write_line(page: Page, table: Table, columns: dict[str, int], line: Line, serial: int) -> None:
    if table.has_serial:
        page.put(min(columns.values()) - 1, number(serial))
    for name, column in columns.items():
        page.put(column, line.cells[name])
    line.row_number = page.row + 1
    page.note("rejected" if line.reason else "loaded", line.reason)
    page.row += 1
