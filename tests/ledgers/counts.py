"""Count tables: rows are towns, sectors or levels, cells are figures that add up."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from tests.ledgers.fills import Money
from tests.ledgers.invented import seeded
from tests.ledgers.layouts import Column, Layout

Figures = dict[str, Any]


@dataclass
class Line:
    """One row of a count table; a sub-row is part of the row above it and is not added."""

    label: str
    values: list[Any] = field(default_factory=list)
    figures: Figures = field(default_factory=dict)
    is_sub: bool = False
    is_total: bool = False


def _rate(figures: Figures, part: str, whole: str) -> str:
    if not figures[whole]:
        return "—"
    return f"{float(Fraction(100) * figures[part] / figures[whole]):.1f}%"


def _figure(rng: Random, words: list[str], figures: Figures, scale: int) -> Any:
    """One additive figure; a pair is two figures written with a stroke between them."""
    kind, *rest = words
    if kind == "part":
        whole = figures[rest[0]]
        return rng.randint(whole * 2 // 3, whole)
    if kind == "sum":
        return sum(figures[key] for key in rest)
    if kind == "diff":
        return figures[rest[0]] - figures[rest[1]]
    bounds = [int(number) for number in rest]
    if kind == "n":
        return rng.randint(*bounds[:2]) * scale
    if kind == "money":
        return Decimal(rng.randint(bounds[0] * 10, bounds[1] * 10)) / 10 * scale
    pair = [rng.randint(*bounds[:2]), rng.randint(*bounds[2:])]
    return tuple(Decimal(number) for number in pair) if kind == "mpair" else tuple(pair)


def _key(place: int, column: Column) -> tuple[str, list[str]]:
    key, _, rule = column.fill.partition("~")
    return key or f"column {place}", rule.split(" ")


def _ordered(layout: Layout) -> list[tuple[int, Column]]:
    """Sums may stand before what they add: they are worked out last."""
    numbered = [(place, column) for place, column in enumerate(layout.columns) if _adds(column)]
    return sorted(numbered, key=lambda pair: "~sum " in pair[1].fill)


def _adds(column: Column) -> bool:
    return "~" in column.fill and "~rate" not in column.fill and "~text" not in column.fill


def _line(layout: Layout, rng: Random, label: str) -> Line:
    name, _, scale = label.partition("@")
    line = Line(name.removeprefix(">"), is_sub=name.startswith(">"))
    for place, column in _ordered(layout):
        key, words = _key(place, column)
        line.figures[key] = _figure(rng, words, line.figures, int(scale or 1))
    return line


def _added(lines: list[Line], label: str) -> Line:
    total = Line(label)
    for key in lines[0].figures:
        values = [line.figures[key] for line in lines]
        if isinstance(values[0], tuple):
            total.figures[key] = tuple(sum(part) for part in zip(*values, strict=True))
        else:
            total.figures[key] = sum(values)
    return total


def _written(column: Column, place: int, line: Line, number: int | None) -> Any:
    if column.fill == "serial":
        return None if line.is_total or line.is_sub else number
    if column.fill in ("label", "blank") or column.fill.startswith("txt:"):
        label = f"（{number}）{line.label}" if line.is_sub else line.label
        text = None if line.is_total else column.fill.partition(":")[2] or None
        return label if column.fill == "label" else text
    key, words = _key(place, column)
    if words[0] == "rate":
        return _rate(line.figures, *words[1:])
    if words[0] == "text":
        return "—"
    figure = line.figures[key]
    if isinstance(figure, tuple):
        return "/".join(str(part) for part in figure)
    return Money(figure) if isinstance(figure, Decimal) else figure


def lines(layout: Layout, series: int = 0) -> list[Line]:
    """The rows of a count table, its total first or last as the layout has it."""
    rng = seeded(f"{layout.id}/{series}")
    body = [_line(layout, rng, label) for label in layout.labels]
    for place, line in enumerate(body):
        subs = _subs(body, place)
        if subs:
            line.figures = _added(subs, line.label).figures
    where, word = layout.total
    if where != "none":
        total = _added([line for line in body if not line.is_sub], word)
        total.is_total = True
        body.insert(0 if where == "first" else len(body), total)
    number = 0
    for place, line in enumerate(body):
        number = 0 if line.is_total else number + 1
        line.values = [
            _written(column, at, line, _number(body, place))
            for at, column in enumerate(layout.columns)
        ]
    return body


def _subs(body: list[Line], place: int) -> list[Line]:
    subs = []
    for line in body[place + 1 :]:
        if body[place].is_sub or not line.is_sub:
            break
        subs.append(line)
    return subs


def _number(body: list[Line], place: int) -> int:
    """The serial number: of rows of its own kind; sub-rows begin anew under each row."""
    number = 0
    for line in reversed(body[: place + 1]):
        if line.is_sub == body[place].is_sub and not line.is_total:
            number += 1
        elif body[place].is_sub:
            break
    return number
