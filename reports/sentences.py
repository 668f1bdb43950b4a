"""Sentences made from figures: the same words on page, slide and document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports import missing_ledgers
from warehouse import formats

Figure = Mapping[str, Any]


def conclusion(
    verdict: Figure | None, levels: Sequence[Figure], unit_name: str
) -> tuple[str, str, str]:
    """The first line of a page in three parts: span, verdict phrase, what else must be said."""
    tail = "；".join(text for text in map(level_clause, levels) if text)
    if verdict is None:
        return (unit_name, "", tail)
    span = formats.span_zh(verdict["span_kind"], verdict["span_month"])
    if verdict["is_open"]:
        return (f"{unit_name}{span}", "期间未满，暂不作结论", tail)
    return (f"{unit_name}{span}", verdict["phrase_zh"] or f"{no_verdict(verdict)}，不作结论", tail)


def no_verdict(verdict: Figure) -> str:
    """Why there is no verdict: what is missing of this span, of last year's, or in doubt."""
    if verdict.get("coverage_state") in ("hole", "incomplete"):
        return "台账未报全"
    if verdict.get("prior_coverage_state") in ("whole", "incomplete"):
        return "有退回的行或未归属的事故"
    return missing_ledgers.no_base(verdict) or "缺去年同期数"


def level_clause(figure: Figure) -> str:
    """`逾期未整改重大隐患 5 项`, `逾期未整改重大隐患为零`, or that it was not reported."""
    if figure["state"] == "not_reported":
        return f"{figure['name_zh']}{missing_ledgers.unheard(figure)}"
    if figure["value"] is None:
        return ""
    if figure["value"] == 0:
        return f"{figure['name_zh']}为零"
    return f"{figure['name_zh']} {formats.quantity(figure['value'], figure['unit_zh'])}"


def amount_clause(figure: Figure) -> str:
    """`死亡人数 12 人，同比减少 4 人`."""
    name, unit, decimals = figure["name_zh"], figure["unit_zh"], figure["decimals"]
    if figure["state"] == "not_reported":
        return f"{name}{missing_ledgers.unheard(figure)}"
    if figure["value"] is None:
        return ""
    text = f"{name} {formats.quantity(figure['value'], unit, decimals)}"
    if figure["value"] == 0:
        text = f"{name}为零"
    if figure["is_open"]:
        return text
    return f"{text}，{formats.comparison_clause(figure['change_value'], unit, decimals)}"


def particulars(parts: Sequence[Figure], month_verdict: Figure | None) -> str:
    """The second line: the verdict's amounts, and the single month where another span is shown."""
    told = [text for text in map(amount_clause, parts) if text]
    if month_verdict is not None and not month_verdict["is_open"] and month_verdict["phrase_zh"]:
        month = formats.span_zh("month", month_verdict["span_month"])
        told.append(f"{month}当月{month_verdict['phrase_zh']}")
    return "；".join(told) + "。" if told else ""
