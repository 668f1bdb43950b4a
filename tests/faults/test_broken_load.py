"""A load broken at any step leaves the old figures standing, and trying again gives the new ones.

Every ninth step here; `LIANGSHAI_FAULT_STRIDE=1` breaks each one, which takes some minutes.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.lifecycle.tiny import year_ledger
from warehouse.files.home import DEFAULT_PROFILE, REPOSITORY, Home
from warehouse.versions.versions import current_number

STRIDE = os.environ.get("LIANGSHAI_FAULT_STRIDE", "9")
FAILED = 1

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="每次试验是一个 fork，Windows 没有")


@pytest.fixture(scope="module")
def template(small_template: Path) -> Home:
    """A home in which eight cases with eight dead are published."""
    return Home(small_template / "home", DEFAULT_PROFILE)


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bureau's ledger again, with two more dead."""
    return year_ledger(tmp_path_factory.mktemp("second") / "更正.xlsx", 甲={"deaths": 3})


def trials(
    mode: str, template: Home, second: Path, folder: Path, stride: str = STRIDE
) -> list[dict[str, Any]]:
    """The second load, broken at one step after the other; the last one is whole."""
    words = [mode, str(template.root), str(second), str(folder), stride]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.load_driver", *words],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@pytest.mark.parametrize(
    ("mode", "status", "stride"),
    [("kill", -signal.SIGKILL, STRIDE), ("fail", FAILED, STRIDE), ("full", FAILED, "4")],
    ids=["killed", "step_failed", "disk_full"],
)
def test_broken_at_any_step(
    template: Home, second: Path, tmp_path: Path, mode: str, status: int, stride: str
) -> None:
    *broken, whole = trials(mode, template, second, tmp_path / "trials", stride)
    old = current_number(template)
    assert old == 1
    assert whole["status"] == 0
    assert len(broken) >= 20 // max(int(STRIDE), 7)
    assert {t["status"] for t in broken} == {status}
    assert all(t["served"] >= old for t in broken)
    assert [t["step"] for t in broken if t["served"] == old], "没有一次断在发布之前"
    assert {t["again"] for t in broken} == {0}
    assert all(t["tables"] == whole["tables"] for t in broken), "重试后的表与一次成功的不同"
