"""A cell that cannot be read where it only says whose or of which kind: the row counts, named."""

from datetime import date
from pathlib import Path

import pytest

from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import Verdict
from tests.unit.workbooks import Cell, book, ledger, record

INCIDENT: dict[str, Cell] = {
    "事故名称": "甲事故",
    "发生时间": date(2026, 3, 5),
    "属地镇街": "禾原街道",
    "所属功能区": None,
    "行业主管部门": "市应急局",
    "行业分类": "建筑业",
    "事故类型": "坍塌",
    "是否生产经营性": "是",
    "死亡人数": 1,
    "事故等级": None,
    "状态": "已结案",
}


def incident(tmp_path: Path, context: Context, **cells: Cell) -> Verdict:
    row = INCIDENT | cells
    titles: list[list[Cell]] = [["2026年1—10月生产安全事故台账"], ["填报单位：市应急局"]]
    path = book(tmp_path / "a.xlsx", {"台账": [*titles, list(row), list(row.values())]})
    return judge_workbook(path, context)


@pytest.mark.parametrize(
    ("header", "text", "field", "value"),
    [
        ("属地镇街", "某某乡", "territory_id", "unassigned"),
        ("属地镇街", "沙镇", "territory_id", "unassigned"),
        ("所属功能区", "某某园", "zone_id", "unassigned"),
        ("行业主管部门", "市铁路办", "department_id", "unassigned"),
        ("是否生产经营性", "部分是", "is_production", None),
        ("是否生产经营性", "#REF!", "is_production", None),
        ("事故等级", "较大+", "reported_grade_code", None),
    ],
)
def test_the_row_counts_and_the_doubt_is_named(
    tmp_path: Path, context: Context, header: str, text: str, field: str, value: object
) -> None:
    verdict = incident(tmp_path, context, **{header: text})
    (sheet,) = verdict.sheets
    assert (sheet.loaded, sheet.rejected, sheet.rejects) == (1, 0, [])
    assert verdict.tables["incident"].column(field).to_pylist() == [value]
    (doubt,) = sheet.doubts
    assert (doubt.row, doubt.field) == (4, field)
    assert header in doubt.reason and "已计入" in doubt.reason
    assert any(header in note and "第 4 行" in note for note in sheet.notes)


@pytest.mark.parametrize(
    ("header", "text", "code"),
    [
        ("死亡人数", "#REF!", "error_cell"),
        ("发生时间", "2026年13月5日", "bad_date"),
        ("行业分类", "低空经济", "unknown_code"),
        ("状态", "不清楚", "unknown_code"),
    ],
)
def test_what_is_counted_or_must_be_stated_still_goes_back(
    tmp_path: Path, context: Context, header: str, text: str, code: str
) -> None:
    (sheet,) = incident(tmp_path, context, **{header: text}).sheets
    assert [r.code for r in sheet.rejects] == [code] and not sheet.doubts


def test_a_row_with_another_fault_goes_back_with_both(tmp_path: Path, context: Context) -> None:
    (sheet,) = incident(tmp_path, context, 属地镇街="某某乡", 死亡人数="#REF!").sheets
    assert [r.field for r in sheet.rejects] == ["territory_id", "death_count"]
    assert not sheet.doubts


def test_whose_inspection_nobody_can_read_is_not_the_senders(
    tmp_path: Path, context: Context
) -> None:
    path = ledger(tmp_path / "a.xlsx", [record(actor_id="某某队"), record(record_no="JC-2")])
    verdict = judge_workbook(path, context)
    assert verdict.tables["enforcement"].column("actor_id").to_pylist()[0] == "unassigned"
    assert [d.field for d in verdict.sheets[0].doubts] == ["actor_id"]
