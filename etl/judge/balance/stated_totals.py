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
import pyarrow as pa
import pyarrow.compute as pc

from etl.declarations.cell_addresses import column_letters
from etl.declarations.declarations import Context
from etl.declarations.text_keys import key
from etl.formats.grid.reader import Grid
from etl.judge.balance.column_sums import AddedColumn, Ints, added_columns, plain
from etl.judge.records.judged_cells import JudgedRows
from etl.layout.row_kinds import SUBTOTAL, Rows
from etl.layout.row_words import is_total
from etl.layout.table_edges import RECORD

_PARTS: Final = ("小计",)
_NO_SUMS: Final = ("平均", "累计", "其中")
_SAID_NOTES: Final = 5
_NAMING: Final = frozenset({"code", "month", "year", "place", "department", "actor"})


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
    labels = _labels(grid, rows, context)
    columns = list(added_columns(grid, rows, judged, context)) if labels else []
    plain_words = frozenset(context.words["total"])
    return [
        found
        for offset, label in labels.items()
        if _is_sum(label)
        for alike in [_rows_alike(grid, offset, judged, rows, context)]
        for column in columns
        if (found := _disagreement(column, offset, labels, alike, plain_words))
    ]


def unread_totals(grid: Grid, rows: Rows, judged: JudgedRows, context: Context) -> list[str]:
    """Cells of total rows that hold an error, an uncalculated formula or no number, in words."""
    labels = {o: label for o, label in _labels(grid, rows, context).items() if _is_sum(label)}
    said = []
    for column in added_columns(grid, rows, judged, context) if labels else ():
        cell = column.judged.cell
        for offset, label in labels.items():
            if cell and (why := _unread(grid, grid.first_row + offset, column, offset, context)):
                row = grid.first_row + offset
                said.append(f"第 {row} 行“{label}”的“{cell.header}”{why}，没有核对")
    return said[:_SAID_NOTES]


def _unread(grid: Grid, row: int, column: AddedColumn, offset: int, context: Context) -> str:
    number = column.judged.cell.column if column.judged.cell else 0
    if (row, number) in grid.scan.errors:
        return f"是错误值 {grid.scan.errors[row, number]}"
    if (row, number) in grid.scan.uncalculated:
        return "是未计算的公式"
    text = (column.texts[offset].as_py() or "").strip()
    if not text or key(text) in context.words["marker"] or column.read(text) is not None:
        return ""
    return f"“{text[:12]}”读不出数"


def _labels(grid: Grid, rows: Rows, context: Context) -> dict[int, str]:
    offsets = np.flatnonzero(rows.kinds == SUBTOTAL)
    return {int(o): label for o in offsets if (label := _label(grid, int(o), context))}


def _is_sum(label: str) -> bool:
    return not label.startswith(_NO_SUMS) and not any(n in label for n in _NO_SUMS[:2])


def _rows_alike(grid: Grid, offset: int, judged: JudgedRows, rows: Rows, context: Context) -> Ints:
    """The records a total row speaks of: those of the month, item or unit it names itself."""
    records = np.flatnonzero(rows.kinds == RECORD)
    for field in judged.fields.values():
        if field.cell is None or field.column.type not in _NAMING:
            continue
        text = grid.text(grid.first_row + offset, field.cell.column).strip()
        if text and not is_total(text, context):
            cells = grid.columns[field.cell.column].take(pa.array(records))
            same = pc.fill_null(pc.equal(pc.utf8_trim_whitespace(cells), text), False)
            mine = records[same.to_numpy(zero_copy_only=False)]
            records = mine if len(mine) else records
    return records


def total_notes(totals: Iterable[StatedTotal]) -> list[str]:
    """The first disagreements in words."""
    said = [total.sentence() for total in totals]
    more = len(said) - _SAID_NOTES
    return said[:_SAID_NOTES] + ([f"另有 {more} 处合计与各行相加不符"] if more > 0 else [])


def _disagreement(
    column: AddedColumn,
    offset: int,
    labels: Mapping[int, str],
    records: Ints,
    plain_words: frozenset[str],
) -> StatedTotal | None:
    field, cell, label = column.judged, column.judged.cell, labels[offset]
    text = column.texts[offset].as_py() or ""
    stated = column.read(text) if text.strip() else None
    if stated is None or cell is None:
        return None
    covered = list(_covered(offset, labels, records, plain_words))
    sums = [(covers, *column.amounts(part)) for covers, part in covered]
    if any(_agrees(stated, total, text) for _, total, _ in sums):
        return None
    covers, total, unread = sums[0]
    return StatedTotal(
        *(column.grid_first_row + offset, label, field.column.field),
        *(column_letters(cell.column), cell.header, plain(stated), plain(total)),
        *(covers, unread),
    )


def _covered(
    offset: int, labels: Mapping[int, str], records: Ints, plain_words: frozenset[str]
) -> Iterator[tuple[str, Ints]]:
    """The rows a total may speak for: 合计 the table, 小计 or 甲局合计 its group above or below.

    Where 合计 stands more than once it may be either; the likeliest comes first.
    """
    label = labels[offset]
    is_part = label.endswith(_PARTS)
    has_group = is_part or not _is_plain(label, plain_words)
    if has_group or sum(other == label for other in labels.values()) > 1:
        above = max((o for o in labels if o < offset), default=-1)
        below = min((o for o in labels if o > offset), default=2**40)
        group = records[(records > above) & (records < offset)]
        under = records[(records > offset) & (records < below)]
        parts = [part for part in (group, under) if len(part)]
        yield from (("group", part) for part in parts or ([group] if is_part else []))
    if not is_part:
        yield "table", records


def _is_plain(label: str, plain_words: frozenset[str]) -> bool:
    """合计, 合计（起）, 合计12起; not 甲局合计."""
    return label.startswith(tuple(plain_words))


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
