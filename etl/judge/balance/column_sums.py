"""Columns of counts and money added up twice.

The first sum is taken from the texts of the grid, by code that knows nothing of the cleaners; it
must equal what was loaded plus what was rejected, to the cent, or the sheet is refused.
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

from etl.declarations.cell_addresses import column_letters
from etl.declarations.declarations import Context
from etl.declarations.refusal import RefusedError
from etl.formats.grid.reader import Grid
from etl.judge.records.judged_cells import FieldColumn, JudgedRows
from etl.layout.row_kinds import Rows
from etl.layout.table_edges import RECORD

_PLAIN = re.compile(r"[¥￥]?(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)(\D*)", re.IGNORECASE)
_APART = re.compile(r"[\d.]\s+\d")
"""3 1 is no 31: what its column's rule made of it holds."""

_ADDED: Final = frozenset({"count", "amount"})
_CENT: Final = Decimal("0.000001")
_DIGITS: Final = 20
"""No count and no sum of money is longer; a decimal cannot round what is."""
_WIDEST: Final = pa.decimal128(38, 6)

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


def column_sums(grid: Grid, rows: Rows, judged: JudgedRows, context: Context) -> list[ColumnSum]:
    """Every column of counts or money; `RefusedError` when a sum is not accounted for."""
    return [
        _column_sum(column, judged.is_sound)
        for column in added_columns(grid, rows, judged, context)
    ]


@dataclass(frozen=True)
class AddedColumn:
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
        match = None if _APART.search(text.strip()) else _PLAIN.fullmatch(word)
        if match and match[2] in self.factors:
            value = Decimal(match[1]) * self.factors[match[2]]
            if value.adjusted() < _DIGITS:
                return value.quantize(_CENT, ROUND_HALF_UP)
        return self._by_rule(text)

    def _by_rule(self, text: str) -> Decimal | None:
        """三起, 5起3人 and — count as the rule that accepted them says."""
        field = self.judged
        number = pc.index(field.raw.dictionary, text).as_py() if len(field.raw) else -1
        record = -1 if number < 0 else pc.index(field.raw.indices, number).as_py()
        value = field.values[record].as_py() if record >= 0 else None
        return None if value is None else Decimal(value)


def added_columns(
    grid: Grid, rows: Rows, judged: JudgedRows, context: Context
) -> Iterator[AddedColumn]:
    """The columns of counts and money that the sheet has."""
    records = np.flatnonzero(rows.kinds == RECORD)
    for field in judged.fields.values():
        if field.cell is not None and field.column.type in _ADDED:
            texts = grid.columns[field.cell.column]
            yield AddedColumn(field, texts, records, _factors(field, context), grid.first_row)


def _factors(field: FieldColumn, context: Context) -> dict[str, Decimal]:
    """Unit word → what one of it is in the declared unit; 1 where units do not convert."""
    money = {unit: Decimal(factor) for unit, factor in context.words["money"].items()}
    declared = money.get(field.column.unit)
    if declared is None:
        return dict.fromkeys(["", *context.words["measure"]], Decimal(1))
    here = money.get(field.unit, declared)
    return {"": here / declared} | {unit: factor / declared for unit, factor in money.items()}


def _column_sum(column: AddedColumn, is_sound: Flags) -> ColumnSum:
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
            detail=f"原表 {plain(written)}，接收 {plain(loaded)}，退回 {plain(rejected)}",
        )
    letter = column_letters(cell.column)
    whole, taken, returned = map(plain, (written, loaded, rejected))
    return ColumnSum(field.column.field, letter, cell.header, whole, taken, returned, unread)


def plain(number: Decimal) -> str:
    """12.5, not 12.500000."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def documents(sums: Iterable[ColumnSum]) -> list[dict[str, Any]]:
    """As they stand in verdict.json."""
    return [asdict(entry) for entry in sums]
