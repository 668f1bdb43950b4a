"""What the checks of a candidate find outside SQL, as inputs of the models that list findings."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pyarrow as pa

from warehouse.models.database import Connection, put_table

FOUND_BY_CHECKS = {
    "suite_fault": pa.schema(
        [
            ("check_code", pa.string()),
            ("receipt_seq", pa.int32()),
            ("row_id", pa.string()),
            ("detail_zh", pa.string()),
        ]
    ),
    "checked": pa.schema([("check_code", pa.string()), ("row_count", pa.int32())]),
    "confirmed": pa.schema([("check_code", pa.string()), ("receipt_seq", pa.int32())]),
}
STATED_TOTAL = pa.schema(
    [
        *(("receipt_seq", pa.int32()), ("dataset", pa.string()), ("unit_id", pa.string())),
        *(("sheet_name", pa.string()), ("row_number", pa.int32()), ("column_letter", pa.string())),
        *(("header_zh", pa.string()), ("stated_amount", pa.decimal128(38, 6))),
        *(("summed_amount", pa.decimal128(38, 6)), ("reason_zh", pa.string())),
        *(("file_hash", pa.string()), ("file_name", pa.string())),
    ]
)


def put_stated_totals(
    connection: Connection, tables: Iterable[tuple[dict[str, Any], Iterable[dict[str, Any]]]]
) -> None:
    """Stated totals that differ, of every table in force: its submission and its list."""
    rows = [
        {name: submission[name] for name in STATED_TOTAL.names if name in submission}
        | {
            "row_number": total["row"],
            "column_letter": total["column"],
            "header_zh": total["header"],
            "stated_amount": Decimal(total["stated"]),
            "summed_amount": Decimal(total["summed"]),
            "reason_zh": total["reason"],
        }
        for submission, totals in tables
        for total in totals
    ]
    put_table(connection, "lake.stated_total", pa.Table.from_pylist(rows, schema=STATED_TOTAL))


def put_found(connection: Connection, found: dict[str, list[dict[str, Any]]]) -> None:
    """Suite faults, rows looked at, submissions confirmed by a person; empty before the checks."""
    for name, schema in FOUND_BY_CHECKS.items():
        rows = pa.Table.from_pylist(found.get(name, []), schema=schema)
        put_table(connection, f"lake.{name}", rows)
