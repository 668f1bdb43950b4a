"""What a target says of a figure: 达标, 未达标, 已突破, 进行中."""

from decimal import Decimal

from tests.recount.model.figures import Figure, Recount
from tests.recount.model.spans import Span
from tests.recount.model.world import TOTAL, read_month

COMPARABLE = {"whole", "incomplete"}
GOOD_VERDICTS = {"double_decline", "zero_kept"}


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
