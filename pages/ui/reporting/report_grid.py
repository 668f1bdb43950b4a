"""报送情况 as markup: who has not sent, shares by kind, units × kinds with twelve months behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, door, fill, join, prose
from pages.ui.kit.states import no_rows
from reports.reminders import owed_reports, workbook
from reports.reminders.owed_reports import Chase
from warehouse import formats
from warehouse.files.reminder_log import Reminded

Row = Mapping[str, Any]
SENT = "sent"
MARKS = {
    "missing": ("bad-solid", "✕ 未报"),
    "held": ("warn-weak", "! 待确认"),
    "late": ("warn-weak", "迟报"),
    "zero": ("quiet", "零报告"),
    "reported": ("good", "✓ 已报"),
    "returned": ("bad-solid", "✕ 已送退回"),
    "partial": ("warn-weak", "未报全"),
    "not_due": ("quiet", "未纳入"),
}
URGENT = ("missing", "returned", "partial", "held", "late")
NOT_DONE = ("missing", "returned", "partial", "held")


@dataclass(frozen=True)
class Month:
    """What the page knows of one month."""

    chase: Chase
    states: Sequence[Row]
    history: Sequence[Row]
    reminded: Mapping[str, list[Reminded]]

    @property
    def kinds(self) -> list[Row]:
        """One row of each kind of ledger due this month, in the order of the columns."""
        order: dict[str, Row] = {}
        for row in sorted(self.due, key=lambda r: (-self.count_of(r["dataset"]), r["dataset"])):
            order.setdefault(row["dataset"], row)
        return list(order.values())

    def count_of(self, dataset: str) -> int:
        """How many units owe this kind."""
        return sum(row["dataset"] == dataset for row in self.due)

    @property
    def due(self) -> list[Row]:
        """What the month asks for; 未纳入 is not asked for."""
        return [row for row in self.states if row["state"] != "not_due"]


def headline(month: Month) -> Safe:
    """The conclusion: how many of how many, and who is missing."""
    due, missing = month.chase.due_count, len(month.chase.items)
    held = sum(row["state"] == "held" for row in month.states)
    start = f"{month.chase.month.month}月应报 {due} 份，已报 {due - missing - held} 份"
    if not due:
        return prose(f"{formats.month_zh(month.chase.month)}没有应报的台账")
    waiting = f"；待确认 {held} 份" if held else ""
    if not missing:
        return prose(f"{start}，没有未报{waiting}")
    is_all_missing = all(item["state"] == "missing" for item in month.chase.items)
    words = "未报" if is_all_missing else "未报或没有报全"
    who = f"{words} {missing} 份：{owed_reports.named(month.chase.units)}"
    return fill('{start}；<span class="bad">{who}</span>{waiting}',
                start=prose(start), who=prose(who), waiting=prose(waiting))  # fmt: skip


def lead(month: Month) -> str:
    """What else to know: zero reports, late ones, rows handed back."""
    count = {state: sum(row["state"] == state for row in month.states) for state in MARKS}
    handed = [row for row in month.states if row["rejected_count"]]
    rows = sum(row["rejected_count"] for row in handed)
    parts = [f"零报告 {count['zero']} 份"]
    timed = [row for row in month.states if row["is_lateness_known"]]
    parts.append(f"迟报 {count['late']} 份" if timed else "本月到期时本库尚未启用，不判迟报")
    parts.append(f"有退回行的 {len(handed)} 份共 {rows} 行" if handed else "没有退回行")
    return f"其中{'，'.join(parts)}。"


def owing(month: Month) -> Safe:
    """Who has not sent, since when, how often before, how often urged."""
    chase = month.chase
    title = f"还没有报的 {len(chase.items)} 份"
    note = f"天数计至 {chase.until_zh}"
    if not chase.items:
        body = no_rows("应报的都已报送", "待确认的已经收到，见下表。")
        return tables.panel("owing", title, note, body)
    columns = [
        tables.Column("单位", lambda r: r["unit_zh"], "name"),
        tables.Column("台账", lambda r: r["dataset_zh"] + owed_reports.came_zh(r), "name"),
        tables.Column("报送期限", lambda r: formats.day_iso(r["due_date"]), "name"),
        tables.Column("天数", lambda r: _days(r["due_date"], chase.until), "num"),
        tables.Column("近12个月未报", lambda r: _times(chase.missing_before, r), "num"),
        tables.Column("已催报", lambda r: _urged(month, r), "name"),
    ]
    return tables.panel("owing", title, note, tables.table(columns, chase.items, _door))


def _days(due: date, until: date) -> Safe:
    tone = "bad strong" if due < until else "warn"
    return fill(
        '<span class="{tone}">{days}</span>', tone=tone, days=owed_reports.days_zh(due, until)
    )


def _times(before: Mapping[str, int], row: Row) -> str:
    return f"{before.get(row['unit_id'], 0)} 次"


def _urged(month: Month, row: Row) -> Safe:
    told = workbook.reminded_zh(month.reminded.get(row["unit_id"], []))
    return fill('<span class="{tone}">{told}</span>', tone="" if told else "quiet",
                told=told or "未催")  # fmt: skip


def shares(month: Month) -> Safe:
    """Share reported of each kind."""
    columns = [
        tables.Column("台账", lambda k: k["dataset_zh"], "name"),
        tables.Column("期限", lambda k: formats.day_short(k["due_date"]), "num quiet"),
        tables.Column("已报／应报", lambda k: _share(month, k)[0], "num"),
        tables.Column("", lambda k: _share(month, k)[1], "share"),
    ]
    note = f"{len(month.kinds)} 类，待确认的不算已报"
    return tables.panel("shares", "各类台账报送进度", note, tables.table(columns, month.kinds))


def _share(month: Month, kind: Row) -> tuple[str, Safe]:
    mine = [row for row in month.due if row["dataset"] == kind["dataset"]]
    done = sum(row["state"] not in NOT_DONE for row in mine)
    bar = fill('<i class="track"><i style="width:{part}%"></i></i>',
               part=f"{100 * done / len(mine):.0f}")  # fmt: skip
    return f"{done}／{len(mine)}", bar


def grid(month: Month) -> Safe:
    """Units × kinds, those who owe something first; behind each unit its last twelve months."""
    by_unit = [list(group) for _, group in groupby(month.states, lambda row: row["unit_id"])]
    by_unit.sort(key=lambda rows: min(_rank(row) for row in rows))
    months = sorted({row["month"] for row in month.history})
    past = {(row["unit_id"], row["month"]): row for row in month.history}
    heads = join(fill('<th class="mid">{name}</th>', name=k["dataset_zh"]) for k in month.kinds)
    spans = join(fill('<th class="mo">{n}</th>', n=m.month) for m in months)
    body = join(_line(month, rows, months, past) for rows in by_unit)
    table = fill(
        '<div class="scroll-x"><table class="rows sent"><thead><tr><th>单位</th>{heads}'
        '<th class="gap"></th>{spans}<th class="num">未报</th><th class="num">迟报</th></tr>'
        "</thead><tbody>{body}</tbody></table></div>",
        heads=heads, spans=spans, body=body,
    )  # fmt: skip
    note = (
        "零报告＝报了，当月没有新记录；“退”＝退回行数；点格看报送的工作簿。"
        f"右侧为{formats.span_zh('rolling12', month.chase.month)}，数字＝未报份数，“迟”＝有迟报"
    )
    return tables.panel("sent-grid", _habit(month), note, table)


def _habit(month: Month) -> str:
    """The title says who is habitually missing."""
    most = sorted(month.chase.missing_before.items(), key=lambda pair: -pair[1])
    names = {row["unit_id"]: row["unit_zh"] for row in month.history}
    often = [f"{names[unit]} {count} 次" for unit, count in most if count][:3]
    return (
        f"各单位 × 各类台账：近12个月未报最多的是{'、'.join(often)}"
        if often
        else "各单位 × 各类台账"
    )


def _rank(row: Row) -> int:
    if row["state"] in URGENT:
        return URGENT.index(row["state"])
    return len(URGENT) + (0 if row["rejected_count"] else 1)


def _line(
    month: Month, rows: Sequence[Row], months: Sequence[date], past: Mapping[tuple[str, date], Row]
) -> Safe:
    unit = rows[0]["unit_id"]
    by_kind = {row["dataset"]: row for row in rows}
    cells = join(_cell(by_kind.get(kind["dataset"])) for kind in month.kinds)
    mine = [past.get((unit, when)) for when in months]
    missing = sum(row["missing_count"] for row in mine if row)
    late = sum(row["late_count"] for row in mine if row)
    is_timed = any(row["timed_count"] for row in mine if row)
    return fill(
        '<tr class="{kind}"><td class="name">{name}</td>{cells}<td class="gap"></td>{past}'
        '<td class="num {tone}">{missing}</td><td class="num quiet">{late}</td></tr>',
        kind="urgent" if min(map(_rank, rows)) < len(URGENT) else "",
        name=rows[0]["unit_zh"],
        cells=cells,
        past=join(map(_past, mine)),
        tone="bad strong" if missing else "quiet",
        missing=missing or "0",
        late=late if is_timed else formats.MISSING,
    )


def _cell(row: Row | None) -> Safe:
    if row is None:
        return Safe('<td class="mid none" title="不负责报送">·</td>')
    tone, words = MARKS[row["state"]]
    if row["state"] == "late":
        words = f"迟 {(row['first_received_date'] - row['due_date']).days} 天"
    many = " {n} 行" if row["state"] == "returned" else '<span class="handed">退 {n}</span>'
    handed = fill(many, n=row["rejected_count"]) if row[
        "rejected_count"] else ""  # fmt: skip
    again = fill('<small>第{n}次</small>', n=row["revision_count"]) if row[
        "revision_count"] > 1 else ""  # fmt: skip
    return fill(
        '<td class="mid {tone}" {door}>{words}{again}{handed}</td>',
        tone=tone, door=_door(row), words=words, again=again, handed=handed,
    )  # fmt: skip


def _past(row: Row | None) -> Safe:
    if row is None or not row["due_count"]:
        return Safe('<td class="mo"></td>')
    if row["missing_count"]:
        return fill('<td class="mo miss"><b>{n}</b></td>', n=row["missing_count"])
    if row["late_count"]:
        return Safe('<td class="mo late"><b>迟</b></td>')
    return Safe('<td class="mo"><b>✓</b></td>')


def key(row: Row) -> str:
    """The address of one cell: `hazard~liudi~2026-10`."""
    return f"{row['dataset']}~{row['unit_id']}~{formats.month_code(row['month'])}"


def _door(row: Row) -> Safe:
    label = f"{row['unit_zh']}{row['dataset_zh']}{row['state_zh']}，看报送的工作簿"
    return door(SENT, key(row), label)
