"""The campaign: python -m tests.recount [first seed] [how many], 1 and 2 000 unless said.

Prints the first disagreements of every seed and, at the end, how many there are of each kind;
exit 1 if there is any.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.recount.compare import differences, summary
from tests.recount.loading import served_world
from tests.recount.model import results_of
from tests.recount.served import read_served
from tests.recount.worlds.generate import random_world

SHOWN = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.recount")
    parser.add_argument("first", nargs="?", type=int, default=1, help="first seed")
    parser.add_argument("count", nargs="?", type=int, default=2000, help="how many worlds")
    told = parser.parse_args()
    kinds: Counter[tuple[str, str, str]] = Counter()
    for seed in range(told.first, told.first + told.count):
        found = differences_of(seed)
        kinds += found
    for (what, name, field), number in sorted(kinds.items()):
        print(f"{number:6d}  {what} {name}: {field}")
    return 1 if kinds else 0


def differences_of(seed: int) -> Counter[tuple[str, str, str]]:
    world = random_world(seed)
    with tempfile.TemporaryDirectory() as folder:
        served = read_served(served_world(world, Path(folder)))
    found = differences(results_of(world), served)
    for one in found[:SHOWN]:
        print(f"seed {seed}: {one}", file=sys.stderr)
    print(f"seed {seed}: {len(found)} differences", file=sys.stderr, flush=True)
    return summary(found)


if __name__ == "__main__":
    sys.exit(main())
