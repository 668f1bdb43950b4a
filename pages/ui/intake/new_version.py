"""A new version that waits: what would move, from, to, by which workbook; taken with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.ui.intake import intake_jobs
from pages.ui.kit import states, tables
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill, join
from pages.ui.kit.tables import Column
from warehouse import formats
from warehouse.files import jobs
from warehouse.files.home import Home
from warehouse.versions import waiting_version
from warehouse.versions.waiting_version import Waiting

Row = Mapping[str, Any]
SHOWN = 60
ASKED_WIDTH = 520
RULE = "口径或规则"


def show() -> None:
    """The list and the button, while there is one and nobody is taking it just now."""
    home = Home.find()
    waiting = waiting_version.read_waiting(home)
    if waiting is None or any(job.kind == "build" for job in jobs.running(home)):
        return
    if waiting.stops:
        block(states.alone(_stopped(waiting)), key="upgrade_stopped")
        return
    block(states.guarded(lambda: listed(waiting)), key="upgrade")
    _ask(waiting)


def listed(waiting: Waiting) -> Safe:
    """What would move: figures, ranks, submissions that would wait."""
    heads = [
        Column(
            "期间", lambda r: formats.span_with_year_zh(r["span_kind"], r["span_month"]), "name"
        ),
        Column("单位", lambda r: r["place_zh"], "name"),
        Column("指标", lambda r: r["name_zh"], "name"),
        *_from_to(),
        Column("因哪些工作簿", lambda r: "、".join(r["books"]) or RULE),
    ]
    ranks = [
        Column("月份", lambda r: formats.month_zh(r["span_month"]), "name"),
        Column("单位", lambda r: r["place_zh"], "name"),
        *_from_to(),
    ]
    parts = [fill('<p class="bad">待确认：{why}</p>', why=why) for why in waiting.held]
    if waiting.figures:
        parts.append(tables.table(heads, waiting.figures[:SHOWN], kind="small"))
        parts.append(_more(waiting.figure_count, "个指标数"))
    if waiting.ranks:
        parts += [Safe("<h4>名次和得分</h4>"), tables.table(ranks, waiting.ranks[:SHOWN])]
        parts.append(_more(waiting.rank_count, "个名次"))
    title = f"新版待采用：{formats.number(waiting.count)} 处会变"
    note = f"程序或随附配置已更新；采用之前各页仍是第 {waiting.from_build} 版，定稿始终不变"
    return tables.panel("upgrade", title, note, join(parts))


def _from_to() -> list[Column]:
    return [
        Column("现行", lambda r: r["before"], "name"),
        Column("新版", lambda r: fill("<b>{after}</b>", after=r["after"]), "name"),
    ]


def _more(count: int, what: str) -> Safe:
    rest = count - SHOWN
    words = f"另有 {formats.number(rest)} {what}会变" if rest > 0 else ""
    return fill('<p class="quiet">{words}</p>', words=words) if words else Safe("")


def _ask(waiting: Waiting) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="upgrade_ask"):
        why = st.text_input(
            "采用的理由（记入决定记录）",
            key=f"why_{waiting.mark}",
            placeholder="例如：已核对各数变动的原因",
            max_chars=200,
            width=ASKED_WIDTH,
            live=True,
        )
        st.button(
            "采用新版",
            type="primary",
            key="take_upgrade",
            disabled=not (why or "").strip(),
            on_click=intake_jobs.take_upgrade,
            args=(waiting, (why or "").strip()),
        )


def _stopped(waiting: Waiting) -> Safe:
    reasons = "；".join(waiting.stops)
    return states.state(
        "failed", "程序或随附配置已更新，新版检查不通过", f"{reasons}。各页仍是原来的数。"
    )
