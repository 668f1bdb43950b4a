"""Whole workbooks judged: typed rows with true addresses, every fault named, every row counted."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import Verdict, accepted_schema
from tests.unit.workbooks import HEADERS, TITLES, Cell, book, ledger, raw_book, record

COLUMN = {field: "ABCDEFGHIJKL"[n] for n, field in enumerate(HEADERS.values())}


def judge(path: Path, context: Context) -> Verdict:
    verdict = judge_workbook(path, context)
    assert verdict.status == "judged", verdict.reason
    assert all(sheet.is_balanced for sheet in verdict.sheets)
    return verdict


def rows_of(verdict: Verdict) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = verdict.tables["enforcement"].to_pylist()
    return rows


def faults_of(verdict: Verdict) -> list[tuple[int, str, str]]:
    return [(r.row, r.column, r.code) for r in verdict.sheets[0].rejects]


def test_a_record_with_its_texts_and_address(tmp_path: Path, context: Context) -> None:
    cells = record(
        record_no="007",
        inspected_date="2026.3.5",
        territory_id="禾原办事处",
        major_hazard_count="三项",
        fine_wan="125,000元",
        is_unit_penalised="√",
    )
    row = rows_of(judge(ledger(tmp_path / "a.xlsx", [cells]), context))[0]
    assert row["row_number"] == 4
    assert (row["sheet_no"], row["sheet_name"]) == (1, "台账")
    assert (row["record_no"], row["identity_key"]) == ("007", "007")
    assert row["business_date"] == row["inspected_date"] == date(2026, 3, 5)
    assert (row["territory_id"], row["territory_id_raw"]) == ("heyuan", "禾原办事处")
    assert (row["major_hazard_count"], row["major_hazard_count_raw"]) == (3, "三项")
    assert (row["fine_wan"], row["fine_wan_raw"]) == (Decimal("12.5000"), "125,000元")
    assert (row["is_unit_penalised"], row["credit_code"]) == (True, None)


def test_what_the_sheet_says_about_itself(tmp_path: Path, context: Context) -> None:
    sheet = judge(ledger(tmp_path / "a.xlsx", [record()]), context).sheets[0].document()
    assert (sheet["dataset"], sheet["mode"], sheet["template"]) == ("enforcement", "slice", "v2023")
    assert (sheet["unit_id"], sheet["unit_text"], sheet["as_of"]) == (
        "heyuan",
        "禾原街道",
        "2026-10-31",
    )
    assert (sheet["span_from"], sheet["span_to"]) == ("2026-01-01", "2026-10-31")
    assert sheet["columns"]["fine_wan"] == {"column": "H", "header": "罚款(万元)"}
    assert (sheet["rows"], sheet["loaded"], sheet["skipped"]) == (4, 1, 3)
    assert sheet["skipped_by"] == {"title": 2, "header": 1}


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"record_no": None}, "record_no", "missing_required"),
        ({"record_no": "—"}, "record_no", "missing_required"),
        ({"inspected_date": "3月底前"}, "inspected_date", "bad_date"),
        ({"inspected_date": date(2026, 11, 1)}, "inspected_date", "future_date"),
        ({"major_hazard_count": "约5"}, "major_hazard_count", "bad_number"),
        ({"major_hazard_count": -1}, "major_hazard_count", "negative_number"),
        ({"major_hazard_count": 1.5}, "major_hazard_count", "not_integer"),
        ({"sector_code": "爆炸"}, "sector_code", "unknown_code"),
        ({"is_unit_penalised": "部分"}, "is_unit_penalised", "bad_flag"),
        ({"general_hazard_count": "=1+1"}, "general_hazard_count", "uncalculated_formula"),
        ({"general_hazard_count": "#REF!"}, "general_hazard_count", "error_cell"),
        ({"record_no": 370481199001011234}, "record_no", "damaged_id"),
    ],
)
def test_each_fault(
    tmp_path: Path, context: Context, cells: dict[str, Cell], field: str, code: str
) -> None:
    path = ledger(tmp_path / "a.xlsx", [record(record_no="JC-0"), record(**cells)])
    verdict = judge(path, context)
    assert faults_of(verdict) == [(5, COLUMN[field], code)]
    reject = verdict.sheets[0].rejects[0]
    assert reject.field == field
    assert "{" not in reject.reason
    assert [row["record_no"] for row in rows_of(verdict)] == ["JC-0"]


def test_all_faults_of_a_row_from_left_to_right(tmp_path: Path, context: Context) -> None:
    cells = record(territory_id="沙镇", inspected_date="长期", fine_wan="约5万")
    verdict = judge(ledger(tmp_path / "a.xlsx", [cells]), context)
    assert faults_of(verdict) == [
        *((4, "C", "bad_date"), (4, "D", "ambiguous_place"), (4, "H", "bad_number"))
    ]
    first = verdict.rejected.to_pylist()
    assert [(r["row_number"], r["column_letter"], r["code"]) for r in first] == [
        (4, "C", "bad_date")
    ]
    assert json.loads(first[0]["cells"])["D"] == "沙镇"
    assert verdict.sheets[0].rejects[1].reason == (
        "“属地镇街”的“沙镇”可能指不止一个单位（可能是东沙镇或南沙镇）。请写单位全称"
    )


def test_a_missing_required_column_rejects_every_row(tmp_path: Path, context: Context) -> None:
    header, rows = list(HEADERS)[1:], [record()[1:], record()[1:]]
    path = book(tmp_path / "a.xlsx", {"台账": [header, *rows]})
    assert faults_of(judge(path, context)) == [
        *((2, "", "missing_column"), (3, "", "missing_column"))
    ]


def test_a_vertical_merge_speaks_for_its_rows_but_adds_no_number(
    tmp_path: Path, context: Context
) -> None:
    rows = [record(), record(record_no="JC-2", territory_id=None, general_hazard_count=None)]
    path = book(tmp_path / "a.xlsx", {"台账": [list(HEADERS), *rows]}, merges=["D2:D3", "L2:L3"])
    found = rows_of(judge(path, context))
    assert [r["territory_id"] for r in found] == ["heyuan", "heyuan"]
    assert [r["general_hazard_count"] for r in found] == [2, None]


def test_yearless_dates_take_the_year_of_the_title(tmp_path: Path, context: Context) -> None:
    found = rows_of(judge(ledger(tmp_path / "a.xlsx", [record(inspected_date="3月5日")]), context))
    assert found[0]["inspected_date"] == date(2026, 3, 5)


def test_units_from_a_unit_row(tmp_path: Path, context: Context) -> None:
    header: list[Cell] = [name.split("(")[0] for name in HEADERS]
    unit_row: list[Cell] = [*[None] * 7, "(元)"]
    path = book(tmp_path / "a.xlsx", {"台账": [header, unit_row, record(fine_wan=125000)]})
    assert rows_of(judge(path, context))[0]["fine_wan"] == Decimal("12.5000")


def test_span_without_a_stated_period(tmp_path: Path, context: Context) -> None:
    rows = [record(inspected_date=date(2026, 2, 10)), record(inspected_date=date(2026, 4, 2))]
    sheet = judge(book(tmp_path / "a.xlsx", {"台账": [list(HEADERS), *rows]}), context).sheets[0]
    assert (sheet.span_from, sheet.span_to) == (date(2026, 2, 1), date(2026, 4, 30))
    assert (sheet.as_of, sheet.filed) == (date(2026, 4, 30), None)


@pytest.mark.parametrize(
    ("title", "filed", "day", "reaches"),
    [
        ("2026年1—10月行政执法检查台账", "2026年11月3日", date(2026, 4, 2), date(2026, 10, 31)),
        ("2026年1—10月行政执法检查台账", "2026年10月25日", date(2026, 4, 2), date(2026, 10, 25)),
        ("行政执法检查台账", "2026年11月3日", date(2026, 10, 20), date(2026, 10, 31)),
        ("行政执法检查台账", "2026年11月3日", date(2026, 4, 2), date(2026, 10, 31)),
        ("行政执法检查台账", "2026年11月3日", date(2026, 11, 2), date(2026, 11, 3)),
        (
            "行政执法检查台账（截至2026年10月31日）",
            "2026年11月3日",
            date(2026, 4, 2),
            date(2026, 10, 31),
        ),
        (
            "行政执法检查台账（截至2026年10月31日）",
            "2026年10月25日",
            date(2026, 4, 2),
            date(2026, 10, 25),
        ),
    ],
)
def test_a_filing_day_caps_what_a_table_knows_and_never_extends_it(
    tmp_path: Path, context: Context, title: str, filed: str, day: date, reaches: date
) -> None:
    rows: list[list[Cell]] = [[title], [*HEADERS], record(inspected_date=day)]
    rows.append([f"填报日期：{filed}"])
    sheet = judge(book(tmp_path / "a.xlsx", {"台账": rows}), context).sheets[0]
    assert sheet.as_of == reaches


def test_span_never_passes_the_month_of_the_as_of_day(tmp_path: Path, context: Context) -> None:
    rows: list[list[Cell]] = [["2026年行政执法检查台账（截至2026年3月20日）"], [*HEADERS]]
    rows.append(record(inspected_date=date(2025, 12, 30)))
    sheet = judge(book(tmp_path / "a.xlsx", {"台账": rows}), context).sheets[0]
    assert (sheet.span_from, sheet.span_to) == (date(2026, 1, 1), date(2026, 3, 31))
    assert sheet.notes[-1] == "有 1 行日期不在表中所述时段 2026-01-01 至 2026-03-31 内"


def test_a_numeric_october_is_not_taken_for_january(tmp_path: Path, context: Context) -> None:
    rows: list[list[Cell]] = [
        ["统计月份", "单位", "指标名称", "数值"],
        ["2026.1", "禾原", "事故起数", 1],
        [2026.1, "禾原", "事故起数", 2],
        [2026.2, "禾原", "事故起数", 3],
    ]
    verdict = judge(book(tmp_path / "a.xlsx", {"上报": rows}), context)
    months = [r["report_month"] for r in verdict.tables["reported"].to_pylist()]
    assert months == [date(2026, 1, 1), date(2026, 2, 1)]
    assert faults_of(verdict) == [(3, "A", "bad_month")]


def test_a_sheet_per_month_and_an_empty_one(tmp_path: Path, context: Context) -> None:
    months: dict[str, list[list[Cell]]] = {
        f"{month}月": [["2026年"], [*HEADERS], record(record_no=str(month))] for month in (1, 2)
    }
    verdict = judge(book(tmp_path / "a.xlsx", months | {"Sheet3": []}), context)
    assert [(s.sheet_no, s.dataset, s.rows) for s in verdict.sheets] == [
        *((1, "enforcement", 3), (2, "enforcement", 3), (3, None, 0))
    ]
    assert [r["sheet_name"] for r in rows_of(verdict)] == ["1月", "2月"]


def test_a_hidden_sheet_is_not_read_and_said_so(tmp_path: Path, context: Context) -> None:
    path = book(tmp_path / "a.xlsx", {n: [list(HEADERS), record()] for n in ("台账", "旧")})
    workbook = openpyxl.load_workbook(path)
    workbook["旧"].sheet_state = "hidden"
    workbook.save(path)
    verdict = judge(path, context)
    assert len(rows_of(verdict)) == 1
    assert verdict.sheets[1].skipped_by == {"unknown_sheet": 2}
    assert verdict.sheets[1].notes == ["隐藏的工作表，未读取"]


def test_a_row_the_reader_did_not_see_whole_is_rejected(tmp_path: Path, context: Context) -> None:
    lines = []
    table: list[list[Cell]] = [[*HEADERS], record(), record(), record()]
    for number, cells in enumerate(table, 1):
        texts = [str(c) for c in cells if c is not None]
        cell = "".join(
            f'<c r="{"ABCDEFGHIJKLM"[i]}{number}" t="inlineStr"><is><t>{t}</t></is></c>'
            for i, t in enumerate(texts)
        )
        twice = f'<c r="A{number}"><v>1</v></c>' if number == 3 else ""
        lines.append(f'<row r="{number}">{cell}{twice}</row>')
    headers = '<row r="1">' + lines[0].split(">", 1)[1]
    verdict = judge(raw_book(tmp_path / "a.xlsx", headers + "".join(lines[1:])), context)
    assert [(r.row, r.code) for r in verdict.sheets[0].rejects if r.code == "unread_cell"] == [
        (3, "unread_cell")
    ]


def test_written_files(tmp_path: Path, context: Context) -> None:
    path = ledger(tmp_path / "a.xlsx", [record(), record(inspected_date="长期")])
    document = judge(path, context).write(tmp_path / "out")
    assert json.loads((tmp_path / "out/verdict.json").read_text("utf-8")) == document
    assert document["recipe"] == context.recipe
    query = "select row_number, typeof(fine_wan), typeof(fine_wan_raw) from read_parquet(?)"
    file = str(tmp_path / "out/enforcement.parquet")
    assert duckdb.execute(query, [file]).fetchall() == [(4, "DECIMAL(18,6)", "VARCHAR")]
    rejected = str(tmp_path / "out/rejected.parquet")
    query = "select row_number, code, value from read_parquet(?)"
    assert duckdb.execute(query, [rejected]).fetchall() == [(5, "bad_date", "长期")]


def test_schema_is_the_same_for_every_template(tmp_path: Path, context: Context) -> None:
    full = judge(ledger(tmp_path / "a.xlsx", [record()]), context)
    few = [n for n in HEADERS if n not in ("罚款(万元)", "检查类别")]
    cells = [c for n, c in zip(HEADERS, record(), strict=True) if n in few]
    lean = judge(book(tmp_path / "b.xlsx", {"台账": [few, cells]}), context)
    expected = accepted_schema(context.sources["enforcement"])
    assert full.tables["enforcement"].schema == lean.tables["enforcement"].schema == expected


def test_a_workbook_without_rows(tmp_path: Path, context: Context) -> None:
    verdict = judge_workbook(book(tmp_path / "a.xlsx", {"表": []}), context)
    assert (verdict.status, verdict.reason_code) == ("refused", "empty_workbook")
    assert verdict.reason == "“a.xlsx”没有任何数据行。请核对是否选错文件"


MESSY: list[Cell] = [None, "", " ", "—", "合计", "小计", "无", "1", 3, -2, 2.5, "2026.3.5", "沙镇"]
MESSY += [
    "3月5日",
    "禾原",
    "是",
    "制表人：甲",
    "说明：1.无",
    "2.其他",
    "=A1",
    "#REF!",
    "３起",
    "约5",
]
MESSY += ["检查编号", "(万元)"]
SHARED_FOLDER = [HealthCheck.function_scoped_fixture]


@settings(max_examples=40, deadline=None, suppress_health_check=SHARED_FOLDER)
@given(
    st.lists(st.lists(st.sampled_from(MESSY), max_size=14), max_size=12),
    st.integers(1, 6),
    st.integers(1, 4),
)
def test_every_row_of_any_table_is_accounted_for(
    tmp_path: Path, context: Context, rows: list[list[Cell]], down: int, right: int
) -> None:
    table: list[list[Cell]] = [[TITLES[0]], list(HEADERS), *rows, record()]
    path = book(tmp_path / "a.xlsx", {"台账": table}, start=(down, right))
    filled = sum(any(str(c or "").strip() for c in cells) for cells in table)
    tables = judge(path, context).sheets
    assert sum(t.rows for t in tables) == filled
    assert sum(t.loaded + t.rejected + t.skipped for t in tables) == filled
    assert sum(t.loaded for t in tables) >= 1
