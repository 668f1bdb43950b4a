"""The rows behind a figure: which count, whether they add up, which the numerator lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]
GIVEN = "given"


@dataclass(frozen=True)
class Behind:
    """Measure rows of one figure, split by part."""

    numerator: list[Row]
    denominator: list[Row]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Behind:
        """Rows of `figure_rows.sql`."""
        return cls(
            [row for row in rows if row["part"] == "n"], [row for row in rows if row["part"] == "d"]
        )

    @property
    def not_counted(self) -> list[Row]:
        """Denominator rows not in the numerator, by record, or by entity where entities count."""
        if not self.denominator or self.denominator[0]["time_rule"] == GIVEN:
            return []
        key = "entity_id" if self.denominator[0]["is_by_entity"] else "row_id"
        counted = {row[key] for row in self.numerator}
        return [row for row in self.denominator if row[key] not in counted]

    def views(self) -> dict[str, list[Row]]:
        """What the drawer offers, the rows somebody must act on first."""
        if not self.denominator:
            return {"全部": self.numerator}
        named = {"未计入分子": self.not_counted, "分子": self.numerator, "分母": self.denominator}
        return {name: rows for name, rows in named.items() if rows}


@dataclass(frozen=True)
class Tally:
    """Stored parts of a figure beside the sums over its rows."""

    stored_numerator: Decimal
    stored_denominator: Decimal | None
    summed_numerator: Decimal
    summed_denominator: Decimal | None
    row_count: int

    @property
    def agrees(self) -> bool:
        """The rows add up to what is stored, to the last digit."""
        return (self.stored_numerator, self.stored_denominator or Decimal(0)) == (
            self.summed_numerator,
            self.summed_denominator or Decimal(0),
        )


def tally(figure: Row, behind: Behind) -> Tally:
    """Compare a base figure with its rows."""
    return Tally(
        exact(figure["numerator"]),
        None if figure["denominator"] is None else exact(figure["denominator"]),
        total(behind.numerator),
        total(behind.denominator) if behind.denominator else None,
        len(behind.numerator) + len(behind.denominator),
    )


def tally_members(figure: Row, members: Sequence[Row]) -> Tally:
    """Compare a derived figure with its units; a unit stands once however many figures it has."""
    units = {row["unit_id"]: row for row in members}.values()
    return Tally(
        exact(figure["numerator"]),
        exact(figure["denominator"]),
        sum((exact(row["n_amount"]) for row in units), Decimal(0)),
        sum((exact(row["d_amount"]) for row in units), Decimal(0)),
        len(units),
    )


def total(rows: Sequence[Row]) -> Decimal:
    """Sum of the rows of one part; where entities are counted, each once."""
    if rows and rows[0]["is_by_entity"]:
        return Decimal(len({row["entity_id"] for row in rows}))
    return sum((exact(row["amount"]) for row in rows), Decimal(0))


def exact(value: Any) -> Decimal:
    """DECIMAL(18,4) as DuckDB stored it, whatever pandas made of it on the way."""
    return Decimal(0) if value is None else Decimal(str(value)).quantize(Decimal("0.0001"))
