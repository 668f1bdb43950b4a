"""Cells somebody fills in: number format, drop-down list and prompt of each column type.

Nothing here refuses an entry: a prompt says what belongs there, the judge decides later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from etl.declarations.cell_addresses import column_letters
from etl.declarations.csv_rows import read_rows
from etl.declarations.fields import Column
from etl.declarations.limits import EARLIEST_YEAR, LATEST_YEAR
from etl.declarations.recipe import CODES_CSV
from etl.documents.workbook_styles import Book, Sheet

OPTIONS_SHEET = "选项"
_TEXT_FORMAT = "@"
_FORMATS = {"date": "yyyy-mm-dd", "year": "0", "count": "0", "amount": "#,##0.####"}
_HINTS = {
    "text": "填文字",
    "code": "从下拉选项中选一项",
    "place": "从下拉选项中选单位全称",
    "department": "从下拉选项中选部门全称",
    "actor": "从下拉选项中选单位全称",
    "id_number": "按证件填18位号码，此格已设为文本",
    "date": "填完整日期，如 2026-03-05",
    "month": "填年份和月份，如 2026-03",
    "year": "填四位年份，如 2026",
    "count": "填零或正整数，没有填 0",
    "amount": "填零或正数，不写单位",
    "rate": "填百分数，如 93.5%",
    "flag": "选“是”或“否”",
}
_READINGS = {"credit_code": "填18位统一社会信用代码，此格已设为文本"}
_RESERVED = frozenset({"total", "unassigned"})
_ROLES = {"place": "role_territory", "department": "role_department"}


def number_format(column: Column) -> str:
    """Ids, names and months are text, so that no digit and no zero is lost."""
    return _FORMATS.get(column.type, _TEXT_FORMAT)


def hint(column: Column) -> str:
    """What to fill in, in a few words."""
    unit = f"（单位：{column.unit}）" if column.unit else ""
    return (_READINGS.get(column.reading) or _HINTS[column.type]) + unit


class Options:
    """Drop-down lists, each once, as columns of one hidden sheet."""

    def __init__(self, book: Book, profile_dir: Path) -> None:
        self._book = book
        self._units = read_rows(profile_dir / "units.csv")
        self._codes = read_rows(CODES_CSV)
        self._sheet: Sheet | None = None
        self._ranges: dict[str, str] = {}

    def names(self, column: Column) -> list[str]:
        """The entries a column knows, in their own order; none where anything may stand."""
        if column.type == "code":
            rows = [r for r in self._codes if r["code_list"] == column.code_list]
            return [r["name_zh"] for r in sorted(rows, key=lambda r: int(r["sort_no"]))]
        if column.type in ("place", "department", "actor"):
            return [u["name_zh"] for u in self._units if self._plays(u, column.type)]
        return ["是", "否"] if column.type == "flag" else []

    def _plays(self, unit: Mapping[str, str], kind: str) -> bool:
        if unit["unit_id"] in _RESERVED or unit.get("valid_to"):
            return False
        roles = ["role_territory", "role_department", "role_actor"]
        return any(unit[role] == "1" for role in ([_ROLES[kind]] if kind in _ROLES else roles))

    def source(self, column: Column) -> str:
        """The range that holds the list of a column."""
        name = column.code_list if column.type == "code" else column.type
        if name not in self._ranges:
            self._ranges[name] = self._write(self.names(column))
        return self._ranges[name]

    def _write(self, names: list[str]) -> str:
        if self._sheet is None:
            self._sheet = self._book.sheet(OPTIONS_SHEET, is_hidden=True)
        number = len(self._ranges)
        for row, name in enumerate(names):
            self._sheet.text(row, number, name)
        letter = column_letters(number + 1)
        return f"='{self._sheet.name}'!${letter}$1:${letter}${max(1, len(names))}"


def validation(column: Column, options: Options) -> dict[str, Any]:
    """Excel's check of a cell: a list or bounds with a Chinese prompt, never a refusal."""
    rules: dict[str, Callable[[], dict[str, Any]]] = {
        "date": lambda: _between(
            "date", f"=DATE({EARLIEST_YEAR},1,1)", f"=DATE({LATEST_YEAR},12,31)"
        ),
        "year": lambda: _between("integer", EARLIEST_YEAR, LATEST_YEAR),
        "count": lambda: {"validate": "integer", "criteria": ">=", "value": 0},
        "amount": lambda: {"validate": "decimal", "criteria": ">=", "value": 0},
        "id_number": lambda: {"validate": "length", "criteria": "==", "value": 18},
    }
    if options.names(column):
        rule: dict[str, Any] = {"validate": "list", "source": options.source(column)}
    else:
        rule = rules.get(column.type, lambda: {"validate": "any"})()
    return rule | {
        "ignore_blank": True,
        "input_title": column.name_zh[:31],
        "input_message": hint(column),
        "error_type": "information",
        "error_title": "请核对",
        "error_message": f"{hint(column)}。仍按所填保留，请再看一眼。",
    }


def _between(kind: str, first: object, last: object) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": first, "maximum": last}
