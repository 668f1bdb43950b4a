"""Tables that wait for a person, with what can be read of them: held ones, and ones that ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from etl.intake.lake import iso_date, read_verdict, verdict_path
from etl.intake.open_questions import read_of
from etl.intake.receipts import Receipt, Standing
from etl.intake.submissions import Reporters, reporters_of, unit_of
from warehouse.files.home import Home

HELD: Final = "held"
ASKED: Final = "asked"
NOTHING_READ: Final[Mapping[str, Any]] = dict.fromkeys(
    (
        *("sheet_no", "table_no", "sheet", "dataset", "unit_id", "named_unit_id"),
        *("span_from", "span_to", "row_count", "death_count"),
    )
)


def waiting_sheets(home: Home, standing: Standing, recipe: str) -> list[dict[str, Any]]:
    """Rows of `lake.waiting_sheet`, in order of receipt."""
    reporters = reporters_of(home.profile_folder)
    found: list[dict[str, Any]] = []
    for seq, reason in sorted(standing.held.items()):
        receipt = standing.active[seq]
        verdict = read_verdict(verdict_path(home, receipt.sha256, receipt.lake_key(recipe)))
        found += _rows(receipt, read_of(verdict), HELD, reason, reporters)
    for _, receipt in sorted(standing.asked.items()):
        found += _rows(receipt, receipt.read, ASKED, receipt.reason, reporters)
    return found


def _rows(
    receipt: Receipt,
    read: Sequence[Mapping[str, Any]],
    kind: str,
    reason: str,
    reporters: Reporters,
) -> Iterator[dict[str, Any]]:
    """One row a table; a workbook of which nothing could be read has one all the same."""
    for sheet in read or [NOTHING_READ]:
        yield {
            "receipt_seq": receipt.seq,
            "file_hash": receipt.sha256,
            "file_name": receipt.name,
            "sheet_no": sheet["sheet_no"],
            "table_no": sheet["table_no"],
            "sheet_name": sheet["sheet"],
            "dataset": sheet["dataset"],
            "unit_id": unit_of(dict(sheet), receipt.unit, reporters) if sheet["dataset"] else None,
            "waiting_kind": kind,
            "waiting_reason_zh": reason,
            "span_from_date": iso_date(sheet["span_from"]),
            "span_to_date": iso_date(sheet["span_to"]),
            "row_count": sheet["row_count"],
            "death_count": sheet["death_count"],
        }
