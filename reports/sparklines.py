"""Small charts as inline SVG: sharp, printable, drawn in microseconds, no script.

The form follows how the figure behaves in time: monthly amounts are bars with last year behind,
figures that add up through the year are two lines on one 12-month axis, levels are one line.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.safe_html import Safe, fill, join

Values = Sequence[float | None]
Point = tuple[float, float]
Points = list[Point]
NAVY, OLD, OLD_BAR, AXIS = "var(--accent)", "var(--old)", "var(--bar-old)", "#8D98A5"
GREY = "var(--ink2)"
WIDTH, HEIGHT = 84, 26
STAIRS_WIDTH, STAIRS_HEIGHT, FLOOR, EDGE = 200, 150, 128, 1
SLOT = (STAIRS_WIDTH - 46 - EDGE) / 12


def flow(this_year: Values, last_year: Values) -> Safe:
    """Twelve month slots; last year's bar behind, this year's narrower navy bar before it."""
    top = max([1.0, *_known(this_year), *_known(last_year)])
    slot = WIDTH / 12
    bars = [
        _bar(index * slot + 0.6, slot - 1.2, value / top, OLD_BAR)
        for index, value in enumerate(last_year)
        if value
    ]
    bars += [
        _bar(index * slot + 1.8, slot - 3.6, value / top, NAVY)
        for index, value in enumerate(this_year)
        if value
    ]
    axis = fill('<path d="M0 {y}H{w}" stroke="{c}" stroke-width="1"/>', y=HEIGHT, w=WIDTH, c=AXIS)
    return _svg(join([*bars, axis]))


def two_years(this_year: Values, last_year: Values) -> Safe:
    """Two lines on one 12-month axis: last year grey, this year navy with its end marked."""
    low, high = _range([*this_year, *last_year])
    lines = [
        _line(_spread(last_year, 12, low, high), OLD, 1.3),
        _line(_spread(this_year, 12, low, high), NAVY, 2),
    ]
    return _svg(join([*lines, _end(_spread(this_year, 12, low, high))]))


def level(values: Values, recent: int = 10) -> Safe:
    """One continuous line; the last months navy, the end marked."""
    low, high = _range(values)
    points = _spread(values, len(values), low, high)
    return _svg(join([_line(points, OLD, 1.3), _line(points[-recent:], NAVY, 2), _end(points)]))


def steps(this_year: Values, last_year: Values, unit: str, label: str) -> Safe:
    """The running total of the year beside last year's, as stairs with both ends named."""
    months = max(months_known(this_year), 1)
    top = max([1.0, *_known(this_year), *_known(last_year)])
    now, before = _stairs(this_year, top), _stairs(last_year, top)
    then = [point for point in before if point[0] <= EDGE + months * SLOT] or before[:1]
    axis = fill(
        '<path d="M{x} {y}H{w}" stroke="{c}"/>', x=EDGE, y=FLOOR, w=EDGE + 12 * SLOT, c=AXIS
    )
    marks = [
        axis,
        _line(before, OLD, 1.6),
        _line(now, NAVY, 2.4),
        *_named_ends(now[-1], then[-1], this_year, last_year, unit),
        *_month_names(months),
    ]
    return fill(
        '<svg viewBox="0 0 {w} {h}" role="img" aria-label="{label}" font-size="14">{marks}</svg>',
        w=STAIRS_WIDTH,
        h=STAIRS_HEIGHT,
        label=label,
        marks=join(marks),
    )


def months_known(values: Values) -> int:
    """The number of the last month with a value; 0 when there is none."""
    return max((number for number, value in enumerate(values, 1) if value is not None), default=0)


def running(values: Values) -> list[tuple[int, float]]:
    """Totals by place from the first known month to the last; an unknown one keeps the last."""
    found: list[tuple[int, float]] = []
    for place, value in enumerate(values[: months_known(values)]):
        if value is not None or found:
            found.append((place, found[-1][1] if value is None else float(value)))
    return found


