"""Stock as a line over what came in and went out as mirrored bars, month by month: inline SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.ui.kit.markup import Safe, fill, join
from warehouse import formats

Row = Mapping[str, Any]
WIDTH, HEIGHT = 620, 520
LEFT, RIGHT = 34, 84
LINE_TOP, LINE_BASE = 20, 230
BAR_TOP, BAR_BASE = 256, 492
IN_COLOR, OUT_COLOR = "#8592A0", "#4472A8"


def chart(rows: Sequence[Row], unit: str) -> Safe:
    """The last 24 months of `hazard_flows.sql`."""
    shown = rows[-24:]
    slot = (WIDTH - LEFT - RIGHT) / max(len(shown), 1)
    parts = [_line(shown, slot, unit), _bars(shown, slot), _months(shown, slot)]
    return fill(
        '<svg class="stockflow" viewBox="0 0 {w} {h}" role="img" aria-label="存量与新增、销号" '
        'font-size="14">{parts}</svg>',
        w=WIDTH,
        h=HEIGHT,
        parts=join(parts),
    )


def _line(rows: Sequence[Row], slot: float, unit: str) -> Safe:
    top = nice(max([4, *(row["closing_count"] for row in rows)]))
    at = [
        (LEFT + (n + 0.5) * slot, LINE_BASE - row["closing_count"] / top * (LINE_BASE - LINE_TOP))
        for n, row in enumerate(rows)
    ]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
    last_x, last_y = at[-1]
    marks = [
        *(
            _rule(LINE_BASE - share * (LINE_BASE - LINE_TOP), f"{top * share:g}")
            for share in (0, 0.5, 1)
        ),
        fill('<path d="M{p}" fill="none" stroke="var(--accent)" stroke-width="2.4"/>', p=path),
        fill(
            '<circle cx="{x}" cy="{y}" r="4" fill="var(--accent)"/>',
            x=f"{last_x:.1f}",
            y=f"{last_y:.1f}",
        ),
        _words(
            last_x + 10,
            last_y + 5,
            f"存量 {rows[-1]['closing_count']} {unit}",
            "var(--accent)",
            "700",
        ),
    ]
    return join(marks)


def _bars(rows: Sequence[Row], slot: float) -> Safe:
    top = max([1, *(row[name] for row in rows for name in ("found_count", "closed_count"))])
    middle, scale = (BAR_TOP + BAR_BASE) / 2, (BAR_BASE - BAR_TOP - 28) / 2 / top
    marks = []
    for n, row in enumerate(rows):
        x, width = LEFT + n * slot + slot * 0.14, slot * 0.72
        up, down = row["found_count"] * scale, row["closed_count"] * scale
        marks += [
            _rect(x, middle - up, width, up, IN_COLOR),
            _rect(x, middle, width, down, OUT_COLOR),
            _count(x + width / 2, middle - up - 4, row["found_count"]),
            _count(x + width / 2, middle + down + 13, row["closed_count"]),
        ]
    end = LEFT + len(rows) * slot + 4
    marks += [
        fill('<path d="M{a} {y}H{b}" stroke="#8D98A5"/>', a=LEFT, b=WIDTH - RIGHT, y=middle),
        _words(end, middle - 12, f"新增 {rows[-1]['found_count']}", "var(--ink2)", "400"),
        _words(end, middle + 22, f"销号 {rows[-1]['closed_count']}", OUT_COLOR, "400"),
    ]
    return join(marks)


def _months(rows: Sequence[Row], slot: float) -> Safe:
    marks = []
    for n, row in enumerate(rows):
        month = formats.as_date(row["month"])
        is_last = n == len(rows) - 1
        if month is None or (month.month not in (1, 4, 7, 10) and not is_last):
            continue
        words = formats.month_zh(month) if month.month == 1 else formats.span_zh("month", month)
        marks.append(
            _words(LEFT + (n + 0.5) * slot, HEIGHT - 8, words, "var(--ink2)", "400", "middle")
        )
    return join(marks)


def nice(value: float) -> int:
    """The smallest of 4, 10, 20, 40, 60, 80, 100, 200 … that is not below the value."""
    size = 1
    while True:
        for step in (4, 10, 20, 40, 60, 80):
            if step * size >= value:
                return step * size
        size *= 10


def _rule(y: float, words: str) -> Safe:
    return fill(
        '<path d="M{a} {y}H{b}" stroke="#EBEEF2"/><text x="{x}" y="{t}" text-anchor="end" '
        'fill="var(--ink2)">{words}</text>',
        a=LEFT,
        b=WIDTH - RIGHT,
        y=f"{y:.1f}",
        x=LEFT - 6,
        t=f"{y + 5:.1f}",
        words=words,
    )


def _rect(x: float, y: float, width: float, height: float, color: str) -> Safe:
    return fill(
        '<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{c}"/>',
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        w=f"{width:.1f}",
        h=f"{height:.1f}",
        c=color,
    )


def _count(x: float, y: float, count: int) -> Safe:
    return _words(x, y, str(count), "var(--ink2)", "400", "middle", 13) if count else Safe("")


def _words(
    x: float, y: float, words: str, color: str, weight: str, anchor: str = "start", size: int = 14
) -> Safe:
    return fill(
        '<text x="{x}" y="{y}" fill="{c}" font-weight="{b}" text-anchor="{a}" font-size="{s}">'
        "{words}</text>",
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        c=color,
        b=weight,
        a=anchor,
        s=size,
        words=words,
    )
