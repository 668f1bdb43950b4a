"""The verdict panel: conclusion in words, the amounts per span, the year so far as stairs."""

from __future__ import annotations

from collections.abc import Sequence

from pages.ui.figure import cards
from pages.ui.kit.markup import Safe, fill, join, prose
from reports import sentences, sparklines
from reports.figure_text import Figure, headline, is_listed, phrase_tone, small_base, split
from reports.trends import Trends
from warehouse import formats


def panel(
    chosen: Sequence[Figure], other: Sequence[Figure], trends: Trends, unit_name: str
) -> Safe:
    """The panel for the chosen span, with the other span in the second row."""
    parts, verdict = split(chosen)
    month_verdict = split(other)[1] if other and other[0]["span_kind"] == "month" else None
    levels = [figure for figure in chosen if is_listed(figure)]
    return fill(
        '<section class="panel verdict" aria-label="结论">'
        "<h2>{headline}</h2>"
        '<p class="lead">{lead}</p><div class="verdict-body"><table class="verdict-rows">'
        "<tr><th>{role}</th>{heads}<th>结论</th></tr>{chosen}{other}</table>"
        '<div class="steps">{steps}</div></div>'
        '<p class="why">{why}</p></section>',
        headline=headline(verdict, levels, unit_name),
        lead=prose(sentences.particulars(parts, month_verdict)),
        role=parts[0]["role_zh"] if parts else "",
        heads=join(fill("<th>{name}</th>", name=part["name_zh"]) for part in parts),
        chosen=_span_row(chosen),
        other=_span_row(other),
        why=small_base(verdict, [*parts, *split(other)[0]]),
        steps=join(_stairs(part, trends) for part in parts),
    )


def _span_row(figures: Sequence[Figure]) -> Safe:
    parts, verdict = split(figures)
    if not parts or verdict is None:
        return Safe("")
    quick = '<span class="tag quick">补报期未满</span>' if verdict["is_provisional"] else ""
    return fill(
        '<tr><td class="span">{span}<div>{quick}</div></td>{cells}<td>{verdict}</td></tr>',
        span=formats.span_choice_zh(verdict["span_kind"], verdict["span_month"]).replace(
            "当月", formats.span_zh("month", verdict["span_month"])
        ),
        quick=Safe(quick),
        cells=join(_amount_cell(part) for part in parts),
        verdict=_verdict_cell(verdict),
    )


def _amount_cell(part: Figure) -> Safe:
    return fill(
        '<td><div class="door" {door}>{value}<div class="change">{change}</div>'
        '<div class="n">{notes}</div></div></td>',
        door=cards.own_door(part),
        value=cards.value(part),
        change=cards.change(part),
        notes=join((n for n in cards.notes(part) if "补报期" not in n), " · "),
    )


def _verdict_cell(verdict: Figure) -> Safe:
    phrase = verdict["phrase_zh"] or sentences.no_verdict(verdict)
    return fill(
        '<div class="door" {door}><div class="phrase {tone}">{phrase}</div></div>',
        door=cards.own_door(verdict),
        tone=phrase_tone(verdict),
        phrase="暂不作结论" if verdict["is_open"] else phrase,
    )


def _stairs(part: Figure, trends: Trends) -> Safe:
    this_year, last_year = trends.years(part, "ytd")
    name = f"{part['name_zh']}累计"
    return fill(
        "<figure><figcaption>{name}</figcaption>{svg}</figure>",
        name=name,
        svg=sparklines.steps(this_year, last_year, part["unit_zh"], f"{name}，今年与去年"),
    )
