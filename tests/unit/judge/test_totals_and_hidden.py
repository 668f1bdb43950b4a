"""Rows that must never be added, and what is hidden but counts."""

from pathlib import Path
from typing import Literal

import openpyxl
import pytest

from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import Verdict
from etl.layout.row_words import is_total
from tests.unit.workbooks import HEADERS, TITLES, Cell, book, record

Row = list[Cell]


def judge(tmp_path: Path, context: Context, *rows: Row, merges: tuple[str, ...] = ()) -> Verdict:
    titles: list[Row] = [[text] for text in TITLES]
    table: list[Row] = [*titles, list(HEADERS), *rows]
    return judge_workbook(book(tmp_path / "a.xlsx", {"台账": table}, merges=merges), context)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "合计",
            "合　计",
            " 小 计：",
            "总计（起）",
            "合计12起",
            "合计：3",
            "共计",
            "全市",
            "平均",
        ),
        *("工贸小计", "其中：道路运输", "　　其中：省级挂牌督办", "其中，煤矿", "合计（单位：人）"),
    ],
)
def test_a_total(context: Context, text: str) -> None:
    assert is_total(text, context)


@pytest.mark.parametrize(
    "text",
    [
        "合计划有限公司",
        "示例总计划研究院",
        "全市场检测中心",
        "平均律琴行",
        "累计达商贸公司",
        "JC-合计1",
    ],
)
def test_no_total(context: Context, text: str) -> None:
    assert not is_total(text, context)


@pytest.mark.parametrize(
    "total",
    [
        ["合计", *[None] * 4, 7],
        [None, None, None, None, "合计", 7],
        [*[None] * 4, "其中：工贸", 7, None, 3.5],
        [None, "合计（项）", None, None, None, 7],
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_totals_are_not_added(tmp_path: Path, context: Context, total: Row, is_first: bool) -> None:
    rows = [record(major_hazard_count=3), record(record_no="JC-2", major_hazard_count=4)]
    verdict = judge(tmp_path, context, *([total, *rows] if is_first else [*rows, total]))
    (table,) = verdict.sheets
    assert (table.loaded, table.rejected, table.skipped_by["subtotal"]) == (2, 0, 1)
    counts = verdict.tables["enforcement"].column("major_hazard_count").to_pylist()
    assert counts == [3, 4]


def test_a_total_merged_over_the_leading_columns(tmp_path: Path, context: Context) -> None:
    total: Row = ["合　计", *[None] * 4, 7]
    verdict = judge(tmp_path, context, record(), total, merges=("A5:E5",))
    assert verdict.sheets[0].skipped_by["subtotal"] == 1


def test_a_firm_called_like_a_total_is_a_record(tmp_path: Path, context: Context) -> None:
    rows = [record(enterprise_name="合计划有限公司"), record(record_no="全市场-1")]
    assert judge(tmp_path, context, *rows).sheets[0].loaded == 2


def test_headings_of_groups_are_notes(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [["一、工贸"], record(), ["（二）消防"], record(record_no="JC-2")]
    (table,) = judge(tmp_path, context, *rows).sheets
    assert (table.loaded, table.rejected, table.skipped_by["note"]) == (2, 0, 2)


def test_hidden_rows_and_columns_count_and_are_named(tmp_path: Path, context: Context) -> None:
    rows = [record(record_no=f"JC-{n}") for n in range(6)]
    judge(tmp_path, context, *rows)
    workbook = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = workbook["台账"]
    for number in (2, 5, 6, 8):
        sheet.row_dimensions[number].hidden = True
    sheet.column_dimensions["H"].hidden = True
    sheet.column_dimensions["Z"].hidden = True
    workbook.save(tmp_path / "b.xlsx")
    (table,) = judge_workbook(tmp_path / "b.xlsx", context).sheets
    assert table.loaded == 6
    assert "有 3 行是隐藏的（第 5—6、8 行），照常计入" in table.notes
    assert "隐藏的列照常采用：H" in table.notes


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_workbook_whose_only_report_is_hidden(
    tmp_path: Path, context: Context, state: Literal["hidden", "veryHidden"]
) -> None:
    sheets: dict[str, list[Row]] = {"封面": [["说明"]], "台账": [list(HEADERS), record()]}
    path = book(tmp_path / "a.xlsx", sheets)
    workbook = openpyxl.load_workbook(path)
    workbook["台账"].sheet_state = state
    workbook.save(path)
    verdict = judge_workbook(path, context)
    assert verdict.reason_code == "only_hidden"
    assert "隐藏的工作表“台账”没有读取" in str(verdict.reason)


def test_a_hidden_draft_beside_a_table_nobody_knows(tmp_path: Path, context: Context) -> None:
    """What the visible table lacks is the reason; nobody is told to show the draft."""
    visible: list[Row] = [["检查日期", "检查单位", "属地镇街"], ["3月5日", "安监所", "禾原街道"]]
    path = book(tmp_path / "a.xlsx", {"报送": visible, "草稿": [list(HEADERS), record()]})
    workbook = openpyxl.load_workbook(path)
    workbook["草稿"].sheet_state = "hidden"
    workbook.save(path)
    verdict = judge_workbook(path, context)
    assert verdict.reason_code == "unknown_workbook"
    assert "工作表“报送”第 1 行最像“行政执法检查台账”的表头" in str(verdict.reason)
    assert "检查编号" in str(verdict.reason) and "草稿" not in str(verdict.reason)
