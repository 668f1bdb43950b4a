"""Stated 合计 and 小计 rows held against the rows they cover.

A stated total that differs is told and kept; it never changes a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np

from etl.addresses import column_letters
from etl.columns import JudgedRows
from etl.declarations import Context
from etl.normalise import key
from etl.reader import Grid
from etl.rows import SUBTOTAL, Rows, is_total
from etl.totals import AddedColumn, Ints, added_columns, plain

_PARTS: Final = ("小计",)
_NO_SUMS: Final = ("平均", "累计", "其中")
_SAID_NOTES: Final = 5


@dataclass(frozen=True)
class StatedTotal:
    """A stated total that is not the sum of its rows, in the column's own unit."""

    row: int
    label: str
    field: str
    column: str
    header: str
    stated: str
    summed: str
    covers: str
    unread: int

    def sentence(self) -> str:
        """The disagreement in one line."""
        more = f"（另有 {self.unread} 格读不出数）" if self.unread else ""
        return (
            f"第 {self.row} 行“{self.label}”的“{self.header}”写 {self.stated}，"
            f"所含各行相加为 {self.summed}{more}"
        )


def stated_totals(
    grid: Grid, rows: Rows, judged: JudgedRows, context: Context
) -> list[StatedTotal]:
    """The stated totals that differ from the rows they cover."""
    offsets = np.flatnonzero(rows.kinds == SUBTOTAL)
    if not len(offsets):
        return []
    labels = {int(o): _label(grid, int(o), context) for o in offsets}
    columns = list(added_columns(grid, rows, judged, context))
    return [
        found
        for offset, label in labels.items()
        if label and not label.startswith(_NO_SUMS) and not any(n in label for n in _NO_SUMS[:2])
        for column in columns
        if (found := _disagreement(column, offset, label, labels))
    ]


def total_notes(totals: Iterable[StatedTotal]) -> list[str]:
    """The first disagreements in words."""
    said = [total.sentence() for total in totals]
    more = len(said) - _SAID_NOTES
    return said[:_SAID_NOTES] + ([f"另有 {more} 处合计与各行相加不符"] if more > 0 else [])


def _disagreement(
    column: AddedColumn, offset: int, label: str, labels: Mapping[int, str]
) -> StatedTotal | None:
    field, cell = column.judged, column.judged.cell
    text = column.texts[offset].as_py() or ""
    stated = column.read(text) if text.strip() else None
    if stated is None or cell is None:
        return None
    covered = list(_covered(offset, label, labels, column.records))
    sums = [column.amounts(records) for records in covered]
    if any(_agrees(stated, total, text) for total, _ in sums):
        return None
    is_part = label.endswith(_PARTS)
    total, unread = sums[0]
    return StatedTotal(
        *(column.grid_first_row + offset, label, field.column.field),
        *(column_letters(cell.column), cell.header, plain(stated), plain(total)),
        *("group" if is_part else "table", unread),
    )


def _covered(offset: int, label: str, labels: Mapping[int, str], records: Ints) -> Iterator[Ints]:
    """The rows a total may speak for: 合计 the table, 小计 its group, above or below it."""
    is_part = label.endswith(_PARTS)
    same = [o for o, other in labels.items() if other == label]
    if not is_part:
        yield records
    if is_part or len(same) > 1:
        above = max((o for o in labels if o < offset), default=-1)
        below = min((o for o in labels if o > offset), default=2**40)
        group = records[(records > above) & (records < offset)]
        under = records[(records > offset) & (records < below)]
        yield from [part for part in (group, under) if len(part)] or [group]


def _agrees(stated: Decimal, total: Decimal, text: str) -> bool:
    """Equal at the digits the total is written with."""
    if stated == total:
        return True
    digits = re.search(r"\.(\d+)", text)
    step = Decimal(1).scaleb(-min(len(digits[1]) if digits else 0, 6))
    has_parts = total != total.to_integral_value()
    return has_parts and abs(stated - total) <= step / 2


def _label(grid: Grid, offset: int, context: Context) -> str:
    """The word that makes a row a total."""
    for number in sorted(grid.columns):
        text = grid.text(grid.first_row + offset, number)
        if text and is_total(text, context):
            return key(text)
    return ""


def total_documents(totals: Iterable[StatedTotal]) -> list[dict[str, Any]]:
    """As they stand in verdict.json, each with its sentence."""
    return [asdict(total) | {"reason": total.sentence()} for total in totals]
