"""An older served file's tables brought to today's columns and types, in an opened copy of it.

Rules are rows of `sql/dictionary/lift.csv`: table, column and an expression over the old row, used
only where the file lacks the column; column `*` gives a table's rows by a SELECT over the file
itself. `delivered.x` is the catalogue's x.csv as delivered today, for words, never for figures.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from warehouse.models import dictionary
from warehouse.models.chinese_views import put_chinese_views
from warehouse.models.database import (
    Connection,
    comment_on,
    comments,
    create_as,
    create_empty,
    database_name,
    drop_views,
    put_csv,
    quoted,
    stored_types,
    text_literal,
)
from warehouse.models.dictionary import Column
from warehouse.models.sql_models import SQL_DIR

VERSION_TABLE = "catalogue.file_format"
ALL_ROWS = "*"
DELIVERED = "delivered"
_REFERENCE = re.compile(rf"\b{DELIVERED}\.(\w+)")

Rules = Mapping[tuple[str, str], str]
Types = Mapping[str, str]


def put_version(target: Connection) -> None:
    """Write into a file being made which schema it has."""
    said = text_literal(dictionary.schema_version())
    create_as(target, VERSION_TABLE, f"select {said} as schema_version")


def fill_up(target: Connection) -> None:
    """Bring an opened copy of a served file to today's schema."""
    rules = {(r["table_name"], r["column_name"]): r["expression"] for r in dictionary.rows("lift")}
    today = served_today()
    had = stored_types(target)
    lacking = _attach_delivered(target, rules, had)
    for table, wanted in today.items():
        if rows := rules.get((table, ALL_ROWS)) or lacking.get(table):
            create_as(target, table, rows)
        elif table not in had:
            create_empty(target, table, wanted)
    now = stored_types(target)
    for table, wanted in today.items():
        if picked := picked_columns(table, now[table], wanted, rules):
            _put_columns(target, table, picked)
    target.execute(f"detach {DELIVERED}")
    drop_views(target)
    put_chinese_views(target, {name: list(kinds) for name, kinds in stored_types(target).items()})
    put_version(target)


def served_today() -> dict[str, tuple[Column, ...]]:
    """Tables of today's served file with their open columns."""
    found = {}
    for table, columns in dictionary.stored_columns().items():
        shown = set(dictionary.open_columns(table, [column.name for column in columns]))
        if shown:
            found[table] = tuple(column for column in columns if column.name in shown)
    return found


def picked_columns(table: str, old: Types, wanted: Sequence[Column], rules: Rules) -> str:
    """The select list that makes of a table's old columns what is wanted; empty if they are it.

    Columns that today has no more are kept, for the models of then read them; not those that are
    open no more.
    """
    shown = dictionary.open_columns(table, old)
    if len(shown) == len(old) and all(old.get(column.name) == column.kind for column in wanted):
        return ""
    listed = [_picked(table, old, column, rules) for column in wanted]
    named = {column.name for column in wanted}
    return ", ".join([*listed, *(quoted(name) for name in shown if name not in named)])


def _picked(table: str, old: Types, column: Column, rules: Rules) -> str:
    name = quoted(column.name)
    if old.get(column.name) == column.kind:
        return name
    told = name if column.name in old else rules.get((table, column.name), "null")
    return f"cast({told} as {column.kind}) as {name}"


def _attach_delivered(target: Connection, rules: Rules, had: Mapping[str, Types]) -> dict[str, str]:
    """Make today's words readable as `delivered.x`; rows of catalogue tables the file lacks."""
    lacking = {
        name
        for schema, _, name in (table.partition(".") for table in served_today())
        if schema == "catalogue" and f"catalogue.{name}" not in had and _delivered_csv(name)
    }
    target.execute(f"attach ':memory:' as {DELIVERED}")
    for name in sorted(lacking | set(_REFERENCE.findall(" ".join(rules.values())))):
        path = _delivered_csv(name)
        if path is None:
            raise ValueError(f"lift.csv: 没有随产品交付的 {name}.csv")
        put_csv(target, f"{DELIVERED}.{name}", path)
    return {f"catalogue.{name}": f"select * from {DELIVERED}.{name}" for name in lacking}


def _delivered_csv(name: str) -> Path | None:
    """The delivered rows of a catalogue table."""
    folders = (SQL_DIR / "catalogue", dictionary.DICTIONARY)
    return next((path for f in folders if (path := f / f"{name}.csv").is_file()), None)


def _put_columns(target: Connection, table: str, picked: str) -> None:
    """Replace a table by a SELECT of itself, and say so in the texts by which models are known.

    A query that asks “what if” runs the models' texts of the build: they must give these columns.
    """
    said = comments(target, database_name(target)).get(table)
    create_as(target, table, f"select {picked} from {table}")
    if said:
        comment_on(target, "table", table, said)
    head = text_literal(f"select {picked} from (\n")
    schema, _, name = table.partition(".")
    target.execute(
        f"update catalogue.model set sql_text = {head} || sql_text || chr(10) || ') as lifted'"
        " where schema_name = ? and model_name = ?",
        [schema, name],
    )
