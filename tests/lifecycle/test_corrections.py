"""Corrections to source data: declared, applied, visible, undoable; one that fits nothing stops."""

from typing import Any

import pytest

from etl.__main__ import main
from etl.decisions.corrections import read_corrections
from tests.lifecycle.workbooks import ask, incidents, ytd
from warehouse.files.home import Home
from warehouse.versions.versions import current_number

KEPT = "select correction_id, action, field_zh from core.fct_correction order by correction_id"


#: A counted fatal incident of 2026 and its deaths.
FATAL = ("丙处事故", 1)


def correct(*words: Any) -> int:
    """The command as typed, on the private home."""
    return main(["correct", "--actor", "王主任", *map(str, words)])


def of_incident(name: str) -> tuple[str, ...]:
    return ("--dataset", "incident", "--identity", name, "--why", "核对直报系统")


def test_a_value_is_set_and_set_back(small_copy: Home) -> None:
    name, deaths = FATAL
    before = ytd(small_copy, "death_count")
    assert before == 8
    change = ("--field", "死亡（下落不明）人数", "--from", deaths, "--to", f"{deaths + 1}人")
    assert correct(*of_incident(name), *change) == 0
    assert ytd(small_copy, "death_count") == before + 1
    assert ask(small_copy, KEPT) == [(1, "set", "死亡（下落不明）人数")]
    marked = "select incident_name from core.fct_incident where is_corrected"
    assert ask(small_copy, marked) == [(name,)]
    assert correct("--undo", 1) == 0
    assert ytd(small_copy, "death_count") == before
    assert ask(small_copy, KEPT) == []
    assert [c.action for c in read_corrections(small_copy)] == ["set", "undo"]


def test_a_row_is_taken_out_and_the_ledger_still_balances(small_copy: Home) -> None:
    count = ytd(small_copy, "incident_count")
    assert correct(*of_incident(FATAL[0]), "--drop") == 0
    assert FATAL[0] not in incidents(small_copy)
    assert ytd(small_copy, "incident_count") == count - 1


def test_what_fits_nothing_is_an_error_and_nothing_is_kept(
    small_copy: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    name, deaths = FATAL
    number = current_number(small_copy)
    change = ("--field", "death_count", "--from", deaths + 5, "--to", deaths)
    assert correct(*of_incident("没有这起"), *change) == 1
    assert "没有找到对应的行" in capsys.readouterr().out
    wrong = ("--field", "death_count", "--from", deaths + 5, "--to", deaths + 6)
    assert correct(*of_incident(name), *wrong) == 1
    assert f"原值应为 {deaths + 5}，现为 {deaths}" in capsys.readouterr().out
    assert current_number(small_copy) == number
    assert read_corrections(small_copy) == []


@pytest.mark.usefixtures("small_copy")
def test_words_that_do_not_do(capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (
        (("--dataset", "incident", "--identity", "甲", "--field", "x", "--why", "y"), "这一栏"),
        (("--dataset", "x"), "没有“x”这种报表"),
        (("--dataset", "incident", "--identity", "甲"), "--why"),
        (("--undo", 7), "没有现行的更正第 7 条"),
    ):
        assert correct(*words) == 1
        assert said in capsys.readouterr().out
