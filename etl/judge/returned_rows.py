"""A 退回工作簿 comes back: just its rows are judged, each for the table it was rejected from.

What stands in a 更正 cell wins over the original cell, which may be mended in place as well. Rows
are known by their number; one without a number, or whose number stands twice, is rejected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa

from etl.declarations.cell_addresses import column_letters
from etl.declarations.declarations import Context
from etl.declarations.refusal import RefusedError
from etl.declarations.text_keys import key
from etl.formats.grid.reader import Grid
from etl.formats.open_workbook import Workbook
from etl.formats.xlsx.preflight import ScannedSheet
from etl.judge import returned_origin as origins
from etl.judge.balance.cell_accounts import cell_account
from etl.judge.balance.column_sums import column_sums, documents
from etl.judge.judge_table import require_agreed
from etl.judge.records.cumulative_totals import mark_cumulative
from etl.judge.records.judged_cells import JudgedRows
from etl.judge.records.outcome import accepted_table, doubts_of, rejected_table, rejects_of
from etl.judge.records.record_columns import judge_columns
from etl.judge.records.verdict import REJECTED_SCHEMA, Reject, SheetVerdict
from etl.judge.returned_form import TEMPLATE, Form, find_header, read_form
from etl.judge.returned_origin import Origin
from etl.layout.row_kinds import KIND_NAMES
from etl.layout.sheet_statements import Statement
from etl.recognise.coded_columns import encode

_SCAN_ROWS = 200
"""A hidden sheet longer than this is not the one that says where rows come from."""

Judged = tuple[SheetVerdict, pa.Table | None, pa.Table]


def is_returned(grid: Grid) -> bool:
    """Whether the numbers of returned rows stand on this sheet."""
    return find_header(grid) is not None


def judge_returned(workbook: Workbook, context: Context) -> list[Judged] | None:
    """The verdicts of a 退回工作簿, or None when this workbook is none."""
    known = _origins(workbook)
    if known is None:
        return None
    judged = [_judge(workbook, scanned, known, context) for scanned in workbook.sheets]
    if not any(verdict.dataset for verdict, _, _ in judged):
        raise RefusedError("empty_workbook")
    return judged


def _origins(workbook: Workbook) -> list[Origin] | None:
    for scanned in workbook.sheets:
        named = scanned.sheet.is_hidden or scanned.sheet.name == origins.SHEET
        if not named or not 0 < len(scanned.scan.rows) <= _SCAN_ROWS:
            continue
        grid = workbook.read(scanned)
        rows = range(grid.first_row, grid.first_row + grid.height)
        try:
            found = origins.read((grid.text(row, 1), grid.text(row, 2)) for row in rows)
        except ValueError as fault:
            raise RefusedError("returned_broken") from fault
        if found is not None:
            return found
    return None


def _judge(
    workbook: Workbook, scanned: ScannedSheet, known: Sequence[Origin], context: Context
) -> Judged:
    sheet, scan = scanned.sheet, scanned.scan
    verdict = SheetVerdict(sheet.sheet_no, sheet.name, len(scan.rows), scan.filled_cells)
    if not verdict.rows:
        return verdict, None, REJECTED_SCHEMA.empty_table()
    grid = None if sheet.is_hidden else workbook.read(scanned)
    form = grid and read_form(grid, sheet.name, known, context)
    if not form:
        verdict.skipped_by = {"unknown_sheet": verdict.rows}
        if not sheet.is_hidden:
            verdict.notes.append("不是退回的表，未读取；新的数据请另报工作簿")
        return verdict, None, REJECTED_SCHEMA.empty_table()
    return _judge_form(form, verdict, context)


def _judge_form(form: Form, verdict: SheetVerdict, context: Context) -> Judged:
    origin = form.origin
    statement, context = _statement(origin), _with_markers(context, origin)
    require_agreed(form.grid, form.rows, verdict.sheet)
    judged = judge_columns(form.grid, form.table, encode(form.grid), form.rows, statement, context)
    remarks, ground = mark_cumulative(
        judged, form.table.source.cumulative, statement, origin.cumulative
    )
    _reject(judged, form.faults)
    verdict.dataset, verdict.template = origin.dataset, TEMPLATE
    verdict.mode = "key" if form.table.source.mode == "key" else "append"
    verdict.unit_id, verdict.unit_text = origin.unit_id, origin.unit_text
    verdict.span_to = date.fromisoformat(origin.last_day)
    verdict.as_of = verdict.span_to
    verdict.stated = statement.document() | {"markers": origin.markers, "cumulative": ground}
    verdict.origin = {
        "sha256": origin.sha256,
        "file_name": origin.file_name,
        "sheet_no": origin.sheet_no,
        "sheet": origin.sheet,
        "table_no": origin.table_no,
        "rows": dict(form.numbers),
    }
    kinds = Counter(form.rows.kinds.tolist())
    verdict.skipped_by = {name: kinds[kind] for kind, name in KIND_NAMES.items() if kinds[kind]}
    verdict.columns = {
        f: {"column": column_letters(c.column), "header": c.header}
        for f, c in form.table.fields.items()
    }
    verdict.units = {a.field: a.unit for a in origin.asked if a.unit}
    numbered = [r for r in rejects_of(judged, context) if r.row in form.numbers]
    verdict.doubts = doubts_of(judged, context)
    verdict.rejects = sorted([*form.faults, *numbered], key=lambda reject: reject.row)
    verdict.loaded = int(judged.is_sound.sum())
    verdict.rejected = int((~judged.is_sound).sum())
    verdict.cells = _cells(form)
    verdict.sums = documents(column_sums(form.grid, form.rows, judged, context))
    verdict.notes += [f"更正“{origin.file_name}”工作表“{origin.sheet}”退回的行", *remarks]
    if not verdict.is_balanced:
        raise RefusedError("unbalanced", sheet=verdict.sheet, detail=f"{verdict.rows} 行")
    accepted = accepted_table(judged, form.table.source, verdict)
    return verdict, accepted, rejected_table(verdict, form.grid, judged, form.table.source)


def _cells(form: Form) -> dict[str, Any]:
    """Every filled cell as the unit sent it; 更正 cells are as good as the field's own."""
    asked = {key(a.correction) for a in form.origin.asked if a.correction}
    corrections = {c.header: c for c in form.table.extra if c.path in asked}
    table = replace(form.table, fields={**form.table.fields, **corrections})
    return cell_account(form.written, table, form.rows)


def _reject(judged: JudgedRows, faults: Sequence[Reject]) -> None:
    rows = [fault.row for fault in faults]
    judged.is_sound[np.isin(judged.row_numbers, rows)] = False


def _with_markers(context: Context, origin: Origin) -> Context:
    """What the footnotes of the original said of its empty markers."""
    if not origin.markers:
        return context
    words = {**context.words, "stated_marker": MappingProxyType(dict(origin.markers))}
    return replace(context, words=MappingProxyType(words))


def _statement(origin: Origin) -> Statement:
    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    return Statement(
        unit_text=origin.unit_text,
        unit_id=origin.unit_id,
        as_of=day(origin.as_of),
        period_from=day(origin.period_from),
        period_to=day(origin.period_to),
        is_since=origin.is_since,
    )
