"""The log of queries: who asked what, how it ended, in state.sqlite."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from warehouse.files import settings
from warehouse.files.home import Home
from warehouse.files.state import state_path
from warehouse.guard import guarded_query, query_log
from warehouse.guard.guarded_query import Outcome


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    return Home(tmp_path, "demo")


def test_a_query_is_logged_before_it_ends(home: Home) -> None:
    key = query_log.begin(home, "甲", "build-1", "select 1", {"月份": "2026-10"})
    assert [one.outcome for one in query_log.recent(home, "甲")] == [query_log.RUNNING]
    query_log.end(home, key, Outcome("ok", ms=12, truncated=True))
    (one,) = query_log.recent(home, "甲")
    assert (one.outcome, one.rows, one.ms, one.is_truncated) == ("ok", 0, 12, True)
    with sqlite3.connect(state_path(home)) as state:
        row = state.execute("select person, sql_text, bound_values from query_log").fetchone()
    assert row == ("甲", "select 1", '{"月份": "2026-10"}')


def test_the_history_is_ones_own_newest_first_each_text_once(home: Home) -> None:
    for person, sql in (("甲", "a"), ("乙", "b"), ("甲", "c"), ("甲", "a")):
        query_log.begin(home, person, "build-1", sql)
    assert [one.sql for one in query_log.recent(home, "甲")] == ["a", "c"]
    assert len(query_log.recent(home, "甲", most=1)) == 1


def test_many_may_log_at_once(home: Home) -> None:
    def log(number: int) -> None:
        key = query_log.begin(home, "甲", "build-1", f"select {number}")
        query_log.end(home, key, Outcome("ok"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(log, range(80)))
    assert {one.outcome for one in query_log.recent(home, "甲", most=100)} == {"ok"}
    assert len(query_log.recent(home, "甲", most=100)) == 80


def test_every_limit_has_a_sentence_and_can_be_changed(home: Home) -> None:
    assert {name for name in guarded_query.LIMITS if name.startswith("sql_")} == set(
        guarded_query.LIMITS
    )
    assert guarded_query.limits_of(home)["sql_seconds"] == 5
    home.folder.mkdir(parents=True)
    (home.folder / "settings.csv").write_text("name,value\nsql_seconds,9\n", encoding="utf-8")
    assert guarded_query.limits_of(home)["sql_seconds"] == 9
    (home.folder / "settings.csv").write_text("name,value\nsql_seconds,0\n", encoding="utf-8")
    with pytest.raises(ValueError, match="sql_seconds"):
        guarded_query.limits_of(home)
    named = [setting for setting in settings.SETTINGS if setting.name in guarded_query.LIMITS]
    assert all("\u4e00" <= setting.meaning_zh[0] <= "\u9fff" for setting in named)
