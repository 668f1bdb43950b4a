"""One figure as a card or as a line: value, unit, same span last year, change, target, status, n.

The order never varies, so that the eye learns it once. The arrow is the direction of the figure,
the colour is good or bad by the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pages.ui.doors import to_figure
from pages.ui.markup import Safe, fill, join
from warehouse import formats

Figure = Mapping[str, Any]
Draw = Callable[[Figure, Safe], Safe]
KNOWN_STATES = frozenset({"value", "zero_reported"})


def is_known(figure: Figure) -> bool:
    """The figure has a value, zero included."""
    return figure["state"] in KNOWN_STATES and figure["value"] is not None


def tone(figure: Figure) -> str:
    """good, bad or nothing: what the change means, by the catalogue's direction."""
    sign, direction = figure["change_sign"], figure["direction"]
    if not sign or direction not in {"up", "down"}:
        return ""
    return "good" if (sign > 0) == (direction == "up") else "bad"


def value_parts(figure: Figure) -> tuple[str, str]:
    """Printed value and unit; zero, 未报 and — are words without a unit."""
    if figure["state"] == "not_reported":
        return "未报", ""
    if not is_known(figure):
        return formats.MISSING, ""
    if figure["value"] == 0 and figure["value_form"] == "count" and figure["zero_zh"] != "0":
        return figure["zero_zh"], ""
    return formats.number(figure["value"], figure["decimals"]), figure["unit_zh"]


def value(figure: Figure) -> Safe:
    """The large number of a card or a line."""
    text, unit = value_parts(figure)
    kinds = ["figure"]
    if not unit and is_known(figure):
        kinds.append("word")
    if not is_known(figure):
        kinds.append("bad" if figure["state"] == "not_reported" else "muted")
    elif figure["value"] == 0 and unit:
        kinds.append("muted")
    return fill(
        '<span class="{kinds}">{text}{unit}</span>',
        kinds=" ".join(kinds),
        text=text,
        unit=fill("<small>{unit}</small>", unit=unit) if unit else "",
    )


def base(figure: Figure) -> str:
    """The same span last year, in words."""
    if figure["base_state"] in {None, "none"}:
        return "去年同期无数据"
    prior = formats.quantity(figure["prior_value"], figure["unit_zh"], figure["decimals"])
    return "去年同期为0" if figure["base_state"] == "zero" else f"去年同期 {prior}"


def change(figure: Figure) -> Safe:
    """Arrow, size and share of the change, then what it is measured against."""
    if not is_known(figure):
        return fill('<span class="base">{text}</span>', text=reason(figure))
    if figure["is_open"]:
        return Safe('<span class="base">期间未满，不作比较</span>')
    if figure["change_value"] is None:
        return fill('<span class="base">{base}</span>', base=base(figure))
    words = formats.change(figure["change_value"], figure["unit_zh"], figure["decimals"])
    percent = formats.change_pct(figure["change_pct"]) if figure["value_form"] == "count" else ""
    return fill(
        '<b class="{tone}">{words}</b><span class="{tone}">{percent}</span>'
        '<span class="base">{base}</span>',
        tone=tone(figure),
        words=words,
        percent=percent,
        base=base(figure),
    )


def reason(figure: Figure) -> str:
    """Why there is no value, and the newest span that has one."""
    if figure["state"] == "not_reported":
        return "未报不等于零"
    why = "期间内没有应计事项"
    if figure["scope"] == "total" and figure["unit_role"] != "total":
        why = "只有全市数"
    elif not figure["is_span_kept"]:
        why = f"不按{formats.span_choice_zh(figure['span_kind'], figure['span_month'])}统计"
    elif figure["denominator_time"] == "given":
        why = "分母未公布，不计算"
    return why


def known(figure: Figure) -> str:
    """The newest span with a value, for a figure without one: `1—9月 0.0146 人/亿元`."""
    if is_known(figure) or figure["known_value"] is None:
        return ""
    span = formats.span_with_year_zh(figure["known_span_kind"], figure["known_span_month"])
    amount = formats.quantity(figure["known_value"], figure["unit_zh"], figure["decimals"])
    return f"{span} {amount}"


