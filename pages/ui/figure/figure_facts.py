"""这个数怎么来的 as markup: head, equation, facts, the bar that says whether the rows add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.ui.figure import cards
from pages.ui.figure.figure_rows import Tally
from pages.ui.kit.markup import Safe, fill, join, prose
from reports.figure_text import of_unit, phrase_tone
from warehouse import formats

Row = Mapping[str, Any]
CHECK_MARKS = {"passed": ("good", "✓"), "noticed": ("warn", "!"), "failed": ("bad", "✕")}


def head(figure: Row) -> Safe:
    """Name, scope and the figure over a rule."""
    scope = [
        of_unit(figure["unit_name_zh"], figure),
        formats.span_with_year_zh(figure["span_kind"], figure["span_month"]),
    ]
    if figure["category_code"] != "*":
        scope.append(figure["category_zh"] or "")
    shown = cards.value(figure)
    if figure["value_form"] == "verdict":
        shown = fill(
            '<span class="figure word {tone}">{phrase}</span>',
            tone=phrase_tone(figure),
            phrase=figure["phrase_zh"] or formats.MISSING,
        )
    return fill(
        '<div class="origin-head"><div><h2>{name}</h2><p>{scope}</p></div>{value}</div>',
        name=figure["name_zh"],
        scope=" · ".join(scope),
        value=shown,
    )


def equation(figure: Row, members: Sequence[Row] = ()) -> Safe:
    """N ÷ d ＝ value, what was added up, or what a verdict compares; else why there is no value."""
    if figure["value_form"] == "verdict" and members:
        return fill('<div class="equation">{parts}</div>', parts=join(map(_compared, members)))
    if not cards.is_known(figure):
        return fill('<div class="equation"><span>{why}</span></div>', why=cards.reason(figure))
    parts = [_term(formats.trimmed(figure["numerator"]), figure["numerator_zh"])]
    if figure["denominator"] is not None:
        parts += [
            Safe("<i>÷</i>"),
            _term(formats.trimmed(figure["denominator"]), figure["denominator_zh"]),
        ]
    if figure["value_form"] == "ratio":
        printed = formats.quantity(figure["value"], figure["unit_zh"], figure["decimals"])
        parts += [Safe("<i>＝</i>"), _term(printed, f"按 {figure['decimals']} 位小数显示")]
    elif figure["value_form"] == "count" and figure["denominator"] is not None:
        parts[1] = Safe("<i>／</i>")
    return fill('<div class="equation">{parts}</div>', parts=join(parts))


def _term(amount: str, words: str) -> Safe:
    return fill("<div><b>{amount}</b><span>{words}</span></div>", amount=amount, words=words)


def _compared(member: Row) -> Safe:
    """`12 ＜ 19`: one of the amounts a verdict compares."""
    now, before, decimals = member["value"], member["prior_value"], member["decimals"]
    sign = "＜" if now < before else ("＞" if now > before else "＝")
    amounts = f"{formats.number(now, decimals)} {sign} {formats.number(before, decimals)}"
    return _term(amounts, f"{member['name_zh']}，本期与去年同期")


def facts(figure: Row, checks: Sequence[Row], sources: Safe, published: Row | None) -> Safe:
    """口径, 目标, 同期, 来源, 检查."""
    told = {
        "口径": fill("{definition}", definition=figure["definition_zh"]),
        "提示": fill("{caveat}", caveat=figure["caveat_zh"]),
        "目标": _target(figure),
        "折合": fill("{text}", text=cards.ceiling(figure)),
        "同期": _same_span(figure, published),
        "来源": sources,
        "检查": _checked(checks),
        "未定": join(cards.notes({**figure, "denominator": None}), "；"),
    }
    return fill(
        '<dl class="facts">{facts}</dl>',
        facts=join(
            fill("<dt>{name}</dt><dd>{text}</dd>", name=name, text=text)
            for name, text in told.items()
            if text
        ),
    )


def _target(figure: Row) -> Safe:
    if not figure["document"]:
        return cards.status(figure)
    demand = cards.goal(figure).removeprefix("目标 ")
    return fill(
        "{demand} {status} {progress}{document}{article}：“{quote}”",
        demand=demand,
        progress=_progress(figure),
        status=cards.status(figure),
        document=figure["document"],
        article=f" {figure['article']}" if figure["article"] else "",
        quote=figure["quote"],
    )


def _progress(figure: Row) -> str:
    """How far a running target is, beside how much of its time has passed."""
    if figure["status_code"] != "running" or not figure["progress_pct"]:
        return ""
    reached, time = (formats.number(figure[name], 1) for name in ("progress_pct", "time_pct"))
    if figure["comparator"] == "down_yoy":
        last_year = formats.quantity(figure["target_value"], figure["unit_zh"], figure["decimals"])
        return f"已达去年全年 {last_year}的 {reached}%，时间已过 {time}%。"
    return f"进度 {reached}%，时间已过 {time}%。"


def _same_span(figure: Row, published: Row | None) -> Safe:
    if figure["prior_value"] is None:
        return Safe("去年同期无数据")
    if figure["value_form"] == "verdict":
        return fill(
            "去年同期{was}{name}",
            was="实现" if figure["prior_value"] else "未实现",
            name=figure["name_zh"],
        )
    unit, decimals = figure["unit_zh"], figure["decimals"]
    text = f"去年同期 {formats.quantity(figure['prior_value'], unit, decimals)}"
    if figure["prior_denominator"] is not None and figure["value_form"] == "ratio":
        text += f"（{formats.share(figure['prior_numerator'], figure['prior_denominator'])}）"
    text += "，按现有记录重算"
    if published is not None:
        then = formats.quantity(published["value"], unit, decimals)
        same = published["value"] == figure["prior_value"]
        text += f"；当时公布 {then}，{'一致' if same else '此后有修订'}"
    return prose(f"{text}；{_against(figure)}")


def _against(figure: Row) -> str:
    """The change against a known base, or why there is none."""
    if figure["is_open"]:
        return "期间未满，不作比较"
    if figure["change_value"] is None:
        return "本期没有数，不作比较"
    named = ("change_value", "change_pct", "base_state", "unit_zh", "decimals")
    told = formats.change_in_words(*(figure[name] for name in named))
    if figure["base_state"] == "small" and figure["value_form"] == "count":
        told += f"（去年同期不足 {figure['minimum_base']}，按指标目录不算百分比）"
    return told


def _checked(checks: Sequence[Row]) -> Safe:
    """What failed or gave notice by name, how many passed."""
    noted = [_check(check) for check in checks if check["status"] != "passed"]
    passed = len(checks) - len(noted)
    told = f"{'其余' if noted else ''} {passed} 项检查通过".strip()
    rest = fill('<span class="nb"><b class="good">✓</b> {told}</span>', told=told)
    return join([*noted, *([rest] if passed else [])], " ")


def _check(check: Row) -> Safe:
    tone, mark = CHECK_MARKS.get(check["status"], ("quiet", "–"))
    count = f" {check['failed_count']} 行" if check["failed_count"] else ""
    return fill(
        '<span class="nb"><b class="{tone}">{mark}</b> {name}{count}</span>',
        tone=tone,
        mark=mark,
        name=check["name_zh"],
        count=count,
    )


def verified(figure: Row, found: Tally) -> Safe:
    """Green when the rows add up, red when not, amber when totals stand in for rows."""
    sums = f"分子合计 {formats.trimmed(found.summed_numerator)}"
    if found.summed_denominator is not None:
        sums += f"，分母合计 {formats.trimmed(found.summed_denominator)}"
    if found.agrees and figure["from_report_count"]:
        count = formats.trimmed(figure["from_report_count"])
        return _bar(
            "open", f"✓ 相加一致 {found.row_count} 行", f"其中 {count} 来自上报汇总，没有逐起记录"
        )
    if found.agrees:
        rows = f"{found.row_count} {'个单位' if figure['kind'] == 'derived' else '行'}"
        return _bar("", f"✓ 逐行相加一致 {rows}", f"{sums}，与存储的数相等")
    stored = formats.trimmed(found.stored_numerator)
    if found.stored_denominator is not None:
        stored += f"、{formats.trimmed(found.stored_denominator)}"
    return _bar("broken", "✕ 逐行相加不一致", f"{sums}；存储的数是 {stored}，请告诉管理员")


def doubted(figure: Row, doubts: Sequence[Row]) -> Safe:
    """How many rows of this unit and span the checks doubt, which checks, one example."""
    if not doubts:
        return Safe("")
    total = sum(row["finding_count"] for row in doubts)
    whose = figure.get("role_zh") or ""
    named = "、".join(f"{row['name_zh']} {row['finding_count']} 条" for row in doubts)
    text = f"照常计入，请核对：{named}。例如 {doubts[0]['detail_zh']}"
    return _bar("open", f"! {whose}本期有 {total} 条存疑", text)


def _bar(kind: str, title: str, text: str) -> Safe:
    return fill(
        '<div class="verified {kind}"><b>{title}</b> {text}</div>',
        kind=kind,
        title=title,
        text=text,
    )
