"""Measure rows of what people and units owe: training, certificates, reports."""

from collections.abc import Iterator

import pandas as pd

from tests.recount.model.coverage import Coverage
from tests.recount.model.inforce import Entry
from tests.recount.model.measures import COLUMNS, NEVER, Measure, Place, measure, place_of
from tests.recount.model.world import Month, month_of

PRINCIPALS = {"principal", "fire_principal"}
CERTIFIED = {"principal", "safety_manager", "special_operator"}


def frame(coverage: Coverage) -> pd.DataFrame:
    """Training, certificates and reports."""
    makers = (training_measures, certificate_measures, report_measures)
    return pd.DataFrame([row for make in makers for row in make(coverage)], columns=COLUMNS)


def training_measures(coverage: Coverage) -> Iterator[Measure]:
    passed = first_passes(coverage)
    lines: dict[tuple[str, int, str], list[Entry]] = {}
    for entry in coverage.force.entries("training_roster"):
        values = entry.row.values
        if values["person_kind_code"] in PRINCIPALS:
            for category in (values["category_code"], "*"):
                key = (values["credit_code"], int(values["plan_year"]), category)
                lines.setdefault(key, []).append(entry)
    for (enterprise, year, category), entries in lines.items():
        done = max(passed.get(person_key(entry), NEVER) for entry in entries)
        for entry in entries:
            place = place_of(entry.row.values, entry.source.sender)
            for part, month in (("d", year * 12), ("n", done)):
                yield measure(
                    "principal_training_rate", part, place, month,
                    entity=enterprise, category=category,
                )  # fmt: skip


def person_key(entry: Entry) -> tuple[str, str, int]:
    values = entry.row.values
    return values["person_id"], values["category_code"], int(values["plan_year"])


def first_passes(coverage: Coverage) -> dict[tuple[str, str, int], Month]:
    """First month of the year in which a person passed in a category."""
    months: dict[tuple[str, str, int], Month] = {}
    for entry in coverage.force.entries("training_record"):
        values = entry.row.values
        if values["result_code"] == "passed":
            day = values["trained_date"]
            key = (values["person_id"], values["category_code"], day.year)
            months[key] = min(months.get(key, NEVER), month_of(day))
    return months


def certificate_measures(coverage: Coverage) -> Iterator[Measure]:
    held = certificates(coverage)
    lines: dict[tuple[str, int], list[Entry]] = {}
    for entry in coverage.force.entries("training_roster"):
        values = entry.row.values
        if values["person_kind_code"] in CERTIFIED:
            key = (values["person_id"], int(values["plan_year"]) * 12)
            lines.setdefault(key, []).append(entry)
    for (person, year), entries in lines.items():
        posts = {entry.row.values["person_kind_code"] for entry in entries}
        months = [
            month
            for month in range(year, year + 12)
            if all(is_held(held.get((person, post), []), month) for post in posts)
        ]
        for entry in entries:
            place = place_of(entry.row.values, entry.source.sender)
            yield measure("certificate_rate", "d", place, year, done=year + 12, entity=person)
            for month in months:
                yield measure("certificate_rate", "n", place, month, done=month + 1, entity=person)


def certificates(coverage: Coverage) -> dict[tuple[str, str], list[range]]:
    """Months in which a person's certificates for a post are valid."""
    held: dict[tuple[str, str], list[range]] = {}
    for entry in coverage.force.entries("training_record"):
        values = entry.row.values
        expiry = values.get("certificate_expiry_date")
        if values["result_code"] == "passed" and expiry:
            months = range(month_of(values["trained_date"]), month_of(expiry) + 1)
            held.setdefault((values["person_id"], values.get("person_kind_code", "")), []).append(
                months
            )
    return held


def is_held(certificates: list[range], month: Month) -> bool:
    return any(month in months for months in certificates)


def report_measures(coverage: Coverage) -> Iterator[Measure]:
    months = range(first_month(coverage), last_month(coverage) + 1)
    for dataset, sender in coverage.calendar:
        place = Place(actor=sender)
        for month in months:
            if not coverage.is_in_calendar(dataset, sender, month):
                continue
            is_known = coverage.of_sender(dataset, sender, month).state == "known"
            if is_known or coverage.is_due(dataset, sender, month):
                yield measure("report_rate", "d", place, month)
                yield measure("report_rate", "n", place, month, amount=int(is_known))


def first_month(coverage: Coverage) -> Month:
    return min((min(known) for known in coverage.spoken.values()), default=0)


def last_month(coverage: Coverage) -> Month:
    return max((max(known) for known in coverage.spoken.values()), default=-1)
