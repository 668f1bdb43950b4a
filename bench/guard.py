"""What a guarded query costs: `python -m bench.guard --home DIR`.

Start of a worker, round trip cold and warm, and how the killer queries of the tests end under the
product's own limits: time over the deadline, the most memory a worker held.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from pathlib import Path

from tests.guard.conftest import cases, run_all
from warehouse.files.home import DEFAULT_PROFILE, Home
from warehouse.guard import guarded_query, worker_process
from warehouse.guard.guarded_query import Request
from warehouse.versions.versions import served_file

ROUNDS = 11
SIMPLE = "select 属地, count(*) as 起数 from 事故 group by all"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", required=True, type=Path)
    parser.add_argument("--killers", action="store_true", help="run them too (minutes)")
    asked = parser.parse_args()
    home = Home(asked.home.resolve(), DEFAULT_PROFILE)
    print(f"load before: {os.getloadavg()[0]:.1f}")
    for name, pause in (("cold", 0.0), ("warm", 1.5)):
        times = [round_trip(home, pause) for _ in range(ROUNDS)]
        print(
            f"round trip {name}: median {statistics.median(times):.0f} ms, max {max(times):.0f} ms"
        )
    if asked.killers:
        killers(asked.home.resolve(), guarded_query.limits_of(home))


def round_trip(home: Home, pause: float) -> float:
    """Milliseconds from asking to rows; after a pause the spare worker is ready."""
    if not pause:
        worker_process.drop()
    time.sleep(pause)
    begun = time.perf_counter()
    request = Request(served_file(home), SIMPLE, "bench", {})
    outcome = guarded_query.start(request, guarded_query.limits_of(home)).result()
    if outcome.kind != "ok":
        raise SystemExit(outcome.sentence)
    return (time.perf_counter() - begun) * 1000


def killers(root: Path, limits: dict[str, int]) -> None:
    room = {"sql_text_characters": 10**8, "sql_queue_seconds": 60}
    ran = run_all(root, [sql for _, sql, _ in cases("killers.yml")], limits | room)
    over = [one.seconds - limits["sql_seconds"] for one in ran.values()]
    print(f"killers: {len(ran)}, worst {max(over):+.2f} s to the deadline")
    print(f"most memory of a worker: {max(one.peak_mb for one in ran.values()):.0f} MB")
    kinds = [one.outcome.kind for one in ran.values()]
    print("ended: " + ", ".join(f"{kind} {kinds.count(kind)}" for kind in sorted(set(kinds))))


if __name__ == "__main__":
    main()
