"""What a blank form asks for: the newest headers of a source, its columns and their meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.declarations.csv_rows import read_rows
from etl.declarations.declarations import Context, Source
from etl.declarations.fields import Column
from etl.declarations.header_paths import split_unit
from etl.declarations.recipe import SOURCES_DIR

_VERSION = re.compile(r"v\d{4}")
_VISIBILITY = {"open": "可公开", "staff": "只供工作人员查看", "personal": "个人信息，不对外显示"}


@dataclass(frozen=True)
class Field:
    """One column of a blank form: its header from the top down, and who may see it."""

    column: Column
    levels: tuple[str, ...]
    visibility_zh: str

    @property
    def name(self) -> str:
        """The lowest header without its mark."""
        return self.levels[-1].lstrip("★")

    @property
    def unit(self) -> str:
        """The unit its header states."""
        found = re.search(r"[(（]([^()（）]{1,4})[)）]$", self.levels[-1])
        return found[1] if found and self.column.unit else ""


def fields_of(source: Source, context: Context) -> list[Field]:
    """The columns of the newest form, required ones marked ★, units in the header."""
    folder = SOURCES_DIR / source.dataset
    forms = [r for r in read_rows(folder / "headers.csv") if _VERSION.fullmatch(r["template"])]
    newest = max(forms, key=lambda row: row["template"])
    seen = {r["field"]: r["visibility"] for r in read_rows(folder / "columns.csv")}
    return [
        Field(column, _levels(newest, column, context), _VISIBILITY[seen[column.field]])
        for column in source.columns
        if newest.get(column.field)
    ]


def _levels(newest: Mapping[str, str], column: Column, context: Context) -> tuple[str, ...]:
    *parents, own = newest[column.field].split("|")[0].split("/")
    stated = any(split_unit(level, context.units)[1] for level in (*parents, own))
    unit = f"({column.unit})" if column.unit and not stated else ""
    return (*parents, f"{'★' if column.required else ''}{own}{unit}")
