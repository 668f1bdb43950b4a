"""One cell of 报送情况 in the drawer: state, the workbooks that speak for it, rows handed back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from pages.ui.access import cache
from pages.ui.kit import states, tables
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill, join, prose
from pages.ui.page import filters
from pages.ui.reporting.report_grid import MARKS, SENT
from reports.reminders import owed_reports
from reports.reminders.owed_reports import Chase
from warehouse import formats

Row = Mapping[str, Any]
TITLE = "报送的工作簿"
SHOWN_FAULTS = 100


def act(action: str, value: str) -> None:
    """Open the drawer on a cell; for the callbacks of doors."""
    if action == SENT:
        st.query_params[SENT] = value


def close() -> None:
    """Forget the cell; the drawer has been shut."""
    st.query_params.pop(SENT, None)


def open_from_address(chase: Chase) -> None:
    """Open the drawer when the address names a cell; a page calls this last."""
    if SENT in st.query_params:
        _drawer(chase)


@st.dialog(TITLE, position="right", width=720, on_dismiss=close)
def _drawer(chase: Chase) -> None:
    block(states.guarded(lambda: _content(chase)), key="sent")


def _content(chase: Chase) -> Safe:
    dataset, unit_id, month = _parts(st.query_params.get(SENT, ""))
    found = cache.rows("report_states", month=month) if month else []
    cell = next((r for r in found if (r["dataset"], r["unit_id"]) == (dataset, unit_id)), None)
    if cell is None:
        return states.no_rows("没有这份台账", "链接里的单位、台账或月份不在报送日历里。")
    asked = {"dataset": dataset, "unit_id": unit_id}
    sent = cache.rows("report_sent", month=month, **asked)
    seqs = {row["receipt_seq"] for row in sent}
    faults = [r for r in cache.rows("report_rejects", **asked) if r["receipt_seq"] in seqs]
    return join([_head(cell), _facts(cell), _reminder(cell, chase), _books(sent), _faults(faults)])


def _parts(text: str) -> tuple[str, str, date | None]:
    parts = text.split("~")
    return (parts[0], parts[1], filters.month_of(parts[2])) if len(parts) == 3 else ("", "", None)


def _head(cell: Row) -> Safe:
    tone, words = MARKS[cell["state"]]
    return fill(
        '<div class="sent-head"><div><h2>{unit}　{kind}</h2><p>{month}</p></div>'
        '<span class="figure word {tone}">{words}</span></div>',
        unit=cell["unit_zh"], kind=cell["dataset_zh"], month=formats.month_zh(cell["month"]),
        tone="bad" if tone == "bad-solid" else tone.removesuffix("-weak"), words=words,
    )  # fmt: skip


def _facts(cell: Row) -> Safe:
    facts = {"报送期限": formats.day_zh(cell["due_date"])}
    if cell["first_received_at"] is not None:
        facts["首次收件"] = moment_zh(cell["first_received_at"]) + _lateness(cell)
        facts["数据截至"] = formats.day_zh(cell["as_of_date"])
        facts["当月记录"] = f"{cell['row_count']} 行" if cell["row_count"] else "0 行"
        facts["报送次数"] = f"{cell['revision_count']} 次，以数据截至最晚的一次为准"
    if cell["held_file_name"]:
        facts["待确认"] = f"{cell['held_file_name']}：{cell['held_reason_zh']}"
    items = (fill("<dt>{n}</dt><dd>{t}</dd>", n=n, t=prose(t)) for n, t in facts.items())
    return fill('<dl class="facts wide-terms">{items}</dl>', items=join(items))


def _lateness(cell: Row) -> str:
    if not cell["is_lateness_known"]:
        return "（到期时本库尚未启用，不判迟报）"
    days = (cell["first_received_date"] - cell["due_date"]).days
    return f"，迟 {days} 天" if days > 0 else "，按期"


def moment_zh(moment: str) -> str:
    """`2026年11月4日 09:41` from `2026-11-04 09:41:07`."""
    day, _, clock = moment.partition(" ")
    return f"{formats.day_zh(day)} {clock[:5]}"


def _reminder(cell: Row, chase: Chase) -> Safe:
    unit = next((unit for unit in chase.units if unit.unit_id == cell["unit_id"]), None)
    if cell["state"] not in owed_reports.OWED or unit is None or chase.month != cell["month"]:
        return Safe("")
    return fill(
        '<p class="verified open"><b>催报文字</b>{text}</p>', text=owed_reports.text(chase, unit)
    )


def _books(sent: Sequence[Row]) -> Safe:
    if not sent:
        return states.no_rows("还没有收到", "没有一份有效的工作簿说到这个月。")
    columns = [
        tables.Column("工作簿", _place),
        tables.Column("收件", lambda r: formats.day_iso(r["received_date"]), "name"),
        tables.Column("截至", lambda r: formats.day_iso(r["as_of_date"]), "name"),
        tables.Column("行数", lambda r: formats.number(r["row_count"]), "num"),
        tables.Column("入库", lambda r: formats.number(r["loaded_count"]), "num"),
        tables.Column("退回", lambda r: formats.number(r["rejected_count"]), "num"),
        tables.Column("跳过", lambda r: formats.number(r["skipped_count"]), "num"),
    ]
    note = "行数＝入库＋退回＋跳过（标题、表头、合计、说明）"
    return tables.panel(
        "books", "说到这个月的工作表", note, tables.table(columns, sent, kind="loose")
    )


def _place(row: Row) -> Safe:
    return fill(
        '{file}<div class="n">工作表 {sheet}</div>', file=row["file_name"], sheet=row["sheet_name"]
    )


def _faults(faults: Sequence[Row]) -> Safe:
    if not faults:
        return Safe("")
    items = join(
        fill(
            '<li><code class="cell">{value}</code> {reason}<span class="n">{file}　{sheet}　'
            "第 {row} 行 {column} 列</span></li>",
            value=fault["value_zh"] or "空", reason=prose(fault["reason_zh"]),
            file=fault["file_name"], sheet=fault["sheet_name"], row=fault["row_number"],
            column=fault["column_letter"],
        )
        for fault in faults[:SHOWN_FAULTS]
    )  # fmt: skip
    body = fill('<ul class="faults">{items}</ul>', items=items)
    return tables.panel(
        "faults", f"退回 {len(faults)} 处", "改好后重报整本即可，已入库的行不会重复", body
    )
