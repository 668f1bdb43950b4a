"""A build of the sample from judged workbooks, beside the code of 64c8526.

`python -m bench.build [REPEATS] [COMMIT]`. Timed is `python -m etl build` over a home whose builds
are gone while its receipts and lake stand: candidate, checks, publishing, no judging.
"""

import shutil
import sys
import time

from bench.sides import BASE, Side, both, in_turn, told

GOAL = 1.15


def measured(side: Side) -> dict[str, float]:
    """Seconds of one build."""
    shutil.rmtree(side.home.builds)
    side.home.current.unlink()
    before = time.perf_counter()
    side.run("-m", "etl", "build")
    taken = time.perf_counter() - before
    if not side.home.current.is_file():
        raise RuntimeError(f"{side.name} 没有发布")
    return {"build": taken}


def main(repeats: int, base: str) -> None:
    """Both sides in turn; medians and ratio."""
    with both(base) as sides:
        print(f"{repeats} 次取中位数，两边轮流：now、{base}、比")
        told(in_turn(sides, repeats, measured), GOAL)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else 5, given[1] if len(given) > 1 else BASE)
