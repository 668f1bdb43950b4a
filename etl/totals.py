"""Columns of counts and money added up twice, and stated 合计 rows held against their rows.

The first sum is taken from the texts of the grid, by code that knows nothing of the cleaners; it
must equal what was loaded plus what was rejected, to the cent, or the sheet is refused. A stated
total that differs from the rows it covers is told and kept; it never changes a figure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.addresses import column_letters
from etl.columns import FieldColumn, JudgedRows
from etl.declarations import Context
from etl.normalise import key
from etl.reader import Grid
from etl.refusal import RefusedError
from etl.rows import RECORD, SUBTOTAL, Rows, is_total

_PLAIN = re.compile(r"[¥￥]?(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)(\D*)", re.IGNORECASE)
_ADDED: Final = frozenset({"count", "amount"})
_CENT: Final = Decimal("0.000001")
_WIDEST: Final = pa.decimal128(38, 6)
_PARTS: Final = ("小计",)
_NO_SUMS: Final = ("平均", "累计", "其中")
_SAID_NOTES: Final = 5

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class ColumnSum:
    """One column added up: as written, loaded, rejected; `unread` cells hold no number."""

    field: str
    column: str
    header: str
    written: str
    loaded: str
    rejected: str
    unread: int


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


def column_sums(grid: Grid, rows: Rows, judged: JudgedRows, context: Context) -> list[ColumnSum]:
    """Every column of counts or money; `RefusedError` when a sum is not accounted for."""
    return [
        _column_sum(column, judged.is_sound) for column in _columns(grid, rows, judged, context)
    ]


def stated_totals(
    grid: Grid, rows: Rows, judged: JudgedRows, context: Context
) -> list[StatedTotal]:
    """The stated totals that differ from the rows they cover."""
    offsets = np.flatnonzero(rows.kinds == SUBTOTAL)
    if not len(offsets):
        return []
    labels = {int(o): _label(grid, int(o), context) for o in offsets}
    columns = list(_columns(grid, rows, judged, context))
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


@dataclass(frozen=True)
class _Column:
    """One added column: its texts in the grid, and how they are read."""

    judged: FieldColumn
    texts: pa.StringArray
    records: Ints
    factors: Mapping[str, Decimal]
    grid_first_row: int

    def amounts(self, offsets: Ints) -> tuple[Decimal, int]:
        """Sum over grid offsets, and how many filled cells hold no number."""
        texts = self.texts.take(pa.array(offsets))
        plain = pc.fill_null(pc.match_substring_regex(texts, self._exact), False)
        digits = texts.filter(plain).cast(_WIDEST)
        total = Decimal(pc.sum(digits).as_py() or 0) * self.factors[""]
        unread = 0
        for pair in pc.value_counts(texts.filter(pc.invert(plain))).to_pylist():
            text, count = pair["values"], pair["counts"]
            value = self.read(text) if text and text.strip() else None
            total += (value or 0) * count
            unread += count if text and text.strip() and value is None else 0
        return total, unread

    @property
    def _exact(self) -> str:
        """Bare digits whose value in the declared unit needs no rounding."""
        lost = max(0, -self.factors[""].normalize().adjusted())
        return rf"^\d{{1,12}}(?:\.\d{{1,{6 - lost}}})?$"

    def read(self, text: str) -> Decimal | None:
        """Digits with at most a unit word behind them, else what the declared rule made of it."""
        word = "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "")
        match = _PLAIN.fullmatch(word)
        if match and match[2] in self.factors:
            value = Decimal(match[1]) * self.factors[match[2]]
            return value.quantize(_CENT, ROUND_HALF_UP)
        return self._by_rule(text)

    def _by_rule(self, text: str) -> Decimal | None:
        """三起, 5起3人 and — count as the rule that accepted them says."""
        field = self.judged
        number = pc.index(field.raw.dictionary, text).as_py() if len(field.raw) else -1
        record = -1 if number < 0 else pc.index(field.raw.indices, number).as_py()
        value = field.values[record].as_py() if record >= 0 else None
        return None if value is None else Decimal(value)


def _columns(grid: Grid, rows: Rows, judged: JudgedRows, context: Context) -> Iterator[_Column]:
    records = np.flatnonzero(rows.kinds == RECORD)
    for field in judged.fields.values():
        if field.cell is not None and field.column.type in _ADDED:
            texts = grid.columns[field.cell.column]
            yield _Column(field, texts, records, _factors(field, context), grid.first_row)


def _factors(field: FieldColumn, context: Context) -> dict[str, Decimal]:
    """Unit word → what one of it is in the declared unit; 1 where units do not convert."""
    money = {unit: Decimal(factor) for unit, factor in context.words["money"].items()}
    declared = money.get(field.column.unit)
    if declared is None:
        return dict.fromkeys(["", *context.words["measure"]], Decimal(1))
    here = money.get(field.unit, declared)
    return {"": here / declared} | {unit: factor / declared for unit, factor in money.items()}


def _column_sum(column: _Column, is_sound: Flags) -> ColumnSum:
    field, cell = column.judged, column.judged.cell
    assert cell is not None  # noqa: S101
    loaded = Decimal(pc.sum(field.values.filter(pa.array(is_sound))).as_py() or 0)
    sound, _ = column.amounts(column.records[is_sound])
    rejected, _ = column.amounts(column.records[~is_sound])
    written, unread = column.amounts(column.records)
    if sound != loaded or written != loaded + rejected:
        raise RefusedError(
            "unbalanced_sum",
            column=cell.header,
            detail=f"原表 {_plain(written)}，接收 {_plain(loaded)}，退回 {_plain(rejected)}",
        )
    letter = column_letters(cell.column)
    whole, taken, returned = map(_plain, (written, loaded, rejected))
    return ColumnSum(field.column.field, letter, cell.header, whole, taken, returned, unread)


def _disagreement(
    column: _Column, offset: int, label: str, labels: Mapping[int, str]
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
        *(column_letters(cell.column), cell.header, _plain(stated), _plain(total)),
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


def _plain(number: Decimal) -> str:
    """12.5, not 12.500000."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def documents(items: Iterable[ColumnSum | StatedTotal]) -> list[dict[str, Any]]:
    """As they stand in verdict.json; a disagreement with its sentence."""
    return [
        asdict(item) | ({"reason": item.sentence()} if isinstance(item, StatedTotal) else {})
        for item in items
    ]
