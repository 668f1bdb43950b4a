"""The sheet as columns of text, with true row and column numbers.

fastexcel hands every cell over as text without guessing a type: 007 stays 007, a number keeps no
needless .0, a date becomes 2024-03-05 00:00:00. It starts at the first cell it sees, so the scan
of the raw file supplies the offset, and every text is held against the scan's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from etl.declarations.refusal import RefusedError
from etl.formats.grid import two_readings
from etl.formats.xlsx.sheet_scan import SheetScan


@dataclass(frozen=True)
class Grid:
    """One sheet: column number → text of every row from `first_row` on, and the raw scan."""

    first_row: int
    height: int
    columns: Mapping[int, pa.StringArray]
    scan: SheetScan
    unread: frozenset[int]

    def text(self, row: int, column: int) -> str:
        """The text of one cell by its true address; empty when there is none."""
        cells = self.columns.get(column)
        index = row - self.first_row
        if cells is None or not 0 <= index < self.height:
            return ""
        return cells[index].as_py() or ""


@contextmanager
def _refused() -> Iterator[None]:
    """What the reader cannot take is a workbook to save anew, not a fault of this program."""
    try:
        yield
    except fastexcel.FastExcelError as error:
        raise RefusedError("malformed") from error


def open_fast(content: bytes) -> fastexcel.ExcelReader:
    """The fast reader on a workbook's bytes: an archived one has no extension."""
    with _refused():
        return fastexcel.read_excel(content)


def load_texts(workbook: fastexcel.ExcelReader, sheet_no: int) -> pa.RecordBatch:
    """A sheet by its tab as columns of text, from the first cell the reader sees."""
    with _refused():
        sheet = workbook.load_sheet(sheet_no - 1, header_row=None, dtypes="string")
        return sheet.to_arrow()


class WorkbookReader:
    """Opens the workbook once and hands over its sheets."""

    def __init__(self, content: bytes) -> None:
        self._workbook = open_fast(content)

    def read(self, sheet_no: int, scan: SheetScan) -> Grid:
        """One sheet by its tab; refused when its rows are not where the raw XML has them."""
        if not len(scan.rows):
            return Grid(0, 0, {}, scan, frozenset())
        batch = load_texts(self._workbook, sheet_no)
        first_row, height = int(scan.rows[0]), int(scan.rows[-1] - scan.rows[0]) + 1
        fitted = {
            scan.first_column + i: _fit(batch.column(i), scan.first_row - first_row, height)
            for i in range(batch.num_columns)
        }
        columns, unread = two_readings.agreed(first_row, height, fitted, scan)
        return Grid(first_row, height, columns, scan, unread)


def _fit(cells: pa.StringArray, lead: int, height: int) -> pa.StringArray:
    """Formulas without value may stand before or after what the reader saw, empty texts outside."""
    before, kept = cells.slice(0, max(-lead, 0)), cells.slice(max(-lead, 0))
    lead = min(max(lead, 0), height)
    kept, behind = kept.slice(0, max(height - lead, 0)), kept.slice(max(height - lead, 0))
    if any(pc.any(pc.greater(pc.binary_length(part), 0)).as_py() for part in (before, behind)):
        raise RefusedError("two_readings", detail="有内容的单元格在数据行以外")
    missing = height - lead - len(kept)
    if not lead and not missing:
        return kept
    return pa.concat_arrays([pa.nulls(lead, cells.type), kept, pa.nulls(missing, cells.type)])
