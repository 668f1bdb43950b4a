"""The quality report: one HTML file that asks for nothing else, ready for A4 paper.

The same facts as the page, with the basis and the counts of every check, what every workbook gave,
and which build it all is of.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from reports import document_files
from reports.build_note import Built
from reports.quality import facts
from reports.quality.facts import Quality
from reports.safe_html import Safe, fill, join, prose
from reports.source import Row
from warehouse import formats

TITLE = "数据质量报告"
STYLE = Path(__file__).with_name("quality.css")
SHADES = ((1, "h1"), (3, "h2"), (10, "h3"), (30, "h4"))
SIGNS = ("制表", "审核", "签批", "日期")


def html(quality: Quality, built: Built) -> str:
    """The report as one file."""
    parts = [
        _head(quality, built),
        fill('<p class="headline">{t}</p>', t=prose(facts.headline(quality))),
        fill('<p class="lead">{t}</p>', t=prose(facts.lead(quality))),
        _checks(quality),
        _heat(quality),
        _findings(quality),
        _held(quality),
        _rejects(quality),
        _ledger(quality),
        _notes(quality, built),
        fill("<footer>{s}</footer>", s=join(fill("<span>{n}：</span>", n=n) for n in SIGNS)),
    ]
    place, month = quality.state["profile_name_zh"], formats.month_zh(quality.asked.month)
    words = f"{place}{month}{TITLE}（{built.label}）"
    title = document_files.title(words, bool(quality.state["is_synthetic"]))
    body = fill("<main>{parts}</main>", parts=join(parts))
    return document_files.document(title, STYLE.read_text("utf-8"), body)


def file_name(quality: Quality, version_zh: str) -> str:
    """`模拟数据_示例市_数据质量报告_2026年10月_快报第3版.html`."""
    month = formats.month_zh(quality.asked.month)
    parts = [quality.state["profile_name_zh"], TITLE, month, version_zh]
    return document_files.file_name(parts, ".html", bool(quality.state["is_synthetic"]))


def _head(quality: Quality, built: Built) -> Safe:
    state = quality.state
    return fill(
        "<header><h1>{place}{title}</h1><p><b>{month}</b>　数据截至 {day}<br>{version}　{office}"
        "{synthetic}</p></header>",
        place=state["profile_name_zh"],
        title=TITLE,
        month=formats.month_zh(quality.asked.month),
        day=formats.cutoff_zh(state["data_as_of_date"]),
        version=built.words,
        office=state["office_zh"],
        synthetic=Safe("　<b>模拟数据</b>") if state["is_synthetic"] else "",
    )


def _section(title: str, note: str, body: Safe) -> Safe:
    return fill("<section><h2>{t}<span>{n}</span></h2>{b}</section>", t=title, n=note, b=body)


def _table(heads: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> Safe:
    """A table; a head is (words, class of its column)."""
    head = join(fill('<th class="{k}">{w}</th>', w=words, k=kind) for words, kind in heads)
    body = join(
        fill(
            "<tr>{cells}</tr>",
            cells=join(
                fill('<td class="{k}">{c}</td>', c=cell, k=kind)
                for cell, (_, kind) in zip(row, heads, strict=True)
            ),
        )
        for row in rows
    )
    return fill("<table><thead><tr>{h}</tr></thead><tbody>{b}</tbody></table>", h=head, b=body)


def _checks(quality: Quality) -> Safe:
    heads = [("检查", "name"), ("查什么、依据", ""), ("结果", "name"), ("发现", "num"),
             ("查了", "num"), ("涉及指标", "")]  # fmt: skip
    parts = []
    for (name, meaning), group in groupby(
        quality.checks, lambda c: (c["scope_zh"], c["scope_meaning_zh"])
    ):
        mine = list(group)
        parts.append(fill("<h3>{n}<span>{m}；{c} 项</span></h3>", n=name, m=meaning, c=len(mine)))
        parts.append(_table(heads, [_check(check) for check in mine]))
    return _section("一、各项检查", "结果按全部现行数据", join(parts))


def _check(check: Row) -> list[object]:
    mark, words = facts.STATUS_ZH[check["status"]]
    tone = {"passed": "good", "noticed": "warn", "failed": "bad"}[check["status"]]
    what = fill('{m}<div class="n">依据：{b}</div>', m=check["meaning_zh"], b=check["basis_zh"])
    result = fill('<span class="{t}">{m} {w}</span>', t=tone, m=mark, w=words)
    counts = [formats.number(check[name]) for name in ("failed_count", "checked_count")]
    return [check["name_zh"], what, result, *counts, check["indicators_zh"]]


def _heat(quality: Quality) -> Safe:
    title, note = (
        "二、发现在哪里",
        f"{quality.asked.span_zh}，检查 × 单位，格内为发现数，空白为没有",
    )
    if not quality.cells:
        return _section(title, note, Safe('<p class="state">这段时间没有发现。</p>'))
    found = {(cell["check_code"], cell["unit_id"]): cell["failed_count"] for cell in quality.cells}
    hit = {cell["unit_id"] for cell in quality.cells}
    units = [unit for unit in quality.units if unit["unit_id"] in hit]
    names = {cell["check_code"]: cell["name_zh"] for cell in quality.cells}
    heads = join(fill("<th><span>{n}</span></th>", n=unit["name_zh"]) for unit in units)
    body = join(
        fill(
            "<tr><th>{name}</th>{cells}<td><b>{total}</b></td></tr>",
            name=name,
            cells=join(_cell(found.get((code, unit["unit_id"]), 0)) for unit in units),
            total=sum(n for (check, _), n in found.items() if check == code),
        )
        for code, name in names.items()
    )
    table = fill(
        '<table class="heat"><thead><tr><th></th>{h}<th>合计</th></tr></thead><tbody>{b}</tbody>'
        "</table>",
        h=heads, b=body,
    )  # fmt: skip
    return _section(title, note, table)


def _cell(count: int) -> Safe:
    if not count:
        return Safe("<td></td>")
    shade = next((shade for most, shade in SHADES if count <= most), "h5")
    return fill('<td class="{s}">{n}</td>', s=shade, n=formats.number(count))


def _findings(quality: Quality) -> Safe:
    title = f"三、发现的问题 {len(quality.findings)} 处"
    heads = [("检查", ""), ("单位", "name"), ("月份", "name"), ("问题", ""), ("出处", "n")]
    rows = [
        [f["check_zh"], f["unit_zh"], formats.month_code(f["month"]), prose(f["detail_zh"]),
         facts.place(f)]
        for f in quality.findings
    ]  # fmt: skip
    return _section(title, quality.asked.span_zh, _listed(heads, rows, "没有发现问题。"))


def _listed(heads: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]], empty: str) -> Safe:
    return _table(heads, rows) if rows else fill('<p class="state">{t}</p>', t=empty)


def _held(quality: Quality) -> Safe:
    rows = [[held["file_name"], prose(held["held_reason_zh"])] for held in quality.held]
    title = f"四、待确认的报送 {len(rows)} 份"
    body = _listed([("工作簿", ""), ("为什么", "")], rows, "没有待确认的报送。")
    return _section(title, "原来的数不动，确认或撤销后才变", body)


def _rejects(quality: Quality) -> Safe:
    heads = [("单位", "name"), ("台账", "name"), ("原值", ""), ("原因和改法", ""), ("出处", "n")]
    rows = [
        [r["unit_zh"], r["dataset_zh"], r["value_zh"] or "空", prose(r["reason_zh"]),
         f"{facts.place(r)} {r['column_letter'] or ''}"]
        for r in quality.rejects
    ]  # fmt: skip
    title = f"五、退回未改的行 {len(rows)} 处"
    return _section(title, "现行台账里没有入库的行", _listed(heads, rows, "没有退回的行。"))


def _ledger(quality: Quality) -> Safe:
    heads = [("工作簿", ""), ("单位", "name"), ("行数", "num"), ("入库", "num"), ("退回", "num"),
             ("跳过", "num")]  # fmt: skip
    names = ("row_count", "loaded_count", "rejected_count", "skipped_count")
    rows: list[list[object]] = [
        [b["file_name"], b["unit_zh"], *(formats.number(b[name]) for name in names)]
        for b in quality.ledger
    ]
    rows.append(["合计", "", *(formats.number(quality.total(name)) for name in names)])
    kinds = "、".join(f"{s['kind_zh']} {formats.number(s['row_count'])} 行" for s in quality.skips)
    skipped = fill('<p class="documents">跳过的行：{k}。</p>', k=kinds or "没有")
    mark = "逐份相符" if quality.is_balanced else "有不相符的，请联系管理员"
    title = f"六、每份工作簿的行：{mark}"
    return _section(title, "行数＝入库＋退回＋跳过", join([_table(heads, rows), skipped]))


def _notes(quality: Quality, built: Built) -> Safe:
    lines = [
        f"本报告由{built.words}的数据生成；数据截至{formats.cutoff_zh(quality.state['data_as_of_date'])}。",
        "停止发布：不通过就不发布，原来的版本继续使用；暂不计入：这份报送待人确认；存疑提示：照常计入，"
        "在有关的数旁边提示。",
        "退回的行没有计入任何指标；不公开的单元格不在本报告显示原值。",
    ]
    body = join(fill('<p class="documents">{n}.{t}</p>', n=n, t=t) for n, t in enumerate(lines, 1))
    return _section("说明", "", body)
