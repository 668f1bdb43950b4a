"""The pictures of 操作手册 still show the screens as they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.repository import ROOT

pytestmark = pytest.mark.browser


def test_no_screen_has_changed_since_its_picture_was_taken(sample_home: Path) -> None:
    words = [sys.executable, "-m", "manual", "--check", "--home", str(sample_home)]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    stale = [line for line in told.stdout.splitlines() if not line.endswith("：一致")]
    assert stale == [], told.stderr
    assert told.returncode == 0
