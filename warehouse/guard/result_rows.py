"""Rows of an analyst query, made flat and small enough to show: limits on rows, bytes, cells.

Screen, CSV and Excel get the same plain columns: text, yes or no, days and times, numbers of no
more digits than each of them keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

BATCH = 1_000
EXACT_DIGITS = 15  # a double and a cell of Excel keep so many
MOST_NAME = 100  # an expression without a name is its own name, however long
PLAIN_KINDS = (
    pa.types.is_string,
    pa.types.is_boolean,
    pa.types.is_date,
    pa.types.is_time,
)
BYTE_KINDS = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary)


class TooManyColumns(Exception):
    """A result wider than any screen."""


@dataclass(frozen=True)
class Fetched:
    """The rows to show, and what was left out."""

    table: pa.Table
    truncated: bool
    cut_cells: int
    blank_cells: int

    @property
    def said(self) -> dict[str, Any]:
        """The part of the reply that is not rows."""
        return {
            "rows": len(self.table),
            "truncated": self.truncated,
            "cut_cells": self.cut_cells,
            "blank_cells": self.blank_cells,
        }


def fetch(answer: Any, limits: dict[str, int], folder: str) -> Fetched:
    """Read a streamed answer until it ends or a limit is met; `folder` is not for showing."""
    if len(answer.columns) > limits["sql_columns"]:
        raise TooManyColumns(str(len(answer.columns)))
    reader = answer.to_arrow_reader(BATCH)
    most_rows, most_bytes = limits["sql_rows"], limits["sql_result_mb"] * 2**20
    batches, rows, size = [], 0, 0
    for batch in reader:
        batches.append(batch)
        rows, size = rows + len(batch), size + batch.nbytes
        if rows > most_rows or size > most_bytes:
            break
    table = pa.Table.from_batches(batches, reader.schema).slice(0, most_rows)
    plain = pa.table([flat(c) for c in table.columns], names=distinct(table.column_names))
    plain, cut_cells = with_cut_texts(without(folder, plain), limits["sql_cell_characters"])
    kept = shrunk(plain, most_bytes)
    truncated = len(kept) < rows or size > most_bytes
    return Fetched(kept, truncated, cut_cells, blank_cells(table, plain))


def without(folder: str, table: pa.Table) -> pa.Table:
    """The table with the place of the file left out; DuckDB's own tables know it."""
    for number, column in enumerate(table.columns):
        if pa.types.is_string(column.type):
            texts = pc.replace_substring(column, folder, "（路径略）")
            table = table.set_column(number, table.field(number).name, texts)
    return table


def with_cut_texts(table: pa.Table, most: int) -> tuple[pa.Table, int]:
    """The table without longer texts than a cell of a workbook holds; how many were longer."""
    cut_cells = 0
    for number, column in enumerate(table.columns):
        if pa.types.is_string(column.type):
            longer = pc.sum(pc.greater(pc.utf8_length(column), most)).as_py()
            if longer:
                cut_cells += longer
                cut = pc.utf8_slice_codeunits(column, 0, most)
                table = table.set_column(number, table.field(number).name, cut)
    return table, cut_cells


def blank_cells(before: pa.Table, after: pa.Table) -> int:
    """Cells that show nothing because no number can stand there: x/0, 0/0."""
    pairs = zip(before.columns, after.columns, strict=True)
    return int(sum(new.null_count - old.null_count for old, new in pairs))


def flat(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of plain values; whatever a table cannot show becomes text."""
    kind = column.type
    if is_plain(kind):
        return column
    if pa.types.is_null(kind):
        return column.cast(pa.string())
    if is_number(kind):
        return _number(column)
    if pa.types.is_timestamp(kind):
        return _texts(column.cast(pa.timestamp("us")), _local)
    if any(test(kind) for test in BYTE_KINDS):
        return _texts(column, bytes.hex)
    return _texts(column, _duration if pa.types.is_interval(kind) else str)


def is_plain(kind: pa.DataType) -> bool:
    """Whether screen and files can show values of this kind as they are."""
    if pa.types.is_timestamp(kind):
        return kind.tz is None
    return any(test(kind) for test in PLAIN_KINDS)


def is_number(kind: pa.DataType) -> bool:
    """Integers, decimals and floats of any width."""
    return bool(
        pa.types.is_integer(kind) or pa.types.is_decimal(kind) or pa.types.is_floating(kind)
    )


def _number(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole numbers and doubles; numbers with more digits than those keep are text."""
    kind = column.type
    if pa.types.is_floating(kind):
        wide = column.cast(pa.float64())
        return pc.if_else(pc.is_finite(wide), wide, pa.scalar(None, pa.float64()))
    scale = kind.scale if pa.types.is_decimal(kind) else 0
    ends = pc.min_max(column).as_py()
    most = max((abs(value) for value in ends.values() if value is not None), default=0)
    if most >= 10 ** (EXACT_DIGITS - scale):
        return _texts(column, str)
    # By its text: the cast straight to a double multiplies by 0.1 and loses the last digit.
    return column.cast(pa.string()).cast(pa.float64()) if scale else column.cast(pa.int64())


def _local(value: datetime) -> str:
    return value.replace(tzinfo=UTC).astimezone().isoformat(" ", "seconds")


def _duration(value: Any) -> str:
    """`2个月3天`, `4:05:06`."""
    seconds = value.nanoseconds // 10**9
    clock = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    parts = [(value.months, "个月"), (value.days, "天")]
    said = "".join(f"{count}{unit}" for count, unit in parts if count)
    return said + (clock if seconds or not said else "")


def _texts(column: pa.ChunkedArray, text: Callable[[Any], str]) -> pa.ChunkedArray:
    values = [None if value is None else text(value) for value in column.to_pylist()]
    return pa.chunked_array([pa.array(values, pa.string())])


def distinct(names: list[str]) -> list[str]:
    """Column names in which none stands twice: `数`, `数_2`."""
    found: list[str] = []
    for long_name in names:
        name = long_name.strip()[:MOST_NAME] or "无名"
        number, other = 2, name
        while other in found:
            other, number = f"{name}_{number}", number + 1
        found.append(other)
    return found


def shrunk(table: pa.Table, most_bytes: int) -> pa.Table:
    """As many of the first rows as fit."""
    while table.nbytes > most_bytes and len(table):
        table = table.slice(0, len(table) // 2)
    return table
