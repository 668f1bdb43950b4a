"""Titles of slides: one rule per name in slides.csv, each a conclusion made from the figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reports import sentences
from reports.figure_text import Figure, headline, is_known, split
from reports.safe_html import Safe, fill, join, prose
from reports.slides.slide_source import Stage
from warehouse import formats

Rule = Callable[[Stage, Sequence[Any]], Safe]
MISSED, RUNNING, MET = ("missed", "breached"), ("running",), ("met",)


def conclusion(stage: Stage, _rows: Sequence[Any]) -> Safe:
    """`1—10月双下降；较大及以上事故未发生；逾期未整改重大隐患 6 项`: the scorecard's sentence."""
    _, verdict = split(stage.figures)
    levels = [f for f in stage.figures if f["numerator_time"] == "stock"]
    return headline(verdict, levels, "")


def tally(stage: Stage, _rows: Sequence[Any]) -> Safe:
    """`8 项指标：1 项未达标，2 项进行中，1 项达标，4 项未设目标`."""
    codes = [figure["status_code"] for figure in stage.figures]
    kinds = [
        ("bad", MISSED, "未达标"),
        ("", RUNNING, "进行中"),
        ("good", MET, "达标"),
        ("", ("no_target",), "未设目标"),
        ("", ("not_applicable",), "不适用"),
    ]
    parts = [
        fill('<b class="{tone} nb">{n} 项{word}</b>', tone=tone, n=count, word=word)
        for tone, wanted, word in kinds
        if (count := sum(code in wanted for code in codes))
    ]
    return fill("{n} 项指标：{parts}", n=len(codes), parts=join(parts, "，"))


def extremes(stage: Stage, rows: Sequence[Figure]) -> Safe:
    """`重大隐患到期闭环率：启澜街道等 3 个单位并列第1，松岚镇末位`."""
    name = stage.figures[0]["name_zh"]
    ranked = [row for row in rows if row["rank_no"]]
    if len(ranked) < 2 or ranked[0]["rank_no"] == ranked[-1]["rank_no"]:
        why = "各单位持平" if len(ranked) > 1 else "参评单位不足，不作排名"
        return fill("{span}{name}：{why}", span=prose(stage.span), name=name, why=why)
    first = [row["unit_name_zh"] for row in ranked if row["rank_no"] == 1]
    last = [row["unit_name_zh"] for row in ranked if row["rank_no"] == ranked[-1]["rank_no"]]
    return fill(
        '{name}：{first}{tied}第1，<b class="bad">{last}末位</b>',
        name=name,
        first=formats.listed_zh(first, 2),
        tied="并列" if len(first) > 1 else "",
        last=formats.listed_zh(last, 2),
    )


def against_target(stage: Stage, _rows: Sequence[Any]) -> Safe:
    """`重大隐患到期闭环率 92.7%，未达标；…`, what misses its target first."""
    ordered = sorted(stage.figures, key=lambda f: f["status_code"] not in MISSED)
    return join(map(_against, ordered), "；")


def _against(figure: Figure) -> Safe:
    _, word = formats.STATUS_ZH[figure["status_code"]]
    amount = formats.quantity(figure["value"], figure["unit_zh"], figure["decimals"])
    tone = "bad" if figure["status_code"] in MISSED else ""
    return fill(
        '{name} {amount}，<b class="{tone} nb">{word}</b>',
        name=figure["name_zh"],
        amount=prose(amount if is_known(figure) else "无数"),
        tone=tone,
        word=word,
    )


def level(stage: Stage, _rows: Sequence[Any]) -> Safe:
    """`逾期未整改重大隐患 6 项，较上月末增加 5 项`."""
    figure = stage.figures[0]
    text = prose(sentences.level_clause(figure) or f"{figure['name_zh']}无数")
    change = figure["previous_change"]
    if not is_known(figure) or not change:
        return text
    is_worse = (change > 0) == (figure["direction"] == "down")
    return fill(
        '{text}，<b class="{tone}">较上月末{verb} <span class="nb">{size}</span></b>',
        text=text,
        tone="bad" if is_worse else "good",
        verb="增加" if change > 0 else "减少",
        size=formats.quantity(abs(change), figure["unit_zh"], figure["decimals"]),
    )


def concentration(stage: Stage, rows: Sequence[Any]) -> Safe:
    """`1—10月排查发现的重大事故隐患 83 项，工贸和云沐街道最多`."""
    unit = stage.figures[-1]["unit_zh"]
    total = sum(row["amount"] for row in rows)
    if not total:
        return prose(f"{stage.span}没有记录")
    what = rows[0]["part_zh"].removeprefix("期间内")
    named = f"{stage.span}{what}"
    places = [_most(rows, key, unit) for key in ("sector_zh", "unit_name_zh")]
    amount = formats.quantity(total, unit)
    return fill("{what}，{places}最多", what=prose(f"{named} {amount}"), places=join(places, "和"))


def _most(rows: Sequence[Any], key: str, unit: str) -> Safe:
    sums: dict[str, Any] = {}
    for row in rows:
        sums[row[key]] = sums.get(row[key], 0) + row["amount"]
    name = max(sums, key=lambda item: sums[item])
    amount = formats.quantity(sums[name], unit)
    return fill('<span class="nb">{name}（{amount}）</span>', name=name, amount=amount)


RULES: dict[str, Rule] = {
    "conclusion": conclusion,
    "tally": tally,
    "extremes": extremes,
    "against_target": against_target,
    "level": level,
    "concentration": concentration,
}
