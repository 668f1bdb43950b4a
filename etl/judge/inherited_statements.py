"""What tables of one sheet leave unsaid, when all that speak of it say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from etl.declarations.declarations import Context
from etl.formats.grid.reader import Grid
from etl.judge.records.verdict import SheetVerdict
from etl.layout.sheet_statements import Statement, read_statement

_COVER_ROWS = 40

Value = TypeVar("Value")


def complete(said: Statement, others: Sequence[Statement]) -> tuple[Statement, list[str]]:
    """One table's statement with what its sheet says beside it, and a note on each thing taken.

    A day is only taken when the table's own period does not end after it, or every row would lie
    in the future.
    """
    notes = []
    if not said.unit_text and (unit := _agreed((o.unit_text, o.unit_id) for o in others)):
        said = replace(said, unit_text=unit[0], unit_id=unit[1], named_id=None)
        notes.append(f"未写填报单位，按同一工作表所写“{unit[0]}”")
    named = _agreed((o.named_id, o.named_text) for o in others)
    if named and not said.unit_text and not said.named_id:
        said = replace(said, named_id=named[0], named_text=named[1])
    if not said.period_from:
        periods = ((o.period_from, o.period_to, o.is_since) for o in others)
        if period := _agreed(p for p in periods if p[0]):
            first, last, is_since = period
            said = replace(said, period_from=first, period_to=last, is_since=is_since)
            notes.append("未写时段，按同一工作表所写")
    day = _agreed(o.as_of for o in others)
    if not said.limit and day and not (said.period_to and said.period_to > day):
        said = replace(said, as_of=day)
        notes.append(f"未写截止日期，按同一工作表所写 {day}")
    filed = _agreed(o.filed for o in others)
    if not said.limit and filed and not (said.period_to and said.period_to > filed):
        said = replace(said, filed=filed)
        notes.append(f"未写填报日期，按同一工作表所写 {filed}")
    return said, notes


def cover_sender(grid: Grid, context: Context) -> tuple[str | None, str]:
    """The 填报单位 a cover or an instruction sheet states: unit and its text."""
    texts = (
        [grid.text(int(row), column) for column in sorted(grid.columns)]
        for row in grid.scan.rows[:_COVER_ROWS]
    )
    said = read_statement([[t for t in row if t.strip()] for row in texts], [], "", context)
    return said.unit_id, said.unit_text if said.unit_id else ""


def name_senders(verdicts: Sequence[SheetVerdict]) -> None:
    """Tables that do not say who sends them, when the cover does or all others say the same."""
    covers = {v.unit_id: v.unit_text for v in verdicts if not v.dataset and v.unit_id}
    tables = [v for v in verdicts if v.dataset]
    labels = {v.unit_id: v.unit_text for v in tables if v.unit_id}
    named = {v.named_unit_id for v in tables if v.named_unit_id}
    for table in (v for v in tables if not v.unit_text):
        said = covers or ({} if table.named_unit_id else labels)
        if len(said) == 1:
            ((table.unit_id, table.unit_text),) = said.items()
            table.named_unit_id = None
            table.notes.append(f"未写填报单位，按同一工作簿所写“{table.unit_text}”")
        elif not said and len(named) == 1 and not table.named_unit_id:
            (table.named_unit_id,) = named


def money_of(said: Statement, alike: Sequence[Statement]) -> tuple[Statement, list[str]]:
    """The unit of money of tables of the same kind in the same sheet, where this one is silent."""
    money = "" if said.money else _agreed(o.money for o in alike)
    if not money:
        return said, []
    return replace(said, money=money), [f"未写金额单位，按同一工作表所写“{money}”"]


def _agreed(values: Iterable[Value]) -> Value | None:
    """The one value that is stated, if it is one."""
    stated = {v for v in values if v and (not isinstance(v, tuple) or v[0])}
    return stated.pop() if len(stated) == 1 else None
