"""Sentences of page, slide and document."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reports import sentences

VERDICT = {
    "span_kind": "ytd",
    "span_month": date(2026, 10, 1),
    "is_open": False,
    "phrase_zh": "双下降",
}
LEVEL = {"name_zh": "存量", "unit_zh": "项", "state": "value", "value": 6.0}
AMOUNT = {
    "name_zh": "甲数", "unit_zh": "人", "decimals": 0, "state": "value",
    "value": 12.0, "change_value": -4.0, "is_open": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ("1—10月", "双下降", "存量 6 项")),
        ({"is_open": True}, ("1—10月", "期间未满，暂不作结论", "存量 6 项")),
        ({"phrase_zh": None}, ("1—10月", "缺去年同期数，不作结论", "存量 6 项")),
    ],
)
def test_conclusion(changed: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert sentences.conclusion({**VERDICT, **changed}, [LEVEL], "") == expected


def test_conclusion_of_a_unit_without_a_verdict() -> None:
    assert sentences.conclusion(None, [], "某镇") == ("某镇", "", "")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"value": 0}, "存量为零"),
        ({"state": "not_reported", "value": None}, "存量未报"),
        ({"state": "not_applicable", "value": None}, ""),
    ],
)
def test_levels(changed: dict[str, Any], expected: str) -> None:
    assert sentences.level_clause({**LEVEL, **changed}) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "甲数 12 人，同比减少 4 人"),
        ({"value": 0, "change_value": 0}, "甲数为零，与去年同期持平"),
        ({"is_open": True}, "甲数 12 人"),
        ({"state": "not_reported"}, "甲数未报"),
        ({"value": None}, ""),
    ],
)
def test_amounts(changed: dict[str, Any], expected: str) -> None:
    assert sentences.amount_clause({**AMOUNT, **changed}) == expected


def test_particulars_name_the_single_month() -> None:
    month = {**VERDICT, "span_kind": "month", "phrase_zh": "一降一平"}
    assert sentences.particulars([AMOUNT], month) == "甲数 12 人，同比减少 4 人；10月当月一降一平。"
    assert sentences.particulars([], None) == ""
