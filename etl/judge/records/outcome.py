"""From judged records to what is handed on: accepted rows, rejected rows, reasons."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa

from etl.cells.cell_texts import as_typed
from etl.declarations.cell_addresses import column_letters
from etl.declarations.column_types import READABLE
from etl.declarations.declarations import Context, Source
from etl.formats.grid.reader import Grid
from etl.judge.records.case_keys import case_columns
from etl.judge.records.judged_cells import Fault, FieldColumn, JudgedRows
from etl.judge.records.readable_parts import readable
from etl.judge.records.verdict import REJECTED_SCHEMA, Reject, SheetVerdict, accepted_schema
from etl.recognise.header_matching import Table

_QUOTED = 40
"""Letters of a cell a sentence repeats; the row keeps all of them."""


def rejects_of(judged: JudgedRows, context: Context) -> list[Reject]:
    """All faults, by row, inside a row from left to right; columns the sheet lacks come last."""
    rejects: list[tuple[int, int, Reject]] = []
    for position, field in enumerate(judged.fields.values()):
        order = field.cell.column if field.cell else 10**6 + position
        rejects += [(r.row, order, r) for r in _told(judged, field, context, field.faults)]
    for index in judged.unread:
        row = int(judged.row_numbers[index])
        reason = context.sentence("unread_cell", row=row)
        rejects.append((row, 0, Reject(row, "", "", "", "unread_cell", reason)))
    return [reject for _, _, reject in sorted(rejects, key=lambda r: r[:2])]


def doubts_of(judged: JudgedRows, context: Context) -> list[Reject]:
    """Cells nobody can read of rows that count, by row: each says as what it counts."""
    return [
        replace(doubt, reason=f"{doubt.reason}。此行已计入，这一格作{_counted_as(field)}")
        for field in judged.fields.values()
        for doubt in _told(judged, field, context, field.doubts)
    ]


def _counted_as(field: FieldColumn) -> str:
    return "未归属" if field.column.type in ("place", "department", "actor") else "未填"


def _told(
    judged: JudgedRows, field: FieldColumn, context: Context, faults: Mapping[int, Fault]
) -> Iterator[Reject]:
    """Faults of one field; equal faults share one sentence."""
    name = field.cell.header if field.cell else field.column.name_zh
    letter = column_letters(field.cell.column) if field.cell else ""
    sentences: dict[tuple[Fault, str], str] = {}
    indices = list(faults)
    texts = field.raw.take(pa.array(indices, pa.int64())).to_pylist()
    for index, text in zip(indices, texts, strict=True):
        fault = faults[index]
        value = fault.note if fault.code == "error_cell" else as_typed((text or "").strip())
        if (fault, value) not in sentences:
            said = {"value": quoted(value), "note": fault.note, "as_of": judged.limit}
            sentences[fault, value] = context.sentence(fault.code, column=name, **said)
        row = int(judged.row_numbers[index])
        yield Reject(row, letter, field.column.field, value, fault.code, sentences[fault, value])


def quoted(value: str) -> str:
    """A cell as a sentence repeats it."""
    return value if len(value) <= _QUOTED else f"{value[:_QUOTED]}…"


def accepted_table(
    judged: JudgedRows,
    source: Source,
    verdict: SheetVerdict,
    seen: tuple[Grid, Table, Iterable[str]] | None = None,
) -> pa.Table:
    """The sound records, typed values beside cell texts; `seen` as in `same_case`."""
    sound = pa.array(np.flatnonzero(judged.is_sound))
    count = len(sound)
    columns = {
        "sheet_no": pa.array(np.full(count, verdict.sheet_no, np.int32)),
        "table_no": pa.array(np.full(count, verdict.table_no, np.int32)),
        "sheet_name": pa.repeat(verdict.sheet, count),
        "row_number": pa.array(judged.row_numbers[judged.is_sound].astype(np.int32)),
        **{name: v.take(sound) for name, v in case_columns(judged, source, seen).items()},
        "business_date": judged.business_dates.take(sound),
        "origin_row": _origin_rows(judged, verdict),
    }
    for name, field in judged.fields.items():
        columns[name] = field.values.take(sound)
        columns[f"{name}_raw"] = field.raw.take(sound)
    schema = accepted_schema(source)
    arrays = [columns[f.name] for f in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _origin_rows(judged: JudgedRows, verdict: SheetVerdict) -> pa.Array:
    """Row of the table a corrected row was handed back from; nothing for ordinary rows."""
    known = verdict.origin.get("rows", {})
    numbers = judged.row_numbers[judged.is_sound].tolist()
    return pa.array([known.get(number) for number in numbers], pa.int32())


def rejected_table(
    verdict: SheetVerdict, grid: Grid, judged: JudgedRows, source: Source
) -> pa.Table:
    """One row per rejected record: its first fault, its cells with merged ones filled, what it is.

    What it is means what can be read of it all the same (`etl.judge.records.readable_parts`).
    """
    firsts: dict[int, Reject] = {}
    for reject in verdict.rejects:
        firsts.setdefault(reject.row, reject)
    offsets = pa.array([row - grid.first_row for row in firsts], pa.int64())
    texts = {column_letters(c): grid.columns[c].take(offsets).to_pylist() for c in grid.columns}
    places = pa.array(np.searchsorted(judged.row_numbers, list(firsts)), pa.int64())
    for field in judged.fields.values():
        if field.cell:
            texts[column_letters(field.cell.column)] = field.raw.take(places).to_pylist()
    known = {name: v.take(places).to_pylist() for name, v in readable(judged, source).items()}
    rows = [
        {
            "dataset": verdict.dataset,
            "sheet_no": verdict.sheet_no,
            "table_no": verdict.table_no,
            "sheet_name": verdict.sheet,
            "row_number": row,
            "cells": json.dumps(
                {letter: cells[i] for letter, cells in texts.items() if cells[i]},
                ensure_ascii=False,
            ),
            "column_letter": reject.column,
            "field": reject.field,
            "value": reject.value,
            "code": reject.code,
            "reason": reject.reason,
            **{name: known[name][i] for name, _ in READABLE},
        }
        for i, (row, reject) in enumerate(firsts.items())
    ]
    return pa.Table.from_pylist(rows, schema=REJECTED_SCHEMA)
