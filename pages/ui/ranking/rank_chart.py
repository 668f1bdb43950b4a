"""Ranks of the last months as lines: grey, except those that moved sharply this month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, fill, join
from reports.ranking import ranking_words
from reports.ranking.board import Board
from warehouse import formats

Ranks = Mapping[date, int | None]
MONTHS = 6  # as many as `ranking_months.sql` gives
LEFT, RIGHT, TOP, STEP, WIDTH = 26, 92, 12, 21, 340
CONTEXT, RISEN, FALLEN = "#C5CED8", "var(--good)", "var(--bad)"


def panel(board: Board, *, is_trial: bool) -> Safe:
    """The chart under its title; in a trial the sharp moves are those against the scheme."""
    moved = f"{'与方案名次相差' if is_trial else '升降'} {ranking_words.SHARP} 位及以上加色"
    return tables.panel("course", f"近 {MONTHS} 个月名次", moved, chart(board))


def chart(board: Board) -> Safe:
    """One line per ranked unit over up to six months; names stand at the line ends."""
    months = sorted({place["span_month"] for place in board.places})
    lines = [(unit, _ranks(board, unit["unit_id"])) for unit in reversed(board.ranked)]
    lowest = max([1, *(r for _, ranks in lines for r in ranks.values() if r is not None)])
    height = TOP + lowest * STEP + 16
    sharp = [(unit, ranks) for unit, ranks in lines if _color(unit) != CONTEXT]
    calm = [(unit, ranks) for unit, ranks in lines if _color(unit) == CONTEXT]
    marks = [_line(ranks, months, _color(unit)) for unit, ranks in (*calm, *sharp)]
    marks += [_name(unit, place) for place, unit in enumerate(board.ranked, 1)]
    marks += [
        _text(_x(months, month), height - 4, formats.span_zh("month", month), "middle")
        for month in months
    ]
    return fill(
        '<svg class="bump" viewBox="0 0 {w} {h}" role="img" aria-label="近几个月名次"'
        ' font-size="14">{marks}</svg>',
        w=WIDTH,
        h=height,
        marks=join(marks),
    )


def _ranks(board: Board, unit_id: str) -> Ranks:
    return {p["span_month"]: p["rank_no"] for p in board.places if p["unit_id"] == unit_id}


def _color(unit: Mapping[str, object]) -> str:
    moved = unit["movement"] or 0
    if not isinstance(moved, int | float) or abs(moved) < ranking_words.SHARP:
        return CONTEXT
    return RISEN if moved > 0 else FALLEN


def _x(months: list[date], month: date) -> float:
    step = (WIDTH - LEFT - RIGHT) / max(len(months) - 1, 1)
    return LEFT + months.index(month) * step


def _y(place: float) -> float:
    return TOP + (place - 0.5) * STEP


def _line(ranks: Ranks, months: list[date], color: str) -> Safe:
    """Segments between neighbouring months with a rank: a month without one leaves a gap."""
    width = 1.3 if color == CONTEXT else 2.4
    known = [(month, rank) for month in months if (rank := ranks.get(month)) is not None]
    pairs = [
        (one, two)
        for one, two in pairwise(known)
        if months.index(two[0]) - months.index(one[0]) == 1
    ]
    path = "".join(
        f"M{_x(months, a):.1f} {_y(r):.1f}L{_x(months, b):.1f} {_y(s):.1f}"
        for (a, r), (b, s) in pairs
    )
    dots = join(
        fill(
            '<circle cx="{x}" cy="{y}" r="{r}" fill="{c}"/>',
            x=f"{_x(months, month):.1f}",
            y=f"{_y(rank):.1f}",
            r=2 if color == CONTEXT else 3.4,
            c=color,
        )
        for month, rank in known
    )
    return fill(
        '<path d="{path}" fill="none" stroke="{c}" stroke-width="{w}"/>{dots}',
        path=path,
        c=color,
        w=width,
        dots=dots,
    )


def _name(unit: Mapping[str, object], place: int) -> Safe:
    """`3 某镇` at the line's end; tied units stand one under the other."""
    color = _color(unit)
    shown = "var(--ink2)" if color == CONTEXT else color
    words_zh = f"{unit['rank_no']:g} {unit['short_zh']}"
    return _text(WIDTH - RIGHT + 10, _y(place) + 5, words_zh, "start", shown, color != CONTEXT)


def _text(
    x: float,
    y: float,
    words_zh: str,
    anchor: str,
    color: str = "var(--ink2)",
    is_bold: bool = False,
) -> Safe:
    return fill(
        '<text x="{x}" y="{y}" text-anchor="{a}" fill="{c}" font-weight="{b}">{words}</text>',
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        a=anchor,
        c=color,
        b=700 if is_bold else 400,
        words=words_zh,
    )
