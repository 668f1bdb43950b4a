"""Worlds to be recounted: by hand, by chance, from the sample's truth, and as real workbooks."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.recount.model.world import Profile, Row, Submission, World, last_day, read_month

PROFILE_FOLDER = Path(__file__).parent / "profile"


@cache
def small_profile() -> Profile:
    """Three towns and three offices of an invented county."""
    return Profile.read(PROFILE_FOLDER)


def day(text: str) -> date:
    return date.fromisoformat(text)


def incident(number: str, on: str, place: str | None = "jia", dead: int = 1, **more: Any) -> Row:
    """A case that counts, in a place, with its deaths."""
    values = {
        "incident_no": number,
        "incident_name": f"“{number}”机械伤害事故",
        "occurred_date": day(on),
        "territory_id": place,
        "department_id": "gongxin",
        "sector_code": "commerce_manufacturing",
        "accident_type_code": "t1986_03",
        "is_production": True,
        "is_liability": True,
        "is_road_transport": False,
        "is_fire": False,
        "death_count": dead,
        "serious_injury_count": 0,
        "minor_injury_count": 1,
        "loss_wan": 20,
        "status_code": "investigating",
    }
    return Row({**values, **more})


def hazard(number: str, found: str, due: str | None, place: str | None = "jia", **more: Any) -> Row:
    """A major hazard still open."""
    values = {
        "hazard_no": number,
        "territory_id": place,
        "department_id": "gongxin",
        "enterprise_name": f"试算{number}制造有限公司",
        "sector_code": "industry_trade",
        "hazard_grade_code": "major",
        "channel_code": "supervision",
        "found_date": day(found),
        "hazard_text": f"{number}号设备防护缺失",
        "due_date": None if due is None else day(due),
        "status_code": "rectifying",
    }
    return Row({**values, **more})


def closed(number: str, found: str, due: str, done: str, place: str = "jia") -> Row:
    """A major hazard accepted and closed on a day."""
    on = day(done)
    more = {"rectified_date": on, "accepted_date": on, "closed_date": on, "status_code": "closed"}
    return hazard(number, found, due, place, **more)


def back(row: Row, *unreadable: str) -> Row:
    """The row as it was handed back: the named fields cannot be read."""
    kept = {name: value for name, value in row.values.items() if name not in unreadable}
    return Row(kept, is_back=True)


def sent(dataset: str, sender: str, months: str, *rows: Row, **more: Any) -> Submission:
    """A table for a month or a span of months (“2026-01”, “2026-01..2026-10”)."""
    first, _, last = months.partition("..")
    begin, end = read_month(first), read_month(last or first)
    start = date(begin // 12, begin % 12 + 1, 1)
    return Submission(0, dataset, sender, start, last_day(end), tuple(rows), **more)


def total(month: str, unit: str, item: str, amount: int) -> Row:
    on = day(f"{month}-01")
    values = {"report_month": on, "reporter_id": unit, "item_code": item, "amount": amount}
    return Row(values)


def world_of(*tables: Submission, profile: Profile | None = None) -> World:
    """A world in which the tables arrived in this order."""
    ordered = tuple(replace(table, seq=number) for number, table in enumerate(tables, start=1))
    return World(ordered, profile or small_profile())
