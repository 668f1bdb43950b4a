"""Layer (a): everything that happened, before any workbook is written."""

from dataclasses import dataclass
from datetime import date
from random import Random

from sample.facts.declared_forms import Fact
from sample.facts.firms import Registry, make_firms
from sample.facts.hazard_facts import Hazards, make_hazards
from sample.facts.incidents import Incidents, make_incidents
from sample.facts.inspections import Inspections, make_inspections
from sample.facts.place import Place
from sample.facts.stated_figures import make_current_totals, make_economy, make_past_totals
from sample.facts.training import Plan, make_training

BASE_FIRMS, MOST_FIRMS = 420, 4000


@dataclass
class Facts:
    """The facts of all datasets between two dates."""

    place: Place
    first: date
    last: date
    incidents: Incidents
    hazards: Hazards
    inspections: Inspections
    training: list[Plan]
    economy: list[Fact]
    reported: dict[int, list[Fact]]

    @property
    def years(self) -> range:
        """Every sampled year."""
        return range(self.first.year, self.last.year + 1)


def make_facts(place: Place, first: date, last: date, seed: int, scale: float) -> Facts:
    """Seeded facts; each topic has its own random stream, so one does not move the other."""

    def stream(topic: str) -> Random:
        return Random(f"{seed}:{topic}")  # noqa: S311

    registry = Registry(place, stream("registry"))
    firms = make_firms(registry, min(MOST_FIRMS, round(BASE_FIRMS * max(1.0, scale) ** 0.5)))
    span = (first, last)
    incidents = make_incidents(place, firms, first, last, scale, stream("incidents"))
    current = incidents.of_year(last.year)
    totals = stream("reported")
    return Facts(
        place=place,
        first=first,
        last=last,
        incidents=incidents,
        hazards=make_hazards(place, firms, registry, span, scale, stream("hazards")),
        inspections=make_inspections(place, firms, registry, span, scale, stream("inspections")),
        training=make_training(registry, span, scale, stream("training")),
        economy=make_economy(first, last, stream("economy")),
        reported={
            first.year - 1: make_past_totals(
                place, registry.weights, first.year - 1, scale, totals
            ),
            last.year: make_current_totals(place, current, last, totals),
        },
    )
