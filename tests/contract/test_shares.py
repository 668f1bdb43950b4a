"""`--quick` keeps most cases; the order of all of them loses none."""

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from tests.contract.repository import ROOT
from tests.shares import TESTS, longest_first

LEAST_SHARE = 0.8


@pytest.mark.slow
def test_quick_keeps_four_fifths_of_all_cases() -> None:
    words = "-m pytest -p no:xdist --collect-only -q --browser --quick".split()
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found = re.search(r"(\d+)/(\d+) tests collected", done.stdout)
    assert found, done.stdout[-2000:] + done.stderr
    kept, total = map(int, found.groups())
    assert kept >= total * LEAST_SHARE


@dataclass
class Case:
    """What the order looks at."""

    path: Path
    marks: tuple[str, ...] = ()
    fixturenames: list[str] = field(default_factory=list)

    def get_closest_marker(self, name: str) -> bool:
        return name in self.marks


@pytest.mark.parametrize("workers", [1, 2, 3, 4])
def test_every_share_begins_with_long_cases(workers: int) -> None:
    sample = [Case(TESTS / "pages" / "a.py", (), ["sample_home"]) for _ in range(5)]
    long = [Case(TESTS / "golden" / "b.py") for _ in range(4)]
    marked = [Case(TESTS / "unit" / "c.py", ("slow",)) for _ in range(3)]
    quick = [Case(TESTS / "unit" / "d.py") for _ in range(49)]
    dealt: Any = longest_first(cast(Any, [*quick, *marked, *long, *sample]), workers)
    assert len(dealt) == 61
    assert {id(one) for one in dealt} == {id(one) for one in (*quick, *marked, *long, *sample)}
    assert dealt[:1] == sample[:1]
    begin = 0
    for left in range(workers, 0, -1):
        share = dealt[begin : begin + (61 - begin) // left]
        count = sum(one not in quick for one in share)
        assert count in (12 // workers, 12 // workers + 1)
        assert all(one in quick for one in share[count:])
        begin += len(share)
