"""G2: several workbooks judged side by side in children, beside one after the other.

`python -m bench.read_many [WORKBOOKS] [ROWS]`. Both ways start the product's own limited children;
the second runs as many at once as `load` does.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.read_workbook import PROFILE, write
from etl.declarations.limits import CHILD_COUNT
from etl.intake.sandbox import Job, judge_in_child, judge_many


def one_by_one(jobs: list[Job]) -> None:
    for job in jobs:
        judge_in_child(job.path, PROFILE, job.out_dir)


def side_by_side(jobs: list[Job]) -> None:
    for _ in judge_many(jobs, PROFILE):
        pass


def timed(way: Callable[[list[Job]], None], paths: list[Path], folder: Path) -> float:
    jobs = [Job(path, folder / way.__name__ / path.stem) for path in paths]
    for job in jobs:
        job.out_dir.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    way(jobs)
    return time.perf_counter() - started


def main(count: int, rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / f"{number}.xlsx" for number in range(count)]
        for path in paths:
            write(path, rows)
        serial, parallel = timed(one_by_one, paths, folder), timed(side_by_side, paths, folder)
    print(f"{count} 份，每份 {rows} 行，同时 {CHILD_COUNT} 份")
    print(f"one_by_one   {serial:6.2f} s\nside_by_side {parallel:6.2f} s")
    print(f"G2 speed-up {serial / parallel:.2f} (goal >= 1.6)")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [4, 50_000][len(given) :]))
