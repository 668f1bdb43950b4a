"""From a checked candidate to the two files that are kept: `serve-N` with open columns, `staff-N` with all.

What is open is a row of `sql/dictionary/`; a column nobody has listed is personal, so a forgotten column is hidden, never
shown.
"""

from pathlib import Path

from etl.inputs import read_rows
from warehouse.database import (
    Connection,
    column_names,
    content_hash,
    copy_tables,
    open_scratch,
    open_sealed,
    quoted,
    table_names,
)
from warehouse.models import SQL_DIR

DICTIONARY = SQL_DIR / "dictionary"
NOT_SERVED = ("lake.", "profile.all_targets")
#: Columns that say when and by which receipt a row came, which may differ between equal builds.
BOOKKEEPING = frozenset({"receipt_seq"})


def visible_columns(connection: Connection, table: str) -> list[str]:
    """Columns of a table that any viewer may see."""
    defaults = {row["table_name"]: row["default_visibility"] for row in read_rows(DICTIONARY / "tables.csv")}
    listed = {
        row["column_name"]: row["visibility"]
        for row in read_rows(DICTIONARY / "columns.csv")
        if row["table_name"] == table
    }
    default = defaults.get(table) or defaults.get(table.split(".")[0] + ".*") or "personal"
    return [name for name in column_names(connection, table) if listed.get(name, default) == "open"]


def write_files(candidate: Path, serve: Path, staff: Path) -> None:
    """Copy the candidate's tables: open columns to one file, all columns to the other."""
    with open_sealed(candidate) as source:
        kept = [name for name in table_names(source) if not name.startswith(NOT_SERVED)]
        chosen = {
            "serve": {name: columns for name in kept if (columns := visible_columns(source, name))},
            "staff": {name: column_names(source, name) for name in kept},
        }
    for path, tables in ((serve, chosen["serve"]), (staff, chosen["staff"])):
        with open_scratch(path) as target:
            copy_tables(target, candidate, tables)
            _chinese_views(target, tables)
            target.execute("checkpoint")


def _chinese_views(target: Connection, tables: dict[str, list[str]]) -> None:
    """The tables analysts ask, under the names they use: 事故, 隐患, 培训, 执法 …"""
    names = {row["table_name"]: row for row in read_rows(DICTIONARY / "tables.csv") if row["name_zh"]}
    columns = read_rows(DICTIONARY / "columns.csv")
    for table, row in names.items():
        listed = [
            (c["column_name"], c["name_zh"], c["meaning_zh"])
            for c in columns
            if c["table_name"] == table and c["name_zh"] and c["column_name"] in tables.get(table, ())
        ]
        if not listed:
            continue
        view = quoted(row["name_zh"])
        picked = ", ".join(f"{quoted(column)} as {quoted(zh)}" for column, zh, _ in listed)
        target.execute(f"create view {view} as select {picked} from {table}")
        target.execute(f"comment on view {view} is '{row['meaning_zh']}'")
        for _, zh, meaning in listed:
            target.execute(f"comment on column {view}.{quoted(zh)} is '{meaning}'")


def read_back(path: Path) -> dict[str, str]:
    """Read a finished file in full, as a viewer would, and hash every table: corruption shows here, not later."""
    with open_sealed(path) as connection:
        return {name: content_hash(connection, name, without=BOOKKEEPING) for name in table_names(connection)}
