"""What the checks of a candidate find outside SQL, as inputs of the models that list findings."""

from typing import Any

import pyarrow as pa

from warehouse.database import Connection, put_table

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


def put_found(connection: Connection, found: dict[str, list[dict[str, Any]]]) -> None:
    """Suite faults, rows looked at, submissions confirmed by a person; empty before the checks."""
    for name, schema in FOUND_BY_CHECKS.items():
        rows = pa.Table.from_pylist(found.get(name, []), schema=schema)
        put_table(connection, f"lake.{name}", rows)
