"""指标目录 as markup: the list, and one indicator's definition, targets, policies, lineage, SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, door, fill, join
from pages.ui.kit.states import no_rows
from warehouse import formats

Row = Mapping[str, Any]
CHOSEN = "indicator"
DIRECTIONS = {"up": "越高越好", "down": "越低越好", "none": "不分好坏"}
FORMS = {"count": "数量", "ratio": "比率", "verdict": "结论"}
JUDGED = {"standing": "随时", "period_end": "期末"}
LAYERS = {
    "lake": "工作簿入库行",
    "profile": "辖区配置",
    "catalogue": "目录",
    "staging": "整理",
    "core": "事实与维度",
    "indicators": "指标行",
    "derived": "推算",
    "marts": "汇总",
}
SEARCHED = (
    "name_zh",
    "domain_zh",
    "definition_zh",
    "caveat_zh",
    "owner_zh",
    "dataset_zh",
    "numerator_zh",
    "denominator_zh",
)


def found(indicators: Sequence[Row], words: str) -> list[Row]:
    """Indicators in which every word stands somewhere."""
    return [
        row
        for row in indicators
        if all(any(word in (row[name] or "") for name in SEARCHED) for word in words.split())
    ]


def listing(indicators: Sequence[Row], chosen: str) -> Safe:
    """The list by domain; a row opens the indicator beside it."""
    if not indicators:
        return tables.panel(
            "index", "指标", "", no_rows("没有符合的指标", "换一个词，或清空查找。")
        )
    domains = list(dict.fromkeys(row["domain_zh"] for row in indicators))
    ordered = sorted(indicators, key=lambda row: domains.index(row["domain_zh"]))
    rows = [
        {**row, "is_first": not place}
        for _, group in groupby(ordered, lambda row: row["domain_zh"])
        for place, row in enumerate(group)
    ]
    columns = [
        tables.Column(
            "领域", lambda row: row["domain_zh"] if row["is_first"] else "", "name quiet"
        ),
        tables.Column("指标", lambda row: row["name_zh"]),
        tables.Column("单位", lambda row: row["unit_zh"] or FORMS[row["value_form"]], "name"),
    ]

    def attributes(row: Row) -> Safe:
        kinds = {"first": row["is_first"], "chosen": row["indicator_code"] == chosen}
        return fill(
            'class="{kinds}" {door}',
            kinds=" ".join(k for k, holds in kinds.items() if holds),
            door=door(CHOSEN, row["indicator_code"], row["name_zh"]),
        )

    body = tables.table(columns, rows, attributes, "grouped")
    return tables.panel("index", f"{len(indicators)} 个指标", "点一行看口径", body)


def entry(
    row: Row, targets: Sequence[Row], policies: Sequence[Row], lineage: Sequence[Row]
) -> Safe:
    """All there is to know about one indicator."""
    return fill(
        '<div class="entry">{definition}{targets}{policies}{lineage}</div>',
        definition=definition(row),
        targets=by_document(row, targets),
        policies=answered(policies),
        lineage=sources(row, lineage),
    )


def base(row: Row) -> str:
    """From which base a percentage is given, and which denominator a ranking asks for."""
    percent = f"去年同期低于 {row['minimum_base']} 时不算百分比（指标目录）"
    if formats.is_missing(row["ranking_base"]):
        return percent
    least = formats.trimmed(row["ranking_base"])
    return f"{percent}；晾晒排名分母少于 {least} 的不参评（晾晒方案）"


def definition(row: Row) -> Safe:
    """口径, 公式, time rules in words, 提示, owner."""
    facts = {
        "口径": row["definition_zh"],
        "公式": formula(row),
        "分子": _part(row, "numerator"),
        "分母": _part(row, "denominator"),
        "提示": row["caveat_zh"],
        "好坏": DIRECTIONS[row["direction"]],
        "基数": base(row),
        "来源": row["dataset_zh"],
        "责任": row["owner_zh"],
    }
    body = fill(
        '<dl class="facts">{facts}</dl>',
        facts=join(
            fill("<dt>{name}</dt><dd>{text}</dd>", name=name, text=text)
            for name, text in facts.items()
            if text
        ),
    )
    made = "推算" if row["kind"] == "derived" else "直接统计"
    note = " · ".join((row["domain_zh"], FORMS[row["value_form"]], made))
    return tables.panel("definition", row["name_zh"], note, body)


def formula(row: Row) -> str:
    """`分子 ÷ 分母 × 100，保留 1 位小数` with the words of the parts."""
    if row["value_form"] == "verdict":
        return f"{row['numerator_zh']}（按两项增减的方向判定）"
    if row["value_form"] == "count":
        return f"{row['numerator_zh']}合计"
    scale = f" × {formats.trimmed(row['scale'])}" if row["scale"] != 1 else ""
    digits = f"，保留 {row['decimals']} 位小数" if row["decimals"] else "，取整数"
    return f"{row['numerator_zh']} ÷ {row['denominator_zh']}{scale}（{row['unit_zh']}）{digits}"


def _part(row: Row, part: str) -> str:
    if not row[f"{part}_zh"] or not row[f"{part}_rule_zh"]:
        return ""
    rule, meaning = row[f"{part}_rule_zh"], row[f"{part}_rule_meaning"]
    return f"{row[f'{part}_zh']}；{rule}：{meaning}"


def by_document(row: Row, targets: Sequence[Row]) -> Safe:
    """Targets side by side, a column per document, with article and quote."""
    if not targets:
        empty = no_rows("未设目标", "现有各地文件没有对这个指标提出数值要求。")
        return tables.panel("targets", "目标", "", empty)
    groups = [(name, list(group)) for name, group in groupby(targets, lambda t: t["document"])]
    columns = join(_document(row, name, group) for name, group in groups)
    body = fill('<div class="documents">{columns}</div>', columns=columns)
    return tables.panel("targets", "目标对照", f"{len(groups)} 份文件，逐条引原文", body)


def _document(row: Row, name: str, targets: Sequence[Row]) -> Safe:
    whose = "本辖区适用" if any(target["is_own"] for target in targets) else "其他辖区"
    return fill(
        '<div class="document"><h4>{name}</h4><p class="n">{whose}</p>{items}</div>',
        name=name,
        whose=whose,
        items=join(_demand(row, target) for target in targets),
    )


def _demand(row: Row, target: Row) -> Safe:
    if row["value_form"] == "verdict":
        words = row["name_zh"]
    else:
        given = (target["comparator"], target["target_value"], row["unit_zh"], target["is_soft"])
        words = formats.target(*given).removeprefix("目标 ")
    first, last = formats.as_date(target["month_from"]), formats.as_date(target["month_to"])
    years = f"{first.year}年" if first and last and first.year == last.year else ""
    if first and last and not years:
        years = f"{first.year}—{last.year}年"
    return fill(
        '<div class="demand"><b>{words}</b> <span>{where}</span><p>{article}“{quote}”</p></div>',
        words=words,
        where="，".join(
            x
            for x in (target["category_zh"], target["level_zh"], years, JUDGED[target["judged"]])
            if x
        ),
        article=f"{target['article']} " if target["article"] else "",
        quote=target["quote"],
    )


def answered(policies: Sequence[Row]) -> Safe:
    """Rows of the policy digest this indicator answers."""
    if not policies:
        return Safe("")
    columns = [
        tables.Column("发文单位", lambda p: p["issuer"], "wide"),
        tables.Column("条款", lambda p: p["article"], "name"),
        tables.Column("要求", lambda p: p["subject"]),
        tables.Column("原文", lambda p: p["quote"]),
    ]
    body = tables.table(columns, policies, kind="small loose")
    return tables.panel("policies", f"对应的文件要求 {len(policies)} 条", "", body)


def sources(row: Row, lineage: Sequence[Row]) -> Safe:
    """The models it reads, layer by layer, and its own SQL."""
    rank = list(LAYERS)
    ordered = sorted(lineage, key=lambda item: (rank.index(item["layer"]), item["source"]))
    layers = join(
        fill(
            "<dt>{layer}</dt><dd>{names}</dd>",
            layer=LAYERS[layer],
            names=join((fill("<code>{n}</code>", n=item["source"]) for item in group), " "),
        )
        for layer, group in groupby(ordered, lambda item: item["layer"])
    )
    body = fill(
        '<dl class="facts wide-terms">{layers}</dl><details><summary>算法原文（SQL）</summary>'
        "<pre>{sql}</pre></details>",
        layers=layers,
        sql=row["sql_text"] or "",
    )
    return tables.panel("lineage", "从哪里算来", "从工作簿到指标读取的各层", body)
