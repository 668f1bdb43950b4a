"""What a served file of today holds: its tables, columns and types, and who may see which column.

`sql/dictionary/served.csv` is drawn up from the models (`python -m etl.build.served_schema`). Its
hash, together with all else that shapes a served file, is the schema version written into every
file.
"""

import csv
import hashlib
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from warehouse.models.sql_models import SQL_DIR

DICTIONARY = SQL_DIR / "dictionary"


class Column(NamedTuple):
    """One column of a served table; `kind` is DuckDB's name of its type."""

    name: str
    kind: str


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of one CSV of the dictionary, all text."""
    with (DICTIONARY / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@cache
def schema_version() -> str:
    """First twelve hex digits over everything that says how a served file looks."""
    digest = hashlib.sha256()
    for path in sorted(DICTIONARY.glob("*.csv")):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


@cache
def stored_columns() -> dict[str, tuple[Column, ...]]:
    """Columns of every table of the staff file, in order, by the table's full name."""
    found: dict[str, list[Column]] = {}
    for row in rows("served"):
        found.setdefault(row["table_name"], []).append(Column(row["column_name"], row["type"]))
    return {table: tuple(columns) for table, columns in found.items()}


def open_columns(table: str, columns: Iterable[str]) -> list[str]:
    """Those of a table's columns that any viewer may see.

    A column that nobody has listed is personal, so a forgotten one is hidden, never shown.
    """
    defaults = {row["table_name"]: row["default_visibility"] for row in rows("tables")}
    listed = {
        row["column_name"]: row["visibility"]
        for row in rows("columns")
        if row["table_name"] == table
    }
    default = defaults.get(table) or defaults.get(table.split(".")[0] + ".*") or "personal"
    return [name for name in columns if listed.get(name, default) == "open"]
