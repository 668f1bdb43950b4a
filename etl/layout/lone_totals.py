"""Totals that stand without the rows they add up.

In a table of counts such a row is the count of its unit: of the whole area (全市), or of the sender
(合计). In a ledger it is no record: it goes back, and that is the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.declarations.declarations import Context
from etl.declarations.text_keys import key
from etl.formats.grid.reader import Grid
from etl.layout.row_words import is_total
from etl.layout.table_edges import RECORD
from etl.recognise.coded_columns import Coded
from etl.recognise.header_matching import HeaderCell, Table

_AMOUNT: Final = re.compile(r"[1-9１-９]")
_NO_SUMS: Final = ("平均", "累计", "其中")
AREA: Final = "total"
"""The unit that every profile has for the whole area, as models know it."""

Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]


def counted_unit_column(table: Table) -> HeaderCell | None:
    """Where a table of counts says whose a count is."""
    source = table.source
    names = {c.field for c in source.columns if c.type == "actor"} & {*source.identity}
    columns = [table.fields[name] for name in names if name in table.fields]
    return columns[0] if source.mode == "key" and columns else None


def area_words(context: Context) -> frozenset[str]:
    """What the whole area is called: 全市, and its own name."""
    names = (context.profile.get(name, "") for name in ("name_zh", "total_unit_name"))
    return frozenset({*context.words["area_total"], *map(key, filter(None, names))})


def totalled(text: str, sender: str | None, context: Context) -> str | None:
    """The unit whose count a total is; None where nobody can say."""
    word = key(text).rstrip(":")
    if word in area_words(context):
        return AREA
    return sender if word in context.words["sum"] else None


def totals_alone(
    grid: Grid,
    table: Table,
    coded: Mapping[int, Coded],
    context: Context,
    kinds: NDArray[np.uint8],
    known: Flags,
) -> tuple[Flags, Flags]:
    """Rows that are totals, and those of them that nothing else stands for; `known` are seen."""
    named = counted_unit_column(table)
    totals = _of_the_area(grid, coded[named.column], named, context) if named else known
    totals = totals & ((kinds == RECORD) | known)
    records = (kinds == RECORD) & ~totals
    alone = np.zeros(grid.height, bool)
    if named:
        columns = [_merged_down(grid, coded[c].codes, c) for c in _naming(table) - {named.column}]
        for offset in np.flatnonzero(totals).tolist():
            alike = records.copy()
            for column in columns:
                alike &= (column == column[offset]) | (column < 0) | (column[offset] < 0)
            alone[offset] = not alike.any()
    if not records.any() and not alone.any():
        alone = _of_a_ledger(grid, context, known)
    return totals, alone


def _of_the_area(grid: Grid, units: Coded, named: HeaderCell, context: Context) -> Flags:
    """Rows of a table of counts that name the whole area, or 合计, where the unit stands."""
    words = area_words(context) | frozenset(context.words["sum"])
    said = [key(text).rstrip(":") in words for text in units.texts.to_pylist()]
    return np.array([*said, False], bool)[_merged_down(grid, units.codes, named.column)]


def _naming(table: Table) -> set[int]:
    return {table.fields[f].column for f in table.source.identity if f in table.fields}


def _merged_down(grid: Grid, codes: Codes, number: int) -> Codes:
    """A vertically merged cell speaks for its rows."""
    filled = codes.copy()
    for top, left, bottom, _ in grid.scan.merges:
        if left == number and bottom > top:
            first, last = top - grid.first_row, bottom - grid.first_row
            filled[first + 1 : last + 1] = filled[first]
    return filled


def _of_a_ledger(grid: Grid, context: Context, totals: Flags) -> Flags:
    """The totals of a table without a record, where they are not of nothing."""
    alone, parts = np.zeros(grid.height, bool), np.zeros(grid.height, bool)
    for offset in np.flatnonzero(totals).tolist():
        texts = [grid.text(grid.first_row + offset, column) for column in sorted(grid.columns)]
        label = next((key(text) for text in texts if text and is_total(text, context)), "")
        if any(map(_AMOUNT.search, texts)) and not label.startswith(_NO_SUMS):
            is_whole = label.startswith((*context.words["sum"], *area_words(context)))
            (alone if is_whole else parts)[offset] = True
    return alone if alone.any() else parts
