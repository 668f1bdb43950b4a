"""A returned sheet as a form: its header, its numbered rows, its corrections in their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.declarations import limits
from etl.declarations.cell_addresses import Cell
from etl.declarations.declarations import Context
from etl.declarations.refusal import RefusedError
from etl.declarations.text_keys import key
from etl.formats.grid.reader import Grid
from etl.judge.records.verdict import Reject
from etl.judge.returned_origin import NUMBER_HEADER, Asked, Origin
from etl.layout.row_kinds import BLANK_TEXT, HEADER, NOTE, TITLE, Kinds, Rows
from etl.layout.table_edges import RECORD
from etl.recognise.header_matching import HeaderCell, Table

TEMPLATE = "退回工作簿"
SHOWN_MARK = r"^✗ +(\S)"
"""The sign of a faulty cell is part of its number format; ods and web pages save it as text."""

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Form:
    """A returned sheet: as written, with corrections put in, and the original row of each row."""

    origin: Origin
    table: Table
    written: Grid
    grid: Grid
    rows: Rows
    numbers: Mapping[int, int]
    faults: Sequence[Reject]


def find_header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The header row and its texts, found by the header of the row numbers."""
    for row in range(grid.first_row, grid.first_row + min(grid.height, limits.HEADER_SEARCH_ROWS)):
        texts = {key(grid.text(row, column)): column for column in grid.columns}
        if key(NUMBER_HEADER) in texts:
            return row, texts
    return None


def read_form(grid: Grid, tab: str, known: Sequence[Origin], context: Context) -> Form | None:
    """The form on this sheet, or None; raises `RefusedError` when a column is lost."""
    found = find_header(grid)
    if found is None:
        return None
    header_row, columns = found
    tokens = _tokens(grid, header_row, columns[key(NUMBER_HEADER)])
    origin = max(known, key=lambda o: sum(o.row_of(t) is not None for t in tokens.values()))
    _no_column_lost(origin, columns, tab)
    written = grid
    fields, grid = _with_corrections(written, origin, columns)
    source = context.sources[origin.dataset]
    used = {cell.column for cell in fields.values()}
    extra = tuple(HeaderCell(c, h, h, "") for h, c in columns.items() if h and c not in used)
    table = Table(source, TEMPLATE, header_row, header_row, fields, extra, ())
    kinds = _kinds(grid, header_row, tokens, fields, context)
    numbers, faults = _numbers(grid, kinds, tokens, origin, context)
    return Form(origin, table, written, grid, Rows(kinds, {}), numbers, faults)


def _tokens(grid: Grid, header_row: int, column: int) -> dict[int, str]:
    rows = range(header_row + 1, grid.first_row + grid.height)
    return {row: text for row in rows if (text := grid.text(row, column).strip())}


def _no_column_lost(origin: Origin, columns: Mapping[str, int], tab: str) -> None:
    wanted = [h for a in origin.asked for h in (a.header, a.correction) if h]
    lost = [header for header in wanted if key(header) not in columns]
    if lost:
        raise RefusedError("returned_columns", sheet=tab, columns="、".join(lost))


def _with_corrections(
    grid: Grid, origin: Origin, columns: Mapping[str, int]
) -> tuple[dict[str, HeaderCell], Grid]:
    """Field → column of its value, and the grid with every 更正 cell put in its place."""
    fields: dict[str, HeaderCell] = {}
    cells, moved = dict(grid.columns), dict[int, tuple[int, frozenset[int]]]()
    for asked in origin.asked:
        own, extra = (columns.get(key(h)) if h else None for h in (asked.header, asked.correction))
        column = own or extra
        if column is None:
            continue
        fields[asked.field] = _header_cell(column, asked)
        cells[column] = pc.replace_substring_regex(cells[column], SHOWN_MARK, r"\1")
        if own and extra:
            given = _is_worded(cells[extra])
            filled = {row for row, c in [*grid.scan.errors, *grid.scan.uncalculated] if c == extra}
            rows = {int(i) + grid.first_row for i in pc.indices_nonzero(given).to_pylist()}
            cells[own] = pc.if_else(given, cells[extra], cells[own])
            moved[extra] = own, frozenset(rows | filled)
    scan = replace(
        grid.scan,
        errors=_moved(grid.scan.errors, moved),
        uncalculated=set(_moved(dict.fromkeys(grid.scan.uncalculated, ""), moved)),
        doubtful=set(_moved(dict.fromkeys(grid.scan.doubtful, ""), moved)),
        merges=(),
    )
    return fields, replace(grid, columns=cells, scan=scan)


def _header_cell(column: int, asked: Asked) -> HeaderCell:
    header = asked.header or asked.correction
    return HeaderCell(column, header, key(header), asked.unit)


def _is_worded(cells: pa.StringArray) -> pa.BooleanArray:
    return pc.fill_null(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(cells)), 0), False)


def _moved(
    cells: Mapping[Cell, _Value], moved: Mapping[int, tuple[int, frozenset[int]]]
) -> dict[Cell, _Value]:
    """Findings of the raw XML follow the correction; those of a corrected cell are gone."""
    replaced = {(row, own) for own, rows in moved.values() for row in rows}
    kept = {cell: v for cell, v in cells.items() if cell not in replaced and cell[1] not in moved}
    taken = {
        (row, moved[column][0]): value
        for (row, column), value in cells.items()
        if column in moved and row in moved[column][1]
    }
    return kept | taken


def _kinds(
    grid: Grid,
    header_row: int,
    tokens: Mapping[int, str],
    fields: Mapping[str, HeaderCell],
    context: Context,
) -> Kinds:
    """Numbered rows are records; below the header others are notes, blank, or new rows."""
    kinds = np.zeros(grid.height, np.uint8)
    notes = tuple(context.words["note_prefix"])
    for row in grid.scan.rows.tolist():
        if row <= header_row:
            kind = HEADER if row == header_row else TITLE
        else:
            kind = RECORD if row in tokens else _kind_without_number(grid, row, fields, notes)
        kinds[row - grid.first_row] = kind
    return kinds


def _kind_without_number(
    grid: Grid, row: int, fields: Mapping[str, HeaderCell], notes: tuple[str, ...]
) -> int:
    texts = [text for c in sorted(grid.columns) if (text := grid.text(row, c)).strip()]
    if texts and key(texts[0]).startswith(notes):
        return NOTE
    filled = any(grid.text(row, cell.column).strip() for cell in fields.values())
    return RECORD if filled else BLANK_TEXT


def _numbers(
    grid: Grid,
    kinds: Kinds,
    tokens: Mapping[int, str],
    origin: Origin,
    context: Context,
) -> tuple[dict[int, int], list[Reject]]:
    """Row here → row of the original, and the faults of rows that stand for none."""
    numbers: dict[int, int] = {}
    taken: set[int] = set()
    faults: list[Reject] = []
    for row in (np.flatnonzero(kinds == RECORD) + grid.first_row).tolist():
        token = tokens.get(row, "")
        number = origin.row_of(token)
        code = "no_origin" if number is None else "repeated_origin"
        if number is None or number in taken:
            sentence = context.sentence(code, row=row, value=token)
            faults.append(Reject(row, "", "", token, code, sentence))
        else:
            numbers[row] = number
            taken.add(number)
    return numbers, faults
