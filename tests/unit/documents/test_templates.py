"""Blank forms: known as their own kind, empty without a row, sound with one filled-in row."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from etl.declarations.declarations import Context, load_context
from etl.declarations.recipe import SOURCES_DIR
from etl.documents.templates.command import write_templates
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import SheetVerdict
from warehouse.files.home import REPOSITORY, Home

DATASETS = sorted(folder.name for folder in SOURCES_DIR.iterdir() if folder.is_dir())
CREDIT_CODE = "91110000600037341L"
ENTRIES: dict[str, Any] = {
    "text": "示例文字",
    "code": None,
    "place": "云沐街道",
    "department": "市应急局",
    "actor": "云沐街道",
    "id_number": "11010519491231002X",
    "date": date(2026, 3, 5),
    "month": "2026-03",
    "year": 2026,
    "count": 1,
    "amount": 1.5,
    "rate": "93.5%",
    "flag": "是",
}


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(REPOSITORY / "data" / "profiles" / "demo")


@pytest.fixture(scope="module")
def blanks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    out = tmp_path_factory.mktemp("blanks")
    files = write_templates(Home(out, "demo"), out, [])
    return {file["dataset"]: Path(file["path"]) for file in files}


def filled(source: Path, target: Path, dataset: str, context: Context) -> Path:
    """One sound row, chosen from the lists as a clerk would."""
    workbook = openpyxl.load_workbook(source)
    sheet = workbook.worksheets[0]
    for row, value in ((2, "云沐街道"), (3, "2026年1—10月"), (4, date(2026, 10, 31))):
        sheet.cell(row, 2).value = value
    first = next(r for r in range(5, 12) if not any(c.value for c in sheet[r]))
    lists = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    columns = [
        c for c in context.sources[dataset].columns if c.field in judge(source, context).columns
    ]
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(first, number)
        cell.value = CREDIT_CODE if column.reading == "credit_code" else ENTRIES[column.type]
        if column.type == "code":
            tab, _, at = lists[cell.coordinate].lstrip("=").partition("!")
            cell.value = workbook[tab.strip("'")][at.split(":")[0].replace("$", "")].value
    workbook.save(target)
    return target


def judge(path: Path, context: Context) -> SheetVerdict:
    """The verdict of the one sheet that holds a known table."""
    verdict = judge_workbook(path, context)
    assert verdict.status == "judged", verdict.reason
    (sheet,) = [sheet for sheet in verdict.sheets if sheet.dataset]
    return sheet


def test_every_kind_has_a_blank_form(blanks: dict[str, Path]) -> None:
    assert sorted(blanks) == DATASETS


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_blank_form_is_its_own_kind_and_empty(
    dataset: str, blanks: dict[str, Path], context: Context
) -> None:
    sheet = judge(blanks[dataset], context)
    assert (sheet.dataset, sheet.loaded, sheet.rejected) == (dataset, 0, 0)
    assert (sheet.extra_columns, [note for note in sheet.notes if "重复" in note]) == ([], [])
    required = {c.field for c in context.sources[dataset].columns if c.required}
    assert required <= sheet.columns.keys()


@pytest.mark.parametrize("dataset", DATASETS)
def test_one_filled_row_loads(
    dataset: str, blanks: dict[str, Path], context: Context, tmp_path: Path
) -> None:
    sheet = judge(filled(blanks[dataset], tmp_path / "a.xlsx", dataset, context), context)
    assert [r.reason for r in sheet.rejects] == []
    assert (sheet.dataset, sheet.loaded, sheet.unit_id) == (dataset, 1, "yunmu")
    assert sheet.as_of == date(2026, 10, 31)


def test_required_columns_lists_and_text_formats(blanks: dict[str, Path]) -> None:
    workbook = openpyxl.load_workbook(blanks["training_record"])
    sheet = workbook.worksheets[0]
    heads = {
        str(cell.value): cell
        for row in sheet.iter_rows(min_row=5, max_row=6)
        for cell in row
        if cell.value
    }
    number = heads["★身份证号"]
    assert number.comment and "必填" in number.comment.text
    assert sheet.cell(7, number.column).number_format == "@"
    assert [s.title for s in workbook.worksheets if s.sheet_state == "hidden"] == ["选项"]
    rules = sheet.data_validations.dataValidation
    assert {rule.errorStyle for rule in rules if rule.type} <= {"information", None}
    rows = CalamineWorkbook.from_path(blanks["training_record"]).get_sheet_by_name("填表说明")
    words = {str(cell) for row in rows.to_python() for cell in row}
    assert "个人信息，不对外显示" in words
