"""Tables found by their header texts; rows told apart; what a sheet says about itself."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.declarations.declarations import Context
from etl.declarations.refusal import RefusedError
from etl.formats.grid.reader import Grid
from etl.formats.open_workbook import open_workbook
from etl.judge.judge import judge_workbook
from etl.layout.row_kinds import KIND_NAMES, classify
from etl.layout.sheet_statements import Statement, read_statement
from etl.layout.table_edges import RECORD
from etl.recognise.coded_columns import encode
from etl.recognise.find_tables import find_tables
from etl.recognise.header_matching import Table
from tests.unit.workbooks import HEADERS, TITLES, Cell, book, ledger, record

REPORTED = ["统计月份", "单位", "指标名称", "数值"]


def grid_of(path: Path, number: int = 0) -> Grid:
    with open_workbook(path) as workbook:
        return workbook.read(workbook.sheets[number])


def table_of(path: Path, context: Context) -> Table | None:
    grid = grid_of(path)
    tables = find_tables(grid, encode(grid), "台账", context).tables
    return tables[0] if tables else None


def kinds_of(path: Path, context: Context) -> list[str]:
    """The kind of every filled row, in order."""
    grid = grid_of(path)
    table = table_of(path, context)
    assert table is not None
    kinds = classify(grid, table, encode(grid), context).kinds
    return [KIND_NAMES.get(k, "record") for k in kinds.tolist() if k]


def statement(context: Context, *titles: str, tab: str = "Sheet1", foot: str = "") -> Statement:
    return read_statement([[t] for t in titles], [[foot]] if foot else [], tab, context)


def period(context: Context, *titles: str, tab: str = "Sheet1") -> list[str]:
    said = statement(context, *titles, tab=tab)
    return [str(day) for day in (said.period_from, said.period_to) if day]


def test_enforcement_ledger(tmp_path: Path, context: Context) -> None:
    table = table_of(ledger(tmp_path / "a.xlsx", [record()]), context)
    assert table is not None
    assert (table.source.dataset, table.template, table.first_header_row) == (
        "enforcement",
        "v2023",
        3,
    )
    assert {f: c.column for f, c in table.fields.items()} == {
        field: n for n, field in enumerate(HEADERS.values(), 1)
    }
    assert table.fields["fine_wan"].unit == "万元"


def test_columns_in_any_order_with_padding_and_breaks(tmp_path: Path, context: Context) -> None:
    header: list[Cell] = [f" {name[0]}\n{name[1:]}\u3000" for name in reversed(HEADERS)]
    header = [str(text).replace("(", "（").replace(")", "）") for text in header]
    table = table_of(book(tmp_path / "a.xlsx", {"台账": [header, record()]}), context)
    assert table is not None
    assert set(table.fields) == set(HEADERS.values())
    assert table.fields["record_no"].column == len(HEADERS)


def test_merged_two_row_header_that_starts_at_c5(tmp_path: Path, context: Context) -> None:
    upper: list[Cell] = ["序号", "事故名称", "发生时间", "行业分类", "事故类型", "状态"]
    upper += ["伤亡人数", None, None]
    lower: list[Cell] = [*[None] * 6, "死亡", "重伤", "轻伤"]
    merges = [*(f"{c}5:{c}6" for c in "CDEFGH"), "I5:K5"]
    rows: list[list[Cell]] = [
        upper,
        lower,
        [1, "某事故", date(2026, 3, 5), "采矿业", "坍塌", "快报", 1, 0, 2],
    ]
    path = book(tmp_path / "a.xlsx", {"台账": rows}, start=(5, 3), merges=merges)
    table = table_of(path, context)
    assert table is not None
    assert table.source.dataset == "incident"
    assert (table.first_header_row, table.last_header_row) == (5, 6)
    assert table.fields["death_count"].header == "伤亡人数/死亡"
    assert [table.fields[f].column for f in ("death_count", "minor_injury_count")] == [9, 11]
    assert kinds_of(path, context) == ["header", "header", "record"]


def test_extra_and_missing_columns_are_noted(tmp_path: Path, context: Context) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [[*HEADERS, "办理人意见"], [*record(), "同意"]]})
    sheet = judge_workbook(path, context).sheets[0]
    assert sheet.extra_columns == [{"column": "M", "header": "办理人意见"}]
    assert "credit_code" in sheet.missing_columns
    assert sheet.notes[1] == "未采用的列：办理人意见"


def test_a_header_that_stands_twice_is_not_guessed(tmp_path: Path, context: Context) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [[*HEADERS, "罚款(万元)"], [*record(), 9]]})
    table = table_of(path, context)
    assert table is not None
    assert "fine_wan" not in table.fields
    assert [c.column for c in table.doubled] == [8, 13]


def test_unknown_sheet(tmp_path: Path, context: Context) -> None:
    path = book(tmp_path / "a.xlsx", {"通讯录": [["姓名", "电话", "处室"], ["甲", "1", "乙"]]})
    assert table_of(path, context) is None
    assert judge_workbook(path, context).reason_code == "unknown_workbook"


def test_unknown_sheet_beside_a_known_one_is_skipped(tmp_path: Path, context: Context) -> None:
    rows: dict[str, Any] = {"台账": [list(HEADERS), record()], "通讯录": [["姓名"], ["甲"], ["乙"]]}
    sheets = judge_workbook(book(tmp_path / "a.xlsx", rows), context).sheets
    assert [s.skipped_by for s in sheets] == [{"header": 1}, {"unknown_sheet": 3}]
    assert [s.dataset for s in sheets] == ["enforcement", None]


@pytest.mark.parametrize("title", ["", "培训取证记录"])
def test_two_kinds_fit_equally(tmp_path: Path, context: Context, title: str) -> None:
    common = ["培训类别", "人员类别", "企业名称", "统一社会信用代码", "姓名", "身份证号"]
    both = [*common, "计划年度", "培训日期", "考核结果", "属地镇街", "行业主管部门"]
    path = book(tmp_path / "a.xlsx", {"台账": [[title or "培训表"], both, ["煤矿"]]})
    if title:
        table = table_of(path, context)
        assert table is not None
        assert table.source.dataset == "training_record"
        return
    with pytest.raises(RefusedError) as caught:
        table_of(path, context)
    assert caught.value.code == "two_kinds"
    assert "培训取证记录" in str(caught.value.details["kinds"])


def test_every_kind_of_row(tmp_path: Path, context: Context) -> None:
    header: list[Cell] = ["序号", *HEADERS]
    body: list[list[Cell]] = [
        [*[None] * 8, "(万元)"],
        ["甲", *range(1, 13)],
        [1, *record()],
        header,
        [2, *record(record_no="JC-2")],
        ["小计", *[None] * 5, 3],
        [3],
        [None, " ", "\u3000"],
        ["合　计", *[None] * 5, 3],
        ["制表人：甲", None, None, "审核人：乙"],
        ["说明：1.空白表示未发生"],
        ["2.其他事项电话报告"],
    ]
    path = book(tmp_path / "a.xlsx", {"台账": [[TITLES[0]], [TITLES[1]], header, *body]})
    assert kinds_of(path, context) == [
        *("title", "title", "header", "unit_row", "header", "record", "header", "record"),
        *("subtotal", "blank_text", "blank_text", "subtotal", "note", "note", "note"),
    ]


@pytest.mark.parametrize("text", ["本月无", "零报告", "无"])
def test_zero_report_is_a_note(tmp_path: Path, context: Context, text: str) -> None:
    path = ledger(tmp_path / "a.xlsx", [[None, text]])
    assert kinds_of(path, context) == ["title", "title", "header", "note"]


def test_a_place_column_far_right_tells_a_total(tmp_path: Path, context: Context) -> None:
    rows = [
        record(),
        record(record_no=None, actor_id=None, inspected_date=None, territory_id="全市"),
    ]
    path = ledger(tmp_path / "a.xlsx", rows)
    assert Counter(kinds_of(path, context))["subtotal"] == 1


def test_numbered_notes_before_any_note_are_records(tmp_path: Path, context: Context) -> None:
    path = ledger(tmp_path / "a.xlsx", [["1.待补"]])
    assert kinds_of(path, context)[-1] == "record"
    assert RECORD == 1


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2026年1—10月行政执法检查台账", ["2026-01-01", "2026-10-31"]),
        ("2026年1至10月份台账", ["2026-01-01", "2026-10-31"]),
        ("2025年11月-2026年2月台账", ["2025-11-01", "2026-02-28"]),
        ("2026年1月1日至3月31日", ["2026-01-01", "2026-03-31"]),
        ("2026年第三季度台账", ["2026-07-01", "2026-09-30"]),
        ("2026年上半年台账", ["2026-01-01", "2026-06-30"]),
        ("2026年10月台账", ["2026-10-01", "2026-10-31"]),
        ("2024年2月台账", ["2024-02-01", "2024-02-29"]),
        ("2026年度应训名册", ["2026-01-01", "2026-12-31"]),
        ("2023—2026年重大隐患台账", ["2023-01-01", "2026-12-31"]),
        ("截至2026年10月31日", []),
        ("填报日期：2026年11月", []),
        ("重大隐患台账", []),
    ],
)
def test_stated_period(context: Context, title: str, expected: list[str]) -> None:
    assert period(context, title) == expected


@pytest.mark.parametrize("tab", ["3月", "3月 ", "2026年3月"])
def test_month_tab(context: Context, tab: str) -> None:
    assert period(context, "截至2026年10月31日", tab=tab) == ["2026-03-01", "2026-03-31"]


def test_since(context: Context) -> None:
    said = statement(context, "2023年以来重大事故隐患台账", "截至2026年10月31日")
    assert (said.period_from, said.is_since, said.year) == (date(2023, 1, 1), True, None)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("截至2026年10月31日", date(2026, 10, 31)),
        ("截止到 2026 年 10 月 31 日为止", date(2026, 10, 31)),
        ("数据截止日期：2026-10-31", date(2026, 10, 31)),
        ("截至2026年10月底", date(2026, 10, 31)),
        ("2026年1—10月台账（截至10月20日）", date(2026, 10, 20)),
        ("填报日期：2026.11.3", None),
        ("截止到____年__月__日为止", None),
        ("2026年10月台账", None),
    ],
)
def test_as_of(context: Context, title: str, expected: date | None) -> None:
    assert statement(context, title).as_of == expected


@pytest.mark.parametrize(
    ("row", "unit_text", "unit_id"),
    [
        (["填报单位：禾原街道"], "禾原街道", "heyuan"),
        (["填报单位（章）：禾原街道（盖章）"], "禾原街道", "heyuan"),
        (["填报单位:", "市应急局"], "市应急局", "safety"),
        (["报送单位： 禾原办事处　　　联系电话：1234567"], "禾原办事处", "heyuan"),
        (["填报单位：沙镇"], "沙镇", None),
        (["填报单位：别处镇"], "别处镇", None),
        (["2026年台账"], "", None),
    ],
)
def test_unit(context: Context, row: list[str], unit_text: str, unit_id: str | None) -> None:
    said = read_statement([row], [], "Sheet1", context)
    assert (said.unit_text, said.unit_id) == (unit_text, unit_id)


@pytest.mark.parametrize(
    "title",
    ["填报日期：2026.11.3", "填报单位（章）：禾原街道 填表人：甲 填报日期：2026年11月3日"],
)
def test_a_filing_day_is_no_cutoff(context: Context, title: str) -> None:
    said = statement(context, title)
    assert (said.as_of, said.filed) == (None, date(2026, 11, 3))


def test_unit_and_day_in_the_footer(context: Context) -> None:
    said = statement(context, "2026年10月台账", foot="填报单位：开发区  填报日期：2026年11月3日")
    assert (said.unit_id, said.filed) == ("park", date(2026, 11, 3))


@pytest.mark.parametrize(
    ("title", "money"),
    [
        ("单位：万元", "万元"),
        ("（金额单位：元）", "元"),
        ("单位：起、人、万元", "万元"),
        ("单位：人、元　　截止2026年10月31日", "元"),
        ("单位：起、人、项、%", ""),
        ("单位：万元、元", ""),
        ("填报单位：元宝镇", ""),
        ("填报单位：元", ""),
    ],
)
def test_money_of_the_whole_sheet(context: Context, title: str, money: str) -> None:
    assert statement(context, title).money == money
