"""The records of a table, with what was found in each cell: text, value, fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.declarations.fields import Column
from etl.recognise.header_matching import HeaderCell

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell."""

    code: str
    note: str = ""


@dataclass
class FieldColumn:
    """One field over all records: raw text, typed value, faults by record."""

    column: Column
    cell: HeaderCell | None
    raw: pa.Array
    values: pa.Array
    faults: dict[int, Fault] = field(default_factory=dict)
    unit: str = ""
    doubts: dict[int, Fault] = field(default_factory=dict)
    """Cells nobody can read of records that count all the same: 未归属, 未分类."""


@dataclass(frozen=True)
class JudgedRows:
    """All records of a sheet with their faults."""

    row_numbers: Ints
    fields: Mapping[str, FieldColumn]
    unread: frozenset[int]
    business_dates: pa.Array
    is_sound: Flags
    limit: date | None
    """No row may lie after it: 截至, else the day of filling in."""
    is_yearly: bool
    own_place: str = ""
    """The sender's name, where no column says where things are and all of them are there."""


def contest_note(cells: Sequence[HeaderCell]) -> str:
    """Which columns could each be the one that is missing."""
    names = "".join(f"“{cell.header}”" for cell in cells)
    return f"（表头{names}都可能是，分不清用哪一列）" if cells else ""
