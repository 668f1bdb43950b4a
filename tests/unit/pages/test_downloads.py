"""Exports: nothing in a cell can run, numbers stay numbers, synthetic data say so."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest

from pages.ui.kit import downloads

HEADS = {"name": "名称", "amount": "数", "day": "日期"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum(a1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_a_program_might_run_gets_a_quote(text: str) -> None:
    assert downloads.cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "expected"), [(-3.5, -3.5), (0, 0), (None, ""), ("甲", "甲")])
def test_other_cells_stay_as_they_are(value: object, expected: object) -> None:
    assert downloads.cell(value) == expected


def test_a_file_reads_back_row_for_row() -> None:
    rows: list[dict[str, Any]] = [
        {"name": "=cmd|' /C calc'!A0", "amount": -1.5, "day": date(2026, 10, 8)},
        {"name": '引号"、逗号,', "amount": None, "day": None},
    ]
    data = downloads.csv_bytes(HEADS, rows)
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [
        ["名称", "数", "日期"],
        ["'=cmd|' /C calc'!A0", "-1.5", "2026-10-08"],
        ['引号"、逗号,', "", ""],
    ]


def test_file_names() -> None:
    name = downloads.file_name(["某镇/../x", "事故 起数"], ".csv", is_synthetic=True)
    assert name == "模拟数据_某镇-..-x_事故起数.csv"
    assert downloads.file_name(["甲"], ".csv", is_synthetic=False) == "甲.csv"
