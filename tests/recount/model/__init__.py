"""From a world to its figures: what is in force, what is known, what follows."""

from dataclasses import dataclass

from tests.recount.model.coverage import Coverage
from tests.recount.model.figures import Figure, Key, Recount
from tests.recount.model.inforce import in_force
from tests.recount.model.judge import all_figures
from tests.recount.model.score import Score, ScoreKey, Scores
from tests.recount.model.world import World


@dataclass(frozen=True)
class Results:
    """Everything that is compared with the product."""

    recount: Recount
    coverage: Coverage
    figures: dict[Key, Figure]
    scores: dict[ScoreKey, Score]


def results_of(world: World) -> Results:
    """Recompute a world from nothing but its rows."""
    coverage = Coverage(world, in_force(world))
    recount = Recount(world, coverage)
    return Results(recount, coverage, all_figures(recount), Scores(recount).all())