def _stairs(values: Values, top: float) -> Points:
    totals = running(values)
    points: Points = [(EDGE + (totals[0][0] if totals else 0) * SLOT, FLOOR)]
    for place, total in totals:
        y = FLOOR - total / top * (FLOOR - 22)
        points += [(EDGE + place * SLOT, y), (EDGE + (place + 1) * SLOT, y)]
    return points


def _named_ends(
    now: Point, before: Point, this_year: Values, last_year: Values, unit: str
) -> list[Safe]:
    """Both ends with their totals, kept apart when the lines meet."""
    months = max(months_known(this_year), 1)
    is_below = now[1] >= before[1]
    is_apart = abs(now[1] - before[1]) >= 16
    y = min(now[1] + (5 if is_apart else (14 if is_below else -4)), FLOOR - 5)
    marks = [_end([now], 3.6), _text((now[0] + 8, y), f"{_last(this_year):g} {unit}", NAVY, "700")]
    last_total = last_year[months - 1] if months <= len(last_year) else None
    if last_total is not None:
        y = before[1] - 7 if is_below else min(before[1] + 16, FLOOR - 4)
        anchor = "end" if months > 3 else "start"
        marks.insert(0, _ring(before))
        marks.append(_text((before[0] - 6, y), f"去年 {float(last_total):g}", GREY, anchor=anchor))
    return marks


def _month_names(months: int) -> list[Safe]:
    ticks = {1, months} | ({6} if abs(months - 6) > 1 else set())
    return [
        _text((EDGE + (month - 0.5) * SLOT, FLOOR + 16), f"{month}月", GREY, anchor="middle")
        for month in sorted(ticks)
    ]


def _known(values: Values) -> list[float]:
    return [float(value) for value in values if value is not None]


def _last(values: Values) -> float:
    return (_known(values) or [0.0])[-1]


def _range(values: Values) -> tuple[float, float]:
    known = _known(values) or [0.0]
    low, high = min(known), max(known)
    return (low - 1, high + 1) if low == high else (low, high)


def _spread(values: Values, slots: int, low: float, high: float) -> Points:
    step = (WIDTH - 6) / max(slots - 1, 1)
    return [
        (2 + index * step, HEIGHT - 3 - (value - low) / (high - low) * (HEIGHT - 6))
        for index, value in enumerate(values)
        if value is not None
    ]


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _bar(x: float, width: float, share: float, color: str) -> Safe:
    height = max(share * (HEIGHT - 1), 1.5)
    return fill(
        '<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{c}"/>',
        x=_px(x),
        y=_px(HEIGHT - height),
        w=_px(width),
        h=_px(height),
        c=color,
    )


def _line(points: Points, color: str, width: float) -> Safe:
    if len(points) < 2:
        return Safe("")
    path = "L".join(f"{_px(x)} {_px(y)}" for x, y in points)
    return fill(
        '<path d="M{path}" fill="none" stroke="{c}" stroke-width="{w}" stroke-linejoin="round"/>',
        path=path,
        c=color,
        w=width,
    )


def _end(points: Points, radius: float = 2.6) -> Safe:
    if not points:
        return Safe("")
    x, y = points[-1]
    return fill(
        '<circle cx="{x}" cy="{y}" r="{r}" fill="{c}"/>', x=_px(x), y=_px(y), r=radius, c=NAVY
    )


def _ring(point: Point) -> Safe:
    return fill(
        '<circle cx="{x}" cy="{y}" r="3" fill="var(--card)" stroke="{c}" stroke-width="1.5"/>',
        x=_px(point[0]),
        y=_px(point[1]),
        c=OLD,
    )


def _text(at: Point, words: str, color: str, weight: str = "400", anchor: str = "start") -> Safe:
    return fill(
        '<text x="{x}" y="{y}" fill="{c}" font-weight="{b}" text-anchor="{a}">{words}</text>',
        x=_px(at[0]),
        y=_px(at[1]),
        c=color,
        b=weight,
        a=anchor,
        words=words,
    )


def _svg(marks: Safe) -> Safe:
    return fill(
        '<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" aria-hidden="true">{marks}</svg>',
        w=WIDTH,
        h=HEIGHT,
        marks=marks,
    )
