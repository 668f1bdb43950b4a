"""Statements of somebody who wants more than rows: none gets more."""

from __future__ import annotations

import getpass
from pathlib import Path

import pandas as pd
import pytest

from tests.guard.conftest import HERE, PLANTED, Ran, cases, footprint, run_all

CASES = cases("hostile.yml")
#: What DuckDB could see through a replacement scan, were it in this process.
planted_frame = pd.DataFrame({"a": [PLANTED]})


@pytest.fixture(scope="module")
def before(own_home: Path, planted: Path) -> dict[str, tuple[int, str]]:
    """The folders a query could reach, before the first statement."""
    return footprint(own_home, planted, HERE)


@pytest.fixture(scope="module")
def ran(
    own_home: Path, planted: Path, limits: dict[str, int], before: dict[str, tuple[int, str]]
) -> dict[str, Ran]:
    """What became of every statement."""
    assert before
    return run_all(own_home, (sql for _, sql, _ in CASES), limits, planted)


def test_there_are_enough_of_them() -> None:
    assert len({sql for _, sql, _ in CASES}) == len(CASES) >= 100


@pytest.mark.parametrize(("group", "sql", "ends"), CASES)
def test_it_ends_as_it_must(ran: dict[str, Ran], group: str, sql: str, ends: list[str]) -> None:
    outcome = ran[sql].outcome
    assert outcome.kind in ends, f"{group}: {outcome.sentence}"


@pytest.mark.parametrize(("group", "sql", "_ends"), CASES)
def test_it_says_so_in_chinese_and_names_no_place(
    ran: dict[str, Ran], own_home: Path, group: str, sql: str, _ends: list[str]
) -> None:
    outcome = ran[sql].outcome
    said = outcome.sentence
    assert outcome.kind == "ok" or any("\u4e00" <= sign <= "\u9fff" for sign in said)
    shown = "" if outcome.table is None else str(outcome.table.to_pydict())
    secrets = [PLANTED, str(own_home), str(Path.home()), f"/{getpass.getuser()}/", "/usr/lib"]
    assert [secret for secret in secrets if secret in said + shown] == [], group


def test_nothing_has_changed(
    ran: dict[str, Ran], before: dict[str, tuple[int, str]], own_home: Path, planted: Path
) -> None:
    assert ran
    assert footprint(own_home, planted, HERE) == before
