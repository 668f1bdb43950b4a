"""Every row of a workbook gets a verdict: loaded, rejected with its reasons, or skipped by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from etl.cells.dates import of_1900
from etl.declarations.declarations import Context
from etl.declarations.kind_answers import (
    NOTHING_ANSWERED,
    NOTHING_TOLD,
    Columns,
    Kinds,
    Told,
    told_kind,
)
from etl.declarations.refusal import RefusedError
from etl.formats.grid.reader import Grid
from etl.formats.open_workbook import Workbook, open_workbook
from etl.formats.raw.file_type import file_hash
from etl.formats.xlsx.preflight import ScannedSheet
from etl.judge.inherited_statements import complete, cover_sender, money_of, name_senders
from etl.judge.judge_table import Judged, judge_table
from etl.judge.records.empty_markers import with_stated_markers
from etl.judge.records.verdict import REJECTED_SCHEMA, SheetVerdict, Verdict, refused
from etl.judge.refuse_workbook import asked, refuse_unheeded, refuse_unknown
from etl.judge.returned_rows import is_returned, judge_returned
from etl.layout.row_kinds import NOTE, TITLE, Rows, classify
from etl.layout.senders import senders_named
from etl.layout.sheet_statements import Statement, read_statement
from etl.layout.stacked_tables import Part, split
from etl.recognise.coded_columns import Coded, encode
from etl.recognise.column_answers import answered
from etl.recognise.find_tables import find_tables


def judge_workbook(
    path: Path, context: Context, kinds: Kinds = NOTHING_TOLD, columns: Columns = NOTHING_ANSWERED
) -> Verdict:
    """Judge one workbook in this process, its sheets told to be of `kinds` (sheet or * → dataset).

    `columns` says what columns are that no declared header names. Meant to run inside the limited
    child.
    """
    sha256 = file_hash(path) if path.is_file() else ""
    try:
        judged = _judge_sheets(path, context, Told(kinds, columns))
    except RefusedError as refusal:
        reason = context.sentence(refusal.code, file=path.name, **refusal.details)
        return refused(sha256, context.recipe, refusal.code, reason, refusal.candidates)
    sheets = [sheet for sheet, _, _ in judged]
    if choices := [choice for sheet in sheets for choice in sheet.questions]:
        reason = context.sentence("unread_column", file=path.name, columns=asked(choices))
        return refused(sha256, context.recipe, "unread_column", reason, choices, sheets)
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
        sheets=sheets,
        tables={dataset: pa.concat_tables(parts) for dataset, parts in tables.items()},
        rejected=pa.concat_tables([part for _, _, part in judged]),
    )


def _judge_sheets(path: Path, context: Context, told: Told) -> list[Judged]:
    with open_workbook(path) as workbook:
        if not any(len(s.scan.rows) for s in workbook.sheets):
            raise RefusedError("empty_workbook")
        corrected = judge_returned(workbook, context)
        if corrected is not None:
            return corrected
        judged: list[Judged] = []
        doubts: list[RefusedError] = []
        for sheet in workbook.sheets:
            try:
                judged.extend(_judge_sheet(workbook, sheet, context, told))
            except RefusedError as refusal:
                if refusal.code != "two_kinds":
                    raise
                doubts.append(refusal)
    name_senders([verdict for verdict, _, _ in judged])
    if doubts:
        doubts[0].candidates = tuple(c for doubt in doubts for c in doubt.candidates)
        raise doubts[0]
    verdicts = [verdict for verdict, _, _ in judged]
    refuse_unheeded(told.kinds, verdicts, context)
    refuse_unknown(workbook.sheets, verdicts)
    return judged


def _judge_sheet(
    workbook: Workbook, scanned: ScannedSheet, context: Context, told: Told
) -> list[Judged]:
    """The tables of one sheet, in order; together they account for all its rows."""
    sheet, scan = scanned.sheet, scanned.scan
    whole = SheetVerdict(sheet.sheet_no, sheet.name, len(scan.rows), scan.filled_cells)
    if sheet.is_hidden or not whole.rows:
        if whole.rows:
            whole.notes.append("隐藏的工作表，未读取")
        return [_skip(whole, "unknown_sheet")]
    try:
        grid = workbook.read(scanned)
        if is_returned(grid):
            raise RefusedError("returned_broken")
        coded = encode(grid)
        kind = told_kind(told.kinds, sheet.name)
        found = find_tables(grid, coded, sheet.name, context, kind)
        found = replace(found, tables=tuple(answered(t, told.columns) for t in found.tables))
        parts = split(grid, found, context) if found.tables else []
    except RefusedError as refusal:
        refusal.details.setdefault("sheet", sheet.name)
        raise
    if not parts:
        whole.notes.append("不是已知的报表，未采用")
        whole.nearest = found.nearest
        whole.notes += [found.nearest] if found.nearest else []
        whole.unit_id, whole.unit_text = cover_sender(grid, context)
        return [_skip(whole, "unknown_sheet")]
    readings = [
        _Reading.of(part, coded if part.grid is grid else encode(part.grid), sheet.name, context)
        for part in parts
    ]
    readings = _under_one_sender(readings)
    judged = []
    for number, reading in enumerate(readings, 1):
        cut = reading.part.grid.scan
        verdict = SheetVerdict(
            sheet.sheet_no, sheet.name, len(cut.rows), cut.filled_cells, table_no=number
        )
        others = [other for other in readings if other is not reading]
        judged.append(_judge_part(reading, others, verdict))
    return judged


def _under_one_sender(readings: list[_Reading]) -> list[_Reading]:
    """A sheet whose own title names its sender above the title of a block: it holds for all."""
    first = readings[0]
    if first.rows is None or len(readings) < 2 or not first.statement.named_id:
        return readings
    titles = _texts(first.part.grid, first.rows, TITLE)
    if len(senders_named(titles, first.context)) < 2:
        return readings
    said = first.statement
    return [
        replace(
            r, statement=replace(r.statement, named_id=said.named_id, named_text=said.named_text)
        )
        for r in readings
    ]


def _skip(verdict: SheetVerdict, kind: str) -> Judged:
    if verdict.rows:
        verdict.skipped_by = {kind: verdict.rows}
    return verdict, None, REJECTED_SCHEMA.empty_table()


@dataclass(frozen=True)
class _Reading:
    """A table whose rows are told apart, and what it says about itself."""

    part: Part
    coded: Mapping[int, Coded]
    rows: Rows | None
    statement: Statement
    context: Context
    remarks: tuple[str, ...] = ()

    @classmethod
    def of(cls, part: Part, coded: Mapping[int, Coded], tab: str, context: Context) -> _Reading:
        """Tell the rows of one part apart; of an unknown table only the first rows are read."""
        if part.table is None:
            said = read_statement(part.opening, [], "", context)
            return cls(part, coded, None, said, context)
        rows = classify(part.grid, part.table, coded, context)
        heads, feet = (_texts(part.grid, rows, kind) for kind in (TITLE, NOTE))
        context, remarks = with_stated_markers(context, [*heads, *feet])
        said = read_statement(heads, feet, tab, context)
        return cls(part, coded, rows, said, context, tuple(remarks))

    @property
    def dataset(self) -> str:
        """Empty when unknown."""
        return self.part.table.source.dataset if self.part.table else ""


def _judge_part(reading: _Reading, others: Sequence[_Reading], verdict: SheetVerdict) -> Judged:
    part = reading.part
    if reading.rows is None or part.table is None:
        rows = part.grid.scan.rows
        name = f"“{part.title}”" if part.title else ""
        where = f"第 {rows[0]}—{rows[-1]} 行"
        verdict.notes.append(f"{where}是另一张表{name}，不是已知的报表，未采用")
        return _skip(verdict, "unknown_table")
    said, notes = complete(reading.statement, [o.statement for o in others])
    alike = [o.statement for o in others if o.dataset == reading.dataset]
    said, money = money_of(said, alike)
    verdict.notes += [*notes, *money, *reading.remarks]
    return judge_table(
        part.grid, part.table, reading.coded, reading.rows, said, verdict, reading.context
    )


def _texts(grid: Grid, rows: Rows, kind: int) -> list[list[str]]:
    """The filled cells of title or note rows, in order."""
    found = []
    no_words = {row - grid.first_row for row in (*rows.examples, *rows.beside)}
    for offset in sorted(set((rows.kinds == kind).nonzero()[0].tolist()) - no_words):
        texts = [grid.text(grid.first_row + offset, c) for c in sorted(grid.columns)]
        if grid.scan.is_1904:
            texts = [of_1900(text) for text in texts]
        found.append([t for t in texts if t.strip()])
    return found
