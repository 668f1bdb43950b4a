"""Rejected rows that still wait for the unit: of what is in force, not mended, not replaced."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq

from etl.declarations.cell_addresses import column_number
from etl.intake.lake import read_verdict, rejected_path, verdict_path
from etl.intake.receipts import Receipt, in_force
from etl.intake.submissions import submissions_in_force
from warehouse.files.home import Home

Place = tuple[str, int, int]
"""SHA-256, sheet number and table number of a table."""


@dataclass
class OpenRow:
    """One rejected row as last sent: texts by field and by header of other columns, its faults."""

    number: int
    fields: dict[str, str]
    others: dict[str, str]
    faults: list[dict[str, Any]]
    receipts: set[int]


@dataclass(frozen=True)
class OpenTable:
    """A table with rows still open: what was said of it when it was judged, and its submission."""

    sheet: Mapping[str, Any]
    submission: Mapping[str, Any]
    rows: dict[int, OpenRow]

    @property
    def headers(self) -> dict[str, str]:
        """Column letter → header as the unit wrote it."""
        named = [*self.sheet["columns"].values(), *self.sheet["extra_columns"]]
        return {cell["column"]: cell["header"] for cell in named}


def open_tables(home: Home, recipe: str) -> list[OpenTable]:
    """Every table with open rows, in order of receipt."""
    standing = in_force(home)
    counted = [r for seq, r in sorted(standing.active.items()) if seq not in standing.held]
    submissions = [s.row for s in submissions_in_force(home, counted, recipe)]
    verdicts = {
        r.seq: read_verdict(verdict_path(home, r.sha256, r.lake_key(recipe))) for r in counted
    }
    tables: dict[Place, OpenTable] = {}
    for receipt in counted:
        for sheet in verdicts[receipt.seq]["sheets"]:
            if sheet["dataset"] and not sheet["origin"] and sheet["rejects"]:
                place = (receipt.sha256, sheet["sheet_no"], sheet["table_no"])
                mine = _submission(submissions, receipt.seq, sheet)
                if mine and not _is_replaced(mine, submissions):
                    tables[place] = OpenTable(sheet, mine, _rows(home, receipt, sheet, recipe))
    for receipt in counted:
        _mend(home, receipt, verdicts[receipt.seq], tables, recipe)
    return [table for table in tables.values() if table.rows]


def _submission(
    submissions: Iterable[Mapping[str, Any]], seq: int, sheet: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    wanted = (seq, sheet["sheet_no"], sheet["table_no"])
    names = ("receipt_seq", "sheet_no", "table_no")
    return next((s for s in submissions if tuple(s[n] for n in names) == wanted), None)


def _is_replaced(mine: Mapping[str, Any], submissions: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a newer ledger of the unit speaks for the whole span: its rows count, not these."""
    return any(
        s["dataset"] == mine["dataset"]
        and s["unit_id"] == mine["unit_id"]
        and s["mode"] != "append"
        and not s.get("origin_seq")
        and (s["as_of_date"], s["receipt_seq"]) > (mine["as_of_date"], mine["receipt_seq"])
        and s["span_from_date"] <= mine["span_from_date"]
        and s["span_to_date"] >= min(mine["span_to_date"], mine["as_of_date"])
        for s in submissions
    )


def _rows(
    home: Home, receipt: Receipt, sheet: Mapping[str, Any], recipe: str
) -> dict[int, OpenRow]:
    rows: dict[int, OpenRow] = {}
    fields = {cell["column"]: field for field, cell in sheet["columns"].items()}
    headers = {cell["column"]: cell["header"] for cell in sheet["extra_columns"]}
    faults: dict[int, list[dict[str, Any]]] = {}
    for reject in sheet["rejects"]:
        faults.setdefault(reject["row"], []).append(reject)
    for number, cells in _rejected_cells(home, receipt, sheet, recipe):
        others = {c: text for c, text in cells.items() if c not in fields}
        rows[number] = OpenRow(
            number,
            {fields[c]: text for c, text in cells.items() if c in fields},
            {headers.get(c, f"原表{c}列"): others[c] for c in sorted(others, key=column_number)},
            faults[number],
            {receipt.seq},
        )
    return rows


def _rejected_cells(
    home: Home, receipt: Receipt, sheet: Mapping[str, Any], recipe: str
) -> Iterable[tuple[int, dict[str, str]]]:
    """Rejected rows of one table with their cells by column letter."""
    own = {reject["row"] for reject in sheet["rejects"]}
    for row in pq.read_table(
        rejected_path(home, receipt.sha256, receipt.lake_key(recipe))
    ).to_pylist():
        if row["sheet_no"] == sheet["sheet_no"] and row["row_number"] in own:
            yield row["row_number"], json.loads(row["cells"])


def _mend(
    home: Home,
    receipt: Receipt,
    verdict: Mapping[str, Any],
    tables: Mapping[Place, OpenTable],
    recipe: str,
) -> None:
    """Take out what this 退回工作簿 mended; show the rest as it was last sent."""
    for sheet in verdict["sheets"]:
        origin = sheet["origin"]
        if not origin:
            continue
        table = tables.get((origin["sha256"], origin["sheet_no"], origin["table_no"]))
        if table is None:
            continue
        wrong = _rows(home, receipt, sheet, recipe)
        for here, number in origin["rows"].items():
            known = table.rows.get(number)
            if int(here) not in wrong:
                table.rows.pop(number, None)
            elif known:
                known.fields = wrong[int(here)].fields
                known.faults = wrong[int(here)].faults
                known.receipts.add(receipt.seq)
