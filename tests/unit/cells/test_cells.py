"""Cells as clerks type them (cells.csv), each read as a careful colleague would read it.

A row of the table: field of a source, unit its header states, the text as in JSON (line break,
zero-width space), the value as corrections.csv would write it, or the fault and words its reason
must contain.
"""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pytest

from etl.cells.cleaners import clean_distinct
from etl.cells.date_columns import Sheet
from etl.decisions.corrected_rows import spelled
from etl.declarations.declarations import Context, load_context
from warehouse.files.home import REPOSITORY

PROFILE = REPOSITORY / "data" / "profiles" / "demo"
YEAR = 2026
with (Path(__file__).parent / "cells.csv").open(encoding="utf-8", newline="") as file:
    CASES = [tuple(row.values()) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(PROFILE)


@pytest.mark.parametrize(("field", "unit", "text", "value", "fault", "says"), CASES)
def test_a_cell(
    context: Context, field: str, unit: str, text: str, value: str, fault: str, says: str
) -> None:
    dataset, name = field.split(".")
    column = next(c for c in context.sources[dataset].columns if c.field == name)
    typed = json.loads('"' + text.replace('"', '\\"') + '"')
    read = clean_distinct(pa.array([typed]), column, context, Sheet(YEAR, unit))
    code, note = read.faults.get(0, ("", ""))
    assert (spelled(read.values[0].as_py()), code) == (value, fault)
    shown = note if code == "error_cell" else typed
    if fault:
        reason = context.sentence(code, column=column.name_zh, value=shown, note=note)
        assert says in reason
        assert not {"{", "}"} & set(reason)
