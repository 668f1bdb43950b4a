"""Comparison, 双下降, 零处罚 and target status on top of the base figures."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tests.recount.model.figures import Figure, Key, Recount
from tests.recount.model.spans import Span
from tests.recount.model.world import TOTAL, read_month

COMPARABLE = {"whole", "incomplete"}
GOOD_VERDICTS = {"double_decline", "zero_kept"}
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


def target_status(
    recount: Recount, figure: Figure, indicator: str, at: Span, role: str, unit: str, cat: str
) -> str:
    target = target_of(recount, indicator, at, unit, cat)
    if target is None:
        return "no_target"
    is_known = figure.value is not None or figure.verdict is not None
    if not is_known or figure.coverage not in {*COMPARABLE, "open"}:
        return "not_applicable"
    limit = limit_of(recount, target, indicator, at, unit)
    if is_passed(recount, target, figure, indicator, limit):
        return "breached"
    is_over = read_month(target["period_to"]) == at.last or target["judged"] == "standing"
    if is_over and figure.coverage != "open":
        doubt = recount.doubt(indicator, at, role, unit)
        return final(recount, target, figure, limit, doubt)
    return "met" if is_reached(recount, target, figure, indicator, limit) else "running"


CEILINGS = {"<", "<=", "down_yoy"}


def target_of(
    recount: Recount, indicator: str, at: Span, unit: str, cat: str
) -> dict[str, str] | None:
    """The target of this figure's level whose period holds the span; by 1—N月 and year only."""
    if at.kind not in {"ytd", "year"}:
        return None
    profile = recount.world.profile
    for level in (unit, profile.group_of.get(unit, "")):
        found = [row for row in profile.aims.get((indicator, level), []) if is_in_force(row, at)]
        for row in found:
            if row["category_code"] == cat:
                return row
        if cat == "*" and len({(row["comparator"], row["target_value"]) for row in found}) == 1:
            return found[0]
    return None


def is_in_force(target: dict[str, str], at: Span) -> bool:
    return read_month(target["period_from"]) <= at.last <= read_month(target["period_to"])


def limit_of(
    recount: Recount, target: dict[str, str], indicator: str, at: Span, unit: str
) -> Decimal | None:
    """The number a value is held against; of 逐年下降 the whole of last year."""
    if target["comparator"] != "down_yoy":
        return Decimal(target["target_value"])
    last_year = Span("year", at.first - 12, at.first - 1)
    figure = recount.base(indicator, last_year, TOTAL, unit)
    return figure.value if figure.coverage == "whole" else None


def is_passed(
    recount: Recount, target: dict[str, str], figure: Figure, indicator: str, limit: Decimal | None
) -> bool:
    """A ceiling on a figure that cannot fall, already passed."""
    is_ceiling = recount.rows[indicator]["direction"] == "down"
    if not is_ceiling or recount.rows[indicator]["is_monotone"] != "1":
        return False
    if limit is None or figure.value is None:
        return False
    if target["comparator"] in {"<", "down_yoy"}:
        return figure.value >= limit and figure.value > 0
    return figure.value > limit


def is_reached(
    recount: Recount, target: dict[str, str], figure: Figure, indicator: str, limit: Decimal | None
) -> bool:
    """A floor on a figure that cannot fall, reached before its time."""
    row = recount.rows[indicator]
    is_floor = row["direction"] == "up" and row["is_monotone"] == "1"
    if not is_floor or limit is None or figure.value is None or figure.coverage != "whole":
        return False
    return figure.value >= limit if target["comparator"] in {">=", "="} else figure.value > limit


def final(
    recount: Recount,
    target: dict[str, str],
    figure: Figure,
    limit: Decimal | None,
    doubt: int | None,
) -> str:
    """The verdict at the end of the period; good news only where all is known, at worst too."""
    value = figure.value
    if figure.verdict is not None:
        return "met" if figure.verdict in GOOD_VERDICTS else "missed"
    if value is None or limit is None:
        return "not_applicable"
    is_whole = figure.coverage == "whole"
    if not is_kept(target, value, limit):
        row = recount.rows[target["indicator_code"]]
        return "missed" if is_whole or is_lost(target, row, limit) else "not_applicable"
    is_sure = (
        is_whole
        and doubt is not None
        and is_kept(target, worst(recount, target, value, doubt), limit)
    )
    return "met" if is_sure else "not_applicable"


def is_ceiling(target: dict[str, str], row: dict[str, str]) -> bool:
    is_fixed = target["comparator"] == "=" and row["direction"] == "down"
    return is_fixed or target["comparator"] in CEILINGS


def is_lost(target: dict[str, str], row: dict[str, str], limit: Decimal) -> bool:
    """A ceiling passed or a share of all already missed: no unit still to come mends it."""
    is_of_all = row["is_share"] == "1" and limit >= Decimal(row["scale"])
    return is_ceiling(target, row) or is_of_all


def worst(recount: Recount, target: dict[str, str], value: Decimal, doubt: int) -> Decimal:
    """What a ceiling would have to hold: with all that is in doubt."""
    row = recount.rows[target["indicator_code"]]
    return value + doubt if is_ceiling(target, row) else value


def is_kept(target: dict[str, str], value: Decimal, limit: Decimal) -> bool:
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "=": value == limit,
        "down_yoy": value < limit or value == limit == 0,
    }[target["comparator"]]
