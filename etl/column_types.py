"""The types a column of columns.csv can have, and how each is stored in the lake."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

ARROW_TYPES: Final[dict[str, pa.DataType]] = {
    "text": pa.string(),
    "date": pa.date32(),
    "month": pa.date32(),
    "year": pa.int32(),
    "count": pa.int32(),
    "amount": pa.decimal128(18, 4),
    "flag": pa.bool_(),
    "code": pa.string(),
    "place": pa.string(),
    "department": pa.string(),
    "actor": pa.string(),
    "id_number": pa.string(),
}
