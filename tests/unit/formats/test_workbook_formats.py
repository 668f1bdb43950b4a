"""One ledger in every format: the same verdict as its xlsx, values and addresses included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import Verdict
from tests.unit.workbooks import HEADERS, TITLES, Cell, book, record
from tests.unit.written import (
    as_html,
    as_mhtml,
    as_ods,
    as_text,
    as_xls,
    as_xlsb,
    as_xml2003,
)

Write = Callable[[Path, list[list[Cell]]], Path]
TYPED: dict[str, Write] = {
    "xls": as_xls,
    "ods": as_ods,
    "xlsb": as_xlsb,
    "xml2003": as_xml2003,
    "xml2003-gbk": partial(as_xml2003, encoding="gb2312"),
}
TEXTS: dict[str, Write] = {
    "html-gb18030": as_html,
    "html-utf8": partial(as_html, encoding="utf-8"),
    "mhtml": as_mhtml,
    "csv-bom": as_text,
    "csv-utf8": partial(as_text, encoding="utf-8"),
    "csv-gb18030": partial(as_text, encoding="gb18030"),
    "tsv-utf16": partial(as_text, encoding="utf-16", delimiter="\t"),
    "csv-semicolon": partial(as_text, encoding="gb18030", delimiter=";"),
}
ROWS: list[list[Cell]] = [
    [TITLES[0]],
    [TITLES[1]],
    list(HEADERS),
    record(record_no="007"),
    record(record_no="JC-2", enterprise_name='甲\n乙, "丙"；<丁>&', fine_wan=12.5),
    [],
    record(record_no="JC-3", inspected_date="2026.3.5", major_hazard_count="三项"),
    record(record_no="JC-4", territory_id="沙镇", general_hazard_count=None),
    record(record_no="JC-5", inspected_date=date(2026, 12, 1)),
    record(record_no=None, actor_id=None, inspected_date=None, territory_id="合计"),
    ["制表人：甲"],
]


def verdict_of(path: Path, context: Context) -> Verdict:
    verdict = judge_workbook(path, context)
    assert verdict.status == "judged", verdict.reason
    return verdict


def facts(verdict: Verdict, with_texts: bool) -> tuple[Any, ...]:
    """What must be equal: counts, findings with addresses, and the typed rows."""
    sheet = verdict.sheets[0]
    rows = verdict.tables["enforcement"].drop_columns(["sheet_name"]).to_pylist()
    if not with_texts:
        rows = [{k: v for k, v in row.items() if not k.endswith("_raw")} for row in rows]
    found = [(r.row, r.column, r.field, r.code) for r in sheet.rejects]
    counts = (sheet.rows, sheet.filled_cells, sheet.loaded, sheet.rejected, sheet.skipped_by)
    return counts, found, rows, (sheet.unit_id, sheet.as_of, sheet.span_from, sheet.span_to)


@pytest.mark.parametrize("name", [*TYPED, *TEXTS])
def test_the_same_verdict_as_the_xlsx(tmp_path: Path, context: Context, name: str) -> None:
    expected = facts(verdict_of(book(tmp_path / "a.xlsx", {"台账": ROWS}), context), name in TYPED)
    path = (TYPED | TEXTS)[name](tmp_path / "上报.dat", ROWS)
    assert facts(verdict_of(path, context), name in TYPED) == expected
    # 沙镇 may be two places: that row counts, in 未归属; the day after 截至 is handed back.
    assert expected[0][2:4] == (4, 1)


@pytest.mark.parametrize("name", [*TYPED, *TEXTS])
def test_an_error_value_is_a_finding(tmp_path: Path, context: Context, name: str) -> None:
    rows: list[list[Cell]] = [[*HEADERS], record(), record(general_hazard_count="#REF!")]
    verdict = verdict_of((TYPED | TEXTS)[name](tmp_path / "a.xls", rows), context)
    assert [(r.row, r.column, r.code, r.value) for r in verdict.sheets[0].rejects] == [
        (3, "L", "error_cell", "#REF!")
    ]


@pytest.mark.parametrize("name", [*TYPED, *TEXTS])
def test_empty_tables_are_said_to_be_empty(tmp_path: Path, context: Context, name: str) -> None:
    verdict = judge_workbook((TYPED | TEXTS)[name](tmp_path / "a.xls", [[None, None]]), context)
    assert verdict.status == "refused"
    assert verdict.reason_code in ("empty_workbook", "not_xlsx")
    assert verdict.reason is not None
    assert "{" not in verdict.reason


def test_a_number_too_long_to_round_is_a_finding(tmp_path: Path, context: Context) -> None:
    rows: list[list[Cell]] = [[*HEADERS], record(), record(fine_wan=1e300)]
    verdict = verdict_of(as_xlsb(tmp_path / "a.xlsb", rows), context)
    assert (verdict.sheets[0].loaded, verdict.sheets[0].rejected) == (1, 1)