def counted(figure: Figure) -> str:
    """The n below a rate."""
    if figure["denominator"] is None or not is_known(figure):
        return ""
    return formats.share(figure["numerator"], figure["denominator"])


def notes(figure: Figure) -> list[Safe]:
    """n, completeness and what is not final about the figure."""
    found = [fill("{n}", n=counted(figure))]
    expected, reported = figure["expected_unit_count"], figure["reported_unit_count"]
    if is_known(figure) and expected and reported < expected:
        found.append(fill('<span class="warn">已报 {a}/{b}</span>', a=reported, b=expected))
    if is_known(figure) and figure["is_provisional"] and not figure["is_open"]:
        found.append(Safe('<span class="warn">补报期未满</span>'))
    if figure["from_report_count"]:
        count = formats.trimmed(figure["from_report_count"])
        found.append(fill("其中上报汇总 {count}", count=count))
    if figure["reported_difference"]:
        gap = formats.trimmed(abs(figure["reported_difference"]))
        found.append(fill('<span class="warn">与上报数相差 {gap}</span>', gap=gap))
    return [note for note in found if note]


def status(figure: Figure) -> Safe:
    """The status chip; 未达标 is the only solid one."""
    mark, word = formats.STATUS_ZH[figure["status_code"]]
    return fill(
        '<span class="chip {code}">{mark} {word}</span>',
        code=figure["status_code"],
        mark=mark,
        word=word,
    )


def goal(figure: Figure) -> str:
    """`目标 100%`, with progress where it is still running."""
    if not figure["comparator"]:
        return ""
    if figure["value_form"] == "verdict":
        return f"目标 {figure['name_zh']}"
    return formats.target(
        figure["comparator"], figure["target_value"], figure["unit_zh"], figure["is_soft"]
    )


def own_door(figure: Figure) -> Safe:
    """The door of a figure; without a value it opens the newest known, or there is none."""
    name = figure["name_zh"]
    if figure["state"] == "not_applicable" and figure["known_value"] is not None:
        known_at = {
            "span_kind": figure["known_span_kind"],
            "span_month": figure["known_span_month"],
            "unit_role": figure["known_unit_role"],
        }
        return to_figure({**figure, **known_at}, name)
    return to_figure(figure, name) if figure["has_figure"] else Safe("")


def card(figure: Figure, spark: Safe) -> Safe:
    """A figure leaders ask for first."""
    return fill(
        '<div class="card" {door}><div class="name">{name}</div>'
        '<div class="row">{value}{spark}</div><div class="change">{change}</div>'
        '<div class="n">{notes}</div>'
        '<div class="foot"><span class="goal">{goal}</span>{status}</div></div>',
        door=own_door(figure),
        name=figure["name_zh"],
        value=value(figure),
        spark=spark,
        change=change(figure),
        notes=join([*notes(figure), known(figure)], " · "),
        goal=goal(figure),
        status=status(figure),
    )


def line(figure: Figure, spark: Safe) -> Safe:
    """The same content at a third of the height."""
    text, unit = value_parts(figure)
    kind = "" if is_known(figure) else ("bad" if figure["state"] == "not_reported" else "muted")
    return fill(
        '<div class="line" {door}><div>{name}<div class="n">{notes}</div></div>'
        '<div class="figure {kind}">{text}</div><div class="unit">{unit}</div>'
        '<div class="spark">{spark}</div><div class="change">{change}</div>'
        '<div class="status">{status}<div class="goal">{goal}</div></div></div>',
        door=own_door(figure),
        name=figure["name_zh"],
        notes=join([*notes(figure), known(figure)], " · "),
        kind=kind,
        text=text,
        unit=unit,
        spark=spark,
        change=change(figure),
        status=status(figure),
        goal=goal(figure),
    )
