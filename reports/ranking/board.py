"""One ranking of one month: units, items and lines that page and workbook both show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from reports.source import Rows

Row = Mapping[str, Any]
Instead = Mapping[str, str]
#: What a what-if replaces, and the query that stands in for it.
OTHER_WEIGHTS: Instead = {"marts.score_weight": "what_if_weights"}


@dataclass(frozen=True)
class Board:
    """A ranking: whose, of which month, its units in rank order, its items, its lines."""

    state: Row
    ranking: Row
    month: date
    units: Sequence[Row]
    items: Sequence[Row]
    lines: Mapping[tuple[str, str], Row]
    places: Sequence[Row]
    owed: Mapping[str, Sequence[Row]]

    @property
    def ranked(self) -> list[Row]:
        """Units with a rank, first to last."""
        return [unit for unit in self.units if unit["state"] == "ranked"]

    @property
    def unranked(self) -> list[Row]:
        """Units without a rank: 未报 before 不参评, each in administrative order."""
        rest = [unit for unit in self.units if unit["state"] != "ranked"]
        return sorted(rest, key=lambda unit: (unit["state"] != "not_reported", unit["sort_no"]))

    @property
    def by_rank(self) -> list[Row]:
        """Ranked units, then the others."""
        return [*self.ranked, *self.unranked]

    @property
    def by_order(self) -> list[Row]:
        """All units in administrative order."""
        return sorted(self.units, key=lambda unit: unit["sort_no"])

    @property
    def scored(self) -> list[Row]:
        """Items that carry points; those that only veto are no column."""
        return [item for item in self.items if item["mode"] != "veto"]

    @property
    def is_comparable(self) -> bool:
        """Whether the month before was ranked by the same version of the scheme."""
        return any(unit["movement_state"] not in {None, "no_base"} for unit in self.units)

    def against(self, other: Board) -> Board:
        """This board with movement measured against another board of the same month."""
        before = {unit["unit_id"]: unit["rank_no"] for unit in other.units}
        units = [
            {**unit, **_moved(unit["rank_no"], before[unit["unit_id"]])} for unit in self.units
        ]
        return replace(self, units=units)

    def line(self, unit: Row, item: Row) -> Row:
        """What one unit reached in one item."""
        return self.lines[unit["unit_id"], item["item_code"]]

    def lines_of(self, unit: Row) -> list[Row]:
        """A unit's lines, item by item."""
        return [self.line(unit, item) for item in self.items]


def choices(rows: Rows, month: date) -> Sequence[Row]:
    """The rankings of a month, in the order of the scheme; empty when no scheme is in force."""
    return rows("rankings", month=month)


def load(
    rows: Rows, ranking: Row, month: date, other_points: Mapping[str, Any] | None = None
) -> Board:
    """The board of one ranking; with `other_points` (item → points) as if the scheme had those."""
    asked: dict[str, Any] = {
        "scheme_code": ranking["scheme_code"],
        "list_code": ranking["list_code"],
        "month": month,
    }
    if other_points:
        asked |= {"item_codes": list(other_points), "item_points": list(other_points.values())}
        asked["instead"] = OTHER_WEIGHTS
    owed: dict[str, list[Row]] = {}
    for row in rows("missing_reports", month=month):
        owed.setdefault(row["unit_id"], []).append(row)
    return Board(
        state=rows("data_state")[0],
        ranking=ranking,
        month=month,
        units=rows("ranking", **asked),
        items=rows("ranking_items", **asked),
        lines={(r["unit_id"], r["item_code"]): r for r in rows("ranking_lines", **asked)},
        places=rows("ranking_months", **asked),
        owed=owed,
    )


def _moved(rank: float | None, before: float | None) -> Row:
    if rank is None or before is None:
        return {"movement": None, "movement_state": None if rank is None else "new"}
    return {"movement": before - rank, "movement_state": "moved"}
