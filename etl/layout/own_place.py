"""A town whose list has no column of places speaks of its own ground, written as sender or told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from etl.declarations.declarations import Context, Unit
from etl.declarations.fields import Column, read_columns
from etl.declarations.recipe import SOURCES_DIR
from etl.layout.sheet_statements import Statement
from etl.recognise.header_matching import Table


def place_note(name: str) -> str:
    """What is said of it."""
    return f"表中没有属地一列，各行的属地按填报单位记为“{name}”"


def place_of_sender(
    table: Table, statement: Statement, context: Context
) -> tuple[Unit | None, Column | None]:
    """A town whose ledger has no column of places speaks of its own ground."""
    columns = [c for c in table.source.columns if c.type == "place"]
    known = {*table.fields, *table.contested}
    sender = statement.unit_id or statement.named_id
    if not columns or not sender or any(c.field in known for c in columns):
        return None, None
    units = (place.unit for place in context.places.values())
    unit = next((u for u in units if u and u.unit_id == sender and u.is_territory), None)
    return unit, columns[0]


def told_place(sheet: Mapping[str, Any], unit: str | None, places: Collection[str]) -> str:
    """The field that a sender takes who is told and not written; empty where the sheet has places.

    `sheet` is a table of a verdict; `places` are the units that are towns, streets and zones.
    """
    names = place_fields(sheet["dataset"]) if unit in places else ()
    situations = {sheet["fields"].get(name, {}).get("situation") for name in names}
    return names[0] if situations == {"absent"} else ""


@cache
def place_fields(dataset: str) -> tuple[str, ...]:
    """The fields of a source that say where."""
    return tuple(c.field for c in read_columns(SOURCES_DIR / dataset) if c.type == "place")
