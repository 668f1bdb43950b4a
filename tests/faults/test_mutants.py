"""Some hundred mutants each run; ten thousand by `python -m tests.faults.campaign`."""

import os

import pytest

from tests.faults.campaign import run
from tests.faults.mutants import LAYERS

COUNT = 300
LAYER_COUNT = len(LAYERS)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="每个变体一个 fork，Windows 没有")


def test_no_mutant_kills_hangs_or_loses_a_row() -> None:
    summary = run(0, COUNT)
    assert summary.findings == []
    assert sum(summary.outcomes.values()) == COUNT
    outcomes = summary.outcomes
    assert (
        outcomes["bytes refused"] and outcomes["container refused"] and outcomes["markup refused"]
    )
    understood = outcomes["cells judged"] + outcomes["cells asked"]
    assert understood >= COUNT / LAYER_COUNT * 0.9, "what a person typed is judged, or asked about"
    assert outcomes["cells judged"] >= 2 * outcomes["cells asked"], "asking is the exception"
    assert outcomes["formats judged"] >= COUNT / LAYER_COUNT * 0.3
