"""What is settled once all cells of a table are read.

Totals that stand alone, and rows that count although a cell does not say whose or of which kind.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Final

import pyarrow as pa

from etl.declarations.declarations import Context, Source, Unit
from etl.judge.records.judged_cells import Fault, FieldColumn
from etl.layout.lone_totals import counted_unit_column, totalled
from etl.recognise.header_matching import Table

UNASSIGNED: Final = "unassigned"
"""The unit every profile has for what belongs to none (未归属), as models know it."""

_PLACES: Final = frozenset({"place", "department", "actor"})


def spare(
    fields: Mapping[str, FieldColumn], source: Source, context: Context, unread: Container[int]
) -> None:
    """Rows whose only faults are cells that say whose or of which kind count without them."""
    names = {n for n, f in fields.items() if f.column.is_spared} - {*source.identity}
    lost = {index for n, f in fields.items() if n not in names for index in f.faults}
    nobody = next((p.unit for p in context.places.values() if p.unit and _is_nobody(p.unit)), None)
    for judged in (fields[name] for name in fields if name in names):
        kept = {i: f for i, f in judged.faults.items() if i not in lost and i not in unread}
        if not kept:
            continue
        judged.doubts = kept
        judged.faults = {i: fault for i, fault in judged.faults.items() if i not in kept}
        if nobody and judged.column.type in _PLACES:
            values = judged.values.to_pylist()
            for index in kept:
                values[index] = nobody.unit_id
            judged.values = pa.array(values, judged.values.type)


def _is_nobody(unit: Unit) -> bool:
    return unit.unit_id == UNASSIGNED


def settle_totals(
    fields: Mapping[str, FieldColumn],
    table: Table,
    alone: Sequence[int],
    sender: str | None,
    context: Context,
) -> None:
    """Totals without their rows: counts of the area or the sender, else no record."""
    named = counted_unit_column(table)
    dated = fields[table.source.business_date]
    units = next((f for f in fields.values() if named and f.cell == named), dated)
    values = units.values.to_pylist() if named else []
    for index in alone:
        unit = totalled(units.raw[index].as_py() or "", sender, context) if named else None
        if unit:
            values[index] = unit
            units.faults.pop(index, None)
        else:
            units.faults[index] = Fault("only_total")
    if named and alone:
        units.values = pa.array(values, units.values.type)
