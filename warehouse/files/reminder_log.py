"""催报记录: who was urged to report what, when and by whom, in `state.sqlite`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from warehouse.files.home import Home
from warehouse.files.state import connected, state_path

SCHEMA = """
create table if not exists reminder (
    reminder_id integer primary key,
    reminded_at text not null,
    person text not null,
    month text not null,
    unit_id text not null,
    ledgers text not null
);
create index if not exists reminder_month on reminder (month, unit_id);
"""


@dataclass(frozen=True)
class Reminded:
    """One unit was urged once: when (UTC), by whom, for which month and ledgers."""

    reminded_at: datetime
    person: str
    month: date
    unit_id: str
    ledgers: str


def note(home: Home, person: str, month: date, owed: Iterable[tuple[str, str]]) -> int:
    """Keep that `person` urged these (unit, ledgers in words) for `month`; how many units."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    rows = [(at, person, month.isoformat(), unit, ledgers) for unit, ledgers in owed]
    with connected(home, SCHEMA) as connection:
        connection.executemany(
            "insert into reminder (reminded_at, person, month, unit_id, ledgers)"
            " values (?, ?, ?, ?, ?)",
            rows,
        )
    return len(rows)


def noted(home: Home, month: date) -> list[Reminded]:
    """Every reminder for a month, the newest first; a home without any leaves no file behind."""
    if not state_path(home).exists():
        return []
    with connected(home, SCHEMA, writes=False) as connection:
        found = connection.execute(
            "select * from reminder where month = ? order by reminder_id desc", (month.isoformat(),)
        ).fetchall()
    return [
        Reminded(
            datetime.fromisoformat(row["reminded_at"]),
            row["person"],
            date.fromisoformat(row["month"]),
            row["unit_id"],
            row["ledgers"],
        )
        for row in found
    ]
