"""This checkout beside an earlier commit's code, each with a home of the same workbooks.

The earlier code lies in a temporary folder (`git archive`), its sample is loaded by both. Every
measurement is a process of its own that finds one side's code and home, so that columns, tables
and signatures may differ between them.
"""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.files.home import DEFAULT_PROFILE, REPOSITORY, Home

BASE = "64c8526"


@dataclass(frozen=True)
class Side:
    """One code and the home it made."""

    name: str
    code: Path
    root: Path

    @property
    def home(self) -> Home:
        return Home(self.root, DEFAULT_PROFILE)

    def run(self, *words: str) -> str:
        """What a Python process with this side's code and home prints; RuntimeError if it fails."""
        done = subprocess.run(
            [sys.executable, "-P", *words],
            cwd=self.code,
            env={
                **os.environ,
                "PYTHONPATH": str(self.code),
                "LIANGSHAI_HOME": str(self.root),
                "LIANGSHAI_PROFILE": DEFAULT_PROFILE,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{self.name}：{' '.join(words)}\n{done.stdout}\n{done.stderr}")
        return done.stdout


@contextmanager
def both(base: str = BASE) -> Iterator[tuple[Side, Side]]:
    """Now and then, the sample of then loaded by each."""
    with tempfile.TemporaryDirectory(prefix="liangshai-bench-") as folder:
        code = Path(folder) / "code"
        command = ["git", "archive", "--format=tar", base]
        packed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(code, filter="data")
        sides = (
            Side("now", REPOSITORY, Path(folder) / "home-now"),
            Side(base, code, Path(folder) / "home-then"),
        )
        for side in sides:
            side.run("-m", "etl", "load", str(code / "data" / "sample"), "--json")
        yield sides


def in_turn(
    sides: Sequence[Side], repeats: int, measured: Callable[[Side], dict[str, float]]
) -> dict[str, dict[str, float]]:
    """Medians by side and name of what `measured` returns, the sides taking turns."""
    taken: dict[str, list[dict[str, float]]] = {side.name: [] for side in sides}
    for number in range(repeats):
        for side in sides if number % 2 == 0 else reversed(sides):
            taken[side.name].append(measured(side))
    return {
        side: {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        for side, runs in taken.items()
    }


def told(medians: dict[str, dict[str, float]], goal: float) -> None:
    """Medians and ratios, one line per name, the sum last."""
    (now, then) = medians.values()
    sums = {"合计": (sum(now.values()), sum(then.values()))} if len(now) > 1 else {}
    for name, (new, old) in ({n: (now[n], then[n]) for n in now} | sums).items():
        print(f"{name:32} {new:8.3f} s {old:8.3f} s  {new / old:5.2f}")
    new, old = sum(now.values()), sum(then.values())
    print(f"{' / '.join(medians)} {new / old:.2f} (goal <= {goal})")
