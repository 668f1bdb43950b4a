"""Every printed form of look.md §3, once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from warehouse import formats

OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (31, 0, "31"),
        (1286, 0, "1\u2009286"),
        (1234567.5, 1, "1\u2009234\u2009567.5"),
        (95.18, 1, "95.2"),
        (0.285, 2, "0.29"),
        (2.5, 0, "3"),
        (0.0057, 4, "0.0057"),
        (-3.5, 1, "\u22123.5"),
        (None, 0, "—"),
        (float("nan"), 1, "—"),
    ],
)
def test_number(value: object, decimals: int, expected: str) -> None:
    assert formats.number(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "expected"),
    [
        (31, "起", 0, "31 起"),
        (1286, "家次", 0, "1\u2009286 家次"),
        (95.18, "%", 1, "95.2%"),
        (0.0057, "人/亿元", 4, "0.0057 人/亿元"),
        (1, "", 0, "1"),
        (None, "起", 0, "—"),
    ],
)
def test_quantity(value: object, unit: str, decimals: int, expected: str) -> None:
    assert formats.quantity(value, unit, decimals) == expected


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "expected"),
    [
        (-12, "起", 0, "▼ 12 起"),
        (3.8, "%", 1, "▲ 3.8 个百分点"),
        (0, "起", 0, "持平"),
        (None, "起", 0, "—"),
    ],
)
def test_change(value: object, unit: str, decimals: int, expected: str) -> None:
    assert formats.change(value, unit, decimals) == expected


@pytest.mark.parametrize(
    ("value", "pct", "base", "unit", "expected"),
    [
        (-12, -27.906, "ok", "起", "▼ 12 起（下降 27.9%）"),
        (3, 10, "ok", "人", "▲ 3 人（上升 10.0%）"),
        (2, None, "zero", "起", "去年同期为0，增加 2 起"),
        (0, None, "zero", "起", "持平"),
        (1, 50, "small", "起", "▲ 1 起"),
        (0, 0, "ok", "起", "持平"),
        (3.5, 3.8, "ok", "%", "▲ 4 个百分点"),
        (None, None, "none", "起", "去年同期无数据"),
    ],
)
def test_change_in_words(value: object, pct: object, base: str, unit: str, expected: str) -> None:
    assert formats.change_in_words(value, pct, base, unit) == expected


def test_comparison_clause() -> None:
    assert formats.comparison_clause(-12, "起") == "同比减少 12 起"
    assert formats.comparison_clause(1, "人") == "同比增加 1 人"
    assert formats.comparison_clause(0, "人") == "与去年同期持平"
    assert formats.comparison_clause(None) == "去年同期无数据"


@pytest.mark.parametrize(
    ("comparator", "value", "unit", "soft", "expected"),
    [
        ("=", 100.0, "%", False, "目标 100%"),
        (">=", 60, "%", True, "目标 ≥ 60%（力争）"),
        ("<=", 0.0057, "人/亿元", None, "目标 ≤ 0.0057 人/亿元"),
        ("down_yoy", 36, "起", False, "目标 低于去年同期"),
        ("=", 0, "项", False, "目标 0 项"),
    ],
)
def test_target(comparator: str, value: object, unit: str, soft: object, expected: str) -> None:
    assert formats.target(comparator, value, unit, soft) == expected


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 10, 31),
        datetime(2026, 10, 31, 9, tzinfo=UTC),
        pd.Timestamp(2026, 10, 31),
        "2026-10-31",
    ],
)
def test_dates(value: object) -> None:
    assert formats.day_zh(value) == "2026年10月31日"
    assert formats.cutoff_zh(value) == "2026年10月31日24时"
    assert formats.day_iso(value) == "2026-10-31"
    assert formats.day_short(value) == "10/31"
    assert formats.month_zh(value) == "2026年10月"
    assert formats.month_code(value) == "2026-10"


@pytest.mark.parametrize("value", [None, pd.NaT, float("nan")])
def test_missing_dates(value: object) -> None:
    assert formats.day_zh(value) == formats.cutoff_zh(value) == formats.day_iso(value) == "—"
    assert formats.month_code(value) == ""


@pytest.mark.parametrize(
    ("kind", "month", "expected"),
    [
        ("month", OCTOBER, "10月"),
        ("ytd", OCTOBER, "1—10月"),
        ("ytd", date(2026, 1, 1), "1月"),
        ("quarter", date(2026, 9, 1), "三季度"),
        ("year", OCTOBER, "2026年"),
        ("rolling12", OCTOBER, "2025年11月—2026年10月"),
        ("rolling12", date(2026, 12, 1), "2026年1月—2026年12月"),
    ],
)
def test_span(kind: str, month: date, expected: str) -> None:
    assert formats.span_zh(kind, month) == expected


def test_span_beside_no_year_and_on_the_switch() -> None:
    assert formats.span_with_year_zh("ytd", OCTOBER) == "2026年1—10月"
    assert formats.span_with_year_zh("year", OCTOBER) == "2026年"
    choices = [formats.span_choice_zh(kind, OCTOBER) for kind in ("month", "ytd", "rolling12")]
    assert choices == ["当月", "1—10月", "滚动12月"]


def test_lists_and_shares() -> None:
    assert formats.listed_zh(["甲镇", "乙镇"]) == "甲镇、乙镇"
    assert formats.listed_zh(["甲", "乙", "丙"], limit=2) == "甲、乙等 3 个"
    assert formats.share(79.0, 83.0) == "79/83"
    assert formats.trimmed(756.25) == "756.25"
