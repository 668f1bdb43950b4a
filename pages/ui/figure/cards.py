"""One figure as a card or as a line: value, unit, same span last year, change, target, status, n.

The order never varies, so that the eye learns it once. The arrow is the direction of the figure,
the colour is good or bad by the catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence

from pages.ui.figure.figure_links import to_figure
from pages.ui.kit.markup import Safe, fill, join
from pages.ui.kit.tables import panel
from reports.figure_text import (
    Figure,
    base,
    ceiling,
    change,
    counted,
    goal,
    is_known,
    known,
    notes,
    reason,
    status,
    tone,
    value,
    value_parts,
)
from reports.trends import Trends

__all__ = [
    "Figure",
    "base",
    "card",
    "ceiling",
    "change",
    "counted",
    "deck",
    "goal",
    "is_known",
    "known",
    "line",
    "lines",
    "notes",
    "own_door",
    "reason",
    "status",
    "tone",
    "value",
    "value_parts",
]


def own_door(figure: Figure) -> Safe:
    """The door of a figure; without a value it opens the newest known, or there is none."""
    name = f"{figure['name_zh']}{figure['role_zh'] or ''}"
    if figure["state"] == "not_applicable" and figure["known_value"] is not None:
        known_at = {
            "span_kind": figure["known_span_kind"],
            "span_month": figure["known_span_month"],
            "unit_role": figure["known_unit_role"],
        }
        return to_figure({**figure, **known_at}, name)
    return to_figure(figure, name) if figure["has_figure"] else Safe("")


def role(figure: Figure) -> Safe:
    """In which role a unit has the figure: 辖区内, 主管 or 本单位."""
    word = figure["role_zh"]
    return fill(' <span class="role">{word}</span>', word=word) if word else Safe("")


def card(figure: Figure, spark: Safe) -> Safe:
    """A figure leaders ask for first."""
    return fill(
        '<div class="card" {door}><div class="name">{name}{role}</div>'
        '<div class="row">{value}{spark}</div><div class="change">{change}</div>'
        '<div class="n">{notes}</div>'
        '<div class="foot"><span class="goal">{goal}</span>{status}</div></div>',
        door=own_door(figure),
        name=figure["name_zh"],
        role=role(figure),
        value=value(figure),
        spark=spark,
        change=change(figure),
        notes=join([*notes(figure), ceiling(figure), known(figure)], " · "),
        goal=goal(figure),
        status=status(figure),
    )


def line(figure: Figure, spark: Safe) -> Safe:
    """The same content at a third of the height."""
    text, unit = value_parts(figure)
    kind = "" if is_known(figure) else ("bad" if figure["state"] == "not_reported" else "muted")
    return fill(
        '<div class="line" {door}><div>{name}{role}<div class="n">{notes}</div></div>'
        '<div class="figure {kind}">{text}</div><div class="unit">{unit}</div>'
        '<div class="spark">{spark}</div><div class="change">{change}</div>'
        '<div class="status">{status}<div class="goal">{goal}</div></div></div>',
        door=own_door(figure),
        name=figure["name_zh"],
        role=role(figure),
        notes=join([*notes(figure), ceiling(figure), known(figure)], " · "),
        kind=kind,
        text=text,
        unit=unit,
        spark=spark,
        change=change(figure),
        status=status(figure),
        goal=goal(figure),
    )


def deck(figures: Sequence[Figure], trends: Trends) -> Safe:
    """Figures as cards."""
    return join(card(figure, trends.spark(figure)) for figure in figures)


def lines(title: str, note: str, figures: Sequence[Figure], trends: Trends) -> Safe:
    """Figures as lines under a title."""
    return panel("", title, note, join(line(figure, trends.spark(figure)) for figure in figures))
