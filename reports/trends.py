"""The months behind a figure, and the small chart that fits how it behaves in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from reports import sparklines
from reports.safe_html import Safe
from warehouse import formats

Figure = Mapping[str, Any]
Series = dict[date, float | None]


class Trends:
    """Values by indicator, role, kind of span and month: rows of `figure_trends.sql`."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._series: dict[tuple[str, str, str], Series] = {}
        for row in rows:
            series = self._series.setdefault(_key(row, row["span_kind"]), {})
            series[row["span_month"]] = row["value"]

    def years(
        self, figure: Figure, span_kind: str
    ) -> tuple[list[float | None], list[float | None]]:
        """January to the figure's month of this year, and the whole of last year."""
        last = formats.as_date(figure["span_month"])
        if last is None:
            return [], []
        series = self._series.get(_key(figure, span_kind), {})
        this_year = [series.get(date(last.year, month, 1)) for month in range(1, last.month + 1)]
        return this_year, [series.get(date(last.year - 1, month, 1)) for month in range(1, 13)]

    def spark(self, figure: Figure) -> Safe:
        """The small chart of a figure; nothing where fewer than two months are known."""
        if figure["value_form"] == "verdict":
            return Safe("")
        kind = figure["span_kind"]
        if figure["numerator_time"] == "stock" or kind == "rolling12":
            name = "month" if figure["numerator_time"] == "stock" else kind
            series = [
                v
                for _, v in sorted(self._series.get(_key(figure, name), {}).items())
                if v is not None
            ]
            return sparklines.level(series) if len(series) > 1 else Safe("")
        is_flow = figure["value_form"] == "count" and figure["numerator_time"] == "flow"
        this_year, last_year = self.years(figure, "month" if is_flow else "ytd")
        if sum(value is not None for value in (*this_year, *last_year)) < 2:
            return Safe("")
        return (sparklines.flow if is_flow else sparklines.two_years)(this_year, last_year)


def _key(row: Figure, span_kind: str) -> tuple[str, str, str]:
    """One unit has one series per indicator and role."""
    return row["indicator_code"], row["unit_role"], span_kind
