"""1—10月 is a total since January when its column, its month or its title says so."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.declarations.declarations import Context
from tests.unit.judge.test_judge import judge
from tests.unit.workbooks import Cell, book

HEAD: list[Cell] = ["统计月份", "单位", "指标名称", "数值"]


def reported(path: Path, context: Context, title: str, *rows: list[Cell]) -> Any:
    verdict = judge(book(path / "a.xlsx", {"上报": [[title], *rows]}), context)
    return verdict.sheets[0], verdict.tables["reported"].to_pylist()


@pytest.mark.parametrize(
    ("title", "header", "months", "expected"),
    [
        ("2026年1—10月上报汇总", "数值", ["2026-10", "10月"], True),
        ("2026年1—10月上报汇总", "本月数", ["2026-10", "10月"], False),
        ("2026年1—10月上报汇总", "数值", ["2026-09", "2026-10"], False),
        ("2026年10月上报汇总", "数值", ["2026-10", "2026-10"], False),
        ("2026年上报汇总（累计）", "数值", ["2026-09", "2026-10"], True),
        ("2026年上报汇总", "数值", ["1—10月", "2026年1-10月"], True),
    ],
)
def test_cumulative_or_of_the_month(
    tmp_path: Path, context: Context, title: str, header: str, months: list[str], expected: bool
) -> None:
    head = [*HEAD[:3], header]
    sheet, rows = reported(
        *(tmp_path, context, title, head),
        [months[0], "禾原", "事故起数", 5],
        [months[1], "禾原", "死亡人数", 2],
    )
    assert [r["is_cumulative"] for r in rows] == [expected, expected]
    assert rows[1]["report_month"] == date(2026, 10, 1)
    assert any("按累计数处理" in note for note in sheet.notes) is expected


def test_both_columns_stand_side_by_side(tmp_path: Path, context: Context) -> None:
    _, rows = reported(
        *(tmp_path, context, "2026年1—10月上报汇总", [*HEAD[:3], "本月数", "累计数"]),
        ["2026-10", "禾原", "事故起数", 1, 5],
    )
    found = (rows[0]["amount"], rows[0]["cumulative_amount"], rows[0]["is_cumulative"])
    assert found == (Decimal(1), Decimal(5), False)


def test_a_row_with_only_a_cumulative_figure(tmp_path: Path, context: Context) -> None:
    sheet, rows = reported(
        *(tmp_path, context, "2026年10月上报汇总", [*HEAD[:3], "累计数"]),
        ["2026-10", "禾原", "事故起数", 5],
        ["2026-10", "禾原", "死亡人数", None],
    )
    assert [(r["amount"], r["cumulative_amount"]) for r in rows] == [(None, Decimal(5))]
    assert [(r.row, r.code) for r in sheet.rejects] == [(4, "missing_required")]


def test_a_wrong_total_is_one_fault_and_a_dash_is_no_case(tmp_path: Path, context: Context) -> None:
    sheet, rows = reported(
        *(tmp_path, context, "2026年10月上报汇总", [*HEAD, "累计数"]),
        ["2026-10", "禾原", "事故起数", None, -5],
        ["2026-10", "禾原", "死亡人数", "—", None],
    )
    assert [(r.row, r.code) for r in sheet.rejects] == [(3, "negative_number")]
    assert [(r["amount"], r["cumulative_amount"]) for r in rows] == [(Decimal(0), None)]
