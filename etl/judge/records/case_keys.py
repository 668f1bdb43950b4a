"""Which case a row tells of: what tells two rows of one case from two cases.

`identity_key` is the form's number where the row carries one, else what the source declares (a
name, a date with a person). `name_key` is the latter where a number may stand before it, so that a
row with the number and an older one without it find each other. `case_key` is equal in two rows of
one submission that are one case typed twice. `likeness_key` is equal in rows that may be one case
under two names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.declarations.column_types import DISTINCTIVE
from etl.declarations.declarations import Source
from etl.formats.grid.reader import Grid
from etl.judge.records.judged_cells import JudgedRows
from etl.recognise.header_matching import Table

KEY_SEPARATOR: Final = "|"


def number(judged: JudgedRows, source: Source) -> pa.Array:
    """The number each row is known by; null where it has none, or one that only counts rows."""
    if not source.number:
        return pa.nulls(len(judged.row_numbers), pa.string())
    values = judged.fields[source.number].values.cast(pa.string())
    if source.number in source.identity:
        return values
    told = pc.match_substring_regex(values, DISTINCTIVE)
    return pc.if_else(pc.fill_null(told, False), values, pa.scalar(None, pa.string()))


def declared(judged: JudgedRows, source: Source) -> pa.Array:
    """What the source declares a row to be known by; null where a part of it is."""
    parts = [judged.fields[name].values.cast(pa.string()) for name in source.identity]
    return pc.binary_join_element_wise(*parts, KEY_SEPARATOR)


def identity(judged: JudgedRows, source: Source) -> pa.Array:
    """The number where there is one, else what the source declares."""
    return pc.coalesce(number(judged, source), declared(judged, source))


def case_columns(
    judged: JudgedRows, source: Source, seen: tuple[Grid, Table, Iterable[str]] | None
) -> dict[str, pa.Array]:
    """The four keys of every record; `seen` is the table they stand in and the words for 序号."""
    nothing = pa.nulls(len(judged.row_numbers), pa.string())
    numbers, names = number(judged, source), declared(judged, source)
    parts = [pc.fill_null(judged.fields[n].values.cast(pa.string()), "") for n in source.likeness]
    known = pc.coalesce(numbers, names)
    return {
        "identity_key": known,
        "name_key": names if source.number and source.number not in source.identity else nothing,
        "case_key": pc.coalesce(numbers, _repeated(judged, known, seen) if seen else nothing),
        "likeness_key": pc.binary_join_element_wise(*parts, KEY_SEPARATOR) if parts else nothing,
    }


def _repeated(
    judged: JudgedRows, known: pa.Array, seen: tuple[Grid, Table, Iterable[str]]
) -> pa.Array:
    """A digest of all cells but 序号, for rows whose identity stands in the table twice."""
    counts = pc.value_counts(known)
    twice = counts.field("values").filter(pc.greater(counts.field("counts"), 1)).drop_null()
    keys: list[str | None] = [None] * len(known)
    if len(twice):
        for index in np.flatnonzero(pc.is_in(known, twice).to_numpy(zero_copy_only=False)):
            keys[index] = _digest(int(judged.row_numbers[index]), known[index].as_py(), seen)
    return pa.array(keys, pa.string())


def _digest(row: int, identity_key: str, seen: tuple[Grid, Table, Iterable[str]]) -> str:
    grid, table, counting = seen
    serial = {cell.column for cell in table.extra if cell.path in set(counting)}
    width = [*(c.column for c in table.fields.values()), *(c.column for c in table.extra)]
    cells = [grid.text(row, column) for column in sorted({*width} - serial)]
    return hashlib.sha256("\0".join([identity_key, *cells]).encode()).hexdigest()
