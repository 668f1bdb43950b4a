"""What waits and what came back stands on every paper, not on the screen alone."""

from datetime import date
from pathlib import Path

from reports.scorecard import printed_scorecard
from reports.slides import deck
from reports.source import Source
from tests.lifecycle.tiny import case, cases, ledger, send, tiny_home

OCTOBER = date(2026, 10, 1)


def test_print_and_slides_name_what_waits_and_what_came_back(tmp_path: Path) -> None:
    home = tiny_home(tmp_path)
    back = case("庚处事故", day=date(2026, 7, 5), deaths="3人左右")
    send(home, ledger(tmp_path / "一.xlsx", [*cases("甲乙丙丁戊己"), back]))
    beyond = [case("辛处事故", day=date(2026, 11, 3), place="乙镇")]
    road = ledger(
        tmp_path / "交警.xlsx", beyond, title="2026年11月事故台账", sender="填报单位：公安局"
    )
    send(home, road)
    less = [*cases("甲乙丙丁戊"), case("己处事故", day=date(2026, 6, 5), deaths=0)]
    assert send(home, ledger(tmp_path / "二.xlsx", less)).waiting == 1
    source = Source.of(home)
    page = printed_scorecard.html(
        printed_scorecard.Sheet(source.rows, OCTOBER, "total", source.version_zh)
    )
    waits = "1 份事故台账（表中 6 起 5 人）"
    assert waits in page and "原有数据未变" in page
    assert "事故台账退回 1 行" in page
    assert "数据截至 2026年10月31日" in page, "the police speak of November, this page does not"
    facts = [fact for _, fact in deck.footer(source.rows, OCTOBER, source.version_zh)]
    assert f"待确认 {waits}" in facts and "退回 1 行未计" in facts
