"""Risk levels of units: words, colours with their words, tiles in HTML, the table, the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, door, fill, join, prose
from pages.ui.page.page_head import told
from warehouse import formats

Row = Mapping[str, Any]
#: Fill and text of the four colours the office's rules may name, and of a unit without a level.
COLORS = {
    "红": ("#C4161C", "#FFFFFF"),
    "橙": ("#F08300", "#1A2330"),
    "黄": ("#FFD83D", "#1A2330"),
    "蓝": ("#A6CEF5", "#1A2330"),
}
UNKNOWN = ("#E9EDF1", "#46515F")
LEVEL = "level"


def colors(unit: Row) -> tuple[str, str]:
    """Fill and text colour of a unit's level."""
    return COLORS.get(unit["color_zh"] or "", UNKNOWN)


def word(unit: Row) -> str:
    """The level in words; 未定 where the figures it needs were not reported."""
    return unit["level_zh"] or "未定"


def levels(rules: Sequence[Row], units: Sequence[Row]) -> list[dict[str, Any]]:
    """Each level once, highest first, with how many of the units on the map stand at it."""
    firsts = {rule["risk_level_code"]: rule for rule in reversed(rules)}
    ordered = sorted(firsts.values(), key=lambda rule: rule["rule_no"])
    placed = [unit for unit in units if unit["tile_row"] is not None]
    return [
        {**rule, "count": sum(u["risk_level_code"] == rule["risk_level_code"] for u in placed)}
        for rule in ordered
    ]


def sentence(rules: Sequence[Row], units: Sequence[Row], span: str) -> Safe:
    """`重大风险镇街 3 个：甲镇、乙镇、丙镇`."""
    highest = levels(rules, units)[0]
    names = [u["unit_name_zh"] for u in units if u["risk_level_code"] == highest["risk_level_code"]]
    listed = f"：{formats.listed_zh(names, 8)}" if names else ""
    text = f"{span}{highest['level_zh']}风险镇街 {len(names)} 个{listed}"
    return told(fill("{text}", text=prose(text)))


def legend(rules: Sequence[Row], units: Sequence[Row], chosen: str) -> Safe:
    """`红＝重大 3 个`, each a filter of the table."""
    return fill(
        '<div class="legend">{items}</div>',
        items=join(
            fill(
                '<span class="{chosen}" {door}><i style="background:{color}"></i>'
                "{color_zh}＝{level} {count} 个</span>",
                chosen="chosen" if level["risk_level_code"] == chosen else "",
                door=door(LEVEL, level["risk_level_code"], f"只列{level['level_zh']}"),
                color=colors(level)[0],
                color_zh=level["color_zh"],
                level=level["level_zh"],
                count=level["count"],
            )
            for level in levels(rules, units)
        ),
    )


def tiles(units: Sequence[Row], chosen_unit: str) -> Safe:
    """The tile grid as HTML: sharp, printable, in the Tab order, for browsers without WebGL."""
    placed = [unit for unit in units if unit["tile_row"] is not None]
    return fill(
        '<div class="tiles">{tiles}</div>', tiles=join(_tile(u, chosen_unit) for u in placed)
    )


def _tile(unit: Row, chosen_unit: str) -> Safe:
    fill_color, text_color = colors(unit)
    return fill(
        '<div class="tile {chosen}" style="grid-row:{row};grid-column:{col};background:{fill};'
        'color:{text}" {door}><b>{name}</b><span>{level}</span></div>',
        chosen="chosen" if unit["unit_id"] == chosen_unit else "",
        row=int(unit["tile_row"]) + 1,
        col=int(unit["tile_col"]) + 1,
        fill=fill_color,
        text=text_color,
        door=door("unit", unit["unit_id"], f"{unit['unit_name_zh']}，{word(unit)}"),
        name=unit["short_name"],
        level=word(unit),
    )


def table(facts: Sequence[Row], units: Sequence[Row], chosen_unit: str, level: str) -> Safe:
    """Level, unit, rule that fired, the counts it judges; by level, then administrative order."""
    shown = [unit for unit in units if not level or unit["risk_level_code"] == level]
    shown = [unit for unit in shown if unit["unit_id"] != "unassigned" or _has_any(facts, unit)]
    columns = [
        tables.Column("等级", _chip, "name"),
        tables.Column("镇街", lambda unit: unit["unit_name_zh"], "name"),
        tables.Column("判定依据", lambda unit: unit["rule_zh"] or "缺事故数，未定级"),
    ]
    columns += [_counted(fact) for fact in facts]

    def attributes(unit: Row) -> Safe:
        return fill(
            'class="{chosen}" {door}',
            chosen="chosen" if unit["unit_id"] == chosen_unit else "",
            door=door("unit", unit["unit_id"], f"只看{unit['unit_name_zh']}"),
        )

    note = Safe("按等级、行政区划顺序")
    if level:
        note = fill(
            '<span class="inline-door" {door}>显示全部</span>', door=door(LEVEL, "", "显示全部")
        )
    body = tables.table(columns, shown, attributes, "risks")
    return tables.panel("risk-table", f"{len(shown)} 个单位", note, body)


def _counted(fact: Row) -> tables.Column:
    title = f"{fact['name_zh']}（{fact['unit_zh']}）"
    return tables.Column(title, lambda unit: _count(fact, unit), "num")


def _has_any(facts: Sequence[Row], unit: Row) -> bool:
    return any(unit[fact["count_column"]] for fact in facts)


def _chip(unit: Row) -> Safe:
    fill_color, text_color = colors(unit)
    return fill(
        '<span class="level" style="background:{fill};color:{text}">{word}</span>',
        fill=fill_color,
        text=text_color,
        word=word(unit),
    )


def _count(fact: Row, unit: Row) -> Safe:
    if unit.get(fact["state_column"]) == "not_reported":
        return Safe('<span class="bad">未报</span>')
    amount = unit[fact["count_column"]]
    if not amount:
        return fill('<span class="quiet">{n}</span>', n=formats.number(amount))
    tone = "bad" if fact["is_adverse"] else ""
    return fill('<b class="{tone}">{n}</b>', tone=tone, n=formats.number(amount))


def rules_panel(rules: Sequence[Row]) -> Safe:
    """The rules in the order in which they are tried."""
    columns = [
        tables.Column("序", lambda rule: rule["rule_no"], "num"),
        tables.Column("等级", _chip, "name"),
        tables.Column("条件", lambda rule: rule["rule_zh"]),
    ]
    note = "由本办自定、可配置；从上到下，先符合的为准"
    return tables.panel("rules", "等级规则", note, tables.table(columns, rules, kind="small risks"))
