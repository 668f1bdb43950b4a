"""What a build keeps about rows that did not come in, and about sheets that wait for a person.

Rejected rows go to the open file, so the text of a cell stands there only where its column is
open; an ID number that a program damaged is told by place and reason alone.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.build.inputs.build_inputs import SUBMISSION
from etl.declarations.column_types import READABLE
from etl.declarations.csv_rows import read_rows
from etl.declarations.recipe import SOURCES_DIR
from etl.intake.lake import read_verdict, rejected_path, verdict_path
from etl.intake.receipts import Receipt
from etl.intake.submissions import Submission
from etl.judge.records.outcome import quoted
from warehouse.files.home import Home
from warehouse.models.database import Connection, put_table

HIDDEN = "（不显示）"
SHEET = [
    ("receipt_seq", pa.int32()),
    ("file_hash", pa.string()),
    ("file_name", pa.string()),
    ("sheet_no", pa.int32()),
    ("table_no", pa.int32()),
    ("sheet_name", pa.string()),
    ("dataset", pa.string()),
    ("unit_id", pa.string()),
]
REJECT = pa.schema(
    [
        *SHEET,
        ("row_number", pa.int32()),
        ("column_letter", pa.string()),
        ("fault_no", pa.int32()),
        ("value_zh", pa.string()),
        ("reason_zh", pa.string()),
    ]
)
DOUBT = pa.schema(
    [*SHEET, ("row_number", pa.int32()), ("row_id", pa.string()), ("reason_zh", pa.string())]
)
RETURNED_ROW = pa.schema([*SHEET, ("row_number", pa.int32()), ("row_id", pa.string()), *READABLE])
WAITING_SHEET = pa.schema(
    [
        *SHEET,
        ("waiting_kind", pa.string()),
        ("waiting_reason_zh", pa.string()),
        ("span_from_date", pa.date32()),
        ("span_to_date", pa.date32()),
        ("row_count", pa.int32()),
        ("death_count", pa.int32()),
    ]
)
SKIP = pa.schema([*SHEET, ("skip_kind", pa.string()), ("row_count", pa.int32())])


@dataclass(frozen=True)
class Ledger:
    """Rows of `lake.reject`, `returned_row`, `doubt`, `skip`, `held_sheet` and `waiting_sheet`.

    A sheet waits while it is held, or while its workbook asks something; its records and deaths
    are what can be read of it.
    """

    rejects: list[dict[str, Any]] = field(default_factory=list)
    returned_rows: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[dict[str, Any]] = field(default_factory=list)
    skips: list[dict[str, Any]] = field(default_factory=list)
    held_sheets: list[dict[str, Any]] = field(default_factory=list)
    waiting_sheets: list[dict[str, Any]] = field(default_factory=list)


def read_ledger(
    home: Home,
    receipts: Iterable[Receipt],
    recipe: str,
    submissions: Sequence[Submission],
    held: Sequence[Submission],
) -> Ledger:
    """Rejected and skipped rows of the receipts in force, and the sheets of held ones."""
    units = {
        (s.row["receipt_seq"], s.row["sheet_no"], s.row["table_no"]): s.row["unit_id"]
        for s in submissions
    }
    ledger = Ledger(held_sheets=[submission.row for submission in held])
    for receipt in receipts:
        path = verdict_path(home, receipt.sha256, receipt.lake_key(recipe))
        handed_back = rejected_path(home, receipt.sha256, receipt.lake_key(recipe))
        for sheet in read_verdict(path)["sheets"]:
            place = _place(receipt, sheet, units)
            ledger.rejects.extend(_rejects(place, sheet))
            ledger.doubts.extend(_doubts(place, sheet))
            if sheet["rejected"]:
                ledger.returned_rows.extend(_returned_rows(place, handed_back))
            ledger.skips.extend(
                {**place, "skip_kind": kind, "row_count": count}
                for kind, count in sheet["skipped_by"].items()
            )
    return ledger


def put_ledger(connection: Connection, ledger: Ledger) -> None:
    """Write the tables."""
    for name, rows, schema in (
        ("reject", ledger.rejects, REJECT),
        ("returned_row", ledger.returned_rows, RETURNED_ROW),
        ("doubt", ledger.doubts, DOUBT),
        ("skip", ledger.skips, SKIP),
        ("held_sheet", ledger.held_sheets, SUBMISSION),
        ("waiting_sheet", ledger.waiting_sheets, WAITING_SHEET),
    ):
        put_table(connection, f"lake.{name}", pa.Table.from_pylist(rows, schema=schema))


def _place(
    receipt: Receipt, sheet: dict[str, Any], units: dict[tuple[int, int, int], str | None]
) -> dict[str, Any]:
    key = (receipt.seq, sheet["sheet_no"], sheet["table_no"])
    return {
        "receipt_seq": receipt.seq,
        "file_hash": receipt.sha256,
        "file_name": receipt.name,
        "sheet_no": sheet["sheet_no"],
        "table_no": sheet["table_no"],
        "sheet_name": sheet["sheet"],
        "dataset": sheet["dataset"],
        "unit_id": units.get(key) or receipt.unit or None,
    }


def _rejects(place: dict[str, Any], sheet: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for number, fault in enumerate(sheet["rejects"], 1):
        value, reason = fault["value"] or "", fault["reason"]
        if value and not _is_open(sheet["dataset"], fault["field"]):
            value, reason = HIDDEN, reason.replace(quoted(value), HIDDEN)
        yield {
            **place,
            "row_number": fault["row"],
            "column_letter": fault["column"],
            "fault_no": number,
            "value_zh": value,
            "reason_zh": reason,
        }


def _doubts(place: dict[str, Any], sheet: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Cells nobody can read of rows that count; where and whose is open in every source."""
    prefix = f"{place['file_hash'][:16]}-{place['sheet_no']}"
    for doubt in sheet.get("doubts", ()):
        row, reason = doubt["row"], doubt["reason"]
        yield {**place, "row_number": row, "row_id": f"{prefix}-{row}", "reason_zh": reason}


def _returned_rows(place: dict[str, Any], path: Path) -> Iterator[dict[str, Any]]:
    """What can be read of a table's rows that were handed back; never who a person is."""
    names = [name for name, _ in READABLE]
    own = [(name, "==", place[name]) for name in ("sheet_no", "table_no")]
    hidden = {"identity_key": None} if _names_persons(place["dataset"]) else {}
    prefix = f"{place['file_hash'][:16]}-{place['sheet_no']}"
    for row in pq.read_table(path, columns=["row_number", *names], filters=own).to_pylist():
        yield {**place, **row, "row_id": f"{prefix}-{row['row_number']}", **hidden}


def _names_persons(dataset: str) -> bool:
    """Whether a row of this kind is known by who a person is."""
    settings = tomllib.loads((SOURCES_DIR / dataset / "source.toml").read_text(encoding="utf-8"))
    return not _open_fields(dataset).issuperset(settings["identity"])


@cache
def _open_fields(dataset: str) -> frozenset[str]:
    rows = read_rows(SOURCES_DIR / dataset / "columns.csv")
    return frozenset(row["field"] for row in rows if row["visibility"] == "open")


def _is_open(dataset: str | None, name: str) -> bool:
    return dataset is not None and name in _open_fields(dataset)
