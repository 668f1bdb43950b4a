"""The strip under the title names what waits for a person, and what was handed back."""

from datetime import date

from pages.ui.kit.markup import Safe
from pages.ui.page.data_status import strip

STATE = {"data_as_of_date": date(2026, 10, 31), "is_synthetic": True}
WAITING = {
    "reason": "waiting",
    "dataset": "incident",
    "dataset_zh": "事故",
    "book_count": 1,
    "row_count": 5,
    "death_count": 6,
    "waiting_reason_zh": "死亡由 2 人变为 <1> 人",
}


def test_what_waits_is_named_with_what_can_be_read_of_it_and_what_stands() -> None:
    html = str(strip(STATE, Safe("快报"), [], [], beside=[WAITING]))
    assert "待确认</span> 1 份事故台账（表中 5 起 6 人），原有数据未变" in html
    assert "死亡由 2 人变为 &lt;1&gt; 人" in html


def test_a_table_nobody_could_read_claims_no_numbers() -> None:
    unread = WAITING | {"dataset": None, "dataset_zh": "未认出的表", "row_count": None}
    html = str(strip(STATE, Safe("快报"), [], [], beside=[unread]))
    assert "1 份未认出的表，原有数据未变" in html


def test_rows_handed_back_are_named_with_their_deaths() -> None:
    back = WAITING | {"reason": "returned", "row_count": 2, "death_count": 3}
    html = str(strip(STATE, Safe("快报"), [], [], beside=[back]))
    assert "事故台账退回 2 行（死亡 3 人）未计" in html


def test_nothing_is_said_when_nothing_waits() -> None:
    html = str(strip(STATE, Safe("快报"), [], []))
    assert "待确认" not in html and "退回" not in html
