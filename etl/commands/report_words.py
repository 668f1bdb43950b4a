"""A report's codes in the Chinese words a person reads: kind, unit, columns, reason, mending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from etl.declarations.cell_addresses import column_number
from etl.declarations.csv_rows import read_rows
from etl.declarations.kind_answers import dataset_names
from etl.declarations.recipe import REASONS_CSV, SOURCES_DIR
from etl.layout.own_place import place_note

SKIPPED_ZH = {
    "title": "标题",
    "header": "表头",
    "unit_row": "单位行",
    "subtotal": "合计",
    "note": "说明",
    "blank_text": "空行",
    "unknown_sheet": "未识别的工作表",
    "unknown_table": "未识别的表",
}


def describe(files: Iterable[dict[str, Any]], profile_folder: Path) -> None:
    """Add the words to every sheet of the entries of a load; codes stay as they are."""
    units = {row["unit_id"]: row["name_zh"] for row in read_rows(profile_folder / "units.csv")}
    for entry in files:
        for sheet in entry["sheets"]:
            _describe(sheet, units)
        for table in entry.get("waits", ()):
            table["dataset_zh"] = _names()[table["dataset"]]


def _describe(sheet: dict[str, Any], units: Mapping[str, str]) -> None:
    sheet["unit_zh"] = units.get(sheet["unit"] or "", "")
    sheet["skipped_zh"] = [
        f"{SKIPPED_ZH.get(kind, kind)} {count}" for kind, count in sheet["skipped_by"].items()
    ]
    if sheet.pop("told_place"):
        sheet["notes"] = [*sheet["notes"], place_note(sheet["unit_zh"])]
    if not sheet["dataset"]:
        return
    names = field_names(sheet["dataset"])
    sheet["dataset_zh"] = _names()[sheet["dataset"]]
    sheet["mapping"] = [
        {"field": field, "name_zh": names.get(field, field), **place}
        for field, place in sorted(
            sheet["columns"].items(), key=lambda item: column_number(item[1]["column"])
        )
    ]
    sheet["missing_zh"] = [names.get(field, field) for field in sheet["missing_columns"]]
    for reject in sheet["rejects"]:
        reject["field_zh"] = names.get(reject["field"], "")
        reject["why"], reject["fix"] = _split(reject)


def _split(reject: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong and how to mend it: the two halves of a reason's sentence."""
    fix = _fixes().get(reject["code"], "")
    why = str(reject["reason"]).removesuffix(fix).removesuffix("。")
    return (why, fix) if fix and why != reject["reason"] else (str(reject["reason"]), "")


@cache
def _names() -> dict[str, str]:
    return dataset_names()


@cache
def field_names(dataset: str) -> dict[str, str]:
    """Chinese names of a kind's fields."""
    return {r["field"]: r["name_zh"] for r in read_rows(SOURCES_DIR / dataset / "columns.csv")}


def every_field() -> dict[str, str]:
    """Chinese names of the fields of all kinds."""
    return {field: name for dataset in _names() for field, name in field_names(dataset).items()}


@cache
def _fixes() -> dict[str, str]:
    return {row["code"]: row["fix"] for row in read_rows(REASONS_CSV)}
