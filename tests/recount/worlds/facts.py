"""What happens in a random world, before anybody writes it down."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.recount.model.world import Month, Row, first_day, last_day, read_month
from tests.recount.worlds import hazard, incident

FIRST, LAST = read_month("2025-01"), read_month("2026-06")
TOWNS = ("jia", "yi", "bing")


@dataclass(frozen=True)
class Facts:
    """What happened, before anybody wrote it down."""

    incidents: list[Row]
    hazards: dict[str, list[Row]]
    inspections: dict[str, list[Row]]


def draw(chance: Random) -> Facts:
    return Facts(
        [incident_fact(chance, number) for number in range(chance.randint(12, 30))],
        {town: hazard_facts(chance, town) for town in TOWNS},
        {actor: inspection_facts(chance, actor) for actor in (*TOWNS, "yingji")},
    )


def any_day(chance: Random, first: Month = FIRST, last: Month = LAST) -> date:
    begin = first_day(first)
    return begin + timedelta(days=chance.randrange((last_day(last) - begin).days + 1))


def incident_fact(chance: Random, number: int) -> Row:
    place = chance.choice([*TOWNS, *TOWNS, "direct", None])
    dead = chance.choice([0, 1, 1, 1, 2, 4])
    is_road = chance.random() < 0.3
    more: dict[str, Any] = {
        "department_id": chance.choice(["yingji", "gongxin", None]),
        "is_production": chance.random() > 0.1,
        "is_liability": chance.choice([True, True, False, None]),
        "is_road_transport": is_road,
        "is_fire": not is_road and chance.random() < 0.2,
        "serious_injury_count": chance.choice([0, 0, 1]),
        "minor_injury_count": chance.choice([0, 0, 2]),
        "loss_wan": Decimal(chance.choice(["5", "99.9", "100", "1000"])),
    }
    on = any_day(chance).isoformat()
    return incident(f"SG{number:03d}", on, place, dead, **more)


def hazard_facts(chance: Random, town: str) -> list[Row]:
    return [hazard_fact(chance, town, number) for number in range(chance.randint(5, 12))]


def hazard_fact(chance: Random, town: str, number: int) -> Row:
    found = any_day(chance)
    due = found + timedelta(days=chance.randint(10, 120))
    rectified = found + timedelta(days=chance.randint(5, 150))
    accepted = rectified + timedelta(days=chance.randint(0, 20))
    more: dict[str, Any] = {
        "hazard_grade_code": chance.choice(["major", "major", "major", "general"]),
        "department_id": chance.choice(["yingji", "gongxin", None]),
        "extended_due_date": due + timedelta(days=30) if chance.random() < 0.2 else None,
        "rectified_date": rectified,
        "accepted_date": accepted,
        "closed_date": accepted + timedelta(days=chance.randint(0, 10)),
    }
    place = None if chance.random() < 0.06 else town
    name = f"YH-{town}-{number:02d}"
    return hazard(name, found.isoformat(), due.isoformat(), place, **more)


def inspection_facts(chance: Random, actor: str) -> list[Row]:
    rows = []
    for number in range(chance.randint(4, 14)):
        on = any_day(chance)
        is_fined = chance.random() < 0.2
        values = {
            "record_no": f"JC-{actor}-{number:03d}",
            "actor_id": actor,
            "inspected_date": on,
            "territory_id": actor if actor in TOWNS else chance.choice([*TOWNS, None]),
            "department_id": chance.choice(["yingji", "gongxin"]),
            "enterprise_name": f"试算{actor}{number}商贸有限公司",
            "sector_code": "industry_trade",
            "inspection_kind_code": "planned",
            "is_unit_penalised": is_fined,
            "is_principal_penalised": is_fined and chance.random() < 0.5,
            "penalty_kind_code": "supervision" if is_fined else None,
            "penalty_date": on + timedelta(days=chance.randint(0, 40)) if is_fined else None,
            "case_no": f"试罚{actor}{number}号" if is_fined else None,
            "fine_wan": Decimal("1.5") if is_fined else None,
        }
        rows.append(Row(values))
    return rows


def known_by(row: Row, day: date) -> Row:
    """A hazard as its town knew it on a day."""
    values = dict(row.values)
    for name in ("rectified_date", "accepted_date", "closed_date"):
        if values[name] > day:
            values[name] = None
    if values["found_date"] + timedelta(days=9) > day:
        values["extended_due_date"] = None
    values["status_code"] = (
        "closed"
        if values["closed_date"]
        else "accepted"
        if values["accepted_date"]
        else "awaiting_acceptance"
        if values["rectified_date"]
        else "rectifying"
    )
    return Row(values)
