"""What analysts asked: the log of queries and the questions they kept, in `state.sqlite`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Connection, Row

from warehouse.files.home import Home
from warehouse.files.state import connected
from warehouse.guard.guarded_query import Outcome

RUNNING = "running"
SCHEMA = """
create table if not exists query_log (
    query_id integer primary key,
    asked_at text not null,
    person text not null,
    build_id text not null,
    sql_text text not null,
    bound_values text not null,
    outcome text not null,
    row_count integer,
    is_truncated integer,
    milliseconds integer
);
create index if not exists query_log_person on query_log (person, query_id);
create table if not exists saved_question (
    question_id integer primary key,
    saved_at text not null,
    person text not null,
    title text not null,
    sql_text text not null,
    removed_at text
);
"""


@dataclass(frozen=True)
class Asked:
    """One line of the log; `outcome` is `running` while nobody knows how it ended."""

    key: int
    asked_at: datetime
    person: str
    build_id: str
    sql: str
    outcome: str
    rows: int | None
    is_truncated: bool
    ms: int | None


@dataclass(frozen=True)
class Saved:
    """A question an analyst kept for everybody."""

    key: int
    person: str
    title: str
    sql: str


def begin(
    home: Home, person: str, build_id: str, sql: str, values: Mapping[str, str] | None = None
) -> int:
    """Log a query before it runs: should the server die of it, the log says whose it was."""
    bound = json.dumps(dict(values or {}), ensure_ascii=False)
    with _state(home) as state:
        row = state.execute(
            "insert into query_log (asked_at, person, build_id, sql_text, bound_values, outcome)"
            " values (?, ?, ?, ?, ?, ?)",
            [_now(), person, build_id, sql, bound, RUNNING],
        )
        return int(row.lastrowid or 0)


def end(home: Home, query_id: int, outcome: Outcome) -> None:
    """Log how a query ended."""
    with _state(home) as state:
        state.execute(
            "update query_log set outcome = ?, row_count = ?, is_truncated = ?, milliseconds = ?"
            " where query_id = ?",
            [outcome.kind, outcome.rows, outcome.truncated, outcome.ms, query_id],
        )


def recent(home: Home, person: str, most: int = 50) -> list[Asked]:
    """A person's own queries, newest first, the same text once."""
    with _state(home, writes=False) as state:
        rows = state.execute(
            "select * from query_log where query_id in"
            " (select max(query_id) from query_log where person = ? group by sql_text)"
            " order by query_id desc limit ?",
            [person, most],
        ).fetchall()
    return [_asked(row) for row in rows]


def save(home: Home, person: str, title: str, sql: str) -> int:
    """Keep a question under a title; the same title of the same person is replaced."""
    with _state(home) as state:
        state.execute(
            "update saved_question set removed_at = ?"
            " where person = ? and title = ? and removed_at is null",
            [_now(), person, title],
        )
        row = state.execute(
            "insert into saved_question (saved_at, person, title, sql_text) values (?, ?, ?, ?)",
            [_now(), person, title, sql],
        )
        return int(row.lastrowid or 0)


def saved(home: Home) -> list[Saved]:
    """All kept questions, by title."""
    with _state(home, writes=False) as state:
        rows = state.execute(
            "select * from saved_question where removed_at is null order by title, question_id"
        ).fetchall()
    return [Saved(r["question_id"], r["person"], r["title"], r["sql_text"]) for r in rows]


def remove(home: Home, person: str, question_id: int) -> bool:
    """Take a question off the list; only the person who saved it may."""
    with _state(home) as state:
        changed = state.execute(
            "update saved_question set removed_at = ?"
            " where question_id = ? and person = ? and removed_at is null",
            [_now(), question_id, person],
        )
        return changed.rowcount == 1


def _state(home: Home, *, writes: bool = True) -> AbstractContextManager[Connection]:
    return connected(home, SCHEMA, writes=writes)


def _asked(row: Row) -> Asked:
    return Asked(
        row["query_id"],
        datetime.fromisoformat(row["asked_at"]),
        row["person"],
        row["build_id"],
        row["sql_text"],
        row["outcome"],
        row["row_count"],
        bool(row["is_truncated"]),
        row["milliseconds"],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
