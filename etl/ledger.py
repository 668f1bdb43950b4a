"""What a build keeps about rows that did not come in, and about sheets that wait for a person.

Rejected rows go to the open file, so the text of a cell stands there only where its column is
open; an ID number that a program damaged is told by place and reason alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pyarrow as pa

from etl.inputs import SOURCES_DIR, SUBMISSION, Submission, read_rows, read_verdict
from etl.lake import verdict_path
from etl.outcome import quoted
from etl.receipts import Receipt
from warehouse.database import Connection, put_table
from warehouse.home import Home

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
SKIP = pa.schema([*SHEET, ("skip_kind", pa.string()), ("row_count", pa.int32())])


@dataclass(frozen=True)
class Ledger:
    """Rows of `lake.reject`, `lake.skip` and `lake.held_sheet`."""

    rejects: list[dict[str, Any]] = field(default_factory=list)
    skips: list[dict[str, Any]] = field(default_factory=list)
    held_sheets: list[dict[str, Any]] = field(default_factory=list)


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
        for sheet in read_verdict(path)["sheets"]:
            place = _place(receipt, sheet, units)
            ledger.rejects.extend(_rejects(place, sheet))
            ledger.skips.extend(
                {**place, "skip_kind": kind, "row_count": count}
                for kind, count in sheet["skipped_by"].items()
            )
    return ledger


def put_ledger(connection: Connection, ledger: Ledger) -> None:
    """Write the three tables."""
    for name, rows, schema in (
        ("reject", ledger.rejects, REJECT),
        ("skip", ledger.skips, SKIP),
        ("held_sheet", ledger.held_sheets, SUBMISSION),
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


@cache
def _open_fields(dataset: str) -> frozenset[str]:
    rows = read_rows(SOURCES_DIR / dataset / "columns.csv")
    return frozenset(row["field"] for row in rows if row["visibility"] == "open")


def _is_open(dataset: str | None, name: str) -> bool:
    return dataset is not None and name in _open_fields(dataset)
