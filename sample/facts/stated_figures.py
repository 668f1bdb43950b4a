"""Stated figures: 经济社会基础数据, and 上报汇总数 of months with and without a ledger."""

from collections import Counter
from datetime import date
from decimal import Decimal
from random import Random

from sample.facts.declared_forms import Fact, day_of
from sample.facts.incidents import is_counted
from sample.facts.place import UNASSIGNED, Place
from sample.facts.yearly_plan import SEASON

SOURCE_TEXT = "模拟数据，非统计部门公布"
PERIODS = {"q1": (3, Decimal("0.225")), "h1": (6, Decimal("0.478")), "q3": (9, Decimal("0.731"))}


def make_economy(first: date, last: date, rng: Random) -> list[Fact]:
    """GDP by quarter and year, preliminary and final; employed, population, vehicles by year."""
    facts: list[Fact] = []
    gdp = Decimal(rng.randint(8600, 9100)) / 10
    employed, people, vehicles = rng.randint(738, 760), rng.randint(1450, 1490), 21400
    for year in range(first.year - 1, last.year + 1):
        for code, (month, share) in PERIODS.items():
            value = (gdp * share * Decimal(rng.randint(990, 1010)) / 1000).quantize(Decimal("0.01"))
            facts.append(_figure("gdp", year, code, value, "yi_yuan", date(year, month + 1, 22)))
        facts.append(_figure("gdp", year, "year", gdp, "yi_yuan", date(year + 1, 1, 24)))
        final = (gdp * Decimal(rng.randint(985, 1012)) / 1000).quantize(Decimal("0.01"))
        facts.append(
            _figure("gdp", year, "year", final, "yi_yuan", date(year + 1, 12, 25), "final")
        )
        spring = date(year + 1, 3, 28)
        facts.append(
            _figure("employed", year, "year", Decimal(employed) / 10, "wan_ren", spring, "final")
        )
        facts.append(
            _figure("population", year, "year", Decimal(people) / 10, "wan_ren", spring, "final")
        )
        facts.append(_figure("vehicles", year, "year", Decimal(vehicles), "liang", spring, "final"))
        gdp = (gdp * Decimal(rng.randint(1048, 1062)) / 1000).quantize(Decimal("0.01"))
        employed, people = employed - rng.randint(0, 4), people - rng.randint(1, 6)
        vehicles += rng.randint(200, 900)
    return [fact for fact in facts if day_of(fact, "published_date") <= last]


def _figure(
    metric: str,
    year: int,
    period: str,
    amount: Decimal,
    unit: str,
    day: date,
    version: str = "preliminary",
) -> Fact:
    return {
        "metric_code": metric,
        "data_year": year,
        "period_code": period,
        "amount": amount,
        "unit_code": unit,
        "version_code": version,
        "source_text": SOURCE_TEXT,
        "published_date": day,
    }


def make_past_totals(
    place: Place, weights: dict[str, float], year: int, scale: float, rng: Random
) -> list[Fact]:
    """Monthly totals of a year that has no ledger."""
    seats = [unit.unit_id for unit in place.territories]
    cells = [(seat, month) for seat in seats for month in range(1, 13)]
    chances = [weights[seat] * SEASON[month - 1] for seat, month in cells]
    incidents = Counter(rng.choices(cells, chances, k=round(rng.randint(42, 45) * scale)))
    deaths = Counter(rng.sample(sorted(incidents.elements()), round(19 * scale)))
    return _totals(seats, year, 12, incidents, deaths)


def make_current_totals(place: Place, incidents: list[Fact], last: date, rng: Random) -> list[Fact]:
    """Monthly totals of the current year; one unit's month says one accident more."""
    seats = [unit.unit_id for unit in place.territories]
    counted = [fact for fact in incidents if is_counted(fact)]
    happened: Counter[tuple[str, int]] = Counter()
    died: Counter[tuple[str, int]] = Counter()
    for fact in counted:
        month = day_of(fact, "stat_month")
        key = (str(fact["zone_id"] or fact["territory_id"] or UNASSIGNED), month.month)
        happened[key] += 1
        died[key] += int(str(fact["death_count"]))
    held = sorted(key for key in happened if key[0] in seats and key[1] < last.month)
    if held:
        happened[rng.choice(held)] += 1
    return _totals(seats, last.year, last.month, happened, died)


def _totals(
    seats: list[str],
    year: int,
    months: int,
    incidents: Counter[tuple[str, int]],
    deaths: Counter[tuple[str, int]],
) -> list[Fact]:
    return [
        {
            "report_month": date(year, month, 1),
            "reporter_id": seat,
            "item_code": item,
            "amount": Decimal(counter[seat, month]),
            "note_text": None,
        }
        for month in range(1, months + 1)
        for seat in seats
        for item, counter in (("incident_count", incidents), ("death_count", deaths))
    ]
