"""Accidents (生产安全事故): facts of every year and how the current year looked a month earlier."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sample.facts.days import day_in, last_day, later, month_before
from sample.facts.declared_forms import Fact, day_of
from sample.facts.firms import Firm, fits, words
from sample.facts.place import Place
from sample.facts.yearly_plan import Month, plan_months

NEW_TYPES_FROM = date(2026, 7, 1)  # GB 6441-2025 replaces the types of 1986
# 核销 reasons and whether the case was a production accident at all
CANCELLED = (("illness", True), ("natural_disaster", True), ("not_production", False))


@dataclass
class Incidents:
    """Facts as finally known, and the current year's facts as sent a month before."""

    final: list[Fact] = field(default_factory=list)
    early: list[Fact] = field(default_factory=list)

    def of_year(self, year: int) -> list[Fact]:
        """The facts of one year's ledger."""
        return [fact for fact in self.final if occurred(fact).year == year]


def occurred(fact: Fact) -> date:
    """The day it happened."""
    return day_of(fact, "occurred_date")


def is_counted(fact: Fact) -> bool:
    """纳入统计: not cancelled, of production, with casualties or a loss of a million yuan."""
    hurt = any(fact[k] for k in ("death_count", "serious_injury_count", "minor_injury_count"))
    loss = fact["loss_wan"]
    large = isinstance(loss, Decimal) and loss >= 100
    return fact["status_code"] != "cancelled" and bool(fact["is_production"]) and (hurt or large)


def as_of_year(year: int, last: date) -> date:
    """When the ledger of a year was closed: mid of the next year, or the cut-off."""
    return min(last_day(year + 1, 6), last) if year < last.year else last


class Writer:
    """Writes accidents down one by one, with unique names."""

    def __init__(self, place: Place, firms: list[Firm], last: date, rng: Random) -> None:
        self.place, self.last, self.rng = place, last, rng
        stories = [(kind, [f for f in firms if fits(kind, f)]) for kind in words("accidents")]
        self.stories = [(kind, fitting) for kind, fitting in stories if fitting]
        self._names: set[str] = set()

    def write(self, year: int, month: int, deaths: int) -> Fact:
        """One counted accident of a month."""
        while True:
            weights = [float(kind["weight"]) for kind, _ in self.stories]
            kind, fitting = self.rng.choices(self.stories, weights)[0]
            firm = self.rng.choice(fitting)
            day = day_in(year, month, self.rng)
            seat = self.place.unit(firm.seat).name_zh
            name = f"{seat}{firm.short}“{day.month}·{day.day}”{kind['noun']}事故"
            if name not in self._names and day <= self.last:
                self._names.add(name)
                return self._fact(name, day, firm, kind, deaths)

    def _fact(self, name: str, day: date, firm: Firm, kind: dict[str, str], deaths: int) -> Fact:
        rng = self.rng
        type_column = "type_before" if day < NEW_TYPES_FROM else "type_after"
        month_end = last_day(day.year, day.month)
        reported = min(later(day, rng, 0, 1), month_end)
        return {
            "incident_no": None,
            "incident_name": name,
            "occurred_date": day,
            "reported_date": reported,
            "entered_date": min(later(reported, rng, 0, 3), month_end),
            "stat_month": day.replace(day=1),
            "territory_id": firm.territory_id,
            "zone_id": firm.zone_id,
            "department_id": firm.department_id,
            "sector_code": firm.bulletin_code,
            "accident_type_code": kind[type_column],
            "is_production": True,
            "is_liability": rng.random() < 0.9,
            "is_road_transport": kind["is_road"] == "1",
            "is_fire": kind["is_fire"] == "1",
            "death_count": deaths,
            **self._harm(deaths),
            "reported_grade_code": "ordinary",
            **self._status(day),
            "cancelled_date": None,
            "cancel_reason_code": None,
            "enterprise_name": firm.name,
            "credit_code": firm.credit_code,
            "summary_text": kind["summary"],
        }

    def _harm(self, deaths: int) -> Fact:
        """Injuries and loss; an accident without any casualty lost at least a million."""
        rng = self.rng
        serious = rng.choice((0, 0, 0, 1)) if deaths else rng.choice((0, 1, 1, 1, 2))
        minor = rng.choice((0, 0, 1)) if deaths else rng.choice((0, 0, 1, 2, 3))
        wan = 118 * deaths + 16 * serious + rng.randint(2, 60)
        if not deaths and not serious and not minor:
            wan = rng.randint(105, 320)
        loss = Decimal(wan) + Decimal(rng.randrange(10)) / 10
        return {"serious_injury_count": serious, "minor_injury_count": minor, "loss_wan": loss}

    def _status(self, day: date) -> Fact:
        """Concluded (已结案) some months later; nothing concludes inside the last month."""
        as_of = as_of_year(day.year, self.last)
        concluded = later(day, self.rng, 60, 170)
        limit = month_before(as_of) if day.year == self.last.year else as_of
        if concluded <= limit:
            return {"status_code": "concluded", "concluded_date": concluded}
        age = (as_of - day).days
        if day.replace(day=1) < as_of.replace(day=1):
            status = "investigating"
        else:
            status = "flash" if age < 2 else "entered" if age < 8 else "supplemented"
        return {"status_code": status, "concluded_date": None}


