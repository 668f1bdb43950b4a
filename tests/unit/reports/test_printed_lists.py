"""The printed scorecard keeps to its page: what has no line is counted, not cut in silence."""

from __future__ import annotations

from datetime import date

import pytest

from reports.scorecard import printed_lists
from reports.scorecard.printed_lists import LETTERS_A_LINE, LINES

FIGURE = {"name_zh": "某数", "value": 9, "unit_zh": "项", "decimals": 0, "state": "value"}


def item(number: int, letters: int) -> dict[str, object]:
    return {
        "row_id": str(number),
        "due_date": date(2026, 10, number),
        "data_date": None,
        "territory_zh": "甲镇",
        "subject_zh": "某",
        "detail_zh": "患" * (letters - 1),
        "department_zh": None,
        "leader_zh": None,
    }


@pytest.mark.parametrize(("letters", "shown"), [(10, LINES), (LETTERS_A_LINE + 1, LINES // 2)])
def test_items_without_a_line_are_counted(letters: int, shown: int) -> None:
    items = [item(number, letters) for number in range(1, 10)]
    markup = printed_lists.open_items(FIGURE, items, date(2026, 10, 31))
    assert markup.count("甲镇") == shown
    assert f"另有 {9 - shown} 项" in markup


def test_the_longest_overdue_come_first() -> None:
    items = [item(number, 10) for number in (20, 3)]
    markup = printed_lists.open_items(FIGURE, items, date(2026, 10, 31))
    assert markup.index("28 天") < markup.index("11 天")


def test_a_document_stands_once_with_all_its_targets() -> None:
    rows = [
        {"sort_no": n, "name_zh": name, "document": "《某方案》", "article": "一", "quote": "某话"}
        for n, name in enumerate(("甲数", "乙数"))
    ]
    assert printed_lists.documents(rows) == "《某方案》甲数、乙数：（一）“某话”"
