"""Every indicator × span × role × unit × category: numerator, denominator, value, state."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property

import pandas as pd

from tests.recount.model import duties, measures
from tests.recount.model.coverage import Coverage
from tests.recount.model.inforce import Entry
from tests.recount.model.spans import UNPLACED, Span, SumKey, added_up, span
from tests.recount.model.totals import given, stated_measures
from tests.recount.model.world import TOTAL, UNASSIGNED, Month, World, month_text

#: indicator, span kind, last month, role, unit, category
Key = tuple[str, str, Month, str, str, str]
Known = tuple[str, tuple[str, ...]]
#: Judged at the end of the span, not over its months.
AT_THE_END = {"stock"}
FROM_TOTALS = {
    "incident_count",
    "death_count",
    "double_decline",
    "gdp_death_rate",
    "employed_death_rate",
}


@dataclass(frozen=True)
class Figure:
    """What is said of one figure."""

    state: str
    coverage: str
    numerator: int | None = None
    denominator: Fraction | int | None = None
    value: Decimal | None = None
    prior: Decimal | None = None
    change: Decimal | None = None
    verdict: str | None = None
    status: str | None = None
    holes: tuple[str, ...] = ()


def rounded(number: Fraction | int, decimals: int) -> Decimal:
    """Half up, as printed."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


