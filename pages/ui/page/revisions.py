"""How many figures of a month the served build has otherwise than its edition."""

from __future__ import annotations

from datetime import date

from pages.ui.access import cache


def revised_count(month: str) -> int:
    """Figures whose value differs from the edition's; 0 where there is no edition."""
    if month not in cache.editions():
        return 0
    span_month = date.fromisoformat(f"{month}-01")
    today = _values(cache.current_rows("month_values", span_month=span_month))
    then = _values(cache.edition_rows(month, "month_values", span_month=span_month))
    return sum(today.get(key) != then.get(key) for key in today.keys() | then.keys())


def _values(rows: list[cache.Row]) -> dict[tuple[str, ...], object]:
    return {tuple(v for k, v in row.items() if k != "value"): row["value"] for row in rows}
