"""Headers as offices draw them: trees of merged cells, remarks, units wherever they stand."""

from decimal import Decimal
from pathlib import Path

import pytest

from etl.declarations.declarations import Context
from etl.declarations.header_paths import split_unit
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import Verdict
from tests.unit.workbooks import HEADERS, TITLES, Cell, book, record

Row = list[Cell]


def judge(
    tmp_path: Path, context: Context, rows: list[Row], merges: tuple[str, ...] = ()
) -> Verdict:
    path = book(tmp_path / "a.xlsx", {"台账": [*([t] for t in TITLES), *rows]}, merges=merges)
    return judge_workbook(path, context)


def fields_of(verdict: Verdict) -> dict[str, str]:
    (table,) = verdict.sheets
    assert (table.loaded, table.rejected) == (1, 0), table.rejects
    return {field: where["column"] for field, where in table.columns.items()}


def renamed(**headers: str) -> Row:
    """The header row with some texts written otherwise, by field."""
    return [headers.get(field, name) for name, field in HEADERS.items()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("罚款（万元）", ("罚款", "万元")),
        ("罚款（万元", ("罚款", "万元")),
        ("罚款万元）", ("罚款", "万元")),
        ("罚 款\n［万元］", ("罚款", "万元")),
        ("★罚款（万元）", ("罚款", "万元")),
        ("罚款（万元）★必填", ("罚款", "万元")),
        ("罚款（必填）（万元）", ("罚款", "万元")),
        ("检查日期（格式：2026-03-05）", ("检查日期", "")),
        ("检查日期\n（精确到日）*", ("检查日期", "")),
        ("培训人数（人次）", ("培训人数", "人次")),
        ("死亡（下落不明）", ("死亡(下落不明)", "")),
        ("罚款（去年同期）", ("罚款(去年同期)", "")),
        ("必填", ("必填", "")),
        ("（万元）", ("", "万元")),
    ],
)
def test_units_and_remarks_in_a_header(
    context: Context, text: str, expected: tuple[str, str]
) -> None:
    assert split_unit(text, context.units, tuple(context.words["header_note"])) == expected


def test_a_tree_of_four_rows_merged_both_ways(tmp_path: Path, context: Context) -> None:
    first, last = list(HEADERS)[:4], list(HEADERS)[6:]
    tree: list[Row] = [
        [*first, "检查情况", None, *last],
        [*[None] * 4, "基本信息", "查出隐患(项)"],
        [*[None] * 5, "重大"],
        [*[None] * 4, "被检查单位", "(项)"],
    ]
    singles = "ABCDGHIJKL"
    merges = (*(f"{c}3:{c}6" for c in singles), "E3:F3", "E4:E5")
    verdict = judge(tmp_path, context, [*tree, record()], merges)
    found = fields_of(verdict)
    assert (found["enterprise_name"], found["record_no"], found["fine_wan"]) == ("E", "A", "H")
    assert verdict.sheets[0].skipped_by == {"title": 2, "header": 4}


def test_remarks_and_lost_brackets(tmp_path: Path, context: Context) -> None:
    header = renamed(
        record_no="检查编号★必填",
        inspected_date="检查日期\n（格式：2026-03-05）",
        enterprise_name="*被检查单位（请填全称）",
        fine_wan="罚款（万元",
        general_hazard_count="一般隐患项）",
    )
    found = fields_of(judge(tmp_path, context, [header, record()]))
    assert set(found) == set(HEADERS.values())


def test_a_text_cut_over_two_rows(tmp_path: Path, context: Context) -> None:
    upper = renamed(enterprise_name="被检查", sector_code="行业")
    lower: Row = ["单位" if n == 4 else "领域" if n == 9 else None for n in range(12)]
    found = fields_of(judge(tmp_path, context, [upper, lower, record()]))
    assert (found["enterprise_name"], found["sector_code"]) == ("E", "J")


def test_a_neutral_group_above_says_nothing(tmp_path: Path, context: Context) -> None:
    upper: Row = [*[None] * 4, "单位基本情况", *[None] * 7]
    merges = ("E3:F3",)
    header = renamed()
    found = fields_of(judge(tmp_path, context, [upper, header, record()], merges))
    assert found["enterprise_name"] == "E"


def test_last_years_column_is_not_this_years(tmp_path: Path, context: Context) -> None:
    upper: Row = [*HEADERS]
    upper[11] = "去年同期"
    lower: Row = [*[None] * 11, "一般隐患"]
    merges = tuple(f"{c}3:{c}4" for c in "ABCDEFGHIJK")
    verdict = judge(tmp_path, context, [upper, lower, record()], merges)
    assert "general_hazard_count" not in fields_of(verdict)
    assert verdict.sheets[0].extra_columns == [{"column": "L", "header": "去年同期/一般隐患"}]


def test_a_title_merged_over_fewer_columns_than_the_table(tmp_path: Path, context: Context) -> None:
    found = fields_of(judge(tmp_path, context, [renamed(), record()], ("A1:E1", "A2:C2")))
    assert set(found) == set(HEADERS.values())


@pytest.mark.parametrize(
    ("title", "header", "unit_row", "cell", "wan"),
    [
        ("单位：元", "罚款", None, 5000, "0.5"),
        ("单位：元", "罚款（万元）", None, 5, "5"),
        ("单位：万元", "罚款", "（元）", 5000, "0.5"),
        ("单位：元", "罚款", None, "5万元", "5"),
    ],
)
def test_the_nearer_unit_counts(
    tmp_path: Path,
    context: Context,
    title: str,
    header: str,
    unit_row: str | None,
    cell: Cell,
    wan: str,
) -> None:
    rows: list[Row] = [[title], renamed(fine_wan=header)]
    rows += [[*[None] * 7, unit_row]] if unit_row else []
    verdict = judge(tmp_path, context, [*rows, record(fine_wan=cell)])
    assert verdict.tables["enforcement"].to_pylist()[0]["fine_wan"] == Decimal(wan)


def test_a_group_of_last_year_beside_plain_headers(tmp_path: Path, context: Context) -> None:
    """Groups alone in their row, the other headers not merged down."""
    upper: Row = [*[None] * 10, "去年同期", None]
    header = renamed(inspection_kind_code="重大隐患")
    header[5] = "检查类别"
    verdict = judge(tmp_path, context, [upper, header, record()], ("K3:L3",))
    assert not {"general_hazard_count", "major_hazard_count"} & set(verdict.sheets[0].columns)
