"""The product against the recount: the sample, and random worlds with their seeds."""

from pathlib import Path

import pytest

from tests.recount.compare import Difference, differences
from tests.recount.loading import served_world
from tests.recount.model import results_of
from tests.recount.model.world import ROOT
from tests.recount.served import read_served, served_in
from tests.recount.worlds.generate import random_world
from tests.recount.worlds.sample import sample_world

DEMO = ROOT / "data" / "profiles" / "demo"
#: What half a minute allows, with those in which a disagreement was decided; `python -m
#: tests.recount` takes any.
SEEDS = (*range(1, 15), 24, 31, 34, 38, 48, 159)


def told(found: list[Difference]) -> str:
    return f"{len(found)} differences\n" + "\n".join(str(one) for one in found[:20])


@pytest.mark.slow
def test_the_sample_is_equal(sample_home: Path) -> None:
    world = sample_world(ROOT / "data" / "sample", ROOT / "data" / "sample-truth", DEMO)
    found = differences(results_of(world), read_served(served_in(sample_home / "demo")))
    assert not found, told(found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_world_is_equal(seed: int) -> None:
    world = random_world(seed)
    found = differences(results_of(world), served_world(world))
    assert not found, f"seed {seed}: {told(found)}"
