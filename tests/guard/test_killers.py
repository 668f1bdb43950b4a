"""Queries that would eat the machine: over in time, within the wall, the parent untouched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.guard.conftest import Ran, cases, footprint, run_all

CASES = cases("killers.yml")
DEADLINE, GRACE = 1, 1.0
MEMORY_MB, BASE_MB = 600, 200


def workers() -> set[int]:
    """Query workers of this process that are still there."""
    listed = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    found = {int(child) for path in listed for child in path.read_text().split()}
    return {pid for pid in found if "guard_worker" in Path(f"/proc/{pid}/cmdline").read_text()}


@pytest.fixture(scope="module")
def ran(own_home: Path, limits: dict[str, int]) -> dict[str, Ran]:
    """What became of every query, under a short deadline and a low wall."""
    tight = limits | {"sql_seconds": DEADLINE, "sql_memory_mb": MEMORY_MB}
    files, known = footprint(own_home), workers()
    outcomes = run_all(own_home, (sql for _, sql, _ in CASES), tight)
    assert footprint(own_home) == files
    assert workers() <= known
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
