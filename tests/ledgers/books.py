"""Grids written as files: .xlsx, .xls, .csv, .ods and a web page saved as .xls."""

import csv
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.ledgers.dress import Cell
from tests.ledgers.grid import Grid

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "manifest": "manifest",
    }.items()
)


def _fill(sheet: Worksheet, grid: Grid) -> None:
    for row, cells in enumerate(grid.rows, 1):
        for column, cell in enumerate(cells, 1):
            if cell.value is None:
                continue
            written = sheet.cell(row, column, cell.value)
            if cell.shown:
                written.number_format = cell.shown
            if isinstance(cell.value, str) and "\n" in cell.value:
                written.alignment = Alignment(wrap_text=True)
    for top, left, bottom, right in grid.merges:
        sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)


def _xlsx(grids: list[Grid], path: Path) -> None:
    book = Workbook()
    del book[book.sheetnames[0]]
    for grid in grids:
        sheet = book.create_sheet(grid.name)
        _fill(sheet, grid)
        for row in grid.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
        for column in grid.hidden_columns:
            sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
        if grid.freeze is not None:
            sheet.freeze_panes = f"B{grid.freeze + 1}"
        if grid.filter_row is not None:
            last = f"{get_column_letter(grid.width)}{len(grid.rows)}"
            sheet.auto_filter.ref = f"A{grid.filter_row + 1}:{last}"
        if grid.rows:
            sheet["A1"].font = Font(bold=True, size=16)
        sheet.sheet_state = "visible" if grid.visible else "hidden"
    book.save(path)


def _xls(grids: list[Grid], path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for grid in grids:
        sheet = book.add_sheet(grid.name)
        sheet.visibility = 0 if grid.visible else 1
        merged = {(top, left): (bottom, right) for top, left, bottom, right in grid.merges}
        for row, cells in enumerate(grid.rows):
            for column, cell in enumerate(cells):
                style = xlwt.easyxf(num_format_str=cell.shown or "General")
                if (row, column) in merged:
                    bottom, right = merged[row, column]
                    sheet.write_merge(row, bottom, column, right, cell.value, style)
                elif cell.value is not None:
                    sheet.write(row, column, cell.value, style)
        for row in grid.hidden_rows:
            sheet.row(row).hidden = True
        for column in grid.hidden_columns:
            sheet.col(column).hidden = True
    book.save(str(path))


def _plain(value: Any) -> str:
    """As a spreadsheet shows a value when it saves text."""
    if isinstance(value, date):
        day = f"{value.year}/{value.month}/{value.day}"
        return f"{day} {value:%H:%M}" if hasattr(value, "hour") else day
    return "" if value is None else str(value)


def _csv(encoding: str) -> Callable[[list[Grid], Path], None]:
    def write(grids: list[Grid], path: Path) -> None:
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file)
            for cells in grids[0].rows:
                padded = [*cells, *[Cell()] * (grids[0].width - len(cells))]
                writer.writerow([_plain(cell.value) for cell in padded])

    return write


def _spans(grid: Grid) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Row and column span by first cell, and the cells that lie under a span."""
    spans, under = {}, set()
    for top, left, bottom, right in grid.merges:
        spans[top, left] = (bottom - top + 1, right - left + 1)
        cells = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        under |= cells - {(top, left)}
    return spans, under


def _html(grids: list[Grid], path: Path) -> None:
    grid = grids[0]
    spans, under = _spans(grid)
    lines = ['<html><head><meta charset="utf-8"></head><body><table border="1">']
    for row, cells in enumerate(grid.rows):
        lines.append("<tr>")
        for column, cell in enumerate(cells):
            if (row, column) in under:
                continue
            down, across = spans.get((row, column), (1, 1))
            lines.append(
                f'<td rowspan="{down}" colspan="{across}">{escape(_plain(cell.value))}</td>'
            )
        lines.append("</tr>")
    lines.append("</table></body></html>")
    path.write_text("\n".join(lines), encoding="utf-8")


def _ods_cell(cell: Cell, span: tuple[int, int]) -> str:
    down, across = span
    where = ""
    if span != (1, 1):
        where = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
    value = cell.value
    if value is None:
        return f"<table:table-cell{where}/>"
    shown = f"<text:p>{escape(_plain(value))}</text:p>"
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}{where}>{shown}</table:table-cell>"


def _ods_rows(grid: Grid) -> Iterator[str]:
    spans, under = _spans(grid)
    for row, cells in enumerate(grid.rows):
        yield "<table:table-row>"
        for column, cell in enumerate(cells):
            if (row, column) in under:
                yield "<table:covered-table-cell/>"
            else:
                yield _ods_cell(cell, spans.get((row, column), (1, 1)))
        if not cells:
            yield "<table:table-cell/>"
        yield "</table:table-row>"


def _ods(grids: list[Grid], path: Path) -> None:
    body = []
    for grid in grids:
        rows = "".join(_ods_rows(grid))
        body.append(f'<table:table table:name="{escape(grid.name)}">{rows}</table:table>')
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} '
        f'office:version="1.2"><office:body><office:spreadsheet>{"".join(body)}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {_NAMES} '
        f'manifest:version="1.2">{entry.format("/", ODS_TYPE)}'
        f"{entry.format('content.xml', 'text/xml')}</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)


WRITERS: dict[str, Callable[[list[Grid], Path], None]] = {
    "xlsx": _xlsx,
    "xls": _xls,
    "csv": _csv("utf-8-sig"),
    "csv-gbk": _csv("gb18030"),
    "ods": _ods,
    "html": _html,
}


def save(grids: list[Grid], path: Path, kind: str) -> None:
    """Write the sheets as one file of this kind."""
    WRITERS[kind](grids, path)
