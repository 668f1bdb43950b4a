"""A corrected row: what its dataset declares, its keys anew, its values as they are written."""

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from etl.declarations.column_types import ARROW_TYPES, DISTINCTIVE

SOURCES_DIR: Final = Path(__file__).resolve().parents[1] / "sources"
Row = dict[str, Any]


@dataclass(frozen=True)
class Declared:
    """What corrections need to know of a dataset."""

    types: Mapping[str, str]
    names: Mapping[str, str]
    business_date: str
    identity: tuple[str, ...]
    number: str
    likeness: tuple[str, ...]
    name_zh: str


@cache
def declared(dataset: str) -> Declared:
    """Read from its folder in `etl/sources`."""
    folder = SOURCES_DIR / dataset
    settings = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    with (folder / "columns.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return Declared(
        {r["field"]: r["type"] for r in rows},
        {r["field"]: r["name_zh"] for r in rows},
        settings["business_date"],
        tuple(settings["identity"]),
        settings.get("number", ""),
        tuple(settings.get("likeness", ())),
        settings["name_zh"],
    )


def keys_of(row: Row, source: Declared) -> Row:
    """The keys of a row whose cells were corrected, as `etl.judge.records.case_keys` gives them."""
    number = spelled(row[source.number]) if source.number else ""
    name, alike = (
        "|".join(spelled(row[n]) for n in names) for names in (source.identity, source.likeness)
    )
    alone = source.number in source.identity
    known = number if alone or re.search(DISTINCTIVE, number) else ""
    return {
        "identity_key": known or name,
        "name_key": name if source.number and not alone else None,
        "case_key": known or None,
        "likeness_key": alike if source.likeness else None,
    }


def spelled(value: Any) -> str:
    """A typed value as corrections.csv writes it: 2026-03-05, 12.5, true, empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def same(one: str, other: str) -> bool:
    """Equal as written, or equal numbers."""
    if one == other:
        return True
    try:
        return bool(one and other) and Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def typed(text: str, kind: str) -> Any:
    """The value a text of corrections.csv stands for."""
    if not text:
        return None
    arrow = ARROW_TYPES[kind]
    if pa.types.is_date(arrow):
        return date.fromisoformat(text)
    if pa.types.is_integer(arrow):
        return int(text)
    if pa.types.is_decimal(arrow):
        return Decimal(text)
    return text == "true" if pa.types.is_boolean(arrow) else text
