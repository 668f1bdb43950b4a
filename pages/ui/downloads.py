"""Files people take away: no text cell becomes a formula, synthetic data say so in the name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from reports.files import file_name
from warehouse import formats

__all__ = ["cell", "csv_bytes", "file_name"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_bytes(heads: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A CSV that Excel opens in Chinese: BOM, Chinese heads, text guarded, numbers as numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads.values())
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in heads])
    return out.getvalue().encode("utf-8-sig")


def cell(value: Any) -> Any:
    """A number as it is, a day as ISO text, a quote before text a program might execute."""
    if formats.is_missing(value):
        return ""
    if isinstance(value, date):
        return formats.day_iso(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
