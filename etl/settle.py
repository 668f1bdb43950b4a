"""Totals that stand alone, settled once the cells are read: whose they are, or why they go back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from etl.alone import counted_unit_column, totalled
from etl.declarations import Context
from etl.judged import Fault, FieldColumn
from etl.matching import Table


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
