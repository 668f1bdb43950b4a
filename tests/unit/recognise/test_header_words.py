"""Headers in a clerk's own words: each expectation is what a person reading the sheet would say."""

from pathlib import Path

import pytest

from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import SheetVerdict, Verdict
from tests.unit.workbooks import HEADERS, Cell, book, record

Row = list[Cell]
INCIDENT: Row = [
    "某厂“3·5”事故",
    "2026-03-05",
    "禾原街道",
    "建筑施工",
    "高处坠落",
    1,
    0,
    2,
    30,
    "调查中",
]
HAZARD: Row = [1, "YH-1", "2026-03-05", "禾原街道", "甲、乙", "示例厂", "工贸", "通道堵塞", "重大"]
HAZARD += ["部门检查", "2026-03-28", "整改中", None]


def judge(
    tmp_path: Path, context: Context, rows: list[Row], merges: tuple[str, ...] = ()
) -> Verdict:
    return judge_workbook(book(tmp_path / "a.xlsx", {"台账": rows}, merges=merges), context)


def only(verdict: Verdict, dataset: str) -> SheetVerdict:
    (table,) = verdict.sheets
    assert (table.dataset, table.loaded, table.rejected) == (dataset, 1, 0), table.rejects
    return table


@pytest.mark.parametrize(
    "header",
    [
        "事故名称 事发日期 所属镇街 所属行业 事故类别 死亡 重伤 轻伤 直接损失（万元） 事故状态",
        "事件名称 事故日期 镇街 行业 事故种类 死亡失踪人数 重伤数 轻伤数 经济损失（万元） 状态",
        "1.事故名称 2.发生日期 3.乡镇（街道） 4.行业 5.事故类型 6.死亡（人） 7.重伤（人）"
        " 8.轻伤（人） 9.财产损失（万元） 10.当前状态",
    ],
)
def test_an_incident_ledger_in_other_words(tmp_path: Path, context: Context, header: str) -> None:
    table = only(judge(tmp_path, context, [[*header.split()], INCIDENT]), "incident")
    assert list(table.columns) and len(table.columns) == len(INCIDENT)
    assert table.columns["death_count"]["column"] == "F"


def test_a_hazard_ledger_that_says_who_checked_is_no_inspection_ledger(
    tmp_path: Path, context: Context
) -> None:
    header = "序号 编号 检查日期 检查单位 检查人员 被检查单位 所属行业 存在的问题 隐患等级"
    header += " 隐患来源 整改时限 整改情况 备注"
    rows: list[Row] = [["2026年3月重大隐患排查台账"], [*header.split()], HAZARD]
    table = only(judge(tmp_path, context, rows), "hazard")
    assert (table.columns["found_date"]["column"], table.columns["hazard_text"]["column"]) == (
        "C",
        "H",
    )


def test_a_form_s_own_header_goes_before_another_word_for_it(
    tmp_path: Path, context: Context
) -> None:
    rows: list[Row] = [[*HEADERS, "执法时间"], [*record(), "2026-01-01"]]
    table = only(judge(tmp_path, context, rows), "enforcement")
    assert table.columns["inspected_date"]["header"] == "检查日期"
    assert [c["header"] for c in table.extra_columns] == ["执法时间"]


def test_two_columns_that_could_be_the_same_are_named_and_not_guessed(
    tmp_path: Path, context: Context
) -> None:
    header = ["执法日期" if name == "检查日期" else name for name in HEADERS]
    rows: list[Row] = [[*header, "执法时间"], [*record(), "2026-03-05"]]
    (table,) = judge(tmp_path, context, rows).sheets
    assert (table.loaded, table.rejected) == (0, 1)
    assert {(r.code, r.field) for r in table.rejects} == {("missing_column", "inspected_date")}
    assert "表头“执法日期”“执法时间”都可能是，分不清用哪一列" in table.rejects[0].reason


def test_choices_and_remarks_in_brackets(tmp_path: Path, context: Context) -> None:
    said = {
        "检查类别": "检查类别（计划检查/双随机/专项检查）",
        "是否处罚单位": "是否处罚单位（是、否）",
        "被检查单位": "被检查单位（全称）",
    }
    table = only(
        judge(tmp_path, context, [[said.get(h, h) for h in HEADERS], record()]), "enforcement"
    )
    assert len(table.columns) == len(HEADERS)


def test_a_choice_of_units_leaves_the_unit_in_doubt(tmp_path: Path, context: Context) -> None:
    header = ["罚款（元/万元）" if name == "罚款(万元)" else name for name in HEADERS]
    table = only(judge(tmp_path, context, [[*header], record(fine_wan=5)]), "enforcement")
    assert "fine_wan" not in table.columns


def test_a_tree_of_four_rows_is_one_header(tmp_path: Path, context: Context) -> None:
    plain: Row = ["事故名称", "发生时间", "属地镇街", "行业分类", "事故类型"]
    tree: list[Row] = [
        [*plain, "事故后果", None, None, None, "状态"],
        [*[None] * 5, "人员伤亡", None, None, "经济损失"],
        [*[None] * 5, "死亡", "受伤", None, "直接经济损失（万元）"],
        [*[None] * 6, "重伤", "轻伤"],
    ]
    merges = (*(f"{c}1:{c}4" for c in "ABCDEJ"), "F1:I1", "F2:H2", "F3:F4", "G3:H3", "I3:I4")
    table = only(judge(tmp_path, context, [*tree, INCIDENT], merges), "incident")
    assert [table.columns[f]["column"] for f in ("death_count", "minor_injury_count")] == ["F", "H"]


def test_a_tree_with_a_level_nobody_declared_is_one_table(tmp_path: Path, context: Context) -> None:
    """Merged cells tie the rows of a header together, whatever its words are."""
    plain: Row = [*list(HEADERS)[:10]]
    tree: list[Row] = [
        [*plain, "某项专班填写", None],
        [*[None] * 10, "某类", "另类"],
        [*[None] * 10, *list(HEADERS)[10:]],
    ]
    merges = (*(f"{c}1:{c}3" for c in "ABCDEFGHIJ"), "K1:L1")
    table = only(judge(tmp_path, context, [*tree, record()], merges), "enforcement")
    assert table.skipped_by == {"header": 3}


def test_this_year_is_taken_and_last_year_is_not(tmp_path: Path, context: Context) -> None:
    header: Row = ["事故名称", "发生时间", "属地镇街", "行业分类", "事故类型", "今年", None, None]
    header += ["直接经济损失(万元)", "状态", "去年同期", None]
    below: Row = [*[None] * 5, "死亡", "重伤", "轻伤", None, None, "死亡", "重伤"]
    merges = (*(f"{c}1:{c}2" for c in "ABCDEIJ"), "F1:H1", "K1:L1")
    table = only(judge(tmp_path, context, [header, below, [*INCIDENT, 9, 9]], merges), "incident")
    assert table.columns["death_count"] == {"column": "F", "header": "今年/死亡"}
    assert [c["header"] for c in table.extra_columns] == ["去年同期/死亡", "去年同期/重伤"]
