"""For which period a table speaks, and up to which day: its data's day.

The period is what title, tab or 截至 state. A day of filling in (填报日期) is no period: before the
period's last day it says how far the table can know, after it it says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from etl.judge.records.judged_cells import JudgedRows
from etl.layout.sheet_statements import Statement, month_end


@dataclass(frozen=True)
class Period:
    """First and last day a table speaks for by its words, and the day its data reach."""

    first: date | None
    last: date | None
    data_day: date | None
    notes: tuple[str, ...] = ()


def period_of(judged: JudgedRows, statement: Statement) -> Period:
    """The stated period, else the months of the sound dates; never past the data's day."""
    days = judged.business_dates.filter(pa.array(judged.is_sound))
    first, last = (pc.min_max(days)[k].as_py() for k in ("min", "max"))
    statement = _with_months(statement, first, last)
    end, notes = _end(statement, last, judged.is_yearly)
    start = statement.period_from or (first.replace(day=1) if first else None)
    if start and end and first and last and (first < start or last > end):
        outside = pc.sum(pc.or_(pc.less(days, start), pc.greater(days, end))).as_py()
        notes.append(f"有 {outside} 行日期不在表中所述时段 {start} 至 {end} 内")
    return Period(start, end, _data_day(end, statement), tuple(notes))


def _with_months(statement: Statement, first: date | None, last: date | None) -> Statement:
    """Months of a tab or title in the stated year, where no row lies outside them."""
    months = statement.months_of_year
    if not months or (first and last and not months[0] <= first <= last <= months[1]):
        return statement
    return replace(statement, period_from=months[0], period_to=months[1])


def _end(statement: Statement, last: date | None, is_yearly: bool) -> tuple[date | None, list[str]]:
    """The last day spoken for: stated, up to 截至, else by the filing day, else by the rows."""
    as_of = statement.as_of
    cut = month_end(as_of.year, as_of.month) if as_of else None
    stated = None if statement.is_since else statement.period_to
    if cut:
        return (min(stated, cut) if stated else cut), []
    if stated:
        return stated, []
    if statement.filed and not is_yearly:
        return _by_filing(statement.filed, last)
    if last:
        return (date(last.year, 12, 31) if is_yearly else month_end(last.year, last.month)), []
    return None, []


def _by_filing(filed: date, last: date | None) -> tuple[date, list[str]]:
    """To the end of the month before the filing day, or to that day if a row lies in its month."""
    if last and last >= filed.replace(day=1):
        return filed, [f"未写统计时段，有当月的行，按数据到填报日期 {filed}"]
    end = filed.replace(day=1) - timedelta(days=1)
    return end, [f"未写统计时段，按填报日期 {filed} 的上月末，数据到 {end}"]


def _data_day(end: date | None, statement: Statement) -> date | None:
    """截至, else the period's end; an earlier day of filling in caps both.

    截至 may lie after the period: a list of last year's hazards states where they stand today.
    """
    caps = (day for day in (statement.as_of or end, statement.filed) if day)
    return min(caps, default=None)
