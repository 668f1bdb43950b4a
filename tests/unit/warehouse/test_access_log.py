"""The access log: appended only, and a row that is missing or changed is named."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from warehouse.accounts import log
from warehouse.files.home import Home
from warehouse.files.state import state_path

ROWS = 8


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose log has eight rows."""
    made = Home(tmp_path, "demo")
    for number in range(1, ROWS + 1):
        log.append(made, "zhang", "10.0.0.7", "page", f"第{number}页")
    return made


def tamper(home: Home, *statements: str) -> None:
    """What somebody with the file, but not the secret, can do."""
    with closing(sqlite3.connect(state_path(home))) as state:
        state.executescript(
            "drop trigger access_log_keeps; drop trigger access_log_stays;" + ";".join(statements)
        )


def test_a_whole_log_is_whole(home: Home) -> None:
    assert log.faults(home) == []
    assert [entry.target for entry in log.entries(home, 2)] == ["第7页", "第8页"]


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (["delete from access_log where seq = 3"], "缺少第 3 条"),
        (["delete from access_log where seq in (4, 5)"], "缺少第 4—5 条"),
        (["delete from access_log where seq = 1"], "缺少第 1 条"),
        (["delete from access_log where seq > 6"], "缺少第 7—8 条"),
        (["delete from access_log"], "缺少第 1—8 条"),
        (["update access_log set user_name = 'li' where seq = 5"], "第 5 条被改动"),
        (
            ["delete from access_log where seq = 8", "update access_head set seq = 7"],
            "第 7 条与末尾",
        ),
        (
            [
                "delete from access_log where seq = 3",
                "update access_log set seq = seq - 1 where seq > 3",
            ],
            "第 3 条接不上前一条",
        ),
    ],
)
def test_a_lost_or_changed_row_is_named(home: Home, statements: list[str], fault: str) -> None:
    tamper(home, *statements)
    assert log.faults(home)[0].startswith(fault)


@pytest.mark.parametrize("change", ["delete from access_log", "update access_log set target = ''"])
def test_the_table_itself_refuses(home: Home, change: str) -> None:
    with (
        closing(sqlite3.connect(state_path(home))) as state,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        state.execute(change)


def test_many_at_once_make_one_chain(home: Home) -> None:
    with ThreadPoolExecutor(8) as writers:
        list(writers.map(lambda n: log.append(home, f"u{n}", "", "query", "select 1"), range(40)))
    assert log.faults(home) == []
    assert len(log.entries(home)) == ROWS + 40


def test_an_unknown_action_is_refused(home: Home) -> None:
    with pytest.raises(ValueError, match="peek"):
        log.append(home, "zhang", "", "peek")