def _extras(writer: Writer, year: int, months: list[int]) -> list[Fact]:
    """Cases in the ledger that do not count: cancelled, not of production, below the threshold."""
    if len(months) <= 3:
        return []
    rng, extras = writer.rng, []
    settled = months[:-3]
    for reason, is_production in CANCELLED:
        fact = writer.write(year, rng.choice(settled), rng.choice((0, 1, 1)))
        latest = month_before(as_of_year(year, writer.last))
        fact.update(
            status_code="cancelled",
            cancelled_date=min(later(occurred(fact), rng, 40, 90), latest),
            cancel_reason_code=reason,
            is_production=is_production,
            is_liability=False,
            concluded_date=None,
        )
        extras.append(fact)
    private = writer.write(year, rng.choice(settled), rng.choice((0, 1)))
    private.update(is_production=False, is_liability=False)
    light = writer.write(year, rng.choice(settled), 0)
    light.update(
        serious_injury_count=0, minor_injury_count=0, loss_wan=Decimal(rng.randint(20, 85))
    )
    return [*extras, private, light]


def _oddities(final: list[Fact], last: date, rng: Random) -> None:
    """A late third death under the old grade, a later statistical month, a case of no town."""
    for fact in final:
        if isinstance(fact["death_count"], int) and fact["death_count"] >= 3:
            day = occurred(fact)
            fact["summary_text"] = (
                f"{fact['summary_text']}，其中1人于{day.month}月下旬经抢救无效死亡"
            )
    past = [f for f in final if occurred(f).year == last.year - 1 and is_counted(f)]
    moved = [f for f in past if occurred(f).day >= 28 and occurred(f).month < last.month]
    if moved:
        fact = rng.choice(moved)
        fact["stat_month"] = (occurred(fact).replace(day=1) + timedelta(days=32)).replace(day=1)
    homeless = [f for f in past if f["is_road_transport"] and f["zone_id"] is None]
    if homeless:
        rng.choice(homeless).update(territory_id=None, department_id=None)


def _earlier_view(final: list[Fact], cancelled: Fact | None, last: date, rng: Random) -> list[Fact]:
    """The current year a month before: one date wrong, one death less, one not cancelled."""
    cut = month_before(last)
    early = [dict(f) for f in final if occurred(f).year == last.year and occurred(f) <= cut]
    recent = [f for f in early if occurred(f).month == cut.month and is_counted(f)]
    dying = next((f for f in recent if f["death_count"] == 1), None)
    if dying:
        injured = int(str(dying["serious_injury_count"])) + 1
        dying.update(death_count=0, serious_injury_count=injured)
    others = [f for f in early if occurred(f).month < cut.month and is_counted(f)]
    others = [f for f in others if f["concluded_date"] is None]
    if others:
        wrong = rng.choice(others)
        day = cut.replace(day=min(occurred(wrong).day, 9))
        wrong.update(occurred_date=day, reported_date=day, entered_date=day)
        wrong["stat_month"] = day.replace(day=1)
    for fact in early:
        if cancelled and fact["incident_name"] == cancelled["incident_name"]:
            fact.update(status_code="investigating", cancelled_date=None, cancel_reason_code=None)
    return early


def make_incidents(
    place: Place, firms: list[Firm], first: date, last: date, scale: float, rng: Random
) -> Incidents:
    """All accidents of the sampled months."""
    writer = Writer(place, firms, last, rng)
    plan = plan_months(first, last, scale, rng)
    facts = [writer.write(m.year, m.month, deaths) for m in plan for deaths in m.deaths]
    facts += _all_extras(writer, plan)
    cancelled = _late_cancellation(facts, last, writer)
    _oddities(facts, last, rng)
    facts.sort(key=lambda fact: (occurred(fact), str(fact["incident_name"])))
    counters: dict[int, int] = {}
    for fact in facts:
        year = occurred(fact).year
        counters[year] = counters.get(year, 0) + 1
        fact["incident_no"] = f"SG{year}-{counters[year]:03d}"
    return Incidents(facts, _earlier_view(facts, cancelled, last, rng))


def _all_extras(writer: Writer, plan: list[Month]) -> list[Fact]:
    months: dict[int, list[int]] = {}
    for entry in plan:
        months.setdefault(entry.year, []).append(entry.month)
    return [fact for year, held in months.items() for fact in _extras(writer, year, held)]


def _late_cancellation(facts: list[Fact], last: date, writer: Writer) -> Fact | None:
    """One case of the months before that is cancelled within the last month."""
    cut = month_before(last)
    if cut.year != last.year:
        return None
    fact = writer.write(cut.year, cut.month, 1)
    fact.update(
        status_code="cancelled",
        cancelled_date=last - timedelta(days=9),
        cancel_reason_code="illness",
        is_liability=False,
        concluded_date=None,
    )
    facts.append(fact)
    return fact
