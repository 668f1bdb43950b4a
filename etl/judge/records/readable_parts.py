"""What can still be read of rows that are handed back: which case, which day, what it counts.

A cell at fault says nothing, so its value stays empty here; the rest of the row is as good as it
would be had the row been accepted.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.declarations.column_types import COUNTED
from etl.declarations.declarations import Source
from etl.judge.records.case_keys import declared, number
from etl.judge.records.judged_cells import FieldColumn, JudgedRows


def readable(judged: JudgedRows, source: Source) -> dict[str, pa.Array]:
    """Identity, business date and counted fields of every record, null where a cell is at fault."""
    count = len(judged.row_numbers)
    wrong = [_faulty(judged.fields[name], count) for name in source.identity]
    dated = _faulty(judged.fields[source.business_date], count)
    found = {
        "identity_key": pc.coalesce(
            number(judged, source), _without(declared(judged, source), np.logical_or.reduce(wrong))
        ),
        "business_date": _without(judged.business_dates, dated),
    }
    for name, kind in COUNTED:
        field = judged.fields.get(name)
        found[name] = (
            _without(field.values, _faulty(field, count)) if field else pa.nulls(count, kind)
        )
    return found


def summary(judged: JudgedRows, source: Source) -> dict[str, int | None]:
    """Records and deaths of a table, and those of them that are handed back; None: not stated."""
    deaths = readable(judged, source)["death_count"]
    back = pa.array(~judged.is_sound)
    return {
        "row_count": len(judged.row_numbers),
        "returned_count": int((~judged.is_sound).sum()),
        "death_count": pc.sum(deaths).as_py(),
        "returned_death_count": pc.sum(deaths.filter(back)).as_py(),
    }


def _faulty(field: FieldColumn, count: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    flags = np.zeros(count, bool)
    flags[list(field.faults)] = True
    return flags


def _without(values: pa.Array, wrong: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> pa.Array:
    return pc.if_else(pa.array(wrong), pa.scalar(None, values.type), values)
