"""Some falsified cells a format every run; a thousand each by `python -m tests.faults.cells`."""

from pathlib import Path

import pyarrow as pa
import pytest

from etl.declarations.declarations import load_context
from etl.judge.judge import judge_workbook
from tests.faults.cells import FORMATS, PROFILE, WRITERS, Summary, rows, run
from tests.faults.falsified import Columns, Reading, between

COUNT = 40


@pytest.mark.parametrize("kind", FORMATS)
def test_a_falsified_cell_is_noticed(kind: str) -> None:
    summary = Summary()
    run(kind, 0, COUNT, summary)
    assert summary.missed == []
    assert (summary.tried[kind], summary.judged) == (COUNT, 1)


def in_title(reading: Reading) -> Columns:
    """The title speaks of another year."""
    title, *below = reading.columns[1].to_pylist()
    assert "2026年" in title
    return {**reading.columns, 1: pa.array([title.replace("2026", "2025"), *below], pa.string())}


def test_a_title_read_in_two_ways_refuses_the_file(tmp_path: Path) -> None:
    path = WRITERS["xlsx"](tmp_path / "台账.xlsx", rows())
    with between(in_title):
        verdict = judge_workbook(path, load_context(PROFILE))
    assert (verdict.status, verdict.reason_code) == ("refused", "two_readings")
    assert verdict.reason == (
        "“台账.xlsx”的工作表“台账”用两种方法读出的内容不一致（第 1 行）。"
        "请用 Excel 或 WPS 打开并另存后重新报送"
    )
