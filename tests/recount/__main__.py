"""The campaign: python -m tests.recount [first seed] [how many], 1 and 2 000 unless said.

With `--jobs N` in as many processes. With `--sample SEED` a sample of that seed is made, loaded and
compared instead. The first disagreements of every seed are said as they come, on stderr; at the end
one JSON document says how many worlds, seconds and disagreements of each kind. Exit 1 if any.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.recount.campaign import Outcome, Tally, outcomes, shown
from tests.recount.compare import differences, summary
from tests.recount.model import results_of
from tests.recount.model.world import ROOT
from tests.recount.served import read_served, served_in
from tests.recount.worlds.sample import sample_world

DEMO = ROOT / "data" / "profiles" / "demo"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.recount")
    parser.add_argument("first", nargs="?", type=int, default=1, help="first seed")
    parser.add_argument("count", nargs="?", type=int, default=2000, help="how many worlds")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument("--sample", type=int, help="seed of a sample instead of worlds")
    told = parser.parse_args()
    tally = Tally()
    for outcome in found_by(told):
        for line in tally.add(outcome):
            print(line, file=sys.stderr, flush=True)
    print(tally.text())
    return 1 if tally.wrong_seeds else 0


def found_by(told: argparse.Namespace) -> Iterator[Outcome]:
    if told.sample is not None:
        return iter([sample_outcome(told.sample)])
    return outcomes(range(told.first, told.first + told.count), told.jobs)


def sample_outcome(seed: int) -> Outcome:
    """A sample, made and loaded as by hand."""
    with tempfile.TemporaryDirectory() as folder:
        sample, home = Path(folder) / "sample", Path(folder) / "home"
        for words in (
            ("sample", "--out", str(sample), "--seed", str(seed)),
            ("load", str(sample), "--home", str(home)),
        ):
            command = [sys.executable, "-m", "etl", *words]
            subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
        world = sample_world(sample, Path(folder) / "sample-truth", DEMO)
        found = differences(results_of(world), read_served(served_in(home / "demo")))
    return Outcome(seed, summary(found), shown(found), 0)


if __name__ == "__main__":
    sys.exit(main())
