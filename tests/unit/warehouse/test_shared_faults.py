"""Three columns that are not there are three reasons, however many rows lack them."""

from typing import Any

from warehouse.shared_faults import told_once

COLUMNS = ("status_code", "due_date", "channel_code")


def fault(row: int, field: str, code: str = "missing_column") -> dict[str, Any]:
    return {"row": row, "column": "", "field": field, "code": code, "reason": field}


def test_one_reason_a_column() -> None:
    lacking = [fault(row, field) for row in range(4, 25) for field in COLUMNS]
    told = told_once([*lacking, fault(9, "found_date", "bad_date")])
    assert [(f["field"], f["row"], f["row_count"]) for f in told] == [
        *((field, 4, 21) for field in COLUMNS),
        ("found_date", 9, 1),
    ]
