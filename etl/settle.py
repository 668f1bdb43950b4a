"""What a table as a whole says of cells that do not say it: whose place, whose total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from etl.alone import counted_unit_column, totalled
from etl.declarations import Context, Unit
from etl.fields import Column
from etl.judged import Fault, FieldColumn
from etl.matching import Table
from etl.statements import Statement


def own_place(
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
