"""Several tables in one sheet: each judged for itself, together they account for every row."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.commands.report_words import SKIPPED_ZH
from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import SheetVerdict, Verdict
from etl.layout.row_kinds import KIND_NAMES
from tests.unit.workbooks import HEADERS, Cell, book, record

Row = list[Cell]
HEADER: Row = list(HEADERS)
SENDER: Row = ["填报单位：禾原街道"]
FOOTER: Row = ["制表人：甲", None, None, "审核人：乙"]
BLANK: Row = []
REPORTED: list[Row] = [
    ["统计月份", "单位", "指标名称", "数值"],
    ["2026-01", "禾原街道", "事故起数", 1],
]
CONTACTS: list[Row] = [["科室", "姓名", "职务"], ["办公室", "甲", "科长"], ["监管科", "乙", "科员"]]


def title(month: int) -> Row:
    return [f"2026年{month}月行政执法检查台账"]


def checked(month: int, number: int = 1, **cells: Cell) -> Row:
    return record(record_no=f"JC-{month}-{number}", inspected_date=date(2026, month, 5), **cells)


def judge(tmp_path: Path, context: Context, *rows: Row, **options: Any) -> Verdict:
    """One sheet judged; its tables must be balanced and make up the sheet."""
    verdict = judge_workbook(book(tmp_path / "a.xlsx", {"台账": rows}, **options), context)
    if verdict.status == "judged":
        assert all(t.is_balanced for t in verdict.sheets)
        filled = [[c for c in row if c not in (None, "")] for row in rows]
        assert sum(t.rows for t in verdict.sheets) == sum(map(bool, filled))
        assert sum(t.filled_cells for t in verdict.sheets) == sum(map(len, filled))
        assert [t.table_no for t in verdict.sheets] == list(range(1, len(verdict.sheets) + 1))
    return verdict


def counts(table: SheetVerdict) -> tuple[str | None, int, int, dict[str, int]]:
    return table.dataset, table.loaded, table.rejected, table.skipped_by


def test_a_block_for_each_month(tmp_path: Path, context: Context) -> None:
    blocks: list[list[Row]] = [
        [title(m), SENDER, HEADER, checked(m), checked(m, 2), FOOTER, BLANK] for m in (1, 2, 3)
    ]
    verdict = judge(tmp_path, context, *(row for block in blocks for row in block), start=(3, 2))
    skipped = {"title": 2, "header": 1, "note": 1}
    assert [counts(t) for t in verdict.sheets] == [("enforcement", 2, 0, skipped)] * 3
    assert [t.span_to for t in verdict.sheets] == [
        *(date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))
    ]
    rows = verdict.tables["enforcement"].to_pylist()
    assert [(r["sheet_no"], r["table_no"], r["row_number"]) for r in rows] == [
        *((1, 1, 6), (1, 1, 7), (1, 2, 13), (1, 2, 14), (1, 3, 20), (1, 3, 21))
    ]


def test_without_a_blank_row_between(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [
        title(1),
        SENDER,
        HEADER,
        checked(1),
        FOOTER,
        title(2),
        SENDER,
        HEADER,
        checked(2),
    ]
    tables = judge(tmp_path, context, *rows).sheets
    assert [t.skipped_by for t in tables] == [
        {"title": 2, "header": 1, "note": 1},
        {"title": 2, "header": 1},
    ]
    assert [str(t.span_from) for t in tables] == ["2026-01-01", "2026-02-01"]


def test_a_block_for_each_sender(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [
        ["2026年1—3月行政执法检查台账"],
        SENDER,
        HEADER,
        checked(1),
        checked(2),
        BLANK,
        ["2026年1—3月行政执法检查台账"],
        ["填报单位：东沙镇"],
        HEADER,
        checked(3),
    ]
    tables = judge(tmp_path, context, *rows).sheets
    assert [(t.unit_id, t.loaded) for t in tables] == [("heyuan", 2), ("dongsha", 1)]


def test_another_kind_below(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [
        title(1),
        SENDER,
        HEADER,
        checked(1),
        BLANK,
        ["2026年1月上报汇总数"],
        *REPORTED,
    ]
    tables = judge(tmp_path, context, *rows).sheets
    assert [(t.dataset, t.loaded) for t in tables] == [("enforcement", 1), ("reported", 1)]
    assert tables[1].unit_id == "heyuan"
    assert "未写填报单位，按同一工作表所写“禾原街道”" in tables[1].notes


def test_far_below(tmp_path: Path, context: Context) -> None:
    many = [checked(1, n) for n in range(300)]
    rows: list[Row] = [title(1), SENDER, HEADER, *many, BLANK, title(2), HEADER, checked(2)]
    assert [t.loaded for t in judge(tmp_path, context, *rows).sheets] == [300, 1]


@pytest.mark.parametrize("again", [[HEADER], [title(1), HEADER], [title(1), SENDER, HEADER]])
def test_a_header_printed_on_each_page_is_one_table(
    tmp_path: Path, context: Context, again: list[Row]
) -> None:
    pages = [row for n in range(2, 5) for row in (*again, checked(1, n))]
    (table,) = judge(tmp_path, context, title(1), SENDER, HEADER, checked(1), *pages).sheets
    assert (table.loaded, table.rejected) == (4, 0)
    assert table.skipped_by == {"title": 2 + 3 * (len(again) - 1), "header": 4}


def test_another_unit_of_money_is_another_table(tmp_path: Path, context: Context) -> None:
    header: Row = [str(name).split("(")[0] for name in HEADER]
    rows: list[Row] = [
        ["2026年1月台账"],
        SENDER,
        ["单位：万元"],
        header,
        checked(1, fine_wan=2),
        BLANK,
        ["单位：元"],
        header,
        checked(1, 2, fine_wan=5000),
    ]
    verdict = judge(tmp_path, context, *rows)
    assert len(verdict.sheets) == 2
    fines = [r["fine_wan"] for r in verdict.tables["enforcement"].to_pylist()]
    assert fines == [Decimal(2), Decimal("0.5")]


def test_an_unknown_table_below_is_named_and_not_taken_for_records(
    tmp_path: Path, context: Context
) -> None:
    rows: list[Row] = [title(1), SENDER, HEADER, checked(1), BLANK, ["附：联系方式"], *CONTACTS]
    known, unknown = judge(tmp_path, context, *rows).sheets
    assert (known.loaded, known.rejected) == (1, 0)
    assert counts(unknown) == (None, 0, 0, {"unknown_table": 4})
    assert unknown.notes == ["第 6—9 行是另一张表“附：联系方式”，不是已知的报表，未采用"]


def test_an_unknown_table_of_two_columns_under_a_title(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [
        title(1),
        HEADER,
        checked(1),
        ["值班电话"],
        ["科室", "电话"],
        ["监管科", "1234567"],
    ]
    assert [t.skipped_by for t in judge(tmp_path, context, *rows).sheets] == [
        {"title": 1, "header": 1},
        {"unknown_table": 3},
    ]


def test_an_unknown_table_above(tmp_path: Path, context: Context) -> None:
    summary: list[Row] = [["汇总"], ["类别", "起数", "人数"], ["采矿", 1, 2], ["建筑", 3, 4], BLANK]
    tables = judge(tmp_path, context, *summary, title(1), SENDER, HEADER, checked(1)).sheets
    assert [t.skipped_by for t in tables] == [{"unknown_table": 4}, {"title": 2, "header": 1}]
    assert tables[1].loaded == 1


def test_an_unknown_table_between_two_known(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [
        title(1),
        HEADER,
        checked(1),
        BLANK,
        *CONTACTS,
        BLANK,
        title(2),
        HEADER,
        checked(2),
    ]
    tables = judge(tmp_path, context, *rows).sheets
    assert [(t.dataset, t.loaded) for t in tables] == [
        *(("enforcement", 1), (None, 0), ("enforcement", 1))
    ]


def test_records_after_a_blank_row_stay_records(tmp_path: Path, context: Context) -> None:
    """A record without a date is handed back, and never hides the sound ones below it."""
    poor: Row = ["JC-甲", "禾原街道", None, "禾原街道", "示例甲有限公司"]
    rows: list[Row] = [title(1), SENDER, HEADER, checked(1), BLANK, poor, BLANK, checked(1, 2)]
    (table,) = judge(tmp_path, context, *rows).sheets
    assert (table.loaded, table.rejected) == (2, 1)


def test_a_title_above_a_zero_report(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [title(1), SENDER, HEADER, ["本月无"], title(2), HEADER, checked(2)]
    tables = judge(tmp_path, context, *rows).sheets
    assert [(t.loaded, t.skipped_by["note"] if t.table_no == 1 else 0) for t in tables] == [
        *((0, 1), (1, 0))
    ]
    assert tables[0].span_to == date(2026, 1, 31)


def test_each_table_keeps_its_own_footer(tmp_path: Path, context: Context) -> None:
    dated: Row = ["填报人：甲", None, "填报日期：2026年2月2日"]
    rows: list[Row] = [
        title(1),
        SENDER,
        HEADER,
        checked(1),
        dated,
        BLANK,
        title(2),
        HEADER,
        checked(2),
    ]
    tables = judge(tmp_path, context, *rows).sheets
    assert [(t.filed, t.loaded) for t in tables] == [(date(2026, 2, 2), 1), (None, 1)]


def test_the_same_headers_side_by_side_are_refused(tmp_path: Path, context: Context) -> None:
    header = [*REPORTED[0], None, *REPORTED[0]]
    verdict = judge(tmp_path, context, ["汇总"], header, [*REPORTED[1], None, *REPORTED[1]])
    assert verdict.reason_code == "side_by_side"
    assert "第 2 行的表头左右并排了几张表（A–D 列、F–I 列）" in str(verdict.reason)


def test_two_kinds_side_by_side_are_refused(tmp_path: Path, context: Context) -> None:
    other: Row = ["统计月份", "报送单位", "上报指标", "上报数"]
    rows: list[Row] = [
        [*HEADER, None, *other],
        [*checked(1), None, "2026-01", "禾原街道", "事故起数", 1],
    ]
    verdict = judge(tmp_path, context, *rows)
    assert verdict.reason_code == "side_by_side"
    assert "A–L 列、N–Q 列" in str(verdict.reason)


def test_every_kind_of_skipped_row_has_a_chinese_name() -> None:
    assert {*KIND_NAMES.values(), "unknown_sheet", "unknown_table"} == set(SKIPPED_ZH)


def test_very_many_pages_are_one_table_and_very_many_tables_are_refused(
    tmp_path: Path, context: Context
) -> None:
    pages = [row for n in range(600) for row in (HEADER, checked(1, n))]
    (table,) = judge(tmp_path, context, title(1), SENDER, *pages).sheets
    assert (table.loaded, table.skipped_by["header"]) == (600, 600)
    months = [row for n in range(600) for row in (title(n % 2 + 1), HEADER)]
    verdict = judge(tmp_path, context, SENDER, *months)
    assert verdict.reason_code == "many_tables"
    assert "工作表“台账”上下排列了 600 张表" in str(verdict.reason)


POOR: Row = ["JC-甲", "禾原街道", None, "禾原街道", "示例甲有限公司"]
SCRAPS: list[list[Row]] = [
    [BLANK],
    [FOOTER],
    [["说明：1.空白表示未发生"]],
    [["小计", *[None] * 4, 3]],
    [BLANK, ["附：联系方式"], *CONTACTS],
    [BLANK, *CONTACTS, BLANK],
    [POOR],
    [BLANK, POOR, BLANK],
    [["本月无"]],
    [["续表"]],
]
BLOCK = st.tuples(
    st.integers(1, 3),
    st.sampled_from([[], [SENDER], [["填报单位：东沙镇"]], [BLANK, SENDER]]),
    st.integers(0, 3),
    st.lists(st.sampled_from(SCRAPS), max_size=3),
    st.booleans(),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(BLOCK, min_size=1, max_size=4), st.integers(1, 4))
def test_no_sound_record_is_lost_in_any_stack(
    tmp_path: Path, context: Context, blocks: list[Any], down: int
) -> None:
    rows: list[Row] = []
    for number, (month, sender, count, scraps, is_titled) in enumerate(blocks):
        rows += [title(month)] if is_titled else []
        rows += [*sender, HEADER, *(checked(month, 10 * number + n) for n in range(count))]
        rows += [row for scrap in scraps for row in scrap]
    verdict = judge(tmp_path, context, *rows, checked(1, 99), start=(down, 2))
    assert sum(t.loaded for t in verdict.sheets) == sum(count for _, _, count, *_ in blocks) + 1
