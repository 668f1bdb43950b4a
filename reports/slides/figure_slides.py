"""Slides of figures: the verdict with its stairs, the wall of figures, trends against targets."""

from __future__ import annotations

from reports import figure_text as words
from reports import sentences
from reports.figure_text import Figure
from reports.safe_html import Safe, fill, join, prose
from reports.slides import projector_charts
from reports.slides.slide_source import Stage
from warehouse import formats


def verdict(stage: Stage) -> Safe:
    """The verdict's amounts in the largest type, the year as stairs, what else must be said."""
    parts, conclusion = words.split(stage.figures)
    month_verdict = words.split(stage.chosen("month"))[1]
    others = [f for f in stage.figures if f not in parts and f is not conclusion]
    told = [sentences.amount_clause(figure) for figure in others]
    if month_verdict is not None and month_verdict["phrase_zh"] and not month_verdict["is_open"]:
        month = formats.span_zh("month", stage.month)
        told.append(f"{month}当月{month_verdict['phrase_zh']}")
    caution = words.small_base(conclusion, parts)
    if conclusion is not None and conclusion["is_provisional"] and not conclusion["is_open"]:
        told.append("补报期未满，数字为暂定")
    return fill(
        '<div class="pair">{parts}</div><p class="told">{told}{caution}</p>',
        parts=join(_amount(stage, part) for part in parts),
        told=join(fill("<span>{text}</span>", text=prose(text)) for text in told if text),
        caution=fill('<span class="wide">{text}</span>', text=prose(caution)) if caution else "",
    )


def _amount(stage: Stage, part: Figure) -> Safe:
    years = stage.trends.years(part, "ytd")
    name = f"{part['name_zh']}累计，今年与去年"
    return fill(
        '<section class="panel"><h2>{name}</h2><div class="huge">{value}</div>'
        '<p class="change">{change}</p>{chart}</section>',
        name=part["name_zh"],
        value=words.value(part),
        change=words.change(part),
        chart=projector_charts.stairs(*years, part["unit_zh"], name),
    )


def wall(stage: Stage) -> Safe:
    """Every figure with change, small chart, target and status, in one grid."""
    return fill(
        '<div class="wall">{cells}</div>', cells=join(_cell(stage, f) for f in stage.figures)
    )


def _cell(stage: Stage, figure: Figure) -> Safe:
    known = words.known(figure)
    spark = stage.trends.spark(figure) if words.is_known(figure) else Safe("")
    return fill(
        '<section class="panel"><h2>{name}</h2><div class="big">{value}</div>'
        '<p class="change">{change}</p>{known}<div class="spark">{spark}</div>'
        '<p class="foot">{status}<span>{goal}</span></p></section>',
        name=figure["name_zh"],
        value=words.value(figure),
        change=words.change(figure),
        known=fill('<p class="known">{text}</p>', text=prose(known)) if known else "",
        spark=spark,
        status=words.status(figure),
        goal=words.goal(figure),
    )


def trend(stage: Stage) -> Safe:
    """Figures with a target, month by month, this year and last, with the document they rest on."""
    return fill(
        '<div class="pair">{parts}</div>', parts=join(_trend(stage, f) for f in stage.figures)
    )


def _trend(stage: Stage, figure: Figure) -> Safe:
    span_kind = figure["span_kind"]
    this_year, last_year = stage.trends.years(figure, span_kind)
    quote = join(
        fill('<p class="wide source">{d}：“{q}”</p>', d=row["document"], q=row["quote"])
        for row in stage.about("figure_documents", figure["indicator_code"])
        if row["indicator_code"] == figure["indicator_code"]
    )
    target = figure["target_value"] if figure["comparator"] != "down_yoy" else None
    return fill(
        '<section class="panel"><h2>{name}<small>{n}</small></h2><div class="row">'
        '<div class="big">{value}</div><p class="change">{change}</p>{status}</div>'
        "{chart}{quote}</section>",
        name=figure["name_zh"],
        n=words.counted(figure),
        value=words.value(figure),
        change=words.change(figure),
        status=words.status(figure),
        chart=projector_charts.lines(
            this_year,
            last_year,
            target,
            figure["unit_zh"],
            figure["decimals"],
            f"{figure['name_zh']}，今年与去年{words.goal(figure)}",
        ),
        quote=quote,
    )
