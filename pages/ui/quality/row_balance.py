"""Rows of workbooks on 数据质量: those handed back, and whether every row of each is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, fill, join, prose
from pages.ui.kit.states import no_rows
from reports.quality import facts
from reports.quality.facts import Quality
from warehouse import formats

Row = Mapping[str, Any]
SHOWN_REJECTS, SHOWN_BOOKS = 30, 9


def more(count: int, shown: int) -> Safe:
    """What a list leaves out, and where it stands."""
    if count <= shown:
        return Safe("")
    return fill('<p class="n">只列前 {shown} 处，其余 {rest} 处见质量报告</p>', shown=shown,
                rest=count - shown)  # fmt: skip


def rejects(quality: Quality) -> Safe:
    """Rows handed back and still not mended."""
    rows = quality.rejects
    title, note = f"退回未改的行 {len(rows)} 处", "现行台账里没有入库的行；改好后重报即可"
    if not rows:
        return tables.panel("rejects", title, note, no_rows("没有退回的行", "每一行记录都已入库。"))
    columns = [
        tables.Column("单位", lambda r: r["unit_zh"], "name"),
        tables.Column("台账", lambda r: r["dataset_zh"], "name"),
        tables.Column("原值", lambda r: _value(r["value_zh"])),
        tables.Column("原因和改法", lambda r: prose(r["reason_zh"])),
        tables.Column("出处", _origin),
    ]
    body = tables.table(columns, rows[:SHOWN_REJECTS], kind="loose")
    return tables.panel("rejects", title, note, join([body, more(len(rows), SHOWN_REJECTS)]))


def _value(text: str) -> Safe:
    return fill('<code class="cell">{text}</code>', text=text or "空")


def _origin(row: Row) -> Safe:
    column = f" {row['column_letter']} 列" if row["column_letter"] else ""
    return fill('<span class="n">{place}{column}</span>', place=facts.place(row), column=column)


def balance(quality: Quality) -> Safe:
    """Rows of every workbook: loaded, handed back, skipped; the total ticks off."""
    books = quality.ledger
    columns = [
        tables.Column("工作簿", _book),
        tables.Column("行数", lambda b: formats.number(b["row_count"]), "num"),
        tables.Column("入库", lambda b: formats.number(b["loaded_count"]), "num"),
        tables.Column("退回", lambda b: _bad(b["rejected_count"]), "num"),
        tables.Column("跳过", lambda b: formats.number(b["skipped_count"]), "num quiet"),
        tables.Column("", _split, "share"),
    ]
    shown = [*books[:SHOWN_BOOKS]]
    body = tables.table(columns, shown)
    more = len(books) - len(shown)
    rest = f"其余 {more} 份" + (
        "均无退回" if not any(b["rejected_count"] for b in books[SHOWN_BOOKS:]) else ""
    )
    kinds = "、".join(f"{s['kind_zh']} {formats.number(s['row_count'])}" for s in quality.skips)
    foot = fill(
        '<p class="why"><b>合计</b>　{rows}＝{loaded}＋{rejected}＋{skipped}　'
        '<span class="{tone}">{mark}</span></p><p class="n">跳过：{kinds}</p>'
        '<p class="n">{rest}</p>',
        rows=formats.number(quality.total("row_count")),
        loaded=formats.number(quality.total("loaded_count")),
        rejected=formats.number(quality.total("rejected_count")),
        skipped=formats.number(quality.total("skipped_count")),
        tone="good" if quality.is_balanced else "bad",
        mark="✓ 逐份相符" if quality.is_balanced else "✕ 有不相符的",
        kinds=kinds or "没有",
        rest=rest if more > 0 else "",
    )  # fmt: skip
    note = "行数＝入库＋退回＋跳过；退回多的在前"
    return tables.panel("ledger", "每份工作簿的行", note, join([body, foot]))


def _book(row: Row) -> Safe:
    return fill('{file}<div class="n">{unit} · {kind}</div>', file=row["file_name"],
                unit=row["unit_zh"], kind=row["dataset_zh"])  # fmt: skip


def _bad(count: int) -> Safe:
    tone = "bad strong" if count else "quiet"
    return fill('<span class="{tone}">{n}</span>', tone=tone, n=formats.number(count))


def _split(row: Row) -> Safe:
    whole = max(1, row["row_count"])
    parts = (("loaded_count", ""), ("rejected_count", "late"))
    bars = join(
        fill('<i class="{kind}" style="width:{part}%"></i>', kind=kind,
             part=f"{100 * row[name] / whole:.1f}")
        for name, kind in parts
    )  # fmt: skip
    return fill('<i class="split">{bars}</i>', bars=bars)
