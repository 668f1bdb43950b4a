"""Sample workbooks as a clerk would edit them, and questions to the served file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from warehouse.files.home import REPOSITORY, Home
from warehouse.versions.versions import served_file

SAMPLE = REPOSITORY / "data" / "sample"


def sample_workbook(pattern: str) -> Path:
    """The one sample workbook whose name matches."""
    (path,) = SAMPLE.glob(pattern)
    return path


def edited(source: Path, target: Path, edit: Callable[[Any], None]) -> Path:
    """A copy of a workbook with its first sheet edited, as a clerk would in Excel."""
    book = openpyxl.load_workbook(source)
    edit(book.worksheets[0])
    book.save(target)
    return target


def columns_of(sheet: Any, wanted: str) -> int:
    """Column number of a header text, looked for in the first rows."""
    for row in sheet.iter_rows(min_row=1, max_row=8):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.replace("\n", "").strip() == wanted:
                return int(cell.column)
    raise KeyError(wanted)


def rows_where(sheet: Any, column: int, wanted: str) -> list[int]:
    """Row numbers whose cell has just this text."""
    return [c.row for (c,) in sheet.iter_rows(min_col=column, max_col=column) if c.value == wanted]


def ask(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a query on the served file."""
    with duckdb.connect(str(served_file(home)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def incidents(home: Home) -> dict[str, tuple[Any, ...]]:
    """What a correction may touch, by name of the incident."""
    rows = ask(
        home, "select incident_name, occurred_date, death_count, status_code from core.fct_incident"
    )
    return {row[0]: row[1:] for row in rows}


def ytd(home: Home, indicator: str, month: str = "2026-10-01") -> Any:
    """Numerator of the whole area, 1—N月."""
    (row,) = ask(
        home,
        f"select numerator from marts.figure where indicator_code = '{indicator}'"
        f" and span_kind = 'ytd' and span_month = date '{month}'"
        " and unit_role = 'total' and category_code = '*'",
    )
    return int(row[0])
