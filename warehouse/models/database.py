"""The one place that speaks DuckDB's own language: opening, sealing, creating, copying.

Business SQL lives in `sql/`; what stands here is plumbing that no analyst would read.
"""

import atexit
import hashlib
import shutil
import tempfile
import threading
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.models.sql_models import BUILT_SCHEMAS, INPUT_SCHEMAS, Model

#: A connection that may read one file and nothing else: the tightest open found for DuckDB 2.0.
SEALED_CONFIG: dict[str, Any] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "allow_extension_repositories": "forbidden",
    "python_enable_replacements": "false",
}

Connection = duckdb.DuckDBPyConnection

_SPILL_LOCK = threading.Lock()

NO_NULL = "〔空〕"  # a text no file holds: an empty cell stays empty text instead of turning null


def open_sealed(
    path: Path, *, memory: str = "1GB", threads: int = 2, spill: bool = True, locked: bool = True
) -> Connection:
    """A read-only connection to one file that can reach no other file, database or network.

    What does not fit into `memory` goes to a temporary folder of this process, never beside the
    file, which other readers hold; without `spill` it goes nowhere and the query fails.
    `locked` forbids every `set`. It holds for all connections of this process to the file, those
    opened later included, so it is for the worker that runs strangers' SQL, one at a time.
    """
    config = SEALED_CONFIG | {"memory_limit": memory, "threads": str(threads)}
    config["temp_directory"] = _spill_folder() if spill else ""
    connection = duckdb.connect(str(path), read_only=True, config=config)
    try:
        connection.execute("set enable_progress_bar = false")
        if locked:
            connection.execute("set lock_configuration = true")
    except BaseException:
        connection.close()
        raise
    return connection


def open_pair(before: Path, after: Path) -> Connection:
    """Two files read-only under the names `before` and `after`, in a database of its own."""
    connection = duckdb.connect(":memory:", config={"temp_directory": _spill_folder()})
    try:
        connection.execute("set enable_progress_bar = false")
        for name, path in (("before", before), ("after", after)):
            connection.execute(f"attach {text_literal(str(path))} as {name} (read_only)")
        connection.execute("set enable_external_access = false")
    except BaseException:
        connection.close()
        raise
    return connection


def _spill_folder() -> str:
    """The one spill folder of this process: a second open with another would be refused."""
    with _SPILL_LOCK:
        return _made_spill_folder()


@cache
def _made_spill_folder() -> str:
    folder = tempfile.mkdtemp(prefix="liangshai-spill-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def open_scratch(path: Path | None = None, *, threads: int = 2) -> Connection:
    """A writable database for building: a new file, or memory when no path is given."""
    connection = duckdb.connect(str(path) if path else ":memory:", config={"threads": str(threads)})
    connection.execute("set enable_progress_bar = false")
    connection.execute("set preserve_insertion_order = true")
    for schema in (*INPUT_SCHEMAS, *BUILT_SCHEMAS):
        connection.execute(f"create schema if not exists {schema}")
    return connection


def put_table(connection: Connection, full_name: str, table: pa.Table) -> None:
    """Create or replace a table from Arrow rows."""
    connection.register("incoming", table)
    connection.execute(f"create or replace table {full_name} as select * from incoming")
    connection.unregister("incoming")


def put_csv(
    connection: Connection, full_name: str, path: Path, types: dict[str, str] | None = None
) -> None:
    """Create a table from a CSV of the repository or a profile; text unless typed here."""
    connection.execute(
        f"create or replace table {full_name} as "
        "select * from read_csv(?, header = true, all_varchar = true, delim = ',', quote = '\"',"
        " escape = '\"', null_padding = false, strict_mode = true, nullstr = ?)",
        [str(path), NO_NULL],
    )
    for column, kind in (types or {}).items():
        connection.execute(f"alter table {full_name} alter {column} type {kind}")


def remove_receipts(connection: Connection, names: Iterable[str], seqs: Sequence[int]) -> None:
    """Delete what came by these receipts from the named inputs, where they say by which it came."""
    for name in names:
        if "receipt_seq" in connection.table(name).columns:
            connection.execute(
                f"delete from {name} where receipt_seq in (select unnest(?))", [list(seqs)]
            )


def build_model(connection: Connection, model: Model) -> None:
    """Materialise one model: staging as a view, all else as a table, commented by its grain."""
    kind = "view" if model.schema == "staging" else "table"
    connection.execute(f"create or replace {kind} {model.full_name} as {model.sql}")
    comment_on(connection, kind, model.full_name, model.grain)


def comment_on(connection: Connection, kind: str, place: str, text: str) -> None:
    """Say of a table, view or column what it is."""
    connection.execute(f"comment on {kind} {place} is {text_literal(text)}")


def table_names(connection: Connection) -> list[str]:
    """Full names of all base tables."""
    rows = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where not internal order by 1"
    ).fetchall()
    return [row[0] for row in rows]


