"""What a slide is drawn from: one month of one build, and the row of slides.csv it stands for."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from reports.figure_text import Figure
from reports.safe_html import Safe
from reports.source import Row, Rows
from reports.trends import Trends
from warehouse import formats
from warehouse.models.sql_models import SQL_DIR

WHOLE_AREA = "total"
DECLARED = SQL_DIR / "catalogue" / "slides.csv"


@dataclass(frozen=True)
class Declared:
    """One row of slides.csv."""

    code: str
    kind: str
    span_kind: str
    indicator_codes: tuple[str, ...]
    title_rule: str
    seconds: int

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Indicators with the part a slide counts: `code:d` is the denominator's records."""
        split = [text.partition(":") for text in self.indicator_codes if text]
        return [(code, part or "n") for code, _, part in split]


@dataclass(frozen=True)
class Slide:
    """One screen: its conclusion, what proves it, how long it stays when nobody presses a key."""

    code: str
    kind: str
    title: Safe
    body: Safe
    seconds: int


def declared() -> list[Declared]:
    """Slides in their order."""
    with DECLARED.open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: int(row["sort_no"]))
    return [
        Declared(
            row["slide_code"],
            row["kind"],
            row["span_kind"],
            tuple(row["indicator_codes"].split(";")),
            row["title_rule"],
            int(row["seconds"]),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Stage:
    """Queries of one slide on one build; every slide of a run shares the build."""

    ask: Rows
    month: date
    slide: Declared

    @property
    def span(self) -> str:
        """`1—10月`."""
        return formats.span_zh(self.slide.span_kind, self.month)

    @cached_property
    def state(self) -> Row:
        """What the build is of and how far its data reach."""
        return self.ask("data_state")[0]

    @property
    def as_of(self) -> date:
        """The day open items are counted on."""
        reached: date = self.state["data_as_of_date"]
        return min(formats.last_day(self.month), reached)

    @cached_property
    def trends(self) -> Trends:
        """Months behind the figures of the whole area."""
        return Trends(self._rows("figure_trends", self.slide.span_kind))

    @cached_property
    def figures(self) -> list[Figure]:
        """The slide's figures, in the order of its row."""
        return self.chosen(self.slide.span_kind)

    def chosen(self, span_kind: str) -> list[Figure]:
        """The slide's figures over another span."""
        found = {row["indicator_code"]: row for row in self._rows("figures", span_kind)}
        return [found[code] for code, _ in self.slide.parts if code in found]

    def about(self, name: str, indicator_code: str) -> list[Row]:
        """Rows of a query about one indicator of the whole area over the slide's span."""
        return self._rows(
            name,
            self.slide.span_kind,
            indicator_code=indicator_code,
            unit_role=WHOLE_AREA,
            category_code="*",
            part=dict(self.slide.parts).get(indicator_code, "n"),
        )

    def _rows(self, name: str, span_kind: str, **params: Any) -> list[Row]:
        return self.ask(
            name, span_kind=span_kind, span_month=self.month, unit_id=WHOLE_AREA, **params
        )


def chunks(items: Sequence[Row], size: int) -> list[Sequence[Row]]:
    """Items in screens of equal size; one empty screen when there are none."""
    return [items[i : i + size] for i in range(0, len(items), size)] or [[]]
