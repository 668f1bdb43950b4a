"""What a month still waits for: only what was never sent is 未报."""

from typing import Any

import pytest

from reports import missing_ledgers
from reports.reminders import owed_reports


def row(unit: str, dataset: str, state: str, words: str = "未报") -> dict[str, Any]:
    return {"name_zh": unit, "dataset_zh": dataset, "state": state, "standing_zh": words}


OWED = [
    row("甲镇", "隐患", "missing"),
    row("甲镇", "执法", "missing"),
    row("甲镇", "培训", "returned", "已送退回 2 行"),
    row("乙镇", "隐患", "returned", "已送退回 1 行"),
    row("丙镇", "隐患", "held", "待确认"),
    row("丁镇", "隐患", "partial", "未报全"),
]


def test_one_unit_in_a_sentence() -> None:
    assert missing_ledgers.sentence(OWED[:3]) == "未报隐患、执法，培训已送退回 2 行"
    assert missing_ledgers.sentence(OWED[4:5]) == "隐患待确认"
    assert [missing_ledgers.ledger(r) for r in (OWED[2], OWED[0])] == [
        "培训（已送退回 2 行）",
        "隐患",
    ]


def test_units_are_counted_by_what_weighs_most() -> None:
    assert missing_ledgers.counted(OWED) == (
        "未报 1 个单位，未报全 1 个单位，已送退回 1 个单位，待确认 1 个单位"
    )
    assert missing_ledgers.counted([]) == "应报均已报"
    assert missing_ledgers.word(OWED[3:4]) == "已送退回"


@pytest.mark.parametrize(
    ("coverage", "value", "beside"),
    [
        (None, "未报", ""),
        ("已送退回 2 行", "已送退回 2 行", ""),
        ("待确认；另有 1 起未归属", "待确认", "另有 1 起未归属"),
        ("2 行退回未计", "未报", "2 行退回未计"),
    ],
)
def test_a_figure_that_is_not_there(coverage: str | None, value: str, beside: str) -> None:
    figure = {"state": "not_reported", "coverage_zh": coverage}
    assert (missing_ledgers.unheard(figure), missing_ledgers.gaps(figure)) == (value, beside)
    assert missing_ledgers.gaps(figure | {"state": "value"}) == (coverage or "")


def test_a_base_that_lacks_a_month_is_named() -> None:
    figure = {"coverage_state": "whole", "prior_coverage_state": "hole"}
    assert (
        missing_ledgers.no_base(figure | {"prior_coverage_zh": "缺6月；1 行退回未计"})
        == "去年缺6月"
    )
    assert missing_ledgers.no_base(figure | {"coverage_state": "hole"}) == "台账未报全"
    assert missing_ledgers.no_base(figure | {"prior_coverage_state": "none"}) == ""


def test_a_reminder_names_what_came_back() -> None:
    back = {"state": "returned", "standing_zh": "已送退回 2 行", "dataset_zh": "隐患"}
    none = {"state": "missing", "standing_zh": "未报", "dataset_zh": "执法"}
    assert owed_reports.Owed("a", "甲镇", (none, back)).ledgers_zh == "执法、隐患已送退回 2 行"
