"""The invented place a sample is written for, read from the CSV files of its profile."""

import csv
from dataclasses import dataclass
from pathlib import Path

UNASSIGNED, DIRECT = "unassigned", "direct"


@dataclass(frozen=True)
class Unit:
    """One reporting unit (镇街、功能区、市直、部门)."""

    unit_id: str
    name_zh: str
    short_name: str
    kind: str
    is_territory: bool
    is_department: bool
    is_actor: bool
    sort_no: int

    @property
    def is_zone(self) -> bool:
        """Whether it is a development zone."""
        return self.kind == "功能区"


@dataclass(frozen=True)
class Place:
    """Everything the sample takes from a profile: units, their aliases, who sends what."""

    name_zh: str
    units: tuple[Unit, ...]
    aliases: dict[str, tuple[str, ...]]
    ambiguous: tuple[str, ...]
    senders: dict[str, tuple[str, ...]]

    def unit(self, unit_id: str) -> Unit:
        """The unit of an id."""
        return next(unit for unit in self.units if unit.unit_id == unit_id)

    @property
    def territories(self) -> tuple[Unit, ...]:
        """镇街, 功能区 and 市直; without 未归属."""
        return tuple(u for u in self.units if u.is_territory and u.unit_id != UNASSIGNED)

    @property
    def towns(self) -> tuple[Unit, ...]:
        """镇街 alone."""
        return tuple(u for u in self.territories if not u.is_zone and u.unit_id != DIRECT)

    def department(self, word: str) -> str | None:
        """The first department whose name contains the word, or nothing."""
        found = (u.unit_id for u in self.units if u.is_department and word in u.name_zh)
        return next(found, None)

    def spokesman(self, dataset: str) -> str:
        """The one unit that sends this dataset for all (covers=all)."""
        return self.senders[dataset][0]


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def read_place(profile_dir: Path) -> Place:
    """The place of a synthetic profile; casualties of a real place are never invented."""
    facts = {row["key"]: row["value"] for row in read_rows(profile_dir / "profile.csv")}
    if facts.get("is_synthetic") != "1":
        raise ValueError(f"{facts['name_zh']}不是虚构辖区，不生成模拟数据")
    units = tuple(_unit(row) for row in read_rows(profile_dir / "units.csv"))
    alias_rows = read_rows(profile_dir / "aliases.csv")
    aliases: dict[str, tuple[str, ...]] = {}
    for row in alias_rows:
        if row["unit_id"]:
            aliases[row["unit_id"]] = (*aliases.get(row["unit_id"], ()), row["alias"])
    senders: dict[str, tuple[str, ...]] = {}
    for row in read_rows(profile_dir / "report_calendar.csv"):
        senders[row["dataset"]] = (*senders.get(row["dataset"], ()), row["unit_id"])
    return Place(
        name_zh=facts["name_zh"],
        units=units,
        aliases=aliases,
        ambiguous=tuple(row["alias"] for row in alias_rows if not row["unit_id"]),
        senders=senders,
    )


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        unit_id=row["unit_id"],
        name_zh=row["name_zh"],
        short_name=row["short_name"],
        kind=row["kind"],
        is_territory=row["role_territory"] == "1",
        is_department=row["role_department"] == "1",
        is_actor=row["role_actor"] == "1",
        sort_no=int(row["sort_no"]),
    )
