"""Files people take away, read back: nothing in a cell can run, every value is what it was."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from reports import table_files
from reports.workbench import query_files, query_plan
from reports.workbench.query_files import Answer, Ground
from warehouse.guard import questions
from warehouse.guard.guarded_query import Outcome

PAYLOADS = [
    "=1+1", "+1", "-1", "@sum(a1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")', "http://example.org", "file:///etc/passwd", "internal:'依据'!A1",
    "mailto:a@b", "ftp://x", "_x0041_", "a\x00b\x1fc", "{=1}", "'=1", "0012",
]  # fmt: skip
HEADS = ["=表头", "数", "日", "真"]
ROWS = [
    [text, number - 5, date(2026, 10, number + 1), True] for number, text in enumerate(PAYLOADS)
]
LIMITS = {
    "sql_seconds": 5,
    "sql_rows": 10_000,
    "sql_memory_mb": 1024,
    "sql_cell_characters": 32_767,
}


def book(*, is_synthetic: bool = False) -> bytes:
    return table_files.workbook_bytes(
        [table_files.Sheet("结果", HEADS, ROWS)], is_synthetic=is_synthetic
    )


def clean(text: str) -> str:
    return text.replace("\x00", "").replace("\x1f", "")


def test_csv_guards_text_and_leaves_numbers() -> None:
    data = table_files.csv_bytes(HEADS, ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert head[0] == "'=表头"
    assert [row[0] for row in rows] == [table_files.guarded(text) for text in PAYLOADS]
    assert not any(row[0].startswith(table_files.FORMULA_STARTS) for row in rows)
    assert [row[1:] for row in rows[:1]] == [["-5", "2026-10-01", "是"]]


def test_excel_text_is_never_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(book())) as parts:
        for name in parts.namelist():
            content = parts.read(name).decode("utf-8", "replace")
            assert "<f>" not in content
            assert "<hyperlink" not in content
            assert "relationships/hyperlink" not in content


def test_two_readers_find_the_same_cells() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(book()))["结果"]
    one = [list(row) for row in sheet.iter_rows(values_only=True)]
    other = CalamineWorkbook.from_filelike(io.BytesIO(book())).get_sheet_by_name("结果").to_python()
    assert one[0] == other[0] == HEADS
    for row, read, again in zip(ROWS, one[1:], other[1:], strict=True):
        assert str(read[0]).split() == str(again[0]).split() == clean(str(row[0])).split()
        assert read[1] == again[1] == row[1]
        assert read[2] == datetime.combine(row[2], datetime.min.time())  # type: ignore[arg-type]
        assert again[2] == row[2]
        assert read[3] == again[3] == "是"


@pytest.mark.parametrize("is_synthetic", [True, False])
def test_invented_rows_say_so_on_every_sheet(is_synthetic: bool) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(book(is_synthetic=is_synthetic)))["结果"]
    assert ("模拟数据" in str(sheet["A1"].value)) is is_synthetic
    footer = sheet.oddFooter
    assert footer
    assert ("模拟数据" in str(footer.center.text)) is is_synthetic


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (float("nan"), ""),
        (3.0, 3),
        (2.5, 2.5),
        (False, "否"),
        (datetime(2026, 10, 8), "2026-10-08"),  # noqa: DTZ001 - a result has no zone
        (datetime(2026, 10, 8, 9, 5), "2026-10-08 09:05:00"),  # noqa: DTZ001 - as above
    ],
)
def test_cells_of_every_type(value: Any, shown: Any) -> None:
    assert table_files.cell(value) == shown


def test_days_before_excel_counts_are_text() -> None:
    data = table_files.workbook_bytes(
        [table_files.Sheet("旧", ["日"], [[date(1899, 1, 1)]])], is_synthetic=False
    )
    assert openpyxl.load_workbook(io.BytesIO(data))["旧"]["A2"].value == "1899-01-01"


def an_answer(**changed: Any) -> Answer:
    question = questions.read("", "-- 标题：问一问\n-- 说明：说明。\nselect 1\n  as n")
    outcome = Outcome("ok", "", pa.table({"n": [1], "b": [True]}), 12, **changed)
    asked_at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    return Answer(question, {"月份": "2026-10-01"}, outcome, "最新数据（第 3 版）", asked_at, "甲")


def test_the_ground_says_what_the_rows_rest_on() -> None:
    ground = Ground("示例办公室", date(2026, 10, 31), is_synthetic=True)
    facts = query_files.grounds(an_answer(truncated=True, blank_cells=2), ground, LIMITS)
    said = dict(reversed(facts))
    assert said["标题"] == "【模拟数据】问一问"
    assert said["完整性"] == "已截断：只取前 1 行，总数更多；2 格不是数（如除数为零），显示为空"
    assert said["限制"] == "限时 5 秒，最多 10\u2009000 行，内存 1 GB"
    assert said["参数：月份"] == "2026-10-01"
    assert [text for label, text in facts if label in ("查询语句", "")][-1] == "  as n"
    assert query_files.name_of(an_answer(), ".csv", ground).startswith("模拟数据_问一问_")


def test_a_plan_names_its_steps_and_no_file() -> None:
    plan = """[{"name": "HASH_GROUP_BY",
      "extra_info": {"Groups": "#0", "Estimated Cardinality": "7"},
      "children": [{"name": "SEQ_SCAN ", "extra_info": {"Table": "\\"serve-3\\".core.fct_incident",
      "Filters": ["a", "b"]}, "children": []}, {"name": "NEW_STEP", "children": []}]}]"""
    first, second, third = query_plan.steps(plan)
    assert (first.name, first.rows, first.detail) == ("分组汇总", 7, "按 #0")
    assert (second.depth, second.name, second.rows) == (1, "读表", None)
    assert second.detail == "core.fct_incident　条件 a、b"
    assert third.name == "NEW_STEP"
