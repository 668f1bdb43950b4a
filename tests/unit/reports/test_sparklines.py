"""Small charts draw what they are given, and nothing where nothing is known."""

from __future__ import annotations

from reports import sparklines
from reports.slides import projector_charts


def test_a_flow_has_a_bar_per_known_month() -> None:
    svg = sparklines.flow([1, None, 0, 3], [2] * 12)
    assert svg.count("<rect") == 2 + 12


def test_two_years_end_in_one_dot() -> None:
    svg = sparklines.two_years([90.0, 92.5], [80.0] * 12)
    assert svg.count("<circle") == 1
    assert svg.count("<path") == 2


def test_a_level_that_never_changes_still_draws() -> None:
    assert sparklines.level([3.0] * 5).count("<circle") == 1


def test_stairs_name_both_ends() -> None:
    svg = sparklines.steps([1, 3], [2, 4, 9], "起", "某数累计")
    assert ">3 起</text>" in svg
    assert ">去年 4</text>" in svg
    assert 'aria-label="某数累计"' in svg


def test_stairs_of_a_year_without_a_year_before() -> None:
    assert "去年" not in sparklines.steps([1], [None] * 12, "起", "某数累计")


def test_an_unknown_month_does_not_move_the_months_after_it() -> None:
    whole = sparklines.steps([1, 1, 3], [2, 4, 9, 9], "起", "某数累计")
    holed = sparklines.steps([1, None, 3], [2, 4, 9, 9], "起", "某数累计")
    assert holed == whole
    assert ">去年 9</text>" in holed
    assert sparklines.running([None, 2, None, 5, None]) == [(1, 2.0), (2, 2.0), (3, 5.0)]
    shown = projector_charts.stairs([1, None, 3], [2, 4, 9, 9], "起", "某数累计")
    assert "今年 3 起" in shown
    assert "去年同期 9 起" in shown
