"""The types a column of columns.csv can have, and how each is stored in the lake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

AMOUNT: Final = pa.decimal128(18, 6)
"""Six places: an amount in 万元 written in 元 keeps its cents."""

ARROW_TYPES: Final[dict[str, pa.DataType]] = {
    "text": pa.string(),
    "date": pa.date32(),
    "month": pa.date32(),
    "year": pa.int32(),
    "count": pa.int32(),
    "amount": AMOUNT,
    "rate": pa.decimal128(18, 4),
    "flag": pa.bool_(),
    "code": pa.string(),
    "place": pa.string(),
    "department": pa.string(),
    "actor": pa.string(),
    "id_number": pa.string(),
}

READINGS: Final[dict[str, str]] = {
    "deadline": "date",
    "expiry": "date",
    "month_or_span": "month",
    "person": "text",
    "enterprise": "text",
    "credit_code": "text",
    "tally": "amount",
}
"""How a column may be read more closely than its type says, and the type it goes with.

A tally is an amount that counts cases or people: — and 无 are zero there, as in a count.
"""

COUNTED: Final[tuple[tuple[str, pa.DataType], ...]] = (
    ("death_count", pa.int32()),
    ("hazard_grade_code", pa.string()),
)
"""Fields named beside “退回 n 行”: deaths, and whether a hazard is a major one."""

CASE: Final[tuple[tuple[str, pa.DataType], ...]] = (
    ("identity_key", pa.string()),
    ("name_key", pa.string()),
    ("case_key", pa.string()),
    ("likeness_key", pa.string()),
)
"""What tells which case a row is (`etl.judge.records.case_keys`)."""

DISTINCTIVE: Final = r"[A-Za-z一-鿿].*\d|\d.*[A-Za-z一-鿿]|\d[-/.]\d|\d{4}"
"""A number in two rows means one case; 1, 2, 3 down a column is only counting."""

READABLE: Final[tuple[tuple[str, pa.DataType], ...]] = (
    ("identity_key", pa.string()),
    ("business_date", pa.date32()),
    *COUNTED,
)
"""What is kept of a row that is handed back, where its cells can be read."""


@dataclass(frozen=True)
class Cumulative:
    """Fields of a source whose figures may be totals since January (see cumulative)."""

    month: str
    amount: str
    total: str
    flag: str
