"""Columns add up to the cent, stated totals are held against their rows, every cell is named."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.cells import quantities
from etl.commands.command_text import load_text
from etl.commands.load import LoadReport
from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from tests.unit.judge.test_judge import judge
from tests.unit.workbooks import HEADERS, Cell, book, ledger, record

NAMES = list(HEADERS)


def total(label: str, **cells: Cell) -> list[Cell]:
    """A row of stated totals; the label stands in the first column."""
    fields = dict.fromkeys(HEADERS.values()) | {"record_no": label} | cells
    return list(fields.values())


def sums_of(sheet: Any, field: str) -> dict[str, Any]:
    (found,) = [entry for entry in sheet.sums if entry["field"] == field]
    return {k: found[k] for k in ("written", "loaded", "rejected", "unread")}


def test_written_is_loaded_plus_rejected(tmp_path: Path, context: Context) -> None:
    rows = [
        record(fine_wan="12.5", general_hazard_count="5项3人"),
        record(fine_wan="12,345.67元", general_hazard_count="三"),
        record(fine_wan=0.1, inspected_date="长期", general_hazard_count="１０"),
        record(fine_wan="约5万", general_hazard_count="—"),
    ]
    sheet = judge(ledger(tmp_path / "a.xlsx", rows), context).sheets[0]
    assert (sheet.loaded, sheet.rejected) == (2, 2)
    assert sums_of(sheet, "fine_wan") == {
        "written": "13.834567", "loaded": "13.734567", "rejected": "0.1", "unread": 1
    }  # fmt: skip
    assert sums_of(sheet, "general_hazard_count") == {
        "written": "18", "loaded": "8", "rejected": "10", "unread": 0
    }  # fmt: skip


def test_a_cleaner_that_changes_an_amount_is_found_out(
    tmp_path: Path, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantities, "_CENT", Decimal("0.1"))
    path = ledger(tmp_path / "a.xlsx", [record(fine_wan="12.34")])
    verdict = judge_workbook(path, context)
    assert (verdict.status, verdict.reason_code) == ("refused", "unbalanced_sum")
    assert "罚款(万元)" in str(verdict.reason)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([record(fine_wan=1.1), record(fine_wan=2.2), total("合计", fine_wan=3.3)], []),
        ([total("合计", fine_wan=3), record(fine_wan=1), record(fine_wan=2)], []),
        (
            [record(fine_wan=1), record(fine_wan=2), total("合计", fine_wan=4)],
            [(6, "fine_wan", "4", "3", "table")],
        ),
        (
            [record(fine_wan=1), total("小计", fine_wan=1), record(fine_wan=2),
             total("小计", fine_wan=5), total("合计", fine_wan=3, general_hazard_count=4)],
            [(7, "fine_wan", "5", "2", "group")],
        ),
        ([total("小计", fine_wan=1), record(fine_wan=1), total("小计", fine_wan=2),
          record(fine_wan=2)], []),
        ([record(fine_wan=1.2345), record(fine_wan=2), total("合计", fine_wan="3.23")], []),
        ([record(fine_wan=1), record(fine_wan=3), total("平均", fine_wan=2)], []),
        ([record(fine_wan=1, inspected_date="长期"), total("合计", fine_wan=1)], []),
        ([record(fine_wan="1"), total("合计", fine_wan="10000元")], []),
        ([record(fine_wan=1), total("甲局合计", fine_wan=1), record(fine_wan=2),
          total("本页合计", fine_wan=2), total("总计", fine_wan=3)], []),
        (
            [record(fine_wan=1), total("甲局合计", fine_wan=5), record(fine_wan=2),
             total("合计", fine_wan=3)],
            [(5, "fine_wan", "5", "1", "group")],
        ),
        (
            [record(fine_wan=1), total("合计", fine_wan=4), record(fine_wan=2),
             total("合计", fine_wan=2)],
            [(5, "fine_wan", "4", "1", "group")],
        ),
        ([record(fine_wan=1), record(fine_wan=2, sector_code="消防"),
          total("合计", fine_wan=1, sector_code="工贸"),
          total("合计", fine_wan=2, sector_code="消防")], []),
    ],
)  # fmt: skip
def test_stated_totals(
    tmp_path: Path, context: Context, rows: list[list[Cell]], expected: list[tuple[Any, ...]]
) -> None:
    sheet = judge(ledger(tmp_path / "a.xlsx", rows), context).sheets[0]
    found = [(t["row"], t["field"], t["stated"], t["summed"], t["covers"]) for t in sheet.totals]
    assert found == expected
    assert len([n for n in sheet.notes if "相加为" in n]) == len(expected)


@pytest.mark.parametrize(
    ("written", "said"),
    [("#REF!", "是错误值 #REF!"), ("=SUM(H4:H4)", "是未计算的公式"), ("约1", "“约1”读不出数")],
)
def test_a_total_that_cannot_be_read_is_told(
    tmp_path: Path, context: Context, written: str, said: str
) -> None:
    rows = [record(fine_wan=1), total("合计", fine_wan=written, general_hazard_count="—")]
    sheet = judge(ledger(tmp_path / "a.xlsx", rows), context).sheets[0]
    assert [n for n in sheet.notes if "没有核对" in n] == [
        f"第 5 行“合计”的“罚款(万元)”{said}，没有核对"
    ]


def test_the_note_names_what_could_not_be_read(tmp_path: Path, context: Context) -> None:
    rows = [record(fine_wan=1), record(fine_wan="约2万"), total("合计", fine_wan=3)]
    sheet = judge(ledger(tmp_path / "a.xlsx", rows), context).sheets[0]
    assert sheet.notes[-1] == (
        "第 6 行“合计”的“罚款(万元)”写 3，所含各行相加为 1（另有 1 格读不出数）"
    )


def test_every_filled_cell_is_used_or_named(tmp_path: Path, context: Context) -> None:
    header: list[Cell] = ["序号", *NAMES, "天气"]
    rows: list[list[Cell]] = [
        [1, *record(), "晴", "随手写的"],
        [2, *record(fine_wan="=1+1"), "阴"],
    ]
    sheet = judge(book(tmp_path / "a.xlsx", {"台账": [header, *rows]}), context).sheets[0]
    assert sheet.cells == {
        "read": 28,
        "used": 23,
        "unused": {"A 序号": 2, "N 天气": 2, "O （无表头）": 1},
        "unseen": 0,
    }
    assert "O 列没有表头，1 个单元格未采用" in sheet.notes


SCRAPS: list[Cell] = [None, "x", 1, " ", "#REF!", "=A1", "—"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(st.sampled_from(SCRAPS), max_size=16), max_size=8))
def test_cells_balance_whatever_is_written(
    tmp_path: Path, context: Context, rows: list[list[Cell]]
) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [list(HEADERS), record(), *rows]})
    cells = judge(path, context).sheets[0].cells
    assert cells["read"] == cells["used"] + sum(cells["unused"].values()) + cells["unseen"]
    assert cells["unseen"] == 0


def test_the_load_report_says_which_total_differs() -> None:
    sheet = {"sheet": "台账", "dataset": "enforcement", "loaded": 2, "rejected": 0, "rejects": []}
    reason = "第 6 行“合计”的“罚款(万元)”写 4，所含各行相加为 3"
    entry = {"path": "a.xlsx", "name": "a.xlsx", "status": "loaded", "reason": "", "sha256": ""}
    report = LoadReport(
        "L1", [entry | {"sheets": [sheet | {"totals": [{"reason": reason}], "changes": []}]}]
    )
    assert f"　　台账 {reason}" in load_text(report).splitlines()
