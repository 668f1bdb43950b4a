"""Totals since January told apart from totals of one month, in sheets that report totals.

A figure is cumulative when its own column or its month says so (累计数, 1—10月), or when the title
speaks of 1—N月 and every row stands under month N. The month's own figure is the difference of two
snapshots; that is SQL (core.fct_reported), here the rows are only marked.
"""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.cells.dates import is_month_span
from etl.declarations.column_types import Cumulative
from etl.declarations.text_keys import key
from etl.judge.records.judged_cells import Fault, FieldColumn, JudgedRows
from etl.layout.sheet_statements import Statement

Flags = NDArray[np.bool_]
_SINCE_JANUARY = re.compile("累计|累积")
_OF_THE_MONTH = re.compile("本月|当月|月数|月份数|单月")


def mark_cumulative(
    judged: JudgedRows,
    declared: Cumulative | None,
    statement: Statement,
    told: str | None = None,
) -> tuple[list[str], str]:
    """Set the flag of every record; rows without any figure are at fault.

    Returns what is to be said, and why the whole column is cumulative (empty when it is not).
    `told` is that ground as the original of corrected rows had it: a few rows cannot show it.
    """
    if declared is None:
        return [], ""
    amount, total = judged.fields[declared.amount], judged.fields[declared.total]
    _one_figure_at_least(judged, amount, total)
    flag = judged.fields[declared.flag]
    if flag.cell is not None:
        return [], ""
    month = judged.fields[declared.month]
    said = _by_month_text(month)
    notes = ["统计月份写作“1—N月”的行按累计数处理"] if said.any() else []
    ground = _ground(month, amount, statement) if told is None else told
    if ground:
        said[:] = True
        notes.append(ground)
    if notes:
        notes.append("当月数＝本期累计减上期累计")
    given = pc.is_valid(amount.values).to_numpy(zero_copy_only=False)
    flag.values = pa.array(said & given, pa.bool_())
    return notes, ground


def _one_figure_at_least(judged: JudgedRows, amount: FieldColumn, total: FieldColumn) -> None:
    empty = pc.and_(amount.values.is_null(), total.values.is_null())
    for index in pc.indices_nonzero(empty).to_pylist():
        if index in total.faults:
            continue
        amount.faults.setdefault(index, Fault("missing_required"))
        judged.is_sound[index] = False


def _by_month_text(month: FieldColumn) -> Flags:
    texts = month.raw.cast(pa.string()).to_pylist()
    spans = {text for text in set(texts) if text and is_month_span(text)}
    return np.array([text in spans for text in texts], bool)


def _ground(month: FieldColumn, amount: FieldColumn, statement: Statement) -> str:
    """Why the whole column is cumulative, in words; empty when it is not."""
    header = key(amount.cell.header) if amount.cell else ""
    if not header or _OF_THE_MONTH.search(header):
        return ""
    if _SINCE_JANUARY.search(header):
        return f"“{header}”按累计数处理"
    if statement.says_cumulative:
        return "标题写明累计，按累计数处理"
    first, last = statement.period_from, statement.period_to
    if not first or not last or first.month != 1 or last.month == 1 or first.year != last.year:
        return ""
    months = pc.drop_null(month.values.unique()).to_pylist()
    if months != [date(last.year, last.month, 1)]:
        return ""
    return f"标题写“1—{last.month}月”，各行都是 {last.month} 月，按累计数处理"
