"""The campaign: python -m tests.recount [first seed] [how many], 1 and 2 000 unless said.

With `--sample SEED` a sample of that seed is made, loaded and compared instead. Prints the first
disagreements of every seed and, at the end, how many there are of each kind; exit 1 if there is
any.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.recount.compare import Served, differences, summary
from tests.recount.loading import served_world
from tests.recount.model import results_of
from tests.recount.model.world import ROOT, World
from tests.recount.served import read_served, served_in
from tests.recount.worlds.generate import random_world
from tests.recount.worlds.sample import sample_world

DEMO = ROOT / "data" / "profiles" / "demo"
SHOWN = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.recount")
    parser.add_argument("first", nargs="?", type=int, default=1, help="first seed")
    parser.add_argument("count", nargs="?", type=int, default=2000, help="how many worlds")
    parser.add_argument("--sample", type=int, help="seed of a sample instead of worlds")
    told = parser.parse_args()
    kinds: Counter[tuple[str, str, str]] = Counter()
    if told.sample is not None:
        kinds = sample_differences(told.sample)
    else:
        for seed in range(told.first, told.first + told.count):
            kinds += differences_of(seed)
    for (what, name, field), number in sorted(kinds.items()):
        print(f"{number:6d}  {what} {name}: {field}")
    return 1 if kinds else 0


def differences_of(seed: int) -> Counter[tuple[str, str, str]]:
    world = random_world(seed)
    with tempfile.TemporaryDirectory() as folder:
        served = read_served(served_world(world, Path(folder)))
    return counted(seed, world, served)


def sample_differences(seed: int) -> Counter[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        sample, home = Path(folder) / "sample", Path(folder) / "home"
        for words in (
            ("sample", "--out", str(sample), "--seed", str(seed)),
            ("load", str(sample), "--home", str(home)),
        ):
            command = [sys.executable, "-m", "etl", *words]
            subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
        world = sample_world(sample, Path(folder) / "sample-truth", DEMO)
        return counted(seed, world, read_served(served_in(home / "demo")))


def counted(seed: int, world: World, served: Served) -> Counter[tuple[str, str, str]]:
    found = differences(results_of(world), served)
    for one in found[:SHOWN]:
        print(f"seed {seed}: {one}", file=sys.stderr)
    print(f"seed {seed}: {len(found)} differences", file=sys.stderr, flush=True)
    return summary(found)


if __name__ == "__main__":
    sys.exit(main())
