"""The box between the outermost cells of a sheet: what it may cost to read."""

from __future__ import annotations

from etl.declarations import limits
from etl.declarations.cell_addresses import column_letters
from etl.declarations.refusal import RefusedError

Span = tuple[int, int]


def check_box(rows: Span, columns: Span) -> None:
    """Refuse cells outside a sheet, and a box that would cost more than a workbook may."""
    if rows[0] < 1 or rows[1] > limits.MAX_ROWS or columns[1] > limits.MAX_COLUMNS:
        raise RefusedError("huge_sheet", detail="单元格位置超出工作表")
    if _cells(rows, columns) > limits.MAX_BOX_CELLS:
        raise RefusedError("huge_sheet", detail=_named(rows, columns))


def check_scattered(rows: Span, columns: Span, filled: int) -> None:
    """Refuse a wide box that a few far cells have opened: every column of it costs."""
    width = columns[1] - columns[0] + 1
    is_wide = width > limits.MAX_SCATTERED_COLUMNS
    if is_wide and filled * limits.MAX_SCATTER < _cells(rows, columns):
        raise RefusedError("huge_sheet", detail=_named(rows, columns))


def _cells(rows: Span, columns: Span) -> int:
    return (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1)


def _named(rows: Span, columns: Span) -> str:
    return f"{column_letters(columns[0])}{rows[0]} 至 {column_letters(columns[1])}{rows[1]}"
