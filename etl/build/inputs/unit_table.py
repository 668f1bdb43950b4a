"""The units of a profile as the warehouse takes them: when each begins and ends, by month."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pyarrow as pa

from warehouse.models.database import Connection, put_table

WRITTEN = re.compile(r"\d{4}-\d{2}(-\d{2})?")
VALID = {"valid_from": "起始", "valid_to": "终止"}


def put_units(connection: Connection, folder: Path) -> None:
    """`profile.units` of a profile's folder; ValueError, in words, where a date is none."""
    with (folder / "units.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    table = [row | {name: month_of(row, name) for name in VALID} for row in rows]
    put_table(connection, "profile.units", pa.Table.from_pylist(table))


def month_of(unit: dict[str, str], name: str) -> str:
    """`2026-03` of 2026-03 or 2026-03-15, empty for always: a unit counts by whole months."""
    text = unit[name].strip()
    if not text:
        return ""
    try:
        if not WRITTEN.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(f"{text}-01"[:10]).strftime("%Y-%m")
    except ValueError:
        raise ValueError(
            f"units.csv 中“{unit['name_zh']}”的{VALID[name]}日期“{text}”不是日期，"
            "应写成 2026-03-01 或 2026-03，空着表示不限"
        ) from None
