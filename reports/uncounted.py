"""What came in and counts nowhere yet, in words: tables that wait, rows handed back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


def waiting(rows: Sequence[Row]) -> str:
    """`1 份事故台账（表中 5 起 6 人）`: what waits for a person among rows of `uncounted`."""
    found = _of("waiting", rows)
    return "；".join(f"{row['book_count']} 份{_kind(row)}{_read(row)}" for row in found)


def waiting_reasons(rows: Sequence[Row]) -> str:
    """Why they wait."""
    return "；".join(row["waiting_reason_zh"] or "" for row in _of("waiting", rows))


def returned(rows: Sequence[Row]) -> str:
    """`事故台账退回 2 行（死亡 1 人）`: what was handed back among rows of `uncounted`."""
    found = _of("returned", rows)
    return "；".join(f"{_kind(row)}退回 {row['row_count']} 行{_dead(row)}" for row in found)


def returned_in_all(rows: Sequence[Row]) -> str:
    """`退回 5 行（死亡 1 人）未计`, all kinds together, where there is room for no more."""
    found = _of("returned", rows)
    if not found:
        return ""
    deaths = sum(row["death_count"] or 0 for row in found)
    return f"退回 {sum(r['row_count'] for r in found)} 行{_dead({'death_count': deaths})}未计"


def _of(reason: str, rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["reason"] == reason]


def _kind(row: Row) -> str:
    return f"{row['dataset_zh']}台账" if row["dataset"] else str(row["dataset_zh"])


def _dead(row: Row) -> str:
    return f"（死亡 {row['death_count']} 人）" if row["death_count"] else ""


def _read(row: Row) -> str:
    """Nothing where nothing could be read."""
    if row["row_count"] is None:
        return ""
    if row["death_count"] is None:
        return f"（表中 {row['row_count']} 行）"
    return f"（表中 {row['row_count']} 起 {row['death_count']} 人）"
