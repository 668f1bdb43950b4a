"""From a world to its figures: what is in force, what is known, what follows."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from tests.recount.model.coverage import Coverage
from tests.recount.model.figures import Figure, Key, Recount
from tests.recount.model.inforce import in_force
from tests.recount.model.judge import all_figures
from tests.recount.model.measures import place_of
from tests.recount.model.score import Score, ScoreKey, Scores
from tests.recount.model.world import UNASSIGNED, Month, World


@dataclass(frozen=True)
class Results:
    """Everything that is compared with the product, computed when asked for."""

    recount: Recount
    coverage: Coverage

    @cached_property
    def figures(self) -> dict[Key, Figure]:
        return all_figures(self.recount)

    @cached_property
    def scores(self) -> dict[ScoreKey, Score]:
        return Scores(self.recount).all()

    @cached_property
    def doubts(self) -> Counter[tuple[str, Month]]:
        return doubts_of(self.coverage)


def results_of(world: World) -> Results:
    """Recompute a world from nothing but its rows."""
    coverage = Coverage(world, in_force(world))
    return Results(Recount(world, coverage), coverage)


#: Checks of single rows that bear on figures, and the dataset each looks at.
UNPLACED = {"incident_unplaced": "incident", "hazard_unplaced": "hazard"}


def doubts_of(coverage: Coverage) -> Counter[tuple[str, Month]]:
    """Rows in doubt by check and business month: what lies in 未归属."""
    return Counter(
        (check, entry.month)
        for check, dataset in UNPLACED.items()
        for entry in coverage.force.entries(dataset)
        if place_of(entry.row.values, "").territory == UNASSIGNED and entry.month is not None
    )
