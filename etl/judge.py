"""Every row of a workbook gets a verdict: loaded, rejected with its reasons, or skipped by kind."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from etl.addresses import column_letters
from etl.columns import judge_columns
from etl.declarations import Context
from etl.kinds import EVERY_SHEET, NOTHING_TOLD, Kinds, told_kind
from etl.markers import cell_notes, with_stated_markers
from etl.normalise import key
from etl.outcome import accepted_table, rejected_table, rejects_of, span_of
from etl.preflight import ScannedSheet
from etl.reader import Grid
from etl.recognise import Table, recognise
from etl.reconcile import reconcile
from etl.refusal import RefusedError
from etl.rows import KIND_NAMES, NOTE, RECORD, TITLE, Rows, classify, encode
from etl.statements import Statement, read_statement
from etl.verdict import REJECTED_SCHEMA, SheetVerdict, Verdict, refused
from etl.workbook import Workbook, open_workbook

_Judged = tuple[SheetVerdict, pa.Table | None, pa.Table]


def judge_workbook(path: Path, context: Context, kinds: Kinds = NOTHING_TOLD) -> Verdict:
    """Judge one workbook in this process, its sheets told to be of `kinds` (sheet or * → dataset).

    Meant to run inside the limited child.
    """
    sha256 = file_hash(path) if path.is_file() else ""
    try:
        judged = _judge_sheets(path, context, kinds)
    except RefusedError as refusal:
        reason = context.sentence(refusal.code, file=path.name, **refusal.details)
        return refused(sha256, context.recipe, refusal.code, reason, refusal.candidates)
    tables: dict[str, list[pa.Table]] = {}
    for sheet, table, _ in judged:
        if sheet.dataset and table is not None:
            tables.setdefault(sheet.dataset, []).append(table)
    return Verdict(
        sha256=sha256,
        recipe=context.recipe,
        status="judged",
        reason_code=None,
        reason=None,
        sheets=[sheet for sheet, _, _ in judged],
        tables={dataset: pa.concat_tables(parts) for dataset, parts in tables.items()},
        rejected=pa.concat_tables([part for _, _, part in judged]),
    )


def file_hash(path: Path) -> str:
    """SHA-256 of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _judge_sheets(path: Path, context: Context, kinds: Kinds) -> list[_Judged]:
    with open_workbook(path) as workbook:
        if not any(len(s.scan.rows) for s in workbook.sheets):
            raise RefusedError("empty_workbook")
        judged, doubts = [], []
        for sheet in workbook.sheets:
            try:
                judged.append(_judge_sheet(workbook, sheet, context, kinds))
            except RefusedError as refusal:
                if refusal.code != "two_kinds":
                    raise
                doubts.append(refusal)
    if doubts:
        doubts[0].candidates = tuple(c for doubt in doubts for c in doubt.candidates)
        raise doubts[0]
    _heeded(kinds, [verdict for verdict, _, _ in judged], context)
    if not any(sheet.dataset for sheet, _, _ in judged):
        raise RefusedError("unknown_workbook")
    return judged


def _heeded(kinds: Kinds, verdicts: Sequence[SheetVerdict], context: Context) -> None:
    """What was told must be true of that sheet, or of one sheet where it was said of all."""
    for sheet, dataset in kinds.items():
        if sheet == EVERY_SHEET:
            found, where = verdicts, ""
        else:
            found = [v for v in verdicts if key(v.sheet) == key(sheet)]
            where = f"的工作表“{sheet}”"
        if not any(v.dataset == dataset for v in found):
            kind = context.sources[dataset].name_zh
            raise RefusedError("kind_unfit", sheet=where, kind=kind)


def _judge_sheet(
    workbook: Workbook, scanned: ScannedSheet, context: Context, kinds: Kinds
) -> _Judged:
    sheet, scan = scanned.sheet, scanned.scan
    verdict = SheetVerdict(sheet.sheet_no, sheet.name, len(scan.rows), scan.filled_cells)
    if sheet.is_hidden or not verdict.rows:
        if verdict.rows:
            verdict.notes.append("隐藏的工作表，未读取")
        return _skip_whole(verdict)
    try:
        grid = workbook.read(scanned)
    except RefusedError as refusal:
        refusal.details.setdefault("sheet", sheet.name)
        raise
    table = recognise(grid, sheet.name, context, told_kind(kinds, sheet.name))
    if table is None:
        return _skip_whole(verdict)
    return _judge_table(grid, table, verdict, context)


