"""疑似重复 side by side: both rows whole, text is data, nothing where nothing is doubted."""

from datetime import date
from typing import Any

from pages.ui.duplicates import pair_table

SIDE: dict[str, Any] = {
    "unit_zh": "甲镇", "date": date(2026, 9, 3), "enterprise_zh": "某公司", "case_zh": "阀门失效",
    "file_name": "甲.xlsx", "sheet_name": "隐患", "row_number": 7, "row_id": "a-1-7",
    "identity": "hazard:town_a:7",
}  # fmt: skip


def pair(**right: object) -> dict[str, object]:
    left = {f"left_{name}": value for name, value in SIDE.items()}
    other = {f"right_{name}": value for name, value in {**SIDE, **right}.items()}
    return {**left, **other, "day_count": 2}


def test_both_rows_stand_side_by_side() -> None:
    html = pair_table.panel([pair(unit_zh="市某局", row_number=12)])
    assert html.count("阀门失效") == 2
    for part in ("甲镇", "市某局", "第 7 行", "第 12 行", "2 天", "1 对"):
        assert part in html


def test_text_is_data() -> None:
    assert "<img" not in pair_table.panel([pair(case_zh="<img src=x>", file_name="<img>")])


def test_many_are_cut_and_counted() -> None:
    html = pair_table.panel([pair() for _ in range(pair_table.SHOWN + 5)])
    assert f"{pair_table.SHOWN + 5} 对" in html and html.count("第 7 行") == 2 * pair_table.SHOWN


def test_nothing_doubted_shows_nothing() -> None:
    assert pair_table.panel([]) == ""
