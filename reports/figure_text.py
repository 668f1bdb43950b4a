"""A figure in words and chips: value, change, base, n, status, target.

The arrow is the direction of the figure, the colour is good or bad by the catalogue. Page, slide
and printed page say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports import missing_ledgers, sentences
from reports.safe_html import Safe, fill, prose
from warehouse import formats

Figure = Mapping[str, Any]
OWN_ZH, OWN_NOTE_ZH = "本单位", "自己检查、报送的数，不是辖区内的数"
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
        return missing_ledgers.unheard(figure), ""
    if not is_known(figure):
        return formats.MISSING, ""
    is_nothing = figure["state"] == "zero_reported" and figure["value_form"] == "count"
    if is_nothing and figure["zero_zh"] != "0":
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
        gap = missing_ledgers.no_base(figure)
        return f"{gap}，不比" if gap else "去年同期无数据"
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
        return "未报不等于零" if missing_ledgers.unheard(figure) == "未报" else "收到的还不能计数"
    why = "期间内没有应计事项"
    if figure["scope"] == "total" and figure["unit_role"] != "total":
        why = "只有全辖区数"
    elif figure["unit_role"] == "none":
        why = "不在本单位职责内"
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


def ceiling(figure: Figure) -> str:
    """What a yearly ceiling on a rate comes to while the year runs (design.md §5)."""
    limit = figure.get("implied_limit_count")  # a sector has no target, so its row has no such cell
    if limit is None or figure["numerator"] is None:
        return ""
    unit = figure["unit_zh"].partition("/")[0]
    return (
        f"全年上限折合 {formats.trimmed(limit)} {unit}"
        f"（按{figure['implied_basis_year']}年分母），"
        f"已发生 {formats.trimmed(figure['numerator'])} {unit}"
    )


def notes(figure: Figure) -> list[Safe]:
    """n, completeness and what is not final about the figure."""
    found = [fill("{n}", n=counted(figure))]
    if coverage := missing_ledgers.gaps(figure):
        found.append(fill('<span class="warn">{words}</span>', words=coverage))
    if is_known(figure) and figure["is_provisional"] and not figure["is_open"]:
        found.append(Safe('<span class="warn">补报期未满</span>'))
    if figure.get("ungraded_count"):  # a sector's row has no such cell
        count = formats.trimmed(figure["ungraded_count"])
        found.append(fill('<span class="warn">未注明级别 {count} 项</span>', count=count))
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


def split(figures: Sequence[Figure]) -> tuple[list[Figure], Figure | None]:
    """The amounts a verdict is made of, and the verdict."""
    parts = [f for f in figures if f["placement"] == "verdict" and f["value_form"] != "verdict"]
    verdicts = [f for f in figures if f["placement"] == "verdict" and f["value_form"] == "verdict"]
    return parts, verdicts[0] if verdicts else None


def phrase_tone(verdict: Figure | None) -> str:
    """Colour of a verdict's words; an unfinished span has none."""
    if verdict is None or verdict["is_open"]:
        return ""
    if verdict["is_zero_kept"]:
        return "quiet"
    return verdict["tone"] if verdict["tone"] in {"good", "bad"} else ""


def headline(verdict: Figure | None, levels: Sequence[Figure], unit_name: str) -> Safe:
    """The conclusion with its verdict coloured: the first line of page, slide and printed page."""
    span, phrase, tail = sentences.conclusion(verdict, levels, unit_name)
    return fill(
        '{span}<span class="{tone}">{phrase}</span>{semicolon}{tail}',
        span=prose(span),
        tone=phrase_tone(verdict),
        phrase=phrase,
        semicolon="；" if tail and phrase else "",
        tail=prose(tail),
    )


def small_base(verdict: Figure | None, parts: Sequence[Figure]) -> str:
    """What the catalogue says about small bases, where one of the amounts has one."""
    is_small = any(
        part["base_state"] in {"small", "zero"} and not part["is_open"] for part in parts
    )
    return f"≈ {verdict['caveat_zh']}" if verdict is not None and is_small else ""


def is_listed(figure: Figure) -> bool:
    """A level shown as a card: its rows are open items somebody must close, so they are named.

    Of a unit without a part in it there are none: the whole area's items are not its own.
    """
    is_level = figure["placement"] == "card" and figure["numerator_time"] == "stock"
    return bool(is_level and figure["has_figure"] and not figure["is_apart"])


def placed(figures: Sequence[Figure], *placements: str) -> list[Figure]:
    """Figures of these places of a unit's card; what the unit does itself stands apart."""
    return [f for f in figures if f["placement"] in placements and not f["is_apart"]]


def own(figures: Sequence[Figure]) -> list[Figure]:
    """What a town does itself, inspecting and reporting: apart from what happens in it."""
    return [figure for figure in figures if figure["is_apart"]]


def of_unit(unit_name: str, figure: Figure) -> str:
    """`荞岭镇（辖区内）`: whose figure, and in which role; the whole area needs no word."""
    return f"{unit_name}（{role}）" if (role := figure.get("role_zh")) else unit_name


def tally(figures: Sequence[Figure]) -> str:
    """`未达标 1，进行中 2`: how many figures stand where, the worst first."""
    words = [formats.STATUS_ZH[figure["status_code"]][1] for figure in figures]
    order = dict.fromkeys(word for _, word in formats.STATUS_ZH.values())
    counts = {word: words.count(word) for word in ("未达标", *order) if word in words}
    return "，".join(f"{word} {count}" for word, count in counts.items())
