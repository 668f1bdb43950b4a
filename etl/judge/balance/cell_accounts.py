"""Every filled cell of the record rows accounted for: in a field, in a named column, or unseen.

The number of filled cells comes from the raw XML, by other code than the reader's; what stands in
columns nobody declared is named with its column and counted, so that no cell is lost in silence.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow.compute as pc

from etl.declarations.cell_addresses import column_letters
from etl.declarations.refusal import RefusedError
from etl.formats.grid.reader import Grid
from etl.layout.row_kinds import Rows
from etl.layout.table_edges import RECORD
from etl.recognise.header_matching import Table


def cell_account(grid: Grid, table: Table, rows: Rows) -> dict[str, Any]:
    """Filled cells of records: `read` in the raw XML = `used` + `unused` by column + `unseen`.

    `unseen` are cells the reader did not deliver; their rows are rejected as unread_cell.
    """
    is_record = rows.kinds == RECORD
    filled = np.zeros(grid.height, np.int64)
    filled[grid.scan.rows - grid.first_row] = grid.scan.filled
    read = int(filled[is_record].sum())
    counts = _by_column(grid, is_record)
    fields = {cell.column for cell in table.fields.values()}
    headers = {c.column: c.header for c in (*table.extra, *table.doubled)}
    unused = {
        f"{column_letters(column)} {headers.get(column, '（无表头）')}": count
        for column, count in sorted(counts.items())
        if count and column not in fields
    }
    used = sum(count for column, count in counts.items() if column in fields)
    unseen = read - used - sum(unused.values())
    if unseen and not grid.unread:
        raise RefusedError("unbalanced", detail=f"记录行有 {read} 个单元格，去向相差 {unseen} 个")
    return {"read": read, "used": used, "unused": unused, "unseen": unseen}


def headless_notes(account: dict[str, Any]) -> list[str]:
    """Cells that stand under no header at all."""
    return [
        f"{name.split()[0]} 列没有表头，{count} 个单元格未采用"
        for name, count in account["unused"].items()
        if name.endswith("（无表头）")
    ]


def _by_column(grid: Grid, is_record: np.ndarray[Any, np.dtype[np.bool_]]) -> dict[int, int]:
    """Column → filled cells in record rows, those with an error or without a value included."""
    counts = {}
    for column, cells in grid.columns.items():
        lengths = pc.fill_null(pc.binary_length(cells), 0).to_numpy()
        counts[column] = int((lengths[is_record] > 0).sum())
    for row, column in [*grid.scan.errors, *grid.scan.uncalculated]:
        if is_record[row - grid.first_row]:
            counts[column] = counts.get(column, 0) + 1
    return counts
