"""Cells of a ranking: one text for the screen, one value with a number format for the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.ranking import ranking_words
from reports.ranking.board import Board, Row
from warehouse import formats

POINTS = "0.00"


@dataclass(frozen=True)
class Cell:
    """What a cell shows; a number also as a number, whose format prints the same text."""

    text: str
    number: float | None = None
    number_format: str = ""
    tone: str = ""

    @classmethod
    def points(cls, value: Any, tone: str = "") -> Cell:
        """Points with two decimals."""
        return cls(ranking_words.points(value), float(value), POINTS, tone)

    @classmethod
    def value(cls, value: Any, decimals: int) -> Cell:
        """A figure with the decimals of the catalogue, its unit being in the head."""
        form = "#,##0" + ("." + "0" * decimals if decimals else "")
        return cls(formats.number(value, decimals), float(value), form)


NOTHING = Cell(formats.MISSING, tone="quiet")


def rank(unit: Row) -> Cell:
    """The rank, with 红榜 or 黑榜 as its tone."""
    if unit["rank_no"] is None:
        return NOTHING
    return Cell(str(int(unit["rank_no"])), int(unit["rank_no"]), "0", unit["mark"] or "")


def movement(unit: Row) -> Cell:
    """Movement against the month before."""
    moved = unit["movement"] or 0
    return Cell(
        ranking_words.movement(unit), tone="good" if moved > 0 else "bad" if moved < 0 else "quiet"
    )


def score(board: Board, unit: Row) -> Cell:
    """The score, or why there is none."""
    if unit["score"] is None:
        tone = "bad" if unit["state"] == "not_reported" else "quiet"
        return Cell(ranking_words.state(board, unit), tone=tone)
    return Cell.points(unit["score"])


def earned(line: Row, *, is_ranked: bool = True) -> Cell:
    """Points of one item; the largest loss of a ranked unit stands out."""
    if line["line_state"] in ranking_words.LINE_STATES_ZH:
        tone = "bad" if line["line_state"] == "missing" else "quiet"
        return Cell(ranking_words.line_state(line), tone=tone)
    is_worst = is_ranked and line["is_largest_loss"]
    return Cell.points(line["earned_points"], "warn" if is_worst else "")


def reached(line: Row, item: Row) -> Cell:
    """The figure an item is scored by."""
    if line["value"] is None:
        return (
            Cell(ranking_words.line_state(line), tone="bad")
            if line["line_state"] == "missing"
            else NOTHING
        )
    return Cell.value(line["value"], item["decimals"])


def gap(unit: Row) -> Cell:
    """Distance to the unit before."""
    text = ranking_words.gap(unit)
    return Cell.points(unit["gap"]) if unit["gap"] else Cell(text)


def note(board: Board, unit: Row) -> Cell:
    """红榜, 黑榜, and what is special about the score."""
    told = [ranking_words.MARKS_ZH.get(unit["mark"] or "", ""), ranking_words.standing(board, unit)]
    return Cell("；".join(part for part in told if part))


def average(board: Board) -> Cell:
    """Average score of the ranked units."""
    ranked = board.ranked
    return Cell.points(ranked[0]["average_score"]) if ranked else NOTHING


def average_points(item: Row) -> Cell:
    """Average points of an item over the ranked units it counts for."""
    return NOTHING if item["average_points"] is None else Cell.points(item["average_points"])


def whole_area(item: Row) -> Cell:
    """The whole area's figure of an item."""
    return NOTHING if item["value"] is None else Cell.value(item["value"], item["decimals"])


def heads(board: Board) -> list[tuple[str, str]]:
    """Items as heads: name and points."""
    return [(item["item_zh"], formats.trimmed(item["points"])) for item in board.scored]


def points(board: Board, unit: Row) -> list[Cell]:
    """Points of a unit, item by item."""
    is_ranked = unit["state"] == "ranked"
    return [earned(board.line(unit, item), is_ranked=is_ranked) for item in board.scored]


def row(board: Board, unit: Row) -> list[Cell]:
    """Cells the screen shows for a unit, left to right."""
    return [
        rank(unit),
        movement(unit),
        Cell(unit["unit_zh"]),
        score(board, unit),
        *points(board, unit),
        gap(unit),
        Cell(ranking_words.tier(unit), tone="bad" if unit["is_vetoed"] else ""),
        note(board, unit),
    ]


def rows(board: Board, units: Sequence[Row]) -> list[list[Cell]]:
    """Cells of several units."""
    return [row(board, unit) for unit in units]
