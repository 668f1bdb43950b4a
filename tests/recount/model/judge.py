"""Comparison, 双下降 and 零处罚 on top of the base figures, with their target status."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tests.recount.model.figures import Figure, Key, Recount
from tests.recount.model.spans import Span
from tests.recount.model.targets import COMPARABLE, GOOD_VERDICTS, target_status
from tests.recount.model.world import TOTAL

DECLINE = "double_decline"
ZERO_PENALTY = "zero_penalty_unit_count"


def all_figures(recount: Recount) -> dict[Key, Figure]:
    """Every figure of the world, compared and judged."""
    found: dict[Key, Figure] = {}
    for indicator in recount.rows:
        for role, unit in recount.units(indicator):
            for category in categories(recount, indicator, role, unit):
                for at in recount.spans(indicator):
                    figure = judged(recount, indicator, at, role, unit, category)
                    found[indicator, at.kind, at.last, role, unit, category] = figure
    return found


def categories(recount: Recount, indicator: str, role: str, unit: str) -> Iterator[str]:
    yield "*"
    if recount.rows[indicator]["has_category"] == "1":
        found = {
            key[6] for key in recount.sums if (key[0], key[4], key[5]) == (indicator, role, unit)
        }
        yield from sorted(found - {"*"})


def judged(recount: Recount, indicator: str, at: Span, role: str, unit: str, cat: str) -> Figure:
    if indicator == DECLINE:
        figure = decline(recount, at, role, unit)
    elif indicator == ZERO_PENALTY:
        figure = zero_penalty(recount, at, role, unit)
    else:
        figure = recount.base(indicator, at, role, unit, cat)
        figure = compared(recount, figure, indicator, at, role, unit, cat)
    status = target_status(recount, figure, indicator, at, role, unit, cat)
    return replace(figure, status=status)


def year_before(at: Span) -> Span:
    return Span(at.kind, at.first - 12, at.last - 12)


def compared(
    recount: Recount, figure: Figure, indicator: str, at: Span, role: str, unit: str, cat: str
) -> Figure:
    last_year = recount.base(indicator, year_before(at), role, unit, cat)
    prior = last_year.value if last_year.coverage in COMPARABLE else None
    change = None
    if prior is not None and figure.value is not None and figure.coverage in COMPARABLE:
        change = figure.value - prior
    return replace(figure, prior=prior, change=change)


def sign(difference: Decimal) -> int:
    return (difference > 0) - (difference < 0)


def verdict_of(
    recount: Recount, now: tuple[Decimal, Decimal], then: tuple[Decimal, Decimal]
) -> str:
    """The row of verdicts.csv for two signs; 0→0 in both is 保持零事故."""
    is_zero = not any(now) and not any(then)
    incidents, deaths = (sign(a - b) for a, b in zip(now, then, strict=True))
    return recount.world.catalogue.verdict_of[incidents, deaths, is_zero]


def decline(recount: Recount, at: Span, role: str, unit: str) -> Figure:
    """双下降: both strictly lower; good news only where both spans are whole, at worst too."""
    names = ("incident_count", "death_count")
    known, holes = recount.known(DECLINE, at, role, unit)
    if known == "none":
        return Figure("not_reported", known, holes=holes)
    withheld = Figure("not_applicable", known, holes=holes)
    now = [recount.base(name, at, role, unit) for name in names]
    then = [recount.base(name, year_before(at), role, unit) for name in names]
    both = [figure.coverage for figure in (*now, *then)]
    if not COMPARABLE.issuperset(both):
        return withheld
    pair, before = pair_of(now), pair_of(then)
    verdict = verdict_of(recount, pair, before)
    if verdict in GOOD_VERDICTS:
        doubts = [recount.doubt(name, at, role, unit) for name in names]
        if "incomplete" in both or not is_good_at_worst(recount, pair, doubts, before):
            return withheld
    value = Decimal(int(verdict == DECLINE))
    return replace(withheld, state="value", value=value, verdict=verdict)


Pair = tuple[Decimal, Decimal]


def is_good_at_worst(recount: Recount, now: Pair, doubts: list[int | None], then: Pair) -> bool:
    """Whether the verdict stays good if all in doubt were the unit's own."""
    incidents, deaths = doubts
    if incidents is None or deaths is None:
        return False
    return verdict_of(recount, (now[0] + incidents, now[1] + deaths), then) in GOOD_VERDICTS


def pair_of(figures: list[Figure]) -> tuple[Decimal, Decimal]:
    incidents, deaths = (figure.value or Decimal(0) for figure in figures)
    return incidents, deaths


def zero_penalty(recount: Recount, at: Span, role: str, unit: str) -> Figure:
    """Units with enough inspections and no penalty, over units that inspected."""
    known, holes = recount.known(ZERO_PENALTY, at, role, unit)
    actors = recount.world.profile.units_of("actor") if role == TOTAL else [unit]
    least = int(recount.rows[ZERO_PENALTY]["minimum_base"])
    counts = [
        tuple(recount.amount(name, "n", at, "actor", actor, "*") for name in SUPPORTS)
        for actor in actors
    ]
    inspected = sum(inspections > 0 for inspections, _ in counts)
    without = sum(inspections >= least and not penalties for inspections, penalties in counts)
    if known == "none" and not inspected:
        return Figure("not_reported", known, holes=holes)
    if not inspected:
        return Figure("not_applicable", known, holes=holes)
    state = "value" if without or known != "whole" else "zero_reported"
    return Figure(state, known, value=Decimal(without), holes=holes)


SUPPORTS = ("inspection_count", "penalty_count")
