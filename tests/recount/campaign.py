"""Many worlds one after the other, or side by side, and what came of them."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from statistics import median

from tests.recount.compare import Difference, differences, summary
from tests.recount.loading import served_world
from tests.recount.model import results_of
from tests.recount.worlds.generate import random_world

Kinds = Counter[tuple[str, str, str]]
SHOWN = 5
#: So many worlds between two lines that say how far it is.
STEP = 50


@dataclass(frozen=True)
class Outcome:
    """One world: how many disagreements of which kind, the first of them, and what it cost."""

    seed: int
    kinds: Kinds
    first: tuple[str, ...]
    cpu_seconds: float


@dataclass
class Tally:
    """What came of the worlds so far."""

    outcomes: list[Outcome] = field(default_factory=list)
    begun: float = field(default_factory=time.perf_counter)

    def add(self, outcome: Outcome) -> list[str]:
        """Count a world; its first disagreements, and now and then how far it is."""
        self.outcomes.append(outcome)
        lines = [f"seed {outcome.seed}: {line}" for line in outcome.first]
        if outcome.kinds:
            lines.append(f"seed {outcome.seed}: {outcome.kinds.total()} differences")
        return lines if len(self.outcomes) % STEP else [*lines, self.line]

    @property
    def kinds(self) -> Kinds:
        return sum((one.kinds for one in self.outcomes), Counter())

    @property
    def wrong_seeds(self) -> list[int]:
        return sorted(one.seed for one in self.outcomes if one.kinds)

    @property
    def line(self) -> str:
        seconds = time.perf_counter() - self.begun
        return f"{len(self.outcomes)} worlds, {len(self.wrong_seeds)} differ, {seconds:.0f} s"

    def document(self) -> dict[str, object]:
        """All that is worth keeping."""
        costs = [one.cpu_seconds for one in self.outcomes]
        seeds = [one.seed for one in self.outcomes]
        return {
            "worlds": len(seeds),
            "first_seed": min(seeds, default=None),
            "last_seed": max(seeds, default=None),
            "differing_worlds": self.wrong_seeds,
            "differences": {" ".join(kind): number for kind, number in sorted(self.kinds.items())},
            "cpu_seconds_a_world": round(median(costs), 2) if costs else None,
            "wall_seconds": round(time.perf_counter() - self.begun),
        }

    def text(self) -> str:
        return json.dumps(self.document(), ensure_ascii=False, indent=1)


def outcome_of(seed: int) -> Outcome:
    """One world sent to both sides."""
    begun = time.process_time()
    world = random_world(seed)
    found = differences(results_of(world), served_world(world))
    cost = time.process_time() - begun
    return Outcome(seed, summary(found), shown(found), cost)


def shown(found: list[Difference]) -> tuple[str, ...]:
    return tuple(str(one) for one in found[:SHOWN])


def outcomes(seeds: Iterable[int], jobs: int) -> Iterator[Outcome]:
    """In the order of the seeds; each process keeps its database from world to world."""
    if jobs == 1:
        yield from map(outcome_of, seeds)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(outcome_of, seeds)
