"""A 退回工作簿 as a file: what it shows, and what a clerk may do to it before it comes back."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from etl.declarations.declarations import Context, load_context
from etl.documents.returned.open_rows import OpenRow, OpenTable
from etl.documents.returned.unread_workbooks import Unread
from etl.documents.returned.workbook import write
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import Verdict
from etl.judge.returned_origin import Asked, Origin, lines, read
from tests.lifecycle.returned import (
    PROBLEM,
    TITLES,
    columns,
    fill,
    header_row,
    inspection,
    mended,
    messy_ledger,
    row_of,
)
from tests.unit.workbooks import HEADERS, Cell, book
from warehouse.files.home import REPOSITORY

PROFILE = REPOSITORY / "data" / "profiles" / "demo"
ORIGIN = Origin(
    "a" * 64, "台账.xlsx", 1, "表", 1, "hazard", "u", "某镇", "", "2026-10-31", "", "", False, {},
    (Asked("hazard_no", "编号", "", ""),),
)  # fmt: skip


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(PROFILE)


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory, context: Context) -> Path:
    """The 退回工作簿 of the messy ledger, made without a home."""
    root = tmp_path_factory.mktemp("returned")
    verdict = judge_workbook(messy_ledger(root / "执法台账.xlsx"), context)
    path = root / "退回.xlsx"
    unread = [Unread("坏.xls", "", "", "未接收", "设有打开密码，无法读取")]
    write(path, "云沐街道", [table_of(verdict)], unread, context, PROFILE)
    return path


def table_of(verdict: Verdict) -> OpenTable:
    """What the home would hand back of this workbook."""
    sheet: dict[str, Any] = json.loads(json.dumps(verdict.document()["sheets"][0], default=str))
    fields = {cell["column"]: field for field, cell in sheet["columns"].items()}
    rows = {}
    for row in verdict.rejected.to_pylist():
        cells = {fields[c]: text for c, text in json.loads(row["cells"]).items()}
        number = row["row_number"]
        faults = [r for r in sheet["rejects"] if r["row"] == number]
        rows[number] = OpenRow(number, cells, {}, faults, {1})
    submission = {
        "file_hash": verdict.sha256,
        "file_name": "执法台账.xlsx",
        "unit_id": "yunmu",
        "as_of_date": verdict.sheets[0].as_of,
    }
    return OpenTable(sheet, submission, rows)


@pytest.fixture
def judged(returned: Path, tmp_path: Path, context: Context) -> Callable[..., Verdict]:
    def act(edit: Callable[[Any], None]) -> Verdict:
        return judge_workbook(mended(returned, tmp_path / "回.xlsx", edit), context)

    return act


def codes(verdict: Verdict) -> dict[int, set[str]]:
    """Fault codes by row of the one table."""
    (sheet,) = [s for s in verdict.sheets if s.dataset]
    assert sheet.is_balanced
    found: dict[int, set[str]] = {}
    for reject in sheet.rejects:
        found.setdefault(reject.row, set()).add(reject.code)
    return found


def test_every_fault_has_its_cell_its_reason_and_a_place_to_mend(returned: Path) -> None:
    workbook = openpyxl.load_workbook(returned)
    sheet = workbook.worksheets[0]
    names, row = columns(sheet), row_of(sheet, 5)
    problems = str(sheet.cell(row, names[PROBLEM]).value)
    assert "C5 格：“检查日期”的“3月底前”" in problems
    assert "D5 格：“属地镇街”的“某某乡”" in problems
    faulty = sheet.cell(row, names["检查日期"])
    assert (faulty.value, faulty.border.left.style) == ("3月底前", "medium")
    assert "✗" in faulty.number_format
    assert faulty.comment is not None and "不是可识别的日期" in faulty.comment.text
    rules = {str(r.sqref).split(":")[0][0]: r for r in sheet.data_validations.dataValidation}
    assert {r.type for r in rules.values()} >= {"list", "date", "whole"}
    assert {r.errorStyle for r in rules.values()} == {"information"}
    states = {s.title: s.sheet_state for s in workbook.worksheets}
    assert states["怎么改"] == states["未读取的文件"] == "visible"
    assert states["来源"] == states["选项"] == "hidden"


def test_two_readers_see_the_same_texts_and_no_formula(returned: Path) -> None:
    workbook = openpyxl.load_workbook(returned)
    second = CalamineWorkbook.from_path(returned)
    for sheet in workbook.worksheets:
        cells = [c for row in sheet.iter_rows() for c in row if c.value is not None]
        assert {c.data_type for c in cells} <= {"s", "n"}
        assert not any(c.hyperlink for c in cells)
        seen = [v for row in second.get_sheet_by_name(sheet.title).to_python() for v in row]
        assert sorted(str(c.value) for c in cells if c.data_type == "s") == sorted(
            str(v) for v in seen if isinstance(v, str) and v
        )
    assert "模拟数据" in str(workbook.worksheets[0]["A1"].value)


def test_untouched_it_brings_nothing_in(judged: Callable[..., Verdict]) -> None:
    verdict = judged(lambda _sheet: None)
    assert [(s.loaded, s.rejected) for s in verdict.sheets if s.dataset] == [(0, 3)]


def test_rows_of_nobody_and_rows_twice_are_rejected(judged: Callable[..., Verdict]) -> None:
    def edit(sheet: Any) -> None:
        fill(sheet, 6, {"更正：一般隐患(项)": 5})
        first, last = row_of(sheet, 6), sheet.max_row
        for column in range(1, sheet.max_column + 1):
            for offset, number in ((1, None), (2, "6-000000")):
                copied = sheet.cell(first, column).value
                value = copied if column > 1 or offset == 0 else number
                sheet.cell(last + offset, column).value = value
            sheet.cell(last + 3, column).value = sheet.cell(first, column).value

    found = codes(judged(edit))
    assert list(found.values())[-3:] == [{"no_origin"}, {"no_origin"}, {"repeated_origin"}]


def test_a_renamed_tab_and_moved_columns_do_no_harm(judged: Callable[..., Verdict]) -> None:
    def edit(sheet: Any) -> None:
        fill(sheet, 6, {"更正：一般隐患(项)": "三项"})
        sheet.title = "已改"
        sheet.insert_cols(4)

    verdict = judged(edit)
    (table,) = verdict.tables.values()
    assert table["general_hazard_count"].to_pylist() == [3]
    assert table["origin_row"].to_pylist() == [6]


def test_the_sign_of_a_fault_saved_as_text_is_no_part_of_the_value(
    judged: Callable[..., Verdict],
) -> None:
    verdict = judged(lambda sheet: fill(sheet, 6, {"一般隐患(项)": "✗ 5"}))
    assert verdict.tables["enforcement"]["general_hazard_count"].to_pylist() == [5]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda s: s.parent.remove(s.parent["来源"]), "returned_broken"),
        (lambda s: s.parent["来源"].cell(2, 2, "000000"), "returned_broken"),
        (lambda s: s.delete_cols(columns(s)["检查编号"]), "returned_columns"),
        (lambda s: s.delete_rows(header_row(s), 9), "empty_workbook"),
    ],
)
def test_a_damaged_one_is_refused_with_its_reason(
    judged: Callable[..., Verdict], edit: Callable[[Any], None], code: str
) -> None:
    verdict = judged(edit)
    assert (verdict.status, verdict.reason_code) == ("refused", code)


def test_what_the_original_said_holds_for_its_corrected_rows(
    tmp_path: Path, context: Context
) -> None:
    """Dates without a year, a unit in the header, a merged group key, a column it never had."""
    heads = ["罚款(元)" if h.startswith("罚款") else h for h in HEADERS]
    rows = [
        inspection("JC-1", inspected_date="3月5日", fine_wan=50000),
        inspection("JC-2", inspected_date="3月6日", territory_id=None, fine_wan="1.5万元"),
    ]
    gone = heads.index("被检查单位")
    whole: list[list[Cell]] = [[*heads], *rows]
    table = [[c for n, c in enumerate(row) if n != gone] for row in whole]
    source = book(tmp_path / "a.xlsx", {"台账": [*TITLES, *table]}, merges=["D4:D5"])
    path = tmp_path / "退回.xlsx"
    tables = [table_of(judge_workbook(source, context))]
    write(path, "云沐街道", tables, [], context, PROFILE)

    def edit(sheet: Any) -> None:
        for row, name in ((4, "甲公司"), (5, "乙公司")):
            fill(sheet, row, {"更正：被检查单位": name})

    verdict = judge_workbook(mended(path, tmp_path / "回.xlsx", edit), context)
    names = ("inspected_date", "territory_id", "fine_wan", "enterprise_name", "origin_row")
    assert [tuple(row[n] for n in names) for row in verdict.tables["enforcement"].to_pylist()] == [
        (date(2026, 3, 5), "yunmu", Decimal("5.0000"), "甲公司", 4),
        (date(2026, 3, 6), "yunmu", Decimal("1.5000"), "乙公司", 5),
    ]


@pytest.mark.parametrize(
    ("title", "other_month", "expected"),
    [
        ("2026年1—10月上报汇总", "2026-10", True),
        ("2026年1—10月上报汇总", "2026-09", False),
        ("2026年10月上报汇总", "2026-10", False),
        ("2026年上报汇总（累计）", "2026-09", True),
    ],
)
def test_a_corrected_figure_is_cumulative_as_its_table_was(
    tmp_path: Path, context: Context, title: str, other_month: str, expected: bool
) -> None:
    rows: list[list[Cell]] = [
        [title],
        ["填报单位：云沐街道　　填报日期：2026年10月31日"],
        ["统计月份", "单位", "指标名称", "数值"],
        [other_month, "云沐街道", "事故起数", 5],
        ["2026-10", "云沐街道", "死亡人数", "约2"],
    ]
    original = judge_workbook(book(tmp_path / "a.xlsx", {"上报": rows}), context)
    write(tmp_path / "退回.xlsx", "云沐街道", [table_of(original)], [], context, PROFILE)
    back = mended(
        *(tmp_path / "退回.xlsx", tmp_path / "回.xlsx"), lambda s: fill(s, 5, {"更正：数值": 2})
    )
    (row,) = judge_workbook(back, context).tables["reported"].to_pylist()
    assert (row["amount"], row["is_cumulative"]) == (Decimal(2), expected)


def test_a_number_belongs_to_one_row_of_one_table() -> None:
    assert ORIGIN.row_of(ORIGIN.token(12)) == 12
    assert ORIGIN.row_of(ORIGIN.token(12).replace("12-", "13-", 1)) is None
    assert ORIGIN.row_of("") is ORIGIN.row_of("12") is None
    assert read(lines([ORIGIN])) == [ORIGIN]
    assert read([("别的表", "")]) is None
    with pytest.raises(ValueError, match="来源"):
        read([(text.replace("台账", "旧账"), check) for text, check in lines([ORIGIN])])
