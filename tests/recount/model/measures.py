"""Measure rows of every base indicator: one per record and part, nothing added up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from tests.recount.model.coverage import Coverage
from tests.recount.model.inforce import Entry
from tests.recount.model.world import UNASSIGNED, Month, World, last_day, month_of, records

NEVER: Month = 99_999
COLUMNS = [
    "indicator", "part", "category", "territory", "department", "actor",
    "month", "done", "entity", "amount",
]  # fmt: skip
RECTIFIED = {"awaiting_acceptance", "accepted", "closed"}
DONE = {"accepted", "closed"}


@dataclass(frozen=True)
class Place:
    """Where a record lies in each of the three roles."""

    territory: str = UNASSIGNED
    department: str = UNASSIGNED
    actor: str = UNASSIGNED


def place_of(values: dict[str, Any] | Any, actor: str) -> Place:
    return Place(
        values.get("zone_id") or values.get("territory_id") or UNASSIGNED,
        values.get("department_id") or UNASSIGNED,
        actor,
    )


Measure = tuple[Any, ...]


def measure(
    indicator: str, part: str, place: Place, month: Month, *, amount: int = 1,
    done: Month = NEVER, entity: str = "", category: str = "*",
) -> Measure:  # fmt: skip
    roles = (place.territory, place.department, place.actor)
    return (indicator, part, category, *roles, month, done, entity, amount)


def frame(coverage: Coverage) -> pd.DataFrame:
    """Incidents, hazards and inspections."""
    rows: list[Measure] = []
    for entry in coverage.force.entries("incident"):
        rows.extend(incident_measures(coverage.world, entry))
    for entry in coverage.force.entries("hazard"):
        rows.extend(hazard_measures(coverage, entry))
    for entry in coverage.force.entries("enforcement"):
        rows.extend(enforcement_measures(entry))
    return pd.DataFrame(rows, columns=COLUMNS)


def is_counted(values: Any) -> bool:
    if values.get("status_code") == "cancelled" or values.get("is_production") is False:
        return False
    hurt = ("death_count", "serious_injury_count", "minor_injury_count")
    return any(values.get(name) for name in hurt) or float(values.get("loss_wan") or 0) >= 100


def grade_rank(world: World, values: Any) -> int:
    """Any one condition suffices; “以上”含本数."""
    reached = [0]
    limits = {
        "death_min": "death_count",
        "serious_injury_min": "serious_injury_count",
        "loss_wan_min": "loss_wan",
    }
    for grade in records(world.catalogue.grades):
        for limit, name in limits.items():
            if float(values.get(name) or 0) >= float(grade[limit]):
                reached.append(int(grade["grade_rank"]))
    return max(reached)


def incident_month(values: Any) -> Month:
    return month_of(values.get("stat_month") or values["occurred_date"])


def incident_measures(world: World, entry: Entry) -> Iterator[Measure]:
    values = entry.row.values
    if not is_counted(values):
        return
    place, month = place_of(values, entry.source.sender), incident_month(values)
    dead = int(values.get("death_count") or 0)
    yield measure("incident_count", "n", place, month)
    yield measure("death_count", "n", place, month, amount=dead)
    for rate in ("gdp_death_rate", "employed_death_rate"):
        yield measure(rate, "n", place, month, amount=dead)
    if values.get("is_road_transport"):
        yield measure("vehicle_death_rate", "n", place, month, amount=dead)
    if values.get("is_fire"):
        yield measure("fire_death_rate", "n", place, month, amount=dead)
    if grade_rank(world, values) >= 2 and values.get("is_liability") is not False:
        yield measure("larger_incident_count", "n", place, month)


def data_day(coverage: Coverage, entry: Entry) -> date:
    """The last day the sender's own ledgers speak for."""
    key = (entry.source.dataset, entry.source.sender)
    return coverage.last_days.get(key, entry.source.data_day)


def due_day(values: Any) -> date | None:
    day: date | None = values.get("extended_due_date") or values.get("due_date")
    return day


def done_day(entry: Entry) -> date | None:
    values = entry.row.values
    if values.get("status_code") not in DONE:
        return None
    day = values.get("accepted_date") or values.get("closed_date") or entry.source.data_day
    return None if day < values["found_date"] else day


def rectified_day(entry: Entry) -> date | None:
    values = entry.row.values
    if values.get("status_code") not in RECTIFIED:
        return None
    return values.get("rectified_date") or done_day(entry) or entry.awaiting_since


def overdue_from(due: date, judged: date) -> Month | None:
    """First month at whose end (or on the data's day, if earlier) the deadline has passed."""
    for month in (month_of(due), month_of(due) + 1):
        if due < min(last_day(month), judged):
            return month
    return None


def hazard_measures(coverage: Coverage, entry: Entry) -> Iterator[Measure]:
    values = entry.row.values
    if values.get("hazard_grade_code") != "major":
        return
    place, judged = place_of(values, entry.source.sender), data_day(coverage, entry)
    done, rectified = month_or_never(done_day(entry)), month_or_never(rectified_day(entry))
    found = month_of(values["found_date"])
    yield measure("major_hazard_rectified_rate", "d", place, found)
    yield measure("major_hazard_rectified_rate", "n", place, found, done=rectified)
    due = due_day(values)
    if due is None:
        return
    if due <= judged or done != NEVER:
        yield measure("major_hazard_closure_rate", "d", place, month_of(due))
        yield measure("major_hazard_closure_rate", "n", place, month_of(due), done=done)
    overdue = overdue_from(due, judged)
    if overdue is not None and done > overdue:
        yield measure("major_hazard_overdue_count", "n", place, overdue, done=done)


def month_or_never(day: date | None) -> Month:
    return NEVER if day is None else month_of(day)


def enforcement_measures(entry: Entry) -> Iterator[Measure]:
    values = entry.row.values
    place = place_of(values, values.get("actor_id") or entry.source.sender)
    inspected = month_of(values["inspected_date"])
    yield measure("inspection_count", "n", place, inspected)
    yield measure("penalty_rate", "d", place, inspected)
    is_penalty = any(values.get(name) for name in ("is_unit_penalised", "is_principal_penalised"))
    if is_penalty or float(values.get("fine_wan") or 0) > 0:
        decided = month_of(values.get("penalty_date") or values["inspected_date"])
        yield measure("penalty_count", "n", place, decided)
        yield measure("penalty_rate", "n", place, decided)
