"""What is stated, not counted: totals of months without a ledger, denominators of the rates."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from tests.recount.model.coverage import Coverage
from tests.recount.model.measures import COLUMNS, Measure, Place, measure
from tests.recount.model.world import TOTAL, Month

METRIC = {
    "gdp_death_rate": "gdp",
    "employed_death_rate": "employed",
    "vehicle_death_rate": "vehicles",
    "fire_death_rate": "population",
}
PERIODS = {"q1": 3, "h1": 6, "q3": 9, "year": 12}
TEN_THOUSANDS = {"wan_ren", "wan_liang"}
#: Figures that an item of 上报汇总 enters.
ENTERS = {
    "incident_count": ("incident_count",),
    "death_count": ("death_count", "gdp_death_rate", "employed_death_rate"),
}


@dataclass(frozen=True)
class Gap:
    """A stated total beside the dated rows of the same unit, month and item."""

    unit: str
    month: Month
    item: str
    stated: int
    counted: int
    is_used: bool

    @property
    def is_doubtful(self) -> bool:
        return self.stated < self.counted


def gaps(coverage: Coverage, rows: pd.DataFrame) -> Iterator[Gap]:
    counted = rows[rows["indicator"].isin(ENTERS)]
    by_place = counted.groupby(["indicator", "territory", "month"])["amount"].sum().to_dict()
    everywhere = counted.groupby(["indicator", "month"])["amount"].sum().to_dict()
    used: dict[tuple[str, Month], int] = {}
    entries = coverage.force.entries("reported")
    for entry in sorted(entries, key=lambda one: one.row.values["reporter_id"] == TOTAL):
        values, month = entry.row.values, entry.month
        if month is None or values.get("amount") is None:
            continue
        unit, item, stated = values["reporter_id"], values["item_code"], int(values["amount"])
        if unit == TOTAL:
            found = everywhere.get((item, month), 0) + used.get((item, month), 0)
        else:
            found = by_place.get((item, unit, month), 0)
        speakers = coverage.speakers("incident", "territory", unit)
        is_used = coverage.month_state("incident", speakers, month) != "whole" and stated > found
        used[item, month] = used.get((item, month), 0) + (stated - found if is_used else 0)
        yield Gap(unit, month, item, stated, int(found), is_used)


def stated_measures(coverage: Coverage, rows: pd.DataFrame) -> pd.DataFrame:
    """What a larger total adds to the dated rows of a month no ledger covers whole."""
    found: list[Measure] = []
    for gap in gaps(coverage, rows):
        if gap.is_used:
            place = Place() if gap.unit == TOTAL else Place(territory=gap.unit)
            for indicator in ENTERS[gap.item]:
                amount = gap.stated - gap.counted
                found.append(measure(indicator, "n", place, gap.month, amount=amount))
    return pd.DataFrame(found, columns=COLUMNS)


def given(coverage: Coverage, indicator: str, first: Month, last: Month) -> Fraction | None:
    """The denominator published for exactly this period; the final one goes before."""
    if first % 12:
        return None
    found: list[tuple[bool, str, Fraction]] = []
    for entry in coverage.force.entries("economy"):
        values = entry.row.values
        is_it = (
            values["metric_code"] == METRIC[indicator] and int(values["data_year"]) == first // 12
        )
        if is_it and PERIODS[values["period_code"]] == last - first + 1:
            amount = Fraction(str(values["amount"]))
            amount *= 10_000 if values["unit_code"] in TEN_THOUSANDS else 1
            published = str(values.get("published_date") or "")
            found.append((values["version_code"] == "final", published, amount))
    return max(found)[2] if found else None
