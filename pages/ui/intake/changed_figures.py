"""Before and after, drawn: which figures change, what is replaced, which rows vanish by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.ui.kit import states, tables
from pages.ui.kit.markup import Safe, fill, join
from warehouse import formats

Row = Mapping[str, Any]
SHOWN_ROWS = 30
LEADING = ("verdict", "card")


def lead(effects: Row) -> str:
    """The newest month's leading figures that change, in words; empty when none does."""
    found = effects.get("figures", ())
    newest = max((f["span_month"] for f in found), default="")
    first = [
        f"{formats.span_zh(f['span_kind'], newest)}{f['name_zh']} {f['before']} → {f['after']}"
        for f in found
        if f["changed"] and f["span_month"] == newest and f.get("placement") in LEADING
    ]
    condition = "如果确认：" if first and effects.get("if_accepted") else ""
    return condition + "，".join(first)


def figures(effects: Row, *, is_undo: bool, is_done: bool, then: str = "入库后") -> Safe:
    """The newest month's figures that change, then other spans folded, then what stays."""
    found = effects["figures"]
    newest = max((f["span_month"] for f in found), default="")
    now = [f for f in found if f["span_month"] == newest]
    changed = [f for f in now if f["changed"]]
    earlier = [f for f in found if f["changed"] and f["span_month"] != newest]
    same = [f for f in now if not f["changed"]]
    heads = ("原来", "现在") if is_done else ("现在", "撤销后" if is_undo else then)
    count = len(changed) + len(earlier)
    title = f"{count} 个总数{'已变' if is_done else '会变'}" if count else "总数都不变"
    note = "如果确认" if effects.get("if_accepted") else " → ".join(heads)
    parts = [_table(changed, heads)] if changed else []
    if not count:
        parts.append(states.no_rows("各总数不变", "全域的每一个数都和原来一样。"))
    parts += [_folded(f"其他期间 {len(earlier)} 个", _table(earlier, heads))] if earlier else []
    parts += [_folded(f"不变的 {len(same)} 个", _table(same, heads))] if same else []
    return tables.panel("effects", title, note, join(parts))


def rows(effects: Row, *, is_undo: bool, is_done: bool) -> Safe:
    """What is replaced, and what vanishes: lives first."""
    parts = [_lives(effects["lost_lives"], is_done=is_done)] if effects["lost_lives"] else []
    if effects["replaced"]:
        parts.append(tables.table(_REPLACED, effects["replaced"], kind="small"))
    if effects["withdrawn"]:
        shown = effects["withdrawn"][:SHOWN_ROWS]
        more = effects["withdrawn_count"] - len(shown)
        parts.append(
            fill(
                '<h4>撤回的行：原来有，新表里没有</h4>{table}<p class="quiet">{more}</p>',
                table=tables.table(_VANISHED, shown, kind="small"),
                more=f"另有 {more} 行" if more else "",
            )
        )
    if is_undo and effects["restored_count"]:
        parts.append(
            fill(
                "<p>先前被替换的 <b>{n}</b> 行重新计入。</p>",
                n=formats.number(effects["restored_count"]),
            )
        )
    if not parts:
        parts.append(states.no_rows("不替换任何已有的行", "都是新行，原有的数一行不少。"))
    return tables.panel("replaced", "替换与撤回", "", join(parts))


def merged(effects: Row) -> Safe:
    """Rows a decision merges into others, by name; nothing where there is none."""
    found = effects.get("merged", ())
    if not found:
        return Safe("")
    return tables.panel(
        "merged",
        f"并入的 {len(found)} 行",
        "不再单独计",
        tables.table(_VANISHED, found, kind="small"),
    )


def _lives(count: int, *, is_done: bool) -> Safe:
    return fill(
        '<p class="lives" role="alert"><b>撤回的行里有死亡 {count} 人。</b>{then}</p>',
        then="如有出入，可在下面撤销。" if is_done else "请与报送单位核实后再确认。",
        count=formats.number(count),
    )


def _table(found: Sequence[Row], heads: tuple[str, str]) -> Safe:
    columns = [
        tables.Column("指标", lambda f: f["name_zh"]),
        tables.Column(
            "期间", lambda f: formats.span_with_year_zh(f["span_kind"], f["span_month"]), "name"
        ),
        tables.Column(heads[0], lambda f: f["before"], "num"),
        tables.Column(heads[1], _after, "num"),
    ]
    return tables.table(columns, found, kind="small")


def _after(figure: Row) -> Safe:
    if not figure["changed"]:
        return fill("{after}", after=figure["after"])
    return fill(
        '<b class="{tone}">{mark} {after}</b>',
        tone=_tone(figure),
        mark=formats.direction_mark(figure["change"]) or "→",
        after=figure["after"],
    )


def _tone(figure: Row) -> str:
    change, direction = figure["change"], figure["direction"]
    if not change or direction not in ("up", "down"):
        return ""
    return "good" if (change > 0) == (direction == "up") else "bad"


def _folded(title: str, body: Safe) -> Safe:
    return fill("<details><summary>{title}</summary>{body}</details>", title=title, body=body)


def _death(row: Row) -> Safe:
    lost = row["lost_life_count"]
    return (
        fill('<b class="bad">{detail}</b>', detail=row["detail_zh"])
        if lost
        else fill("{detail}", detail=row["detail_zh"] or "")
    )


_REPLACED = [
    tables.Column("替换哪一份", lambda r: r["name"]),
    tables.Column("新行代替", lambda r: formats.number(r["superseded"]), "num"),
    tables.Column(
        "撤回",
        lambda r: fill(
            '<b class="{tone}">{n}</b>',
            tone="bad" if r["withdrawn"] else "quiet",
            n=formats.number(r["withdrawn"]),
        ),
        "num",
    ),
]
_VANISHED = [
    tables.Column("日期", lambda r: formats.day_iso(r["event_date"]), "name"),
    tables.Column("名称", lambda r: r["subject_zh"] or formats.MISSING),
    tables.Column("内容", _death),
    tables.Column("原在", lambda r: f"{r['file_name']} 第 {r['row_number']} 行", "wide quiet"),
]