def _skip_whole(verdict: SheetVerdict) -> _Judged:
    if verdict.rows:
        verdict.skipped_by = {"unknown_sheet": verdict.rows}
    return verdict, None, REJECTED_SCHEMA.empty_table()


def _judge_table(grid: Grid, table: Table, verdict: SheetVerdict, context: Context) -> _Judged:
    coded = encode(grid)
    rows = classify(grid, table, coded, context)
    heads, feet = _texts(grid, rows, TITLE), _texts(grid, rows, NOTE)
    context, remarks = with_stated_markers(context, [*heads, *feet])
    statement = read_statement(heads, feet, verdict.sheet, context)
    judged = judge_columns(grid, table, coded, rows, statement, context)
    _describe(verdict, table, rows, statement, context)
    verdict.notes += remarks + cell_notes(judged, coded, context)
    verdict.rejects = rejects_of(judged, context)
    verdict.loaded = int(judged.is_sound.sum())
    verdict.rejected = int((~judged.is_sound).sum())
    reconcile(verdict, grid, table, rows, judged, context)
    verdict.span_from, verdict.span_to = span_of(judged, statement, verdict.notes)
    if not verdict.is_balanced:
        raise RefusedError(
            "unbalanced",
            sheet=verdict.sheet,
            detail=f"{verdict.rows} 行中有 {verdict.loaded} 行接收、{verdict.rejected} 行退回、"
            f"{verdict.skipped} 行跳过",
        )
    accepted = accepted_table(judged, table.source, verdict)
    return verdict, accepted, rejected_table(verdict, grid)


def _texts(grid: Grid, rows: Rows, kind: int) -> list[list[str]]:
    """The filled cells of title or note rows, in order."""
    found = []
    for offset in (rows.kinds == kind).nonzero()[0].tolist():
        texts = [grid.text(grid.first_row + offset, c) for c in sorted(grid.columns)]
        found.append([t for t in texts if t.strip()])
    return found


def _describe(
    verdict: SheetVerdict, table: Table, rows: Rows, statement: Statement, context: Context
) -> None:
    kinds = Counter(rows.kinds.tolist())
    verdict.dataset, verdict.template = table.source.dataset, table.template
    verdict.mode = table.source.mode
    verdict.unit_id, verdict.unit_text = statement.unit_id, statement.unit_text
    verdict.as_of = statement.as_of
    verdict.skipped_by = {name: kinds[kind] for kind, name in KIND_NAMES.items() if kinds[kind]}
    verdict.columns = {f: _where(c.column, c.header) for f, c in table.fields.items()}
    serial = context.words["serial"]
    extra = [c for c in (*table.extra, *table.doubled) if c.path not in serial]
    verdict.extra_columns = [_where(c.column, c.header) for c in extra]
    verdict.missing_columns = list(table.missing)
    verdict.notes += _notes(verdict, table, statement, kinds)


def _where(column: int, header: str) -> dict[str, str]:
    return {"column": column_letters(column), "header": header}


def _notes(
    verdict: SheetVerdict, table: Table, statement: Statement, kinds: Counter[int]
) -> list[str]:
    notes = []
    names = {c.field: c.name_zh for c in table.source.columns}
    if table.missing:
        notes.append("表中没有的列：" + "、".join(names[f] for f in table.missing))
    if verdict.extra_columns:
        notes.append("未采用的列：" + "、".join(c["header"] for c in verdict.extra_columns))
    for cell in table.doubled:
        notes.append(f"表头“{cell.header}”重复，均未采用")
    if statement.unit_text and not statement.unit_id:
        notes.append(f"填报单位“{statement.unit_text}”不在单位表中")
    if not statement.as_of:
        notes.append("表中没有写明截止或填报日期")
    if not kinds[RECORD]:
        notes.append("没有数据行")
    return notes
