"""The records of a table, judged column by column on distinct texts and put back by number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.cells.cleaners import clean_distinct
from etl.cells.date_columns import Sheet
from etl.declarations.cell_addresses import Cell
from etl.declarations.column_types import ARROW_TYPES
from etl.declarations.declarations import Context
from etl.declarations.fields import Column
from etl.declarations.text_keys import tidy
from etl.formats.grid.reader import Grid
from etl.judge.records.judged_cells import Fault, FieldColumn, JudgedRows, contest_note
from etl.judge.records.settle_cells import settle_totals, spare
from etl.judge.records.verdict import RAW_TYPE
from etl.layout.own_place import place_of_sender
from etl.layout.row_kinds import Rows
from etl.layout.sheet_statements import Statement
from etl.layout.table_edges import RECORD
from etl.recognise.coded_columns import Coded
from etl.recognise.header_matching import HeaderCell, Table

_FILL_DOWN = frozenset({"text", "date", "month", "year", "code", "place", "department", "actor"})
_EXACT_TEXT = frozenset({"text", "id_number"})
_QUOTED = 12
_TENTH_MONTH = re.compile(r"20\d\d\.1")
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def judge_columns(
    grid: Grid,
    table: Table,
    coded: Mapping[int, Coded],
    rows: Rows,
    statement: Statement,
    context: Context,
) -> JudgedRows:
    """Clean every declared field of every record and find all faults."""
    offsets = np.flatnonzero(rows.kinds == RECORD)
    sheet = _Sheet(grid, coded, rows, offsets, statement, context)
    fields = {c.field: sheet.judge(c, table) for c in table.source.columns}
    home, column = place_of_sender(table, statement, context)
    if home and column:
        place = pa.scalar(home.unit_id, ARROW_TYPES[column.type])
        fields[column.field] = replace(fields[column.field], values=pa.repeat(place, len(offsets)))
    numbers = offsets + grid.first_row
    alone = np.flatnonzero(np.isin(numbers, rows.totals)).tolist()
    settle_totals(fields, table, alone, statement.unit_id or statement.named_id, context)
    dated = fields[table.source.business_date]
    days = _business_dates(dated)
    _future_dates(dated, days, statement.limit)
    unread = frozenset(np.flatnonzero(np.isin(numbers, list(grid.unread))).tolist())
    spare(fields, table.source, context, unread)
    is_sound = np.ones(len(numbers), bool)
    for judged in fields.values():
        is_sound[list(judged.faults)] = False
    is_sound[list(unread)] = False
    is_yearly = dated.column.type == "year"
    own = home.name_zh if home else ""
    return JudgedRows(numbers, fields, unread, days, is_sound, statement.limit, is_yearly, own)


@dataclass(frozen=True)
class _Sheet:
    grid: Grid
    coded: Mapping[int, Coded]
    rows: Rows
    offsets: Ints
    statement: Statement
    context: Context

    def judge(self, column: Column, table: Table) -> FieldColumn:
        """One declared field; without a column in the sheet every value is missing."""
        cell, missing = table.fields.get(column.field), Fault("missing_required")
        if cell is None:
            count = len(self.offsets)
            values = pa.nulls(count, ARROW_TYPES[column.type])
            judged = FieldColumn(column, None, pa.nulls(count, RAW_TYPE), values)
            missing = Fault("missing_column", contest_note(table.contested.get(column.field, ())))
        else:
            judged = self._present(column, cell)
        if column.required:
            gone = pc.indices_nonzero(judged.values.is_null())
            texts = judged.raw.take(gone).cast(pa.string()).to_pylist()
            for index, text in zip(gone.to_pylist(), texts, strict=True):
                said = tidy(text or "")[:_QUOTED]
                fault = Fault("missing_required", f"（只写了“{said}”）") if said else missing
                judged.faults.setdefault(index, fault)
        return judged

    def _present(self, column: Column, cell: HeaderCell) -> FieldColumn:
        source = self.coded[cell.column]
        codes = self._filled_down(source.codes, cell.column, column)[self.offsets]
        used = np.flatnonzero(np.bincount(codes[codes >= 0], minlength=len(source.texts)))
        texts = source.texts.take(pa.array(used))
        renumbered = np.full(len(source.texts) + 1, -1, np.int32)
        renumbered[used] = np.arange(len(used), dtype=np.int32)
        positions = renumbered[codes]
        unit = cell.unit or self.rows.units.get(cell.column, "") or self.statement.money
        sheet = Sheet(self.statement.year, unit, self.grid.scan.is_1904)
        cleaned = clean_distinct(texts, column, self.context, sheet)
        indices = pa.array(positions, mask=positions < 0)
        faults: dict[int, Fault] = {}
        if cleaned.faults:
            bad = np.isin(positions, list(cleaned.faults))
            for index in np.flatnonzero(bad).tolist():
                faults[index] = Fault(*cleaned.faults[int(positions[index])])
        raw = pa.DictionaryArray.from_arrays(indices, texts)
        judged = FieldColumn(column, cell, raw, cleaned.values.take(indices), faults, unit)
        self._cell_faults(judged, cell.column)
        return judged

    def _filled_down(
        self, codes: NDArray[np.int32], number: int, column: Column
    ) -> NDArray[np.int32]:
        """A vertically merged cell speaks for its rows, except where that would add a number up."""
        merges = [
            (top, bottom)
            for top, left, bottom, _ in self.grid.scan.merges
            if left == number and bottom > top and column.type in _FILL_DOWN
        ]
        if not merges:
            return codes
        filled = codes.copy()
        for top, bottom in merges:
            first, last = top - self.grid.first_row, bottom - self.grid.first_row
            if 0 <= first < len(filled):
                part = filled[first + 1 : last + 1]
                part[part < 0] = filled[first]
        return filled

    def _cell_faults(self, judged: FieldColumn, number: int) -> None:
        """Faults only the raw XML shows: error values, formulas without value, lost digits."""
        scan, kind = self.grid.scan, judged.column.type
        for row, text in self._records_with(scan.errors, number):
            judged.faults[row] = Fault("error_cell", scan.errors[text])
        for row, _ in self._records_with(scan.uncalculated, number):
            judged.faults[row] = Fault("uncalculated_formula")
        for row, _ in self._records_with(scan.doubtful, number):
            is_month = _TENTH_MONTH.fullmatch(judged.raw[row].as_py() or "") is not None
            if kind == "month" and is_month:
                judged.faults[row] = Fault("bad_month")
            elif kind in _EXACT_TEXT and not is_month:
                judged.faults[row] = Fault("damaged_id")

    def _records_with(
        self, cells: Mapping[Cell, str] | set[Cell], number: int
    ) -> list[tuple[int, Cell]]:
        found = []
        for cell in cells:
            if cell[1] == number:
                index = int(np.searchsorted(self.offsets, cell[0] - self.grid.first_row))
                if (
                    index < len(self.offsets)
                    and self.offsets[index] == cell[0] - self.grid.first_row
                ):
                    found.append((index, cell))
        return found


def _business_dates(judged: FieldColumn) -> pa.Array:
    """A year counts as its first day, a month as its first day."""
    if judged.column.type != "year":
        return judged.values
    years = judged.values.to_pylist()
    return pa.array([date(y, 1, 1) if y else None for y in years], pa.date32())


def _future_dates(judged: FieldColumn, days: pa.Array, limit: date | None) -> None:
    if limit is None:
        return
    late = pc.fill_null(pc.greater(days, pa.scalar(limit, pa.date32())), False)
    for index in pc.indices_nonzero(late).to_pylist():
        judged.faults.setdefault(index, Fault("future_date"))
