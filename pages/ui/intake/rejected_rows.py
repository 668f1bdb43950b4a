"""Below the workbooks: which column was taken for what, and every rejected cell with its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.ui.intake.workbook_reports import by_table
from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, fill, join
from warehouse import formats
from warehouse.shared_faults import told_once

Row = Mapping[str, Any]
SHOWN_REJECTS, SHOWN_TEXT = 120, 60
#: Forms that have a word for a name; the others are named by the year they came out.
FORMS_ZH = {"direct_report": "直报系统", "cumulative": "累计"}


def mappings(document: Row) -> Safe:
    """Which field each column was taken for; folded, one per table."""
    known = [row for row in by_table(document["files"]) if row["sheet"].get("dataset")]
    if not known:
        return Safe("")
    drawn = join(_mapping(row["file"], row["sheet"]) for row in known)
    note = "列的顺序、叫法不同不要紧，认到哪一列写在这里"
    return tables.panel("mappings", "列怎么对应", note, drawn)


def totals(document: Row) -> Safe:
    """Stated totals that are not the sum of their rows; the figures stay as the rows say."""
    found = [
        {"book": row["file"]["name"], "sheet": row["sheet"]["sheet"], **total}
        for row in by_table(document["files"])
        for total in row["sheet"].get("totals") or ()
    ]
    if not found:
        return Safe("")
    columns = [
        tables.Column("工作簿", lambda t: t["book"]),
        tables.Column("工作表", lambda t: t["sheet"], "name"),
        tables.Column("哪里对不上", lambda t: t["reason"]),
    ]
    body = tables.table(columns, found[:SHOWN_REJECTS], kind="small")
    return tables.panel("totals", f"合计对不上 {len(found)} 处", "入库的数以逐行为准", body)


def rejects(document: Row) -> Safe:
    """Rejected rows under their workbook: place, column, value, reason, how to mend it."""
    found = [
        {**reject, "book": entry["name"], "sheet": sheet["sheet"]}
        for entry in document["files"]
        for sheet in entry["sheets"]
        for reject in told_once(sheet["rejects"])
    ]
    if not found:
        return Safe("")
    columns = [
        tables.Column("位置", _place, "name"),
        tables.Column("列", lambda r: r.get("field_zh") or formats.MISSING, "name"),
        tables.Column("原值", _value),
        tables.Column("原因", lambda r: r.get("why") or r["reason"]),
        tables.Column("怎么改", lambda r: r.get("fix", "")),
    ]
    parts = []
    for book in dict.fromkeys(r["book"] for r in found[:SHOWN_REJECTS]):
        mine = [r for r in found[:SHOWN_REJECTS] if r["book"] == book]
        parts.append(
            fill(
                '<h4 class="book">{book}</h4>{table}',
                book=book,
                table=tables.table(columns, mine, kind="rejects"),
            )
        )
    more = len(found) - SHOWN_REJECTS
    rest = f"另有 {more} 处，见退回工作簿" if more > 0 else ""
    rows = len(
        {
            (entry["name"], sheet["sheet"], reject["row"])
            for entry in document["files"]
            for sheet in entry["sheets"]
            for reject in sheet["rejects"]
        }
    )
    note = "改好后整本重报即可，已入库的行不会重复"
    body = fill('{parts}<p class="quiet">{rest}</p>', parts=join(parts), rest=rest)
    return tables.panel("reject-list", f"退回的 {rows} 行", note, body)


def _mapping(entry: Row, sheet: Row) -> Safe:
    columns = [
        tables.Column("列", lambda c: c["column"], "mid"),
        tables.Column("表头", lambda c: c["header"]),
        tables.Column("认作", lambda c: c["name_zh"]),
    ]
    extra = [f"{c['column']} 列“{c['header']}”" for c in sheet.get("extra_columns", ())]
    asides = [
        ("表里没有", "、".join(sheet.get("missing_zh", ()))),
        ("未采用", "、".join(extra)),
        ("表头变化", "；".join(c["reason"] for c in sheet.get("changes") or ())),
        ("说明", "；".join(sheet.get("notes", ()))),
    ]
    form = sheet.get("template") or formats.MISSING
    return fill(
        "<details><summary>{book}<span>{sheet}　{kind}　{template} 版表样</span></summary>"
        '<div class="mapping">{table}<dl class="facts">{asides}</dl></div></details>',
        book=entry["name"],
        sheet=sheet["sheet"],
        kind=sheet["dataset_zh"],
        template=FORMS_ZH.get(form, form),
        table=tables.table(columns, sheet["mapping"], kind="small"),
        asides=join(
            fill("<dt>{head}</dt><dd>{text}</dd>", head=head, text=text)
            for head, text in asides
            if text
        ),
    )


def _place(reject: Row) -> str:
    cell = f"{reject['column']}{reject['row']}" if reject["column"] else f"第 {reject['row']} 行"
    if reject["row_count"] > 1:
        cell = f"第 {reject['row']} 行起 {reject['row_count']} 行"
    return f"{reject['sheet']}　{cell}"


def _value(reject: Row) -> Safe:
    text = str(reject["value"] or "")
    if not text:
        return Safe('<span class="quiet">（空）</span>')
    cut = text if len(text) <= SHOWN_TEXT else f"{text[:SHOWN_TEXT]}…"
    return fill('<code class="cell">{text}</code>', text=cut)
