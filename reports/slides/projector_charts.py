"""Charts for a projector: lines stretch with the screen, words stay text at reading size.

The drawing is an SVG without proportions of its own; labels are HTML placed by share of width and
height, so that nothing shrinks under 20 px on a small projector.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.safe_html import Safe, fill, join
from reports.sparklines import months_known, running
from warehouse import formats

Values = Sequence[float | None]
SIZE = 1000
SLOTS = 12
RIGHT = 0.7  # share of the width the twelve months take; the rest holds the labels of line ends
EARLY_MONTHS = 5
APART = 0.09  # labels stand at least this share of the height apart


def stairs(this_year: Values, last_year: Values, unit: str, label: str) -> Safe:
    """Running totals of two years as stairs, both ends named."""
    months = months_known(this_year)
    top = max([1.0, *map(float, _known(this_year)), *map(float, _known(last_year))])
    now, before = _steps(this_year, top), _steps(last_year, top)
    this_total = this_year[months - 1] if months else None
    last_total = last_year[months - 1] if 0 < months <= len(last_year) else None
    marks = [_axis(), _path(before, "old"), _path(now, "now")]
    words = _ends(this_total, last_total, months, top, unit)
    return _chart(marks, [*words, *_months(months)], label)


def lines(
    this_year: Values,
    last_year: Values,
    target: float | None,
    unit: str,
    decimals: int,
    label: str,
) -> Safe:
    """A figure of two years on one twelve-month axis from zero, with the target as a rule."""
    known = [float(value) for value in (*_known(this_year), *_known(last_year))]
    top = max([1e-9, *known, float(target or 0)]) * 1.06
    latest = max((i for i, value in enumerate(this_year) if value is not None), default=None)
    marks, ends = [_axis()], list[tuple[float, str, str]]()
    if target is not None:
        y = 1 - float(target) / top
        marks.append(_path([(0.0, y), (RIGHT, y)], "target"))
        ends.append((y, "target", f"目标 {formats.with_unit(formats.trimmed(target), unit)}"))
    marks += [_path(_points(last_year, top), "old"), _path(_points(this_year, top), "now")]
    for kind, word, values in (("old", "去年", last_year), ("now", "今年", this_year)):
        value = None if latest is None or latest >= len(values) else values[latest]
        if latest is None or value is None:
            continue
        x, y = (latest + 0.5) / SLOTS * RIGHT, 1 - float(value) / top
        marks.append(_path([(x, y), (x, y)], f"dot {kind}"))
        amount = formats.with_unit(formats.number(value, decimals), unit)
        ends.append((y, kind, f"{word} {amount}"))
    words = [_label(RIGHT, y, text, f"{kind} middle") for y, kind, text in _apart(ends)]
    return _chart(marks, [*words, *_months(0 if latest is None else latest + 1)], label)


def _apart(ends: Sequence[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Labels from top to bottom, pushed down where they would stand on each other."""
    placed: list[tuple[float, str, str]] = []
    for y, kind, text in sorted(ends):
        least = placed[-1][0] + APART if placed else 0.0
        placed.append((max(y, least), kind, text))
    too_low = max(0.0, placed[-1][0] - 1) if placed else 0.0
    return [(y - too_low, kind, text) for y, kind, text in placed]


def _known(values: Values) -> list[float]:
    return [value for value in values if value is not None]


def _steps(values: Values, top: float) -> list[tuple[float, float]]:
    totals = running(values)
    points = [((totals[0][0] if totals else 0) / SLOTS * RIGHT, 1.0)]
    for place, total in totals:
        y = 1 - total / top
        points += [(place / SLOTS * RIGHT, y), ((place + 1) / SLOTS * RIGHT, y)]
    return points


def _points(values: Values, top: float) -> list[tuple[float, float]]:
    return [
        ((index + 0.5) / SLOTS * RIGHT, 1 - float(value) / top)
        for index, value in enumerate(values)
        if value is not None
    ]


def _path(points: Sequence[tuple[float, float]], kind: str) -> Safe:
    if len(points) < 2:
        return Safe("")
    drawn = "L".join(f"{x * SIZE:.1f} {y * SIZE:.1f}" for x, y in points)
    return fill('<path class="{kind}" d="M{drawn}"/>', kind=kind, drawn=drawn)


def _axis() -> Safe:
    return _path([(0.0, 1.0), (RIGHT, 1.0)], "axis")


def _ends(
    this_year: float | None, last_year: float | None, months: int, top: float, unit: str
) -> list[Safe]:
    """This year's total at the end of its stairs, last year's on the other side of its own.

    Early in the year there is no room on the other side: then one stands under the other.
    """
    x = months / SLOTS * RIGHT
    told = (("now", "今年", this_year), ("old", "去年同期", last_year))
    ends = [
        (1 - float(value) / top, kind, f"{word} {formats.quantity(value, unit)}")
        for kind, word, value in told
        if value is not None
    ]
    if months < EARLY_MONTHS or len(ends) < 2:
        return [_label(x, y, text, f"{kind} middle") for y, kind, text in _apart(ends)]
    (now_y, _, now), (old_y, _, old) = ends
    side = "old" if old_y <= now_y else "old below"
    return [_label(x, now_y, now, "now middle"), _label(x - RIGHT / SLOTS, old_y, old, side)]


def _months(months: int) -> list[Safe]:
    shown = sorted({1, 6, months} if abs(months - 6) > 1 else {1, max(months, 1)})
    return [
        _label((month - 0.5) / SLOTS * RIGHT, 1, f"{month}月", "tick") for month in shown if month
    ]


def _label(x: float, y: float, words: str, kind: str) -> Safe:
    return fill(
        '<span class="{kind}" style="left:{x}%;top:{y}%">{words}</span>',
        kind=kind,
        x=f"{x * 100:.2f}",
        y=f"{y * 100:.2f}",
        words=words,
    )


def _chart(marks: Sequence[Safe], words: Sequence[Safe], label: str) -> Safe:
    return fill(
        '<div class="chart" role="img" aria-label="{label}"><svg viewBox="0 0 {s} {s}"'
        ' preserveAspectRatio="none" aria-hidden="true">{marks}</svg>{words}</div>',
        label=label,
        s=SIZE,
        marks=join(marks),
        words=join(words),
    )
