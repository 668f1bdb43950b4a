"""Faults a whole column shares, told once: a required column that is not there faults every row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MISSING_COLUMN = "missing_column"


def told_once(rejects: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The faults with those of a missing column as one, which says how many rows it concerns.

    Each fault gains `row_count`; the one of a missing column stands at the first of its rows.
    """
    told: list[dict[str, Any]] = []
    columns: dict[str, dict[str, Any]] = {}
    for reject in rejects:
        if reject.get("code") != MISSING_COLUMN:
            told.append({**reject, "row_count": 1})
        elif known := columns.get(reject["field"]):
            known["row_count"] += 1
        else:
            columns[reject["field"]] = {**reject, "row_count": 1}
    return [*columns.values(), *told]
