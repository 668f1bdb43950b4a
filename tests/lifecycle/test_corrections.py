"""Corrections to source data: declared, applied, visible, undoable; one that fits nothing stops."""

from typing import Any

import pytest

from etl.__main__ import main
from etl.corrections import read_corrections
from tests.lifecycle.workbooks import ask, incidents, ytd
from warehouse.home import Home
from warehouse.versions import current_number

KEPT = "select correction_id, action, field_zh from core.fct_correction order by correction_id"


@pytest.fixture
def fatal(home_copy: Home) -> tuple[str, int]:
    """A counted fatal incident of 2026 and its deaths."""
    return next(
        (name, deaths)
        for name, (day, deaths, status) in sorted(incidents(home_copy).items())
        if day.year == 2026 and deaths > 0 and status != "cancelled"
    )


def correct(*words: Any) -> int:
    """The command as typed, on the private home."""
    return main(["correct", "--actor", "王主任", *map(str, words)])


def of_incident(name: str) -> tuple[str, ...]:
    return ("--dataset", "incident", "--identity", name, "--why", "核对直报系统")


def test_a_value_is_set_and_set_back(home_copy: Home, fatal: tuple[str, int]) -> None:
    name, deaths = fatal
    before = ytd(home_copy, "death_count")
    change = ("--field", "死亡（下落不明）人数", "--from", deaths, "--to", f"{deaths + 1}人")
    assert correct(*of_incident(name), *change) == 0
    assert ytd(home_copy, "death_count") == before + 1
    assert ask(home_copy, KEPT) == [(1, "set", "死亡（下落不明）人数")]
    marked = "select incident_name from core.fct_incident where is_corrected"
    assert ask(home_copy, marked) == [(name,)]
    assert correct("--undo", 1) == 0
    assert ytd(home_copy, "death_count") == before
    assert ask(home_copy, KEPT) == []
    assert [c.action for c in read_corrections(home_copy)] == ["set", "undo"]


def test_a_row_is_taken_out_and_the_ledger_still_balances(
    home_copy: Home, fatal: tuple[str, int]
) -> None:
    count = ytd(home_copy, "incident_count")
    assert correct(*of_incident(fatal[0]), "--drop") == 0
    assert fatal[0] not in incidents(home_copy)
    assert ytd(home_copy, "incident_count") == count - 1


def test_what_fits_nothing_is_an_error_and_nothing_is_kept(
    home_copy: Home, fatal: tuple[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    name, deaths = fatal
    number = current_number(home_copy)
    change = ("--field", "death_count", "--from", deaths + 5, "--to", deaths)
    assert correct(*of_incident("没有这起"), *change) == 1
    assert "没有找到对应的行" in capsys.readouterr().out
    wrong = ("--field", "death_count", "--from", deaths + 5, "--to", deaths + 6)
    assert correct(*of_incident(name), *wrong) == 1
    assert f"原值应为 {deaths + 5}，现为 {deaths}" in capsys.readouterr().out
    assert current_number(home_copy) == number
    assert read_corrections(home_copy) == []


@pytest.mark.usefixtures("home_copy")
def test_words_that_do_not_do(capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (
        (("--dataset", "incident", "--identity", "甲", "--field", "x", "--why", "y"), "这一栏"),
        (("--dataset", "x"), "没有“x”这种报表"),
        (("--dataset", "incident", "--identity", "甲"), "--why"),
        (("--undo", 7), "没有现行的更正第 7 条"),
    ):
        assert correct(*words) == 1
        assert said in capsys.readouterr().out
