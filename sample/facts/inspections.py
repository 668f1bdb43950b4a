"""Inspections and penalties (行政执法检查): every actor's record, some that never penalise."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sample.facts.days import day_in, later, months_of
from sample.facts.declared_forms import Fact, day_of
from sample.facts.firms import Firm, Registry
from sample.facts.place import Place, Unit

SEASON = (0.8, 0.5, 1.1, 1.1, 1.2, 1.3, 1.1, 1.0, 1.1, 1.0, 1.1, 0.9)
KINDS = {"planned": 46, "special": 24, "random": 14, "tip_off": 4, "recheck": 9, "other_kind": 3}
ZERO_PENALTY = 3
LEAST_CASES, SLOWEST_CASE = 2, 35


@dataclass
class Inspections:
    """Facts by actor; zero_penalty inspected this year without a penalty, idle never inspected."""

    by_actor: dict[str, list[Fact]]
    zero_penalty: tuple[str, ...]
    idle: str


def make_inspections(
    place: Place,
    firms: list[Firm],
    registry: Registry,
    span: tuple[date, date],
    scale: float,
    rng: Random,
) -> Inspections:
    """Inspections of every actor the calendar names."""
    actors = [place.unit(unit_id) for unit_id in place.senders["enforcement"]]
    quiet = rng.sample(actors, min(ZERO_PENALTY + 1, len(actors)))
    idle, zero = quiet[0].unit_id, tuple(actor.unit_id for actor in quiet[1:])
    by_actor: dict[str, list[Fact]] = {}
    for actor in actors:
        writer = Writer(actor, _reachable(actor, firms), registry, span[1], rng)
        writer.is_lenient = actor.unit_id in zero
        by_actor[actor.unit_id] = [] if actor.unit_id == idle else writer.write(*span, scale)
    return Inspections(by_actor, zero, idle)


def _reachable(actor: Unit, firms: list[Firm]) -> list[Firm]:
    """A town inspects its own firms, a department those of its field."""
    if actor.is_territory:
        own = [firm for firm in firms if firm.seat == actor.unit_id]
    else:
        own = [firm for firm in firms if firm.department_id == actor.unit_id]
    return own if len(own) >= 8 else firms


class Writer:
    """Writes down the inspections of one actor."""

    is_lenient = False

    def __init__(
        self, actor: Unit, firms: list[Firm], registry: Registry, last: date, rng: Random
    ) -> None:
        self.actor, self.firms, self.last, self.rng = actor, firms, last, rng
        self.inspectors = [registry.person() for _ in range(5)]
        self.base = round(30 * (4 ** (rng.random() ** 7)))
        self.severity = rng.uniform(0.07, 0.2)
        self.cases = 0

    def write(self, first: date, last: date, scale: float) -> list[Fact]:
        """The actor's inspections of all years, in order of day."""
        facts: list[Fact] = []
        for year in range(first.year, last.year + 1):
            months = months_of(year, first, last)
            share = len(months) / 12
            count = max(30, min(120, round(self.base * self.rng.uniform(0.9, 1.15)))) * scale
            days = []
            for _ in range(max(6, round(count * share))):
                month = self.rng.choices(months, [SEASON[m - 1] for m in months])[0]
                days.append(min(day_in(year, month, self.rng, working=True), last))
            held = [self._fact(day, number) for number, day in enumerate(sorted(days), 1)]
            self._penalise(held, year)
            facts.extend(held)
        return facts

    def _fact(self, day: date, number: int) -> Fact:
        rng, firm = self.rng, self.rng.choice(self.firms)
        return {
            "record_no": f"JC{day.year}-{self.actor.sort_no:03d}-{number:03d}",
            "actor_id": self.actor.unit_id,
            "inspected_date": day,
            "territory_id": self.actor.unit_id if self.actor.is_territory else firm.seat,
            "department_id": firm.department_id,
            "enterprise_name": firm.name,
            "credit_code": firm.credit_code,
            "sector_code": firm.sector_code,
            "inspection_kind_code": rng.choices(list(KINDS), list(KINDS.values()))[0],
            "is_online": rng.random() < 0.9,
            "general_hazard_count": rng.choice((0, 1, 1, 2, 2, 3, 3, 4, 5, 7)),
            "major_hazard_count": 1 if rng.random() < 0.025 else 0,
            "is_unit_penalised": False,
            "is_principal_penalised": False,
            "penalty_kind_code": None,
            "penalty_date": None,
            "case_no": None,
            "fine_wan": None,
            "inspector_names": "、".join(rng.sample(self.inspectors, 2)),
            "note_text": "限期整改" if rng.random() < 0.08 else None,
        }

    def _penalise(self, facts: list[Fact], year: int) -> None:
        """Penalties of a year; at least two, except where the actor is lenient this year."""
        if self.is_lenient and year == self.last.year:
            return
        chances = [self.rng.random() for _ in facts]
        order = sorted(range(len(facts)), key=lambda index: chances[index])
        early = self.last - timedelta(days=SLOWEST_CASE)
        settled = [index for index in order if day_of(facts[index], "inspected_date") <= early]
        drawn = [index for index in order if chances[index] < self.severity]
        for index in sorted({*drawn, *settled[:LEAST_CASES]}):
            inspected = day_of(facts[index], "inspected_date")
            decided = later(inspected, self.rng, 6, SLOWEST_CASE)
            if self.is_lenient:  # none of last year's cases is decided in the quiet year
                decided = min(decided, date(year, 12, 31))
            if decided <= self.last:
                facts[index].update(self._penalty(decided))

    def _penalty(self, decided: date) -> Fact:
        rng = self.rng
        self.cases += 1
        both = rng.random() < 0.3
        incident = rng.random() < 0.06
        return {
            "is_unit_penalised": True if not both else rng.random() < 0.95,
            "is_principal_penalised": both,
            "penalty_kind_code": "incident" if incident else "supervision",
            "penalty_date": decided,
            "case_no": f"{self.actor.short_name}罚〔{decided.year}〕{self.cases}号",
            "fine_wan": Decimal(rng.randint(4, 60)) / 2 if incident else _fine(rng),
        }


def _fine(rng: Random) -> Decimal:
    return Decimal(rng.choice((3, 5, 8, 10, 15, 20, 25, 30, 40, 49))) / 10


def penalised_in(facts: list[Fact], year: int) -> int:
    """Penalties by the day they were decided."""
    days = [fact["penalty_date"] for fact in facts]
    return sum(isinstance(day, date) and day.year == year for day in days)
