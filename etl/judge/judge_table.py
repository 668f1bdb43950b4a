"""One table judged: its rows, and what is to be said of its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow as pa

from etl.declarations.cell_addresses import column_letters
from etl.declarations.declarations import Context
from etl.declarations.refusal import RefusedError
from etl.formats.grid.reader import Grid
from etl.formats.raw.hidden_rows import hidden_notes
from etl.judge.balance.reconcile import reconcile
from etl.judge.records.cumulative_totals import mark_cumulative
from etl.judge.records.date_order import order_notes
from etl.judge.records.empty_markers import cell_notes
from etl.judge.records.judged_cells import JudgedRows, contest_note
from etl.judge.records.outcome import accepted_table, doubts_of, rejected_table, rejects_of
from etl.judge.records.periods import period_of
from etl.judge.records.readable_parts import summary
from etl.judge.records.record_columns import judge_columns
from etl.judge.records.verdict import SheetVerdict
from etl.judge.undeclared.bare_money import with_units
from etl.judge.undeclared.column_drift import changes_of
from etl.judge.undeclared.undeclared_columns import questions, situations
from etl.layout.own_place import place_note
from etl.layout.row_kinds import KIND_NAMES, Rows
from etl.layout.sheet_statements import Statement
from etl.layout.table_edges import RECORD
from etl.recognise.coded_columns import Coded
from etl.recognise.header_matching import Table

_NAMED_ROWS = 5
Judged = tuple[SheetVerdict, pa.Table | None, pa.Table]


def judge_table(
    grid: Grid,
    table: Table,
    coded: Mapping[int, Coded],
    rows: Rows,
    statement: Statement,
    verdict: SheetVerdict,
    context: Context,
) -> Judged:
    """The verdict of one table, its accepted and its rejected rows; its rows must balance."""
    require_agreed(grid, rows, verdict.sheet)
    money = with_units(table, coded, rows, statement, verdict.sheet, context)
    table = money.table
    judged = judge_columns(grid, table, coded, rows, statement, context)
    remarks, ground = mark_cumulative(judged, table.source.cumulative, statement)
    _describe(verdict, table, rows, statement, context)
    verdict.stated["cumulative"] = ground
    verdict.notes += _hidden(grid, table, rows)
    if judged.own_place:
        verdict.notes.append(place_note(judged.own_place))
    verdict.notes += [*money.notes, *remarks]
    verdict.notes += cell_notes(judged, coded, context) + order_notes(judged, table.source)
    changes = changes_of(table, judged, context)
    verdict.changes = [change.document() for change in changes]
    verdict.notes += [c.reason for c in changes if c.kind in ("renamed", "retyped")]
    _questions(verdict, table, coded, rows, judged, context)
    verdict.questions += money.choices
    verdict.rejects = rejects_of(judged, context)
    verdict.doubts = doubts_of(judged, context)
    verdict.notes += [f"第 {d.row} 行{d.reason}" for d in verdict.doubts[:_NAMED_ROWS]]
    verdict.loaded = int(judged.is_sound.sum())
    verdict.rejected = int((~judged.is_sound).sum())
    reconcile(verdict, grid, table, rows, judged, context)
    period = period_of(judged, statement)
    verdict.span_from, verdict.span_to = period.first, period.last
    verdict.as_of, verdict.filed = period.data_day, statement.filed
    verdict.notes += period.notes
    if not verdict.is_balanced:
        raise RefusedError(
            "unbalanced",
            sheet=verdict.sheet,
            detail=f"{verdict.rows} 行中有 {verdict.loaded} 行接收、{verdict.rejected} 行退回、"
            f"{verdict.skipped} 行跳过",
        )
    verdict.readable = summary(judged, table.source)
    accepted = accepted_table(judged, table.source, verdict, (grid, table, context.words["serial"]))
    return verdict, accepted, rejected_table(verdict, grid, judged, table.source)


def require_agreed(grid: Grid, rows: Rows, sheet: str) -> None:
    """What is no record cannot be handed back: a title, header or total that differs refuses."""
    beside = [row for row in sorted(grid.unread) if rows.kinds[row - grid.first_row] != RECORD]
    if beside:
        raise RefusedError("two_readings", sheet=sheet, detail=f"第 {_numbers(beside)} 行")


def _questions(
    verdict: SheetVerdict,
    table: Table,
    coded: Mapping[int, Coded],
    rows: Rows,
    judged: JudgedRows,
    context: Context,
) -> None:
    """What each field's standing is, and which columns a person must be asked about."""
    places = [c.field for c in table.source.columns if c.type == "place"]
    known = places if judged.own_place else []
    asked = questions(table, coded, rows, context, known)
    verdict.questions = [
        choice for q in asked for choice in q.choices(verdict.sheet, table.source.dataset)
    ]
    bad = {name: len(field.faults) for name, field in judged.fields.items()}
    verdict.fields = situations(table, bad, asked, known)


