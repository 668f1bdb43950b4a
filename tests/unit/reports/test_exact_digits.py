"""Decimals of a query leave the house with the digits they have, on screen, as CSV and as Excel."""

import io
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pytest

from reports.table_files import Sheet, csv_bytes, workbook_bytes
from warehouse.guard.result_rows import flat

AMOUNTS = [Decimal(n * 7919) / 10_000 for n in range(1, 679)]


@pytest.fixture(scope="module")
def shown() -> list[float]:
    column = pa.chunked_array([pa.array([*AMOUNTS, None], pa.decimal128(18, 4))])
    values: list[float]
    *values, missing = flat(column).to_pylist()
    assert missing is None
    return values


def test_the_nearest_double_stands_for_a_decimal(shown: list[float]) -> None:
    assert shown == [float(amount) for amount in AMOUNTS]
    small = flat(pa.chunked_array([pa.array([Decimal("4.9")], pa.decimal128(18, 1))]))
    assert small.to_pylist() == [4.9]


def test_files_hold_just_the_digits(shown: list[float]) -> None:
    text = csv_bytes(["数"], [[value] for value in shown]).decode("utf-8-sig")
    assert [Decimal(line) for line in text.split()[1:]] == AMOUNTS
    book = workbook_bytes([Sheet("结果", ["数"], [[v] for v in shown])], is_synthetic=False)
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    values = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [Decimal(str(value)) for value in values] == AMOUNTS
