"""What a sender's earlier table had and this one has not: told at loading, before it is missed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.changes.column_readers import indicators_reading
from etl.intake.lake import read_verdict, verdict_path
from etl.intake.receipts import Receipt, in_force
from etl.intake.submissions import Reporters, counted_unit
from etl.judge.undeclared.column_drift import Change
from warehouse.files.home import Home


@dataclass(frozen=True)
class _Earlier:
    """The newest table in force of one dataset and unit."""

    order: tuple[str, int]
    file_name: str
    headers: dict[str, str]


class EarlierTables:
    """Columns of the tables in force, by dataset and unit; read when first asked."""

    def __init__(self, home: Home, recipe: str, reporters: Reporters) -> None:
        self._home, self._recipe, self._reporters = home, recipe, reporters
        self._tables: dict[tuple[str, str], _Earlier] | None = None

    def tell(self, entry: dict[str, Any], verdict: dict[str, Any]) -> None:
        """Add what is gone to the notes and changes of each table of a load report."""
        for shown, sheet in zip(entry["sheets"], verdict["sheets"], strict=True):
            if shown["dataset"]:
                gone = self.gone(sheet, shown["unit"])
                shown["notes"] = [*shown["notes"], *(change.reason for change in gone)]
                shown["changes"] = [*shown["changes"], *(change.document() for change in gone)]

    def gone(self, sheet: dict[str, Any], unit: str) -> list[Change]:
        """Columns of the newest table of this sender that this one lacks, with their figures."""
        if self._tables is None:
            self._tables = self._read()
        earlier = self._tables.get((sheet["dataset"], unit))
        if earlier is None or sheet.get("origin") or _day(sheet) < earlier.order[0]:
            return []
        return [
            _change(field, header, earlier.file_name, sheet["dataset"])
            for field, header in earlier.headers.items()
            if field not in sheet["columns"]
        ]

    def _read(self) -> dict[tuple[str, str], _Earlier]:
        tables: dict[tuple[str, str], _Earlier] = {}
        for receipt in in_force(self._home).active.values():
            path = self._verdict(receipt)
            for sheet in read_verdict(path)["sheets"] if path else ():
                unit = (
                    counted_unit(sheet, receipt.unit, self._reporters) if sheet["dataset"] else None
                )
                if unit is None or sheet.get("origin") or not sheet["columns"]:
                    continue
                headers = {field: where["header"] for field, where in sheet["columns"].items()}
                found = _Earlier((_day(sheet), receipt.seq), receipt.name, headers)
                known = tables.setdefault((sheet["dataset"], unit), found)
                if found.order > known.order:
                    tables[sheet["dataset"], unit] = found
        return tables

    def _verdict(self, receipt: Receipt) -> Path | None:
        """As judged now, else as judged last: a new recipe is only applied by the build."""
        now = verdict_path(self._home, receipt.sha256, receipt.lake_key(self._recipe))
        if now.exists():
            return now
        older = now.parent.glob(f"{receipt.sha256}-*.json")
        return max(older, key=lambda path: path.stat().st_mtime, default=None)


def _day(sheet: dict[str, Any]) -> str:
    """The ISO day the table speaks up to."""
    return str(sheet["as_of"] or sheet["span_to"] or "")


def _change(field: str, header: str, file_name: str, dataset: str) -> Change:
    figures = "、".join(indicators_reading(dataset, field))
    more = f"；涉及{figures}，请核对后再用" if figures else ""
    reason = f"上次报送“{file_name}”有“{header}”一列，这次没有，此列将是空白{more}"
    return Change("gone", "", header, field, reason)
