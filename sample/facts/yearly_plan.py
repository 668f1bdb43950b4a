"""How many accidents and deaths each month holds, before any accident is written down.

The current year falls in both figures up to its last month while that month alone does not.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from sample.facts.days import months_of

SEASON = (1.1, 0.6, 0.9, 0.9, 1.0, 1.1, 1.2, 1.1, 1.0, 1.0, 1.2, 1.3)
MIN_MONTHS_FOR_STORY = 4


@dataclass
class Month:
    """Deaths of each counted accident of one month."""

    year: int
    month: int
    deaths: list[int]


def _spread(total: int, months: list[int], rng: Random) -> dict[int, int]:
    drawn = rng.choices(months, [SEASON[m - 1] for m in months], k=max(0, total)) if months else []
    return {month: drawn.count(month) for month in months}


def _year(
    year: int,
    months: list[int],
    totals: tuple[int, int],
    fixed: dict[int, tuple[int, int]],
    rng: Random,
) -> list[Month]:
    """Split a year's accidents and deaths over its months; fixed months keep their figures."""
    free = [month for month in months if month not in fixed]
    incidents = _spread(totals[0] - sum(n for n, _ in fixed.values()), free, rng)
    slots = [month for month, count in incidents.items() for _ in range(count)]
    wanted = max(0, totals[1] - sum(d for _, d in fixed.values()))
    doubles = 1 if wanted > 3 else 0
    fatal = rng.sample(range(len(slots)), min(wanted - doubles, len(slots)))
    deaths = {slot: 2 if rank < doubles else 1 for rank, slot in enumerate(fatal)}
    result = [
        Month(year, m, [deaths.get(i, 0) for i, slot in enumerate(slots) if slot == m])
        for m in free
    ]
    for month, (count, dead) in fixed.items():
        result.append(Month(year, month, [1] * dead + [0] * (count - dead)))
    return sorted(result, key=lambda entry: entry.month)


def _past_totals(years: int, scale: float, rng: Random) -> list[tuple[int, int]]:
    """Falling yearly totals: 39–42 accidents with 17–18 deaths in the first year."""
    incidents, deaths = rng.randint(39, 42), rng.randint(17, 18)
    totals = []
    for _ in range(years):
        totals.append((round(incidents * scale), round(deaths * scale)))
        incidents = max(32, incidents - rng.randint(1, 3))
        deaths = max(14, deaths - rng.randint(0, 1))
    return totals


def _until(months: list[Month], last_month: int) -> tuple[int, int]:
    chosen = [entry.deaths for entry in months if entry.month <= last_month]
    return sum(map(len, chosen)), sum(map(sum, chosen))


def plan_months(first: date, last: date, scale: float, rng: Random) -> list[Month]:
    """Every month from first to last with the deaths of its counted accidents."""
    years = list(range(first.year, last.year + 1))
    totals = _past_totals(len(years), scale, rng)
    story = last.month >= MIN_MONTHS_FOR_STORY
    small, large = round(3 * scale) or 1, round(4 * scale) or 2
    one, two = round(scale) or 1, round(2 * scale) or 1
    plan: list[Month] = []
    previous: list[Month] = []
    for year, usual in zip(years, totals, strict=True):
        total = usual
        months = months_of(year, first, last)
        fixed: dict[int, tuple[int, int]] = {}
        if year == last.year and story:
            fixed = {last.month: (large, two), last.month - 1: (small, one)}
            if len(previous) == 12:
                before = _until(previous, last.month)
                total = (before[0] - max(3, round(before[0] * 0.14)), before[1] - max(2, one * 3))
            else:
                total = (usual[0] * len(months) // 12, usual[1] * len(months) // 12)
        elif year == last.year - 1 and story and last.month in months:
            fixed = {last.month: (small, one)}
        previous = _year(year, months, total, fixed, rng)
        plan.extend(previous)
    _plant_larger(plan, last.year, last.month, rng)
    return plan


def _plant_larger(plan: list[Month], current_year: int, last_month: int, rng: Random) -> None:
    """One accident of three deaths (较大) in one of the two years before the current one."""
    candidates = [
        entry
        for entry in plan
        if current_year - 2 <= entry.year < current_year
        and entry.month < last_month
        and any(entry.deaths)
    ]
    if candidates:
        chosen = rng.choice(candidates)
        chosen.deaths[chosen.deaths.index(max(chosen.deaths))] = 3
