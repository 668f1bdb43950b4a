"""Queries that would eat the machine: over in time, within the wall, the parent untouched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.guard.conftest import Ran, cases, footprint, run_all

CASES = cases("killers.yml")
DEADLINE, GRACE = 1, 1.0
MEMORY_MB, BASE_MB = 600, 200


@pytest.fixture(scope="module")
def ran(sample_home: Path, limits: dict[str, int]) -> dict[str, Ran]:
    """What became of every query, under a short deadline and a low wall."""
    tight = limits | {"sql_seconds": DEADLINE, "sql_memory_mb": MEMORY_MB}
    files = footprint(sample_home)
    outcomes = run_all(sample_home, (sql for _, sql, _ in CASES), tight)
    assert footprint(sample_home) == files
    return outcomes


def test_there_are_enough_of_them() -> None:
    assert len({sql for _, sql, _ in CASES}) == len(CASES) >= 40


@pytest.mark.parametrize(("group", "sql", "ends"), CASES, ids=[sql[:60] for _, sql, _ in CASES])
def test_it_is_contained(ran: dict[str, Ran], group: str, sql: str, ends: list[str]) -> None:
    one = ran[sql]
    assert one.outcome.kind in ends, f"{group}: {one.outcome.sentence}"
    assert one.seconds <= DEADLINE + GRACE
    assert one.peak_mb <= MEMORY_MB + BASE_MB
    assert one.outcome.rows <= 10_000


def test_no_worker_is_left(ran: dict[str, Ran]) -> None:
    assert ran
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    names = [Path(f"/proc/{child}/cmdline").read_text() for child in children]
    assert [name for name in names if "guard_worker" in name] == []
