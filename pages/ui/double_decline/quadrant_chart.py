"""The integer grid of 增减: units at the point of their two changes, names written there.

Both corners of one sign are tinted from half a step outwards, so that the 持平 band stays white.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pages.ui.kit.markup import Safe, fill, join
from warehouse import formats

WIDTH, HEIGHT = 720, 690
LEFT, RIGHT, TOP, BOTTOM = 58, 12, 30, 52
LINE, FONT, GAP = 18, 14, 10
PAD = 1.0
TONE_COLORS = {"good": "var(--good)", "bad": "var(--bad)"}
TONE_TINTS = {"good": "var(--good-weak)", "bad": "var(--bad-weak)"}
NEUTRAL = "#6B7886"


@dataclass(frozen=True)
class Mark:
    """One unit: its two changes, short name, door and whether it is the chosen one."""

    x: int
    y: int
    name: str
    door: Safe
    is_chosen: bool = False


@dataclass(frozen=True)
class Corner:
    """The verdict of two signs: its words and whether it is good or bad."""

    x_sign: int
    y_sign: int
    words: str
    tone: str


@dataclass(frozen=True)
class Scale:
    """Integers from `low` to `high` over pixels, `PAD` steps beyond each end."""

    low: int
    high: int
    start: float
    end: float

    @property
    def step(self) -> float:
        return (self.end - self.start) / (self.high - self.low + 2 * PAD)

    def at(self, value: float) -> float:
        return self.start + (value - self.low + PAD) * self.step

    def ticks(self) -> list[int]:
        every = 1 + (self.high - self.low) // 12
        return [n for n in range(self.low, self.high + 1) if n % every == 0]


def grid(marks: Sequence[Mark], corners: Sequence[Corner], x_name: str, y_name: str) -> Safe:
    """The whole drawing."""
    xs, ys = [mark.x for mark in marks], [mark.y for mark in marks]
    x = Scale(min([-1, *xs]), max([1, *xs]), LEFT, WIDTH - RIGHT)
    y = Scale(min([-1, *ys]), max([1, *ys]), HEIGHT - BOTTOM, TOP)
    double = [corner for corner in corners if corner.x_sign == corner.y_sign != 0]
    tones = {(corner.x_sign, corner.y_sign): corner.tone for corner in double}
    points = groupby(sorted(marks, key=lambda m: (m.x, m.y)), key=lambda m: (m.x, m.y))
    parts = [
        *(_tint(corner, x, y) for corner in double),
        _axes(x, y, x_name, y_name),
        *(_corner(corner, marks) for corner in corners if corner.x_sign and corner.y_sign),
        *(_point(list(group), x, y, _color(at, tones)) for at, group in points),
    ]
    return fill(
        '<svg class="quadrants" viewBox="0 0 {w} {h}" role="group" aria-label="{label}" '
        'font-size="14">{parts}</svg>',
        w=WIDTH,
        h=HEIGHT,
        label=f"{x_name}与{y_name}比去年同期的增减",
        parts=join(parts),
    )


def _color(at: tuple[int, int], tones: Mapping[tuple[int, int], str]) -> str:
    signs = ((at[0] > 0) - (at[0] < 0), (at[1] > 0) - (at[1] < 0))
    return TONE_COLORS.get(tones.get(signs, ""), NEUTRAL)


def _tint(corner: Corner, x: Scale, y: Scale) -> Safe:
    left, right = (x.start, x.at(-0.5)) if corner.x_sign < 0 else (x.at(0.5), x.end)
    top, bottom = (y.at(-0.5), y.start) if corner.y_sign < 0 else (y.end, y.at(0.5))
    return fill(
        '<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{color}"/>',
        x=_px(left),
        y=_px(top),
        w=_px(right - left),
        h=_px(bottom - top),
        color=TONE_TINTS.get(corner.tone, "none"),
    )


def _axes(x: Scale, y: Scale, x_name: str, y_name: str) -> Safe:
    zero_x, zero_y = x.at(0), y.at(0)
    frame = fill(
        '<path d="M{left} {y}H{right}M{x} {top}V{bottom}" stroke="#8D98A5" fill="none"/>'
        '<path d="M{left} {bottom}H{right}" stroke="#C5CED8" fill="none"/>',
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=HEIGHT - BOTTOM,
        x=_px(zero_x),
        y=_px(zero_y),
    )
    words = [
        *(_text(x.at(n), HEIGHT - BOTTOM + 19, _signed(n), "middle") for n in x.ticks()),
        *(_text(LEFT - 8, y.at(n) + 5, _signed(n), "end") for n in y.ticks()),
        _text(LEFT, TOP - 12, f"↑ {y_name}比去年同期", "start"),
        _text(WIDTH - RIGHT, HEIGHT - 8, f"{x_name}比去年同期 →", "end"),
    ]
    return join([frame, *words])


def _corner(corner: Corner, marks: Sequence[Mark]) -> Safe:
    count = sum(mark.x * corner.x_sign > 0 and mark.y * corner.y_sign > 0 for mark in marks)
    is_double = corner.x_sign == corner.y_sign
    return _text(
        LEFT + 10 if corner.x_sign < 0 else WIDTH - RIGHT - 10,
        HEIGHT - BOTTOM - 8 if corner.y_sign < 0 else TOP + 22,
        f"{corner.words} {count} 个",
        "start" if corner.x_sign < 0 else "end",
        TONE_COLORS.get(corner.tone, "var(--ink2)") if is_double and count else "var(--ink2)",
        "700" if is_double and count else "400",
    )


def _point(marks: Sequence[Mark], x: Scale, y: Scale, color: str) -> Safe:
    """A dot that grows with the number of units, their names in lines below it."""
    at_x, at_y = x.at(marks[0].x), y.at(marks[0].y)
    radius = min(5 + len(marks), 10)
    lines = _wrapped(marks, x.step - 4)
    room = max(1, int((abs(y.step) - 2 * radius - 20) // LINE) + 1)
    if len(lines) > room:
        shown = sum(map(len, lines[: room - 1]))
        more = Mark(marks[0].x, marks[0].y, f"另 {len(marks) - shown} 个", Safe(""))
        lines = [*lines[: room - 1], [more]]
    names = [
        name
        for row, line in enumerate(lines)
        for name in _line_of(line, at_x, at_y + radius + 16 + row * LINE)
    ]
    dot = fill(
        '<circle cx="{x}" cy="{y}" r="{r}" fill="{color}"/>',
        x=_px(at_x),
        y=_px(at_y),
        r=radius,
        color=color,
    )
    return join([dot, *names])


def _wrapped(marks: Sequence[Mark], room: float) -> list[list[Mark]]:
    """Names in lines no wider than the step, one at least in each."""
    lines: list[list[Mark]] = [[]]
    for mark in marks:
        if lines[-1] and _width([*lines[-1], mark]) > room:
            lines.append([])
        lines[-1].append(mark)
    return lines


def _width(marks: Sequence[Mark]) -> float:
    return sum(len(mark.name) * FONT for mark in marks) + GAP * (len(marks) - 1)


def _line_of(marks: Sequence[Mark], middle: float, y: float) -> list[Safe]:
    left, names = middle - _width(marks) / 2, []
    for mark in marks:
        width = len(mark.name) * FONT
        names.append(_name(mark, left + width / 2, y))
        left += width + GAP
    return names


def _name(mark: Mark, x: float, y: float) -> Safe:
    return fill(
        '<text class="halo {chosen}" x="{x}" y="{y}" text-anchor="middle" {door}>{name}</text>',
        chosen="chosen" if mark.is_chosen else "",
        x=_px(x),
        y=_px(y),
        door=mark.door,
        name=mark.name,
    )


def _text(
    x: float, y: float, words: str, anchor: str, color: str = "var(--ink2)", weight: str = "400"
) -> Safe:
    return fill(
        '<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{color}" font-weight="{weight}">'
        "{words}</text>",
        x=_px(x),
        y=_px(y),
        anchor=anchor,
        color=color,
        weight=weight,
        words=words,
    )


def _signed(value: int) -> str:
    if not value:
        return "持平"
    return f"+{value}" if value > 0 else f"{formats.MINUS}{-value}"


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
