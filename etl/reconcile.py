"""The accounts of one judged table: its cells, its column sums, its stated totals."""

from __future__ import annotations

from etl.cells import cell_account, headless_notes
from etl.declarations import Context
from etl.judged import JudgedRows
from etl.matching import Table
from etl.reader import Grid
from etl.refusal import RefusedError
from etl.rows import Rows
from etl.stated import stated_totals, total_documents, total_notes, unread_totals
from etl.totals import column_sums, documents
from etl.verdict import SheetVerdict


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
