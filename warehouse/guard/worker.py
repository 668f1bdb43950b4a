"""One analyst query in a process of its own: `python -m warehouse.guard.worker`.

The worker says it is ready, takes one request (a line of JSON), opens the served file sealed,
builds its walls and only then looks at the query. The reply is a line of JSON, then an Arrow
stream. It lives for one query. The filter of statements is a courtesy; the walls are the read-only
open without a way out, and what the system takes away here: memory, time, new files, connections.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import signal
import sys
import time
import warnings
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import pyarrow as pa

from warehouse.guard.result_rows import Fetched, fetch
from warehouse.models.database import Connection, known_names, open_sealed

READY = b"ready\n"
IDLE_SECONDS = 300  # a spare worker nobody has asked by then ends by itself
THREADS = 2
NICENESS = 10  # screens come before ad-hoc queries
ALLOWED = frozenset({"SELECT", "EXPLAIN"})
VALUES: dict[str, Callable[[str], Any]] = {
    "text": str,
    "number": Decimal,
    "date": date.fromisoformat,
}
NAME_ERRORS = ("BinderException", "CatalogException")


class NoWall(Exception):
    """The system does not hold what it was asked to hold."""


class NotOneSelect(Exception):
    """The statement filter; the words say which case."""


class NoPandas(MetaPathFinder):
    """pyarrow loads pandas the first time it sees a list; half a second for nothing here."""

    def find_spec(self, name: str, *_: object) -> None:
        """Say that there is no pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main() -> None:
    """Say ready, answer one request, end."""
    sys.meta_path.insert(0, NoPandas())
    reply = _private_output()
    _be_humble()
    signal.alarm(IDLE_SECONDS)
    _rehearse()
    reply.write(READY)
    reply.flush()
    line = sys.stdin.buffer.readline()
    if line:
        _answer(json.loads(line), reply)


def _private_output() -> BinaryIO:
    """The reply's own channel: whatever prints to standard output or error prints to nowhere."""
    reply = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    warnings.simplefilter("ignore")
    return reply


def _be_humble() -> None:
    """Yield to everything else; when the machine runs out of memory, be the one to go."""
    os.nice(NICENESS)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _rehearse() -> None:
    """Go once through everything a query needs, so that nothing is loaded behind the walls."""
    time.localtime()
    with duckdb.connect() as connection:
        limits = {"sql_rows": 1, "sql_columns": 9, "sql_result_mb": 1, "sql_cell_characters": 9}
        odd = "select [1], now(), 1::hugeint, 1.5::decimal(9, 1), 'x'::blob, interval 1 day, 'text'"
        request = {"sql": odd, "params": {}, "plan": False, "path": "/nowhere/at-all"}
        _run(connection, request, limits)
        with contextlib.suppress(duckdb.Error):
            connection.execute("select nothing")


def _answer(request: dict[str, Any], reply: BinaryIO) -> None:
    limits = request["limits"]
    signal.alarm(limits["sql_seconds"] + 1)  # should the parent be gone, the clock goes on
    memory = limits["sql_memory_mb"]
    with open_sealed(
        Path(request["path"]), memory=f"{memory // 2}MB", threads=THREADS, spill=False
    ) as connection:
        try:
            build_walls(memory * 2**20, limits["sql_seconds"])
            begun = time.perf_counter()
            fetched = _run(connection, request, limits)
            head = {"kind": "ok", "ms": round((time.perf_counter() - begun) * 1000), **fetched.said}
            _send(reply, head, fetched.table)
        except BaseException as error:  # noqa: BLE001 - the reply says what it was
            _send(reply, _failure(connection, request["sql"], error), None)
        reply.flush()
        os._exit(
            0
        )  # nothing to tidy up in a process that ends; threads in C code would be waited for


def build_walls(memory: int, seconds: int) -> None:
    """Take from this process what a query has no use for; the first three hold for ever after."""
    import resource

    held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CPU: (seconds + 1) * THREADS,
        resource.RLIMIT_AS: held * resource.getpagesize() + memory,
        resource.RLIMIT_NOFILE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))
    try:
        mmap.mmap(-1, 2 * memory).close()
    except OSError:
        return
    raise NoWall


def _run(connection: Connection, request: dict[str, Any], limits: dict[str, int]) -> Fetched:
    """The rows of one statement that reads, up to the limits."""
    statement = one_select(connection, request["sql"])
    if request["plan"] and statement.type.name != "EXPLAIN":
        statement = one_select(connection, f"explain (format json) {request['sql']}")
    given = request["params"]
    values = {name: _value(given.get(name)) for name in statement.named_parameters if name in given}
    answer = connection.sql(statement.query, params=values or None)
    return fetch(answer, limits, str(Path(request["path"]).parent))


def one_select(connection: Connection, sql: str) -> duckdb.Statement:
    """The only statement of the text, if it reads; what nobody knows does not."""
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise NotOneSelect("none" if not statements else "many")
    try:
        kind = statements[0].type.name
    except ValueError:
        kind = "UNKNOWN"
    if kind not in ALLOWED:
        raise NotOneSelect(kind)
    return statements[0]


def _value(given: dict[str, str] | None) -> Any:
    return None if given is None else VALUES[given["kind"]](given["value"])


def _failure(connection: Connection, sql: str, error: BaseException) -> dict[str, Any]:
    """What went wrong: class and text; for an unknown name its line and the names there are."""
    name, message = type(error).__name__, str(error)
    head: dict[str, Any] = {"kind": "error", "class": name, "message": message[:4000]}
    if name in NAME_ERRORS:
        with contextlib.suppress(BaseException):
            head["names"] = known_names(connection)
        try:
            connection.execute(f"explain {sql}")  # says the line, which the streamed form does not
        except duckdb.Error as told:
            head["message"] = str(told)[:4000]
    return head


def _send(reply: BinaryIO, head: dict[str, Any], table: pa.Table | None) -> None:
    reply.write(json.dumps(head, ensure_ascii=False).encode() + b"\n")
    if table is not None:
        with pa.ipc.new_stream(reply, table.schema) as stream:
            stream.write_table(table)


if __name__ == "__main__":
    main()
