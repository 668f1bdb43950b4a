"""From a checked candidate to the two files that are kept: `serve-N` open, `staff-N` complete.

What is open is a row of `sql/dictionary/`; a column nobody has listed is personal, so a forgotten
column is hidden, never shown.
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
BOOKKEEPING = frozenset(
    (
        *("receipt_seq", "precedence_seq"),
        *("received_at", "received_date", "first_received_at", "first_received_date"),
    )
)


def visible_columns(connection: Connection, table: str) -> list[str]:
    """Columns of a table that any viewer may see."""
    defaults = {
        row["table_name"]: row["default_visibility"] for row in read_rows(DICTIONARY / "tables.csv")
    }
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
    """The tables analysts ask, under the names they use: 事故, 隐患, 培训, 执法."""
    columns = read_rows(DICTIONARY / "columns.csv")
    for row in read_rows(DICTIONARY / "tables.csv"):
        table = row["table_name"]
        served = tables.get(table, ())
        listed = [c for c in columns if c["table_name"] == table and c["column_name"] in served]
        if row["name_zh"] and listed:
            target.execute(_view_sql(row["name_zh"], table, listed))
            _comment(target, f"view {quoted(row['name_zh'])}", row["meaning_zh"])
            for column in listed:
                place = f"{quoted(row['name_zh'])}.{quoted(column['name_zh'])}"
                _comment(target, f"column {place}", column["meaning_zh"])


def _view_sql(view: str, table: str, listed: list[dict[str, str]]) -> str:
    """A view whose coded columns show names; a code nobody has named shows itself."""
    picked, source = [], f"{table} as t"
    for number, column in enumerate(listed):
        shown, join = _named(f"t.{quoted(column['column_name'])}", column["names_from"], number)
        picked.append(f"{shown} as {quoted(column['name_zh'])}")
        source += join
    return f"create view {quoted(view)} as select {', '.join(picked)} from {source}"


def _named(code: str, names_from: str, number: int) -> tuple[str, str]:
    """The name of a code, and the join it needs: a table of `names.csv`, or a list of `codes.csv`.

    A list stands in the expression, so that a query pays only for the columns it reads.
    """
    for row in read_rows(DICTIONARY / "names.csv"):
        if row["names_from"] == names_from:
            named = f"{row['key_sql']} as code, {row['name_column']} as name"
            table = f"(select {named} from {row['table_name']}) as n{number}"
            return (
                f"coalesce(n{number}.name, {code})",
                f" left join {table} on n{number}.code = {code}",
            )
    names = [row for row in read_rows(DICTIONARY / "codes.csv") if row["code_list"] == names_from]
    cases = " ".join(f"when {_text(row['code'])} then {_text(row['name_zh'])}" for row in names)
    return f"case {code} {cases} else {code} end" if names else code, ""


def _text(value: str) -> str:
    """A value as an SQL text."""
    return "'" + value.replace("'", "''") + "'"


def _comment(target: Connection, place: str, text: str) -> None:
    target.execute(f"comment on {place} is {_text(text)}")


def read_back(path: Path) -> dict[str, str]:
    """Read a finished file in full and hash every table: corruption shows here, not later."""
    with open_sealed(path) as connection:
        return {
            name: content_hash(connection, name, without=BOOKKEEPING)
            for name in table_names(connection)
        }
