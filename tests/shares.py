"""Which cases are quick, and in which order the workers get all of them.

`--quick` runs the quick ones: four fifths of all cases in about a minute. What takes long is known
by what it does (a browser, a load of the whole sample), by its folder, or by its mark; the folders
were measured (November 2026, two cores).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
LONG_MARKS = ("browser", "slow")
LONG_FOLDERS = frozenset("faults golden guard homes lifecycle recount sql truth".split())


def loads_the_sample(item: pytest.Item) -> bool:
    """Whether a case waits for the one load of data/sample."""
    return "sample_home" in getattr(item, "fixturenames", ())


def is_quick(item: pytest.Item) -> bool:
    """Whether `--quick` runs a case."""
    if any(item.get_closest_marker(name) for name in LONG_MARKS) or loads_the_sample(item):
        return False
    inside = item.path.relative_to(TESTS) if item.path.is_relative_to(TESTS) else item.path
    return inside.parts[0] not in LONG_FOLDERS


def longest_first(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """All cases, so that the long ones stand first in every worker's share.

    A worker is dealt one contiguous share and takes from others' ends when it is done with its own,
    so shares that begin with long cases end together. Those that wait for the sample come first:
    one worker loads it while the next is busy with what needs none.
    """
    quick = [item for item in items if is_quick(item)]
    long = [item for item in items if not is_quick(item)]
    long.sort(key=lambda item: not loads_the_sample(item))
    shares = []
    for left in range(workers, 0, -1):
        piece, size = len(long) // left, (len(long) + len(quick)) // left
        shares += [*long[:piece], *quick[: size - piece]]
        del long[:piece], quick[: size - piece]
    return shares


def worker_count() -> int:
    """How many processes share the cases."""
    return int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
