"""A load killed at any step leaves the old figures standing, and trying again gives the new ones.

Every fifth step here; `LIANGSHAI_KILL_STRIDE=1` dies at each one, which takes some minutes.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from etl.load import LoadOptions, load
from tests.lifecycle.workbooks import sample_workbook
from warehouse.home import REPOSITORY, Home
from warehouse.versions import current_number

STRIDE = os.environ.get("LIANGSHAI_KILL_STRIDE", "5")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="每次试验是一个 fork，Windows 没有")


def test_killed_at_any_step(tmp_path: Path) -> None:
    template = Home(tmp_path / "template", "demo")
    first = load(template, [sample_workbook("事故台账-*-2026年1—9月-*.xlsx")], LoadOptions())
    assert first.build.published
    second = sample_workbook("事故台账-*-2026年1—10月-*.xlsx")
    words = [str(template.root), str(second), str(tmp_path / "trials"), STRIDE]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.kill_driver", *words],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    trials = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    *killed, whole = trials
    old = current_number(template)
    assert old == 1
    assert whole["status"] == 0
    assert len(killed) >= 20 // int(STRIDE)
    assert {t["status"] for t in killed} == {-signal.SIGKILL}
    assert all(t["served"] >= old for t in killed)
    assert [t["step"] for t in killed if t["served"] == old], "没有一次在发布前被杀"
    assert {t["again"] for t in trials} == {0}
    assert all(t["tables"] == whole["tables"] for t in trials), "重试后的表与一次成功的不同"