def column_names(connection: Connection, full_name: str) -> list[str]:
    """Column names of a table or view, in order."""
    return [row[0] for row in connection.execute(f"describe {full_name}").fetchall()]


def stored_types(connection: Connection) -> dict[str, dict[str, str]]:
    """Columns of every base table with their types, in order, by the table's full name."""
    asked = (
        "select c.schema_name || '.' || c.table_name, c.column_name, c.data_type"
        " from duckdb_columns() as c inner join duckdb_tables() as t"
        " on c.table_oid = t.table_oid and c.database_oid = t.database_oid"
        " where not c.internal and c.database_name = current_database()"
        " order by c.schema_name, c.table_name, c.column_index"
    )
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(asked).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def comments(connection: Connection, database: str) -> dict[str, str]:
    """What is said of each table of an attached database, by full name."""
    asked = (
        "select schema_name || '.' || table_name, comment from duckdb_tables()"
        " where database_name = ? and comment is not null"
    )
    return dict(connection.execute(asked, [database]).fetchall())


def database_name(connection: Connection) -> str:
    """The opened file's own name among those attached."""
    (row,) = connection.execute("select current_database()").fetchall()
    return str(row[0])


def create_as(connection: Connection, full_name: str, select: str) -> None:
    """A table of a SELECT's rows, in place of one of that name."""
    connection.execute(f"create or replace table {full_name} as {select}")


def create_empty(
    connection: Connection, full_name: str, columns: Sequence[tuple[str, str]]
) -> None:
    """A table without rows of (name, type) columns."""
    listed = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns)
    connection.execute(f"create table {full_name} ({listed})")


def drop_views(connection: Connection) -> None:
    """Drop every view of the opened file."""
    asked = "select view_name from duckdb_views() where not internal"
    for (name,) in connection.execute(asked).fetchall():
        connection.execute(f"drop view {quoted(name)}")


def known_names(connection: Connection) -> list[str]:
    """Names of all columns, views and tables, for telling a user what he may have meant."""
    asked = (
        "select column_name from duckdb_columns() where not internal"
        " union select view_name from duckdb_views() where not internal"
        " union select schema_name || '.' || table_name from duckdb_tables() where not internal"
    )
    return [row[0] for row in connection.execute(asked).fetchall()]


def content_hash(
    connection: Connection, full_name: str, *, without: frozenset[str] = frozenset()
) -> str:
    """SHA-256 over all rows of a table in an order that depends on content alone."""
    columns = [name for name in column_names(connection, full_name) if name not in without]
    listed = ", ".join(f'"{name}"' for name in columns)
    cursor = connection.execute(
        f"select cast(row({listed}) as varchar) as line from {full_name} order by 1"
    )
    digest = hashlib.sha256(f"{full_name}({listed})".encode())
    while lines := cursor.fetchmany(10_000):
        for (line,) in lines:
            digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def text_literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def copy_tables(target: Connection, source: Path, tables: dict[str, list[str]]) -> None:
    """Copy columns of a closed file, attached as `source` from now on, with what is said of it."""
    target.execute(f"attach {text_literal(str(source))} as source (read_only)")
    said = comments(target, "source")
    for name, columns in tables.items():
        listed = ", ".join(map(quoted, columns))
        target.execute(f"create table {name} as select {listed} from source.{name}")
        if name in said:
            comment_on(target, "table", name, said[name])
