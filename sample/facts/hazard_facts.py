"""All major hazards (重大事故隐患) of the city, with the overdue ones planted by name."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from sample.facts.days import day_in, later, month_before, months_of
from sample.facts.firms import Firm, Registry
from sample.facts.hazard_lives import Hazard, Writer
from sample.facts.place import Place

SEASON = (0.8, 0.6, 1.1, 1.2, 1.1, 1.3, 1.0, 0.9, 1.0, 1.0, 1.1, 0.9)
OVERDUE_DAYS = (41, 24, 17, 9, 26, 5)  # the last two are rectified and wait for acceptance
AWAITING = 2
UNSENT, RESENT = 2, 3


@dataclass
class Hazards:
    """All hazards, and who sent which round: unsent stopped a month ago, resent sent both."""

    lives: list[Hazard]
    unsent: tuple[str, ...]
    resent: tuple[str, ...]
    silent: str
    withdrawn: list[Hazard] = field(default_factory=list)


def _settle(hazard: Hazard, last: date, is_unsent: bool, rng: Random) -> Hazard:
    """Let what is due by the cut-off be accepted by it; the planted ones alone stay overdue.

    A unit that did not send the last month shows nothing that fell due after its last ledger.
    """
    cut = month_before(last) if is_unsent else last
    is_extended = hazard.extended and hazard.granted and hazard.granted <= cut
    due_seen = hazard.extended if hazard.extended and is_extended else hazard.due
    if due_seen > last or hazard.accepted <= cut:
        return hazard
    if is_unsent:
        return replace(
            hazard,
            due=later(last, rng, 6, 30),
            extended=None,
            granted=None,
            rectified=later(last, rng, 3, 5),
            accepted=later(last, rng, 6, 9),
            closed=later(last, rng, 10, 20),
        )
    accepted = max(hazard.found, cut - timedelta(days=rng.randint(0, 4)))
    rectified = max(hazard.found, accepted - timedelta(days=rng.randint(1, 5)))
    return replace(hazard, rectified=rectified, accepted=accepted, closed=later(last, rng, 2, 9))


def _plant_overdue(writer: Writer, lives: list[Hazard], spared: set[str], last: date) -> None:
    """Turn hazards of the current year, one a unit, into the named overdue ones."""
    rng, first = writer.rng, date(last.year, 1, 1)
    pool = [i for i, h in enumerate(lives) if h.reporter_id not in spared and h.found >= first]
    rng.shuffle(pool)
    chosen = {lives[i].reporter_id: i for i in pool}.values()
    for rank, (index, days) in enumerate(zip(chosen, OVERDUE_DAYS, strict=False)):
        due = last - timedelta(days=days)
        found = due - timedelta(days=rng.choice((20, 30, 45)))
        if found >= first:
            lives[index] = _overdue(lives[index], found, due, rank, last, writer.leaders[rank])


def _overdue(hazard: Hazard, found: date, due: date, rank: int, last: date, leader: str) -> Hazard:
    awaits = rank >= len(OVERDUE_DAYS) - AWAITING
    far = last + timedelta(days=60)
    fixed = {**hazard.fixed, "hazard_grade_code": "major", "responsible_leader": leader}
    fixed["supervise_level_code"] = "city" if rank == 0 else "county"
    extended = due if rank == 1 else None
    return replace(
        hazard,
        found=found,
        due=due - timedelta(days=10) if extended else due,
        extended=extended,
        granted=due - timedelta(days=14) if extended else None,
        fixed=fixed,
        rectified=last - timedelta(days=3) if awaits else far,
        accepted=far,
        closed=far,
    )


def _returned(lives: list[Hazard], spared: set[str], last: date) -> None:
    """One that was rectified but not accepted (验收不合格), not yet due."""
    for index, hazard in enumerate(lives):
        pending = hazard.effective_due > last and hazard.found < last - timedelta(days=12)
        if pending and hazard.reporter_id not in spared:
            far = hazard.effective_due
            lives[index] = replace(
                hazard,
                rectified=last - timedelta(days=6),
                accepted=far,
                closed=far,
                is_returned=True,
            )
            return


def _draw(
    writer: Writer, weights: dict[str, float], silent: str, first: date, last: date, scale: float
) -> list[Hazard]:
    rng, lives = writer.rng, []
    for year in range(first.year, last.year + 1):
        months = months_of(year, first, last)
        count = round(rng.randint(88, 110) * scale * len(months) / 12)
        units = [u for u in weights if not (u == silent and year == last.year)]
        for _ in range(count):
            unit = rng.choices(units, [weights[u] for u in units])[0]
            month = rng.choices(months, [SEASON[m - 1] for m in months])[0]
            lives.append(writer.life(unit, min(day_in(year, month, rng, working=True), last)))
    return lives


def make_hazards(
    place: Place,
    firms: list[Firm],
    registry: Registry,
    span: tuple[date, date],
    scale: float,
    rng: Random,
) -> Hazards:
    """Hazards of every unit that reports them."""
    first, last = span
    writer = Writer(firms, registry, rng)
    weights = {unit: registry.weights[unit] for unit in place.senders["hazard"]}
    ranked = sorted(weights, key=lambda unit: -weights[unit])
    middle, silent = len(ranked) // 2, ranked[-1]
    unsent = tuple(ranked[middle : middle + UNSENT])
    resent = tuple(ranked[:RESENT])
    spared = {*unsent, silent}
    lives = _draw(writer, weights, silent, first, last, scale)
    lives = [_settle(h, last, h.reporter_id in unsent, rng) for h in lives]
    _plant_overdue(writer, lives, spared, last)
    _returned(lives, spared, last)
    lives.sort(key=lambda hazard: (hazard.reporter_id, hazard.found))
    numbered = [_number(place, hazard, rank) for rank, hazard in enumerate(lives, 1)]
    cut = month_before(last)
    withdrawn = [
        replace(h, fixed={**h.fixed, "hazard_no": f"{h.fixed['hazard_no']}-复"})
        for unit in resent[:2]
        for h in [g for g in numbered if g.reporter_id == unit and g.found <= cut][-1:]
    ]
    return Hazards(numbered, unsent, resent, silent, withdrawn)


def _number(place: Place, hazard: Hazard, rank: int) -> Hazard:
    order = place.unit(hazard.reporter_id).sort_no
    number = f"ZD{hazard.found.year}-{order:02d}-{rank:04d}"
    return replace(hazard, fixed={**hazard.fixed, "hazard_no": number})
