"""A messy ledger, and a 退回工作簿 in the hands of a clerk."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from tests.lifecycle.workbooks import ask
from tests.unit.workbooks import HEADERS, Cell, book
from warehouse.files.home import Home

UNIT = "云沐街道"
TITLES = [["2026年1—10月行政执法检查台账"], [f"填报单位：{UNIT}　　填报日期：2026年10月31日"]]
NUMBER, PROBLEM = "退回编号（勿改）", "问题和改法"


def inspection(number: str, **cells: Cell) -> list[Cell]:
    """A sound row of the enforcement ledger with some cells changed, by field."""
    sound: dict[str, Cell] = {
        "record_no": number,
        "actor_id": UNIT,
        "inspected_date": date(2026, 3, 5),
        "territory_id": UNIT,
        "enterprise_name": f"示例{number}有限公司",
        "major_hazard_count": 0,
        "is_unit_penalised": "否",
        "fine_wan": None,
        "department_id": "市应急局",
        "sector_code": "工贸",
        "inspection_kind_code": "计划检查",
        "general_hazard_count": 2,
    }
    return list((sound | cells).values())


def messy_ledger(path: Path) -> Path:
    """Rows 4 and 8 are sound; 5 has two faults, 6 and 7 one each."""
    rows = [
        inspection("JC-1"),
        inspection("JC-2", inspected_date="3月底前", territory_id="某某乡"),
        inspection("JC-3", general_hazard_count="约5"),
        inspection("JC-4", enterprise_name=None),
        inspection("JC-5"),
    ]
    return ledger(path, rows)


def ledger(path: Path, rows: Sequence[Sequence[Cell]]) -> Path:
    """An enforcement ledger of the unit as of 2026-10-31."""
    return book(path, {"台账": [*TITLES, list(HEADERS), *rows]})


def header_row(sheet: Any) -> int:
    """Row number of the header."""
    return int(next(c.row for (c,) in sheet.iter_rows(max_col=1) if c.value == NUMBER))


def columns(sheet: Any) -> dict[str, int]:
    """Header → column number."""
    cells = sheet[header_row(sheet)]
    return {cell.value: cell.column for cell in cells if cell.value}


def row_of(sheet: Any, original: int) -> int:
    """Where the row stands that had this number in the original ledger."""
    (found,) = [c.row for (c,) in sheet.iter_rows(min_col=2, max_col=2) if c.value == original]
    return int(found)


def fill(sheet: Any, original: int, values: Mapping[str, Cell]) -> None:
    """Type into cells of one row, by header."""
    names = columns(sheet)
    for header, value in values.items():
        sheet.cell(row_of(sheet, original), names[header]).value = value


def mended(source: Path, target: Path, edit: Callable[[Any], None]) -> Path:
    """The 退回工作簿 after a clerk edited its first sheet and saved it."""
    workbook = openpyxl.load_workbook(source)
    edit(workbook.worksheets[0])
    workbook.save(target)
    return target


def turn_upside_down(sheet: Any) -> None:
    """Sort the rows the other way round."""
    first = header_row(sheet) + 1
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
    for down, values in enumerate(reversed(rows), first):
        for right, value in enumerate(values, 1):
            sheet.cell(down, right).value = value


def inspections(home: Home) -> dict[str, tuple[Any, ...]]:
    """Loaded inspections by number: day, place, hazards, workbook, row."""
    rows = ask(
        home,
        "select record_no, inspected_date, territory_id, general_hazard_count, file_name,"
        " row_number from core.fct_enforcement order by record_no",
    )
    assert len({row[0] for row in rows}) == len(rows), rows
    return {row[0]: row[1:] for row in rows}
