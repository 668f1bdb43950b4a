"""What a load says of each workbook, drawn: recognised as what, whose, rows, verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, fill, join, prose
from warehouse import formats

Row = Mapping[str, Any]
STATUS = {
    "loaded": ("good", "✓ 可入库"),
    "loaded_with_rejects": ("warn", "! 有退回行"),
    "held": ("warn", "! 待确认"),
    "unchanged": ("plain", "＝ 已收过"),
    "refused": ("bad", "✕ 退回"),
}
DONE = {"loaded": ("good", "✓ 已入库"), "loaded_with_rejects": ("warn", "! 部分入库")}
BAR = 78


def told(document: Row, *, is_done: bool) -> Safe:
    """The conclusion in one sentence: how many workbooks, rows in, rows back."""
    files = document["files"]
    taken = [f for f in files if f["status"] in ("loaded", "loaded_with_rejects")]
    parts = [f"{'已入库' if is_done else '可入库'} {_sum(taken, 'loaded')} 行"]
    if rejected := _sum(taken, "rejected"):
        deaths = _returned_deaths(taken)
        parts.append(f"退回 {rejected} 行" + (f"（死亡 {deaths} 人）" if deaths else ""))
    for status, words in (("held", "待确认"), ("unchanged", "已收过"), ("refused", "未接收")):
        if count := sum(f["status"] == status for f in files):
            parts.append(f"{count} 份{words}")
    rest = formats.waits_zh(document.get("waiting", 0), document.get("withdrawn", 0))
    return prose("；".join(filter(None, [f"本次 {len(files)} 份工作簿：{'，'.join(parts)}", rest])))


def books(document: Row, *, is_done: bool) -> Safe:
    """One row per recognised table; a workbook that was refused has one row with the reason."""
    rows = list(by_table(document["files"]))
    columns = [
        tables.Column("工作簿", _name, "book"),
        tables.Column("识别为", _kind, "kind"),
        tables.Column("填报单位", lambda r: r["sheet"].get("unit_zh") or formats.MISSING, "name"),
        tables.Column("期间", _period, "name"),
        tables.Column("行数", lambda r: _count(r, "rows"), "num"),
        tables.Column("入库", lambda r: _count(r, "loaded"), "num"),
        tables.Column("退回", lambda r: _count(r, "rejected", "bad"), "num"),
        tables.Column("跳过", lambda r: _count(r, "skipped", "quiet"), "num"),
        tables.Column("", _bar, "bar wide"),
        tables.Column("结果", lambda r: _chip(r, is_done=is_done), "name"),
    ]
    body = tables.table(columns, rows, kind="books")
    return tables.panel(
        "books",
        "每份工作簿",
        "行数＝入库＋退回＋跳过",
        _with_total(body, [r["sheet"] for r in rows]),
    )


def by_table(files: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """One row per recognised table; a workbook without any has one."""
    for entry in files:
        for sheet in entry["sheets"] or [{}]:
            yield {"file": entry, "sheet": sheet, "is_first": sheet is (entry["sheets"] or [{}])[0]}


def _name(row: Row) -> Safe:
    sheet, entry = row["sheet"], row["file"]
    many = len(entry["sheets"]) > 1
    notes = [f"工作表“{sheet['sheet']}”"] if many else []
    notes += [entry["reason"]] if entry["reason"] and (row["is_first"] or not sheet) else []
    return fill(
        "<b>{name}</b>{notes}",
        name=entry["name"],
        notes=join(
            fill('<div class="n {tone}">{note}</div>', tone=_tone(entry), note=note)
            for note in notes
        ),
    )


def _tone(entry: Row) -> str:
    return {"refused": "bad", "held": "warn"}.get(entry["status"], "")


def _kind(row: Row) -> Safe:
    sheet = row["sheet"]
    if not sheet.get("dataset"):
        return Safe('<span class="quiet">未识别</span>')
    lacking = f"缺 {len(sheet['missing_zh'])} 列" if sheet.get("missing_zh") else ""
    extra = f"多 {len(sheet['extra_columns'])} 列" if sheet.get("extra_columns") else ""
    known = f"认出 {len(sheet['mapping'])} 列"
    return fill(
        '{name}<div class="n">{note}</div>',
        name=sheet["dataset_zh"],
        note="，".join(part for part in (known, lacking, extra) if part),
    )


def _period(row: Row) -> Safe:
    first, last = row["sheet"].get("period") or (None, None)
    as_of = row["sheet"].get("as_of")
    if not (first or last):
        return Safe(formats.MISSING)
    return fill(
        '{span}<div class="n">{as_of}</div>',
        span=span_zh(first, last),
        as_of=f"截至 {formats.day_iso(as_of)}" if as_of else "未写截至日期",
    )


def span_zh(first: str | None, last: str | None) -> str:
    """`2026年1—10月`, `2026年10月`, else both ends."""
    begin, end = formats.as_date(first), formats.as_date(last)
    if begin is None or end is None:
        return formats.month_zh(end or begin)
    if (begin.year, begin.month) == (end.year, end.month):
        return formats.month_zh(end)
    if begin.year == end.year:
        return f"{end.year}年{begin.month}—{end.month}月"
    return f"{formats.month_zh(begin)}—{formats.month_zh(end)}"


def _count(row: Row, name: str, tone: str = "") -> Safe:
    count = row["sheet"].get(name)
    if count is None:
        return Safe(formats.MISSING)
    kind = tone if count or tone == "quiet" else "quiet"
    why = "、".join(row["sheet"].get("skipped_zh", ())) if name == "skipped" else ""
    return fill(
        '<span class="{kind}" title="{why}">{count}</span>',
        kind=kind,
        why=why,
        count=formats.number(count),
    )


def _bar(row: Row) -> Safe:
    sheet = row["sheet"]
    if not sheet.get("rows"):
        return Safe("")
    parts = [("in", sheet["loaded"]), ("back", sheet["rejected"]), ("past", sheet["skipped"])]
    widths = [(kind, max(2, round(BAR * n / sheet["rows"])) if n else 0) for kind, n in parts]
    return fill(
        '<span class="split" aria-hidden="true">{parts}</span>',
        parts=join(
            fill('<i class="{kind}" style="width:{w}px"></i>', kind=kind, w=w) for kind, w in widths
        ),
    )


def _chip(row: Row, *, is_done: bool) -> Safe:
    status = row["file"]["status"]
    if status == "loaded_with_rejects" and not row["sheet"].get("rejected"):
        status = "loaded"  # the rows handed back are another table's
    tone, words = (DONE if is_done else {}).get(status) or STATUS[status]
    return fill('<span class="chip said {tone}">{words}</span>', tone=tone, words=words)


def _with_total(body: Safe, sheets: Sequence[Row]) -> Safe:
    names = ("rows", "loaded", "rejected", "skipped")
    rows, loaded, rejected, skipped = (sum(s.get(n) or 0 for s in sheets) for n in names)
    mark = "✓" if rows == loaded + rejected + skipped else "✕"
    said = [
        fill('<td class="num">{n}</td>', n=formats.number(n))
        for n in (rows, loaded, rejected, skipped)
    ]
    row = fill(
        '<tr class="total"><td>合计</td><td></td><td></td><td></td>{said}<td class="bar wide"></td>'
        '<td class="name">{loaded}＋{rejected}＋{skipped}＝{rows} {mark}</td></tr></tbody>',
        said=join(said),
        loaded=loaded,
        rejected=rejected,
        skipped=skipped,
        rows=rows,
        mark=mark,
    )
    return Safe(body.replace("</tbody>", row))


def _returned_deaths(files: Sequence[Row]) -> int:
    """Deaths of the rows handed back, as far as they can be read."""
    read = [sheet.get("readable") or {} for entry in files for sheet in entry["sheets"]]
    return sum(one.get("returned_death_count") or 0 for one in read)


def _sum(files: Sequence[Row], name: str) -> int:
    return sum(sheet.get(name) or 0 for entry in files for sheet in entry["sheets"])
