"""The address of a figure, `?figure=…`: what a click sends, a link carries and the drawer opens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pages.ui.kit.markup import Safe, door
from warehouse import formats

ACTION = "figure"
_PART = re.compile(r"[\w*-]{1,80}")
SPAN_KINDS = frozenset({"month", "ytd", "quarter", "year", "rolling12"})
UNIT_ROLES = frozenset({"total", "group", "territory", "department", "actor", "sector"})


@dataclass(frozen=True)
class FigureKey:
    """Which figure: indicator, span, unit in a role (or the sector in its place), category."""

    indicator_code: str
    span_kind: str
    span_month: date
    unit_role: str
    unit_id: str
    category_code: str = "*"

    @classmethod
    def of(cls, figure: Mapping[str, Any]) -> FigureKey:
        """The key of a row of `figures.sql` or `unit_figures.sql`."""
        month = formats.as_date(figure["span_month"])
        if month is None:
            raise ValueError("figure without a month")
        return cls(
            figure["indicator_code"],
            figure["span_kind"],
            month,
            figure["unit_role"],
            figure["unit_id"],
            figure.get("category_code") or "*",
        )

    @classmethod
    def parse(cls, text: str) -> FigureKey | None:
        """The key in a web address; None when the address was not written by us."""
        parts = text.split("~")
        if len(parts) != 6 or not all(_PART.fullmatch(part) for part in parts):
            return None
        code, span_kind, month, unit_role, unit_id, category = parts
        if span_kind not in SPAN_KINDS or unit_role not in UNIT_ROLES:
            return None
        try:
            return cls(
                code, span_kind, date.fromisoformat(f"{month}-01"), unit_role, unit_id, category
            )
        except ValueError:
            return None

    def __str__(self) -> str:
        """The form in the address: `code~ytd~2026-10~total~total~*`."""
        month = formats.month_code(self.span_month)
        return "~".join(
            (
                self.indicator_code,
                self.span_kind,
                month,
                self.unit_role,
                self.unit_id,
                self.category_code,
            )
        )

    @property
    def query(self) -> str:
        """The named query that knows this figure."""
        return "sector_figure" if self.unit_role == "sector" else "figure"

    def params(self) -> dict[str, Any]:
        """Parameters of the queries that ask about one figure."""
        return dict(vars(self))


def to_figure(figure: Mapping[str, Any], label: str) -> Safe:
    """Attributes that open the drawer on a figure."""
    return door(ACTION, str(FigureKey.of(figure)), f"{label}，这个数怎么来的")
