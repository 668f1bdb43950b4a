"""The accounts of one judged table: its cells, its column sums, its stated totals."""

from __future__ import annotations

from etl.declarations.declarations import Context
from etl.declarations.refusal import RefusedError
from etl.formats.grid.reader import Grid
from etl.judge.balance.cell_accounts import cell_account, headless_notes
from etl.judge.balance.column_sums import column_sums, documents
from etl.judge.balance.stated_totals import (
    stated_totals,
    total_documents,
    total_notes,
    unread_totals,
)
from etl.judge.records.judged_cells import JudgedRows
from etl.judge.records.verdict import SheetVerdict
from etl.layout.row_kinds import Rows
from etl.recognise.header_matching import Table


def reconcile(
    verdict: SheetVerdict,
    grid: Grid,
    table: Table,
    rows: Rows,
    judged: JudgedRows,
    context: Context,
) -> None:
    """Put `cells`, `sums` and `totals` into the verdict; refuse what does not add up."""
    try:
        verdict.cells = cell_account(grid, table, rows)
        verdict.sums = documents(column_sums(grid, rows, judged, context))
    except RefusedError as refusal:
        refusal.details.setdefault("sheet", verdict.sheet)
        raise
    totals = stated_totals(grid, rows, judged, context)
    verdict.totals = total_documents(totals)
    verdict.notes += headless_notes(verdict.cells) + total_notes(totals)
    verdict.notes += unread_totals(grid, rows, judged, context)