def _hidden(grid: Grid, table: Table, rows: Rows) -> list[str]:
    """Hidden rows that are records, hidden columns that hold a field."""
    scan = grid.scan
    records = {int(n) + grid.first_row for n in (rows.kinds == RECORD).nonzero()[0]}
    columns = scan.hidden_columns & table.width
    return hidden_notes(scan.hidden_rows & records, columns) if scan.hidden_rows or columns else []


def _describe(
    verdict: SheetVerdict, table: Table, rows: Rows, statement: Statement, context: Context
) -> None:
    kinds = Counter(rows.kinds.tolist())
    verdict.dataset, verdict.template = table.source.dataset, table.template
    is_added = statement.supplement and table.source.mode == "slice"
    verdict.mode = "append" if is_added else table.source.mode
    verdict.unit_id, verdict.unit_text = statement.unit_id, statement.unit_text
    verdict.named_unit_id = statement.named_id
    verdict.skipped_by = {name: kinds[kind] for kind, name in KIND_NAMES.items() if kinds[kind]}
    markers = dict(context.words.get("stated_marker", {}))
    verdict.stated = statement.document() | {"markers": markers}
    verdict.columns = {f: _where(c.column, c.header) for f, c in table.fields.items()}
    verdict.units = {
        f: unit
        for f, c in table.fields.items()
        if (unit := c.unit or rows.units.get(c.column, "") or statement.money)
    }
    serial = context.words["serial"]
    extra = [c for c in (*table.extra, *table.doubled) if c.path not in serial]
    verdict.extra_columns = [_where(c.column, c.header) for c in extra]
    verdict.missing_columns = list(table.missing)
    verdict.notes += _notes(verdict, table, statement, rows)


def _where(column: int, header: str) -> dict[str, str]:
    return {"column": column_letters(column), "header": header}


def _numbers(rows: Sequence[int]) -> str:
    more = " 等" if len(rows) > _NAMED_ROWS else ""
    return "、".join(map(str, rows[:_NAMED_ROWS])) + more


def _notes(verdict: SheetVerdict, table: Table, statement: Statement, rows: Rows) -> list[str]:
    notes = [*_column_notes(verdict, table), *_row_notes(rows)]
    if statement.unit_text and not statement.unit_id:
        notes.append(f"填报单位“{statement.unit_text}”不在单位表中")
    if statement.unit_name:
        notes.append(f"填报单位“{statement.unit_text}”认作“{statement.unit_name}”")
    if verdict.mode == "append":
        said = f"标题写有“{statement.supplement}”"
        notes.append(f"{said}：只增加、更改表中各行，不替换台账的其他行；如是完整台账请指明")
    if statement.named_id:
        said = "没有写“填报单位”，标题、表名或落款中的单位是"
        notes.append(f"{said}“{statement.named_text}”")
    if not statement.limit:
        notes.append("表中没有写明截止或填报日期")
    return notes


def _column_notes(verdict: SheetVerdict, table: Table) -> list[str]:
    notes = []
    names = {c.field: c.name_zh for c in table.source.columns}
    if table.missing:
        notes.append("表中没有的列：" + "、".join(names[f] for f in table.missing))
    if verdict.extra_columns:
        notes.append("未采用的列：" + "、".join(c["header"] for c in verdict.extra_columns))
    for cell in table.doubled:
        notes.append(f"表头“{cell.header}”重复，均未采用")
    for field, cells in table.contested.items():
        notes.append(f"“{names[field]}”没有采用任何一列{contest_note(cells)}")
    return notes


def _row_notes(rows: Rows) -> list[str]:
    notes = []
    if rows.examples:
        notes.append(f"第 {_numbers(rows.examples)} 行是填表示例，未计入")
    if rows.beside:
        notes.append(f"第 {_numbers(rows.beside)} 行在采用的各列中没有内容，未计入")
    if rows.unfilled:
        notes.append(f"第 {_numbers(rows.unfilled)} 行只有序号和单位，没有内容，未计入")
    if not (rows.kinds == RECORD).any():
        notes.append("没有数据行")
    return notes
