"""The fields of a source: what each is, how it is read, and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.declarations.code_lists import DeclarationError, read_rows
from etl.declarations.column_types import ARROW_TYPES, READINGS

MEASURE, PLACE_AND_KIND, DESCRIPTION = "measure", "place_and_kind", "description"
CLASSES: Final = frozenset({MEASURE, PLACE_AND_KIND, DESCRIPTION})


@dataclass(frozen=True)
class Column:
    """One field of a source.

    `field_class`: measure (what is counted), place_and_kind (a row counts without it and lies in
    未归属 or 未分类), description. `is_deciding`: whether or where a row counts hangs on it, so a
    column that could be it is never passed over in silence. `looks_like`: words of a header that
    could mean it.
    """

    field: str
    name_zh: str
    type: str
    required: bool
    code_list: str
    unit: str
    reading: str = ""
    is_personal: bool = False
    field_class: str = DESCRIPTION
    is_deciding: bool = False
    looks_like: tuple[str, ...] = ()
    yuan_from: int | None = None
    """Of money: a whole amount from which on a column without a unit is in 元."""

    @property
    def is_spared(self) -> bool:
        """Whether a row counts although this cell cannot be read, and lies in 未归属 or 未分类."""
        return self.field_class == PLACE_AND_KIND and self.is_deciding and not self.required

    @property
    def is_asked(self) -> bool:
        """Whether a person is asked where a column may be this one and cannot be read as it."""
        return self.is_deciding or self.field_class == MEASURE


def read_columns(folder: Path) -> tuple[Column, ...]:
    """The declared fields of one source; contradictions raise `DeclarationError`."""
    return tuple(_column(folder.name, row) for row in read_rows(folder / "columns.csv"))


def _column(dataset: str, row: dict[str, str]) -> Column:
    column = Column(
        field=row["field"],
        name_zh=row["name_zh"],
        type=row["type"],
        required=row["required"] == "1",
        code_list=row["code_list"],
        unit=row["unit"],
        reading=row["reading"],
        is_personal=row["visibility"] == "personal",
        field_class=row["class"],
        is_deciding=row["deciding"] == "1",
        looks_like=tuple(filter(None, row["looks_like"].split("|"))),
        yuan_from=int(row["yuan_from"]) if row["yuan_from"] else None,
    )
    where = f"{dataset}/columns.csv：{column.field}"
    if column.type not in ARROW_TYPES:
        raise DeclarationError(f"{where} 的类型未知")
    if column.reading and READINGS.get(column.reading) != column.type:
        raise DeclarationError(f"{where} 的读法不合类型")
    if column.field_class not in CLASSES:
        raise DeclarationError(f"{where} 的 class 未知")
    if column.is_deciding and not row["why"]:
        raise DeclarationError(f"{where} 没有写明为什么起决定作用")
    return column
