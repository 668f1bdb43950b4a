"""Sheets of formats whose every cell is read here as text, and held against a second reading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from etl.declarations import limits
from etl.declarations.cell_addresses import Cell
from etl.declarations.refusal import RefusedError
from etl.formats.grid import two_readings
from etl.formats.grid.reader import Grid
from etl.formats.raw.raw_cells import CellCollector
from etl.formats.raw.sheet_bounds import check_box, check_scattered
from etl.formats.raw.zip_container import SheetPart
from etl.formats.xlsx.preflight import ScannedSheet
from etl.formats.xlsx.sheet_scan import SheetScan

ERROR_TEXT = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|GETTING_DATA)|Err:\d{3}")
BLANKS = " \t\r\n\f\v\xa0\ufeff"


@dataclass
class TextSheet:
    """Texts by row and column, never empty ones, and what is known of single cells."""

    name: str
    is_hidden: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    errors: dict[Cell, str] = field(default_factory=dict)
    uncalculated: set[Cell] = field(default_factory=set)
    doubtful: set[Cell] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    room: int = limits.MAX_TEXT_CELLS
    is_1904: bool = False

    def spend(self, count: int = 1) -> None:
        """Make room for so many filled cells, or refuse the sheet."""
        self.room -= count
        if self.room < 0:
            detail = f"超过 {limits.MAX_TEXT_CELLS // 10_000} 万个单元格"
            raise RefusedError("huge_sheet", sheet=self.name, detail=detail)

    def take_errors(self) -> None:
        """Texts that are error values become findings and stop being values."""
        for number, row in self.rows.items():
            for column in [c for c, text in row.items() if text[0] in "#E"]:
                if ERROR_TEXT.fullmatch(row[column].strip()):
                    self.errors[number, column] = row.pop(column).strip()

    def filled_rows(self) -> set[int]:
        """Rows with a cell, errors and formulas without value included."""
        rows = {number for number, row in self.rows.items() if row}
        return rows | {row for row, _ in [*self.errors, *self.uncalculated]}


class TextWorkbook:
    """Sheets read as text; `raw` are their filled cells as other code read them."""

    def __init__(self, sheets: list[TextSheet], raw: list[CellCollector]) -> None:
        if len(sheets) != len(raw):
            raise RefusedError(
                "two_readings", sheet="全部", detail=f"{len(sheets)} 张与 {len(raw)} 张"
            )
        pairs = list(zip(sheets, raw, strict=True))
        self._texts = {number: sheet for number, (sheet, _) in enumerate(pairs, 1)}
        self.sheets = tuple(
            ScannedSheet(SheetPart(n, sheet.name, "", sheet.is_hidden), _scan(sheet, cells))
            for n, (sheet, cells) in enumerate(pairs, 1)
        )

    def read(self, scanned: ScannedSheet) -> Grid:
        """One sheet; refused when the two readings differ in more than half of the rows."""
        sheet, scan = self._texts[scanned.sheet.sheet_no], scanned.scan
        beside = len(sheet.filled_rows() - set(scan.rows.tolist()))
        if beside:
            raise RefusedError("two_readings", sheet=sheet.name, detail=f"{beside} 行")
        if not len(scan.rows):
            return Grid(0, 0, {}, scan, frozenset())
        first, height = int(scan.rows[0]), int(scan.rows[-1] - scan.rows[0]) + 1
        columns, unread = two_readings.agreed(first, height, _columns(sheet, first, height), scan)
        return Grid(first, height, columns, scan, unread)


def _columns(sheet: TextSheet, first: int, height: int) -> dict[int, pa.StringArray]:
    found: dict[int, list[str | None]] = {}
    for number, row in sheet.rows.items():
        for column, text in row.items():
            if column not in found:
                found[column] = [None] * height
            found[column][number - first] = text
    return {column: pa.array(found[column], pa.string()) for column in sorted(found)}


def _scan(sheet: TextSheet, raw: CellCollector) -> SheetScan:
    """An error is told as one where both readings have it; of such cells no text is expected."""
    raw.silence(sheet.errors)
    raw.silence(dict.fromkeys(sheet.uncalculated))
    cells = raw.finish()
    rows, filled = np.unique(cells.rows, return_counts=True)
    scan = SheetScan(
        rows=rows.astype(np.int64),
        filled=filled.astype(np.int64),
        errors=sheet.errors,
        uncalculated=sheet.uncalculated,
        doubtful=sheet.doubtful,
        merges=tuple(sheet.merges),
        hidden_rows=sheet.hidden_rows,
        hidden_columns=sheet.hidden_columns,
        is_1904=sheet.is_1904,
        cells=cells,
    )
    if len(rows):
        scan.first_row, scan.last_row = int(rows[0]), int(rows[-1])
        scan.first_column, scan.last_column = int(cells.columns.min()), int(cells.columns.max())
        _check_box(scan, sheet.name)
    return scan


def _check_box(scan: SheetScan, name: str) -> None:
    box = (scan.first_row, scan.last_row), (scan.first_column, scan.last_column)
    try:
        check_box(*box)
        check_scattered(*box, scan.filled_cells)
    except RefusedError as refusal:
        refusal.details["sheet"] = name
        raise


def check_size(size: int) -> None:
    """A text file is read whole; refused beyond what an office ever exports."""
    if size > limits.MAX_TEXT_BYTES:
        limit = limits.MAX_TEXT_BYTES >> 20
        raise RefusedError("too_large", size=f"{size / (1 << 20):.0f}", limit=limit)
