"""What tables of one sheet leave unsaid, when all that speak of it say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from etl.statements import Statement

Value = TypeVar("Value")


def complete(said: Statement, others: Sequence[Statement]) -> tuple[Statement, list[str]]:
    """One table's statement with what its sheet says beside it, and a note on each thing taken.

    A day is only taken when the table's own period does not end after it, or every row would lie
    in the future.
    """
    notes = []
    if not said.unit_text and (unit := _agreed((o.unit_text, o.unit_id) for o in others)):
        said = replace(said, unit_text=unit[0], unit_id=unit[1])
        notes.append(f"未写填报单位，按同一工作表所写“{unit[0]}”")
    if not said.period_from:
        periods = ((o.period_from, o.period_to, o.is_since) for o in others)
        if period := _agreed(p for p in periods if p[0]):
            first, last, is_since = period
            said = replace(said, period_from=first, period_to=last, is_since=is_since)
            notes.append("未写时段，按同一工作表所写")
    day = _agreed(o.as_of for o in others)
    if not said.as_of and day and not (said.period_to and said.period_to > day):
        said = replace(said, as_of=day)
        notes.append(f"未写截止日期，按同一工作表所写 {day}")
    return said, notes


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