class Recount:
    """A world's figures, each computed when asked for."""

    def __init__(self, world: World, coverage: Coverage) -> None:
        self.world = world
        self.coverage = coverage
        self.rows = world.catalogue.by_code
        self.figures: dict[Key, Figure] = {}
        self.knowledge: dict[tuple, Known] = {}

    @cached_property
    def sums(self) -> dict[SumKey, int]:
        """Amounts by indicator, part, span, role, unit and category."""
        frames = [measures.frame(self.coverage), duties.frame(self.coverage)]
        rows = pd.concat([*frames, stated_measures(self.coverage, frames[0])], ignore_index=True)
        return added_up(rows, self.spans, self.rule)

    @cached_property
    def months(self) -> range:
        """From the first month anybody speaks for to the last of the incident ledgers."""
        spoken = [set(known) for known in self.coverage.spoken.values()]
        incident = [
            set(known) for (of, _), known in self.coverage.spoken.items() if of == "incident"
        ]
        lasts = set().union(*(incident or spoken), set(self.coverage.stated))
        return range(min(set().union(*spoken, lasts), default=0), max(lasts, default=-1) + 1)

    def spans(self, indicator: str) -> Iterator[Span]:
        for kind in self.rows[indicator]["span_kinds"].split(";"):
            for month in self.months:
                found = span(kind, month)
                if found is not None:
                    yield found

    def units(self, indicator: str) -> Iterator[tuple[str, str]]:
        yield TOTAL, TOTAL
        for role in filter(None, self.rows[indicator]["unit_roles"].split(";")):
            for unit in self.world.profile.units_of(role):
                yield role, unit

    def rule(self, indicator: str, part: str) -> str:
        name = "numerator_time" if part == "n" else "denominator_time"
        return self.rows[indicator][name]

    def amount(self, indicator: str, part: str, at: Span, role: str, unit: str, cat: str) -> int:
        return self.sums.get((indicator, part, at.kind, at.last, role, unit, cat), 0)

    def base(self, indicator: str, at: Span, role: str, unit: str, category: str = "*") -> Figure:
        """A base figure without comparison."""
        key = (indicator, at.kind, at.last, role, unit, category)
        if key not in self.figures:
            self.figures[key] = self.computed(indicator, at, role, unit, category)
        return self.figures[key]

    def computed(self, indicator: str, at: Span, role: str, unit: str, category: str) -> Figure:
        known, holes = self.known(indicator, at, role, unit)
        top = self.amount(indicator, "n", at, role, unit, category)
        bottom = self.bottom(indicator, at, role, unit, category)
        if known == "none" and self.amount(indicator, "n", at, role, unit, "*"):
            known = "hole"
        if known == "none":
            return Figure("not_reported", known, top, bottom, holes=holes)
        if self.rule(indicator, "d"):
            if not bottom:
                return Figure("not_applicable", known, top, bottom, holes=holes)
            figure = Figure("value", known, top, bottom, holes=holes)
            return replace(figure, value=self.printed(indicator, Fraction(top) / bottom))
        figure = Figure("value", known, top, holes=holes, value=self.printed(indicator, top))
        return replace(figure, state=self.zero_state(figure, indicator, at, role, unit))

    def bottom(
        self, indicator: str, at: Span, role: str, unit: str, cat: str
    ) -> Fraction | int | None:
        rule = self.rule(indicator, "d")
        if rule == "given":
            return given(self.coverage, indicator, at.first, at.last)
        return self.amount(indicator, "d", at, role, unit, cat) if rule else None

    def printed(self, indicator: str, number: Fraction | int) -> Decimal:
        row = self.rows[indicator]
        return rounded(number * int(row["scale"]), int(row["decimals"]))

    def zero_state(self, figure: Figure, indicator: str, at: Span, role: str, unit: str) -> str:
        """0 is 零报告 only where all is known and nothing in doubt could be this unit's."""
        is_silent = figure.numerator or figure.coverage != "whole"
        is_spoilt = self.left_out(indicator, at, role, unit)
        if is_silent or is_spoilt or self.unplaced(indicator, at, role, unit):
            return "value"
        return "zero_reported"

    def left_out(self, indicator: str, at: Span, role: str, unit: str) -> list[Entry]:
        """Rows handed back that could be what this figure says did not happen."""
        dataset = self.rows[indicator]["primary_dataset"]
        speakers = self.coverage.speakers(dataset, role, unit)
        first = 0 if self.rule(indicator, "n") in AT_THE_END else at.first
        return self.coverage.handed_back(dataset, speakers, first, at.last)

    def unplaced(self, indicator: str, at: Span, role: str, unit: str) -> int:
        """What lies in 未归属, sent by whoever speaks for this unit: any of it could be its own."""
        dataset = self.rows[indicator]["primary_dataset"]
        if role == TOTAL or unit == UNASSIGNED:
            return 0
        if self.coverage.speaks_for_itself(dataset, role, unit):
            return self.amount(indicator, "n", at, UNPLACED, unit, "*")
        return self.amount(indicator, "n", at, role, UNASSIGNED, "*")

    def doubt(self, indicator: str, at: Span, role: str, unit: str) -> int | None:
        """What a count would rise by if all in doubt were its own; None where nobody can say."""
        if self.rows[indicator]["value_form"] != "count":
            return 0
        rows = self.left_out(indicator, at, role, unit)
        if self.rows[indicator]["unit_zh"] != "人":
            return self.unplaced(indicator, at, role, unit) + len(rows)
        said = [entry.row.values.get("death_count") for entry in rows]
        deaths = [int(dead) for dead in said if dead is not None]
        if len(deaths) < len(said):
            return None
        return self.unplaced(indicator, at, role, unit) + sum(deaths)

    def known(self, indicator: str, at: Span, role: str, unit: str) -> Known:
        """How far the months this figure needs are known, and which are holes."""
        if self.rows[indicator]["domain_code"] == "reporting":
            return "whole", ()
        dataset = self.rows[indicator]["primary_dataset"]
        speakers = self.coverage.speakers(dataset, role, unit)
        may_be_stated = indicator in FROM_TOTALS and role in {TOTAL, "territory"}
        is_stock = self.rule(indicator, "n") in AT_THE_END
        key = (
            dataset,
            speakers,
            unit if may_be_stated else "",
            at.last if is_stock else at.first,
            at.last,
            is_stock,
        )
        if key not in self.knowledge:
            self.knowledge[key] = self.knowing(*key)
        return self.knowledge[key]

    def knowing(
        self,
        dataset: str,
        speakers: tuple[str, ...],
        stated: str,
        first: Month,
        last: Month,
        is_stock: bool,
    ) -> Known:
        states = {
            month: self.month_state(dataset, speakers, stated, month)
            for month in range(first, last + 1)
        }
        holes = tuple(
            month_text(month)
            for month, state in states.items()
            if state == "hole" or (state == "open" and month < last)
        )
        found = set(states.values())
        if found == {"hole"}:
            is_carried = is_stock and self.was_known(dataset, speakers, last)
            return ("carried" if is_carried else "none"), holes
        if holes:
            return "hole", holes
        return next((state for state in ("open", "incomplete") if state in found), "whole"), ()

    def was_known(self, dataset: str, speakers: tuple[str, ...], last: Month) -> bool:
        return any(
            month <= last
            for sender in speakers
            for month in self.coverage.spoken.get((dataset, sender), {})
        )

    def month_state(
        self, dataset: str, speakers: tuple[str, ...], stated: str, month: Month
    ) -> str:
        state = self.coverage.month_state(dataset, speakers, month)
        if stated and state != "whole" and self.coverage.is_stated(stated, month):
            return "whole"
        if state == "hole" and self.coverage.is_partly_stated(stated, month):
            return "incomplete"
        return state
