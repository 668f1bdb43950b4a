"""The named queries of six pages with their first filters, beside the code of 64c8526.

`python -m bench.pages [REPEATS] [ROUNDS] [COMMIT]`: scorecard, 双下降, 重大隐患, 风险地图, 晾晒排名
and 报送情况. Each side opens its pages once and writes down what they ask; then the sides take
turns, REPEATS processes each with ROUNDS rounds over every page's queries.
"""

import json
import sys
from functools import partial
from pathlib import Path

from bench.sides import BASE, Side, both, in_turn, told

GOAL = 1.05
CHILD = str(Path(__file__).with_name("page_queries.py"))


def measured(side: Side, rounds: int) -> dict[str, float]:
    """Seconds by page."""
    printed = side.run(CHILD, "time", str(_asked(side)), str(rounds))
    found: dict[str, float] = json.loads(printed.splitlines()[-1])
    return found


def _asked(side: Side) -> Path:
    return side.root / "asked.json"


def main(repeats: int, rounds: int, base: str) -> None:
    """Both sides in turn; medians and ratios."""
    with both(base) as sides:
        for side in sides:
            side.run(CHILD, "record", str(_asked(side)))
        print(f"{repeats} 次、每次 {rounds} 轮取中位数，两边轮流：now、{base}、比")
        told(in_turn(sides, repeats, partial(measured, rounds=rounds)), GOAL)


if __name__ == "__main__":
    given = sys.argv[1:]
    counts = [int(word) for word in given[:2]]
    repeats, rounds = (counts + [5, 7][len(counts) :])[:2]
    main(repeats, rounds, given[2] if len(given) > 2 else BASE)
