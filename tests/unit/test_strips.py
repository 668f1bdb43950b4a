"""The strip under the title names what waits for a person."""

from datetime import date

from pages.ui.markup import Safe
from pages.ui.strips import strip

STATE = {"data_as_of_date": date(2026, 10, 31), "is_synthetic": True}


def test_a_held_submission_is_named_with_its_reason_and_what_stands() -> None:
    held = [{"file_name": "台账<b>.xlsx", "held_reason_zh": "死亡由 2 人变为 1 人"}]
    html = str(strip(STATE, Safe("快报"), [], [], held=held))
    assert "待确认" in html
    assert "原有数据未变" in html
    assert "死亡由 2 人变为 1 人" in html
    assert "台账&lt;b&gt;.xlsx" in html


def test_nothing_is_said_when_nothing_waits() -> None:
    assert "待确认" not in str(strip(STATE, Safe("快报"), [], []))
