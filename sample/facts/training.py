"""Training of 主要负责人 and 消防安全责任人: who must come, and who came and passed."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from sample.facts.days import day_in
from sample.facts.declared_forms import Fact
from sample.facts.firms import Registry, words

ORGANISERS = ("市安全生产宣传教育中心", "市职业技能培训中心", "委托培训机构")
REPLACED = 2  # people who were trained for a firm and then replaced by somebody who was not


@dataclass
class Plan:
    """One plan year: the roster and the records."""

    year: int
    roster: list[Fact] = field(default_factory=list)
    records: list[Fact] = field(default_factory=list)


def make_training(
    registry: Registry, span: tuple[date, date], scale: float, rng: Random
) -> list[Plan]:
    """Rosters and records of the plan years the span touches."""
    first, last = span
    years = range(first.year, last.year + 1)
    plans = {year: Plan(year) for year in years}
    for row in words("training"):
        year = int(row["plan_year"])
        if year in plans:
            _category(plans[year], row, registry, last, scale, rng)
    held = [plan for plan in plans.values() if plan.roster]
    for plan in held:
        _managers(plan, registry, last, rng)
        plan.records.sort(key=lambda fact: str((fact["trained_date"], fact["person_id"])))
    return held


def _category(
    plan: Plan, row: dict[str, str], registry: Registry, last: date, scale: float, rng: Random
) -> None:
    is_current = plan.year == last.year
    share = rng.uniform(0.82, 0.88) if is_current else rng.uniform(0.965, 1.0)
    size = max(4, round(int(row["roster_size"]) * scale))
    trained = round(size * share)
    months = [m for m in range(3, 13) if date(plan.year, m, 1) <= last]
    for number in range(size):
        firm = registry.firm("industry_trade", row["suffixes"], row["department_word"])
        person: Fact = {
            "person_name": registry.person(),
            "person_id": registry.person_id(),
            "enterprise_name": firm.name,
            "credit_code": firm.credit_code,
            "category_code": row["category_code"],
            "person_kind_code": row["person_kind_code"],
        }
        plan.roster.append(
            {
                "plan_year": plan.year,
                **person,
                "territory_id": firm.seat,
                "department_id": firm.department_id,
                "phone": registry.phone(),
            }
        )
        if months:
            _records(plan, person, number < trained, months, last, rng)
            if is_current and trained <= number < trained + REPLACED:
                old: Fact = {"person_name": registry.person(), "person_id": registry.person_id()}
                _records(plan, {**person, **old}, True, months, last, rng)


def _records(
    plan: Plan, person: Fact, passes: bool, months: list[int], last: date, rng: Random
) -> None:
    """A pass, sometimes after a failure or followed by a second training; or a failure; or none."""
    chance = rng.random()
    days = sorted({min(day_in(plan.year, rng.choice(months), rng), last) for _ in range(3)})
    if passes:
        if chance < 0.06 and len(days) > 1:
            plan.records.append(_record(person, days[0], False, rng))
        plan.records.append(_record(person, days[-1], True, rng))
        if chance > 0.96 and len(days) > 1:
            plan.records.append(_record(person, days[0], True, rng))
    elif chance < 0.5:
        plan.records.append(_record(person, days[0], False, rng))


def _record(person: Fact, day: date, passed: bool, rng: Random) -> Fact:
    number = f"AQ{day:%Y%m%d}{rng.randrange(10**4):04d}"
    return {
        **person,
        "trained_date": day,
        "result_code": "passed" if passed else "failed",
        "certificate_no": number if passed else None,
        "certificate_expiry_date": date(day.year + 3, day.month, min(day.day, 28))
        if passed
        else None,
        "organiser_text": rng.choice(ORGANISERS),
    }


def _managers(plan: Plan, registry: Registry, last: date, rng: Random) -> None:
    """安全生产管理人员 trained beside them: in the records, on no roster."""
    months = [m for m in range(3, 13) if date(plan.year, m, 1) <= last]
    for fact in rng.sample(plan.roster, min(14, len(plan.roster))):
        if not months:
            return
        person: Fact = {
            "person_name": registry.person(),
            "person_id": registry.person_id(),
            "enterprise_name": fact["enterprise_name"],
            "credit_code": fact["credit_code"],
            "category_code": fact["category_code"],
            "person_kind_code": "safety_manager",
        }
        day = min(day_in(plan.year, rng.choice(months), rng), last)
        plan.records.append(_record(person, day, rng.random() < 0.9, rng))
