"""Some hundred mutants each run; ten thousand by `python -m tests.faults.campaign`."""

import os

import pytest

from tests.faults.campaign import run

COUNT = 300

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="每个变体一个 fork，Windows 没有")


def test_no_mutant_kills_hangs_or_loses_a_row() -> None:
    summary = run(0, COUNT)
    assert summary.findings == []
    assert sum(summary.outcomes.values()) == COUNT
    assert {outcome.split()[1] for outcome in summary.outcomes} >= {"judged", "refused"}
