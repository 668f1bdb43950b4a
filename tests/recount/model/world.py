"""A world: what was sent, by whom, in which order, and the rows that say what must come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parents[3]
CATALOGUE = ROOT / "sql" / "catalogue"
UNASSIGNED = "unassigned"
DIRECT = "direct"
TOTAL = "total"

#: Months are counted from year 0: one integer, so that spans are differences.
Month = int


def month_of(day: date) -> Month:
    return day.year * 12 + day.month - 1


def first_day(month: Month) -> date:
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: Month) -> date:
    return first_day(month + 1) - timedelta(days=1)


def month_text(month: Month) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def read_month(text: str) -> Month:
    return int(text[:4]) * 12 + int(text[5:7]) - 1


@dataclass(frozen=True)
class Row:
    """One record as the workbook says it; of a row handed back only what can still be read."""

    values: Mapping[str, Any]
    is_back: bool = False


@dataclass(frozen=True)
class Submission:
    """One table that was sent: who, what, for which period, filed when, in which order."""

    seq: int
    dataset: str
    sender: str
    period_from: date
    period_to: date
    rows: tuple[Row, ...]
    filing: date | None = None
    mode: str = "slice"
    is_undone: bool = False
    is_confirmed: bool = False
    receipt: int | None = None
    name: str = ""

    @property
    def data_day(self) -> date:
        """Last day this table speaks for: an earlier filing day caps its period."""
        if self.filing is not None and self.filing < self.period_to:
            return self.filing
        return self.period_to

    @property
    def months(self) -> range:
        return range(month_of(self.period_from), month_of(self.data_day) + 1)

    @property
    def is_wholly_back(self) -> bool:
        return bool(self.rows) and all(row.is_back for row in self.rows)

    @property
    def receipt_no(self) -> int:
        return self.seq if self.receipt is None else self.receipt


def read_rows(path: Path) -> pd.DataFrame:
    """Rows of a table of texts; without the file, no rows."""
    if not path.exists():
        return pd.DataFrame()
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def records(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Rows of a table of texts, by column."""
    return [{str(name): text for name, text in row.items()} for row in frame.to_dict("records")]


@dataclass(frozen=True)
class Profile:
    """The rows of a jurisdiction."""

    units: pd.DataFrame
    groups: pd.DataFrame
    calendar: pd.DataFrame
    targets: pd.DataFrame
    schemes: pd.DataFrame
    items: pd.DataFrame

    @classmethod
    def read(cls, folder: Path) -> "Profile":
        names = ("units", "groups", "report_calendar", "targets", "schemes", "scheme_items")
        return cls(*(read_rows(folder / f"{name}.csv") for name in names))

    @cached_property
    def by_role(self) -> dict[str, list[str]]:
        """Units that may play a role, the reserved ones included."""
        return {
            role: list(self.units.loc[self.units[f"role_{role}"] == "1", "unit_id"])
            for role in ("territory", "department", "actor")
        }

    def units_of(self, role: str) -> list[str]:
        return self.by_role[role]

    @cached_property
    def places(self) -> list[str]:
        """Towns and zones: what a total of the whole area must name one by one."""
        reserved = {TOTAL, DIRECT, UNASSIGNED}
        return [unit for unit in self.units_of("territory") if unit not in reserved]

    @cached_property
    def group_of(self) -> dict[str, str]:
        return dict(zip(self.units["unit_id"], self.units["group_code"], strict=True))

    @cached_property
    def duties(self) -> dict[str, dict[str, str]]:
        """Who sends a dataset, and whether its ledger speaks for itself or for all."""
        found: dict[str, dict[str, str]] = {}
        for row in records(self.calendar):
            found.setdefault(row["dataset"], {})[row["unit_id"]] = row["covers"]
        return found

    def senders(self, dataset: str) -> dict[str, str]:
        return self.duties.get(dataset, {})

    @cached_property
    def aims(self) -> dict[tuple[str, str], list[dict[str, str]]]:
        """Targets by indicator and level."""
        found: dict[tuple[str, str], list[dict[str, str]]] = {}
        for row in records(self.targets):
            found.setdefault((row["indicator_code"], row["level"]), []).append(row)
        return found


@dataclass(frozen=True)
class Catalogue:
    """The rows that say what an indicator is."""

    indicators: pd.DataFrame = field(
        default_factory=lambda: read_rows(CATALOGUE / "indicators.csv")
    )
    verdicts: pd.DataFrame = field(default_factory=lambda: read_rows(CATALOGUE / "verdicts.csv"))
    grades: pd.DataFrame = field(
        default_factory=lambda: read_rows(CATALOGUE / "accident_grades.csv")
    )

    @cached_property
    def verdict_of(self) -> dict[tuple[int, int, bool], str]:
        """Verdict by the signs of incidents and deaths, and whether both stayed at zero."""
        return {
            (int(row["incident_sign"]), int(row["death_sign"]), row["is_zero_kept"] == "1"): row[
                "verdict_code"
            ]
            for row in records(self.verdicts)
        }

    @cached_property
    def by_code(self) -> dict[str, dict[str, str]]:
        return {row["indicator_code"]: row for row in records(self.indicators)}


@cache
def the_catalogue() -> Catalogue:
    return Catalogue()


@dataclass(frozen=True)
class World:
    """Everything the figures are a function of."""

    submissions: tuple[Submission, ...]
    profile: Profile
    catalogue: Catalogue = field(default_factory=the_catalogue)
    seed: int | None = None

    @property
    def standing(self) -> list[Submission]:
        """What was sent and not undone, in the order of receipt."""
        kept = [one for one in self.submissions if not one.is_undone]
        return sorted(kept, key=lambda one: one.seq)
