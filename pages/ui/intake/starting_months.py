"""纳入起始月: from which month on a kind of ledger is owed, where a person says so; undoable."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.ui.access import cache
from pages.ui.intake import intake_jobs
from pages.ui.kit import states, tables
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe
from pages.ui.kit.moments import when
from warehouse import formats
from warehouse.files import decisions
from warehouse.files.decisions import Start
from warehouse.files.home import Home

EVERYBODY = "所有应报单位"
Names = dict[str, str]


def show() -> None:
    """What has been decided, and a form for another decision; nothing without a build."""
    if not cache.has_build():
        return
    state = cache.rows("data_state")[0]
    due = cache.rows("report_states", month=state["opening_month"])
    units = {row["unit_id"]: str(row["unit_zh"]) for row in due}
    kinds = {row["dataset"]: str(row["dataset_zh"]) for row in due}
    standing = list(decisions.started(Home.find()).values())
    if standing:
        block(states.guarded(lambda: listed(standing, units, kinds)), key="started")
    with st.container(horizontal=True, gap="small", key="take_back_starts"):
        for one in standing:
            said = f"{kinds.get(one.dataset, one.dataset)}（{units.get(one.unit_id, EVERYBODY)}）"
            st.button(
                f"撤回纳入起始月 {said}",
                key=f"take_back_{one.dataset}_{one.unit_id}",
                on_click=intake_jobs.look_at_decision,
                args=(
                    ["start", one.dataset, *filter(None, [one.unit_id]), "--undo"],
                    "撤回纳入起始月",
                    said,
                ),
            )
    with st.expander("纳入起始月：从哪个月起要求报送"):
        _form(due, units, kinds)


def _form(due: list[dict[str, Any]], units: Names, kinds: Names) -> None:
    """Kind, unit and month; what it would change is looked at first."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        kind = st.selectbox("台账", list(kinds), format_func=kinds.__getitem__, key="start_kind")
        asked = [row["unit_id"] for row in due if row["dataset"] == kind]
        unit = st.selectbox(
            "单位",
            ["", *asked],
            format_func=lambda u: units.get(u, EVERYBODY),
            key="start_unit",
        )
        months = [row["month"] for row in cache.rows("months")]
        month = st.selectbox("起始月", months, format_func=formats.month_zh, key="start_month")
        said = f"{kinds.get(kind or '', '')}（{units.get(unit or '', EVERYBODY)}）"
        words = ["start", kind or "", f"{month:%Y-%m}" if month else "", *filter(None, [unit])]
        st.button(
            "看会怎样",
            key="look_at_start",
            disabled=not (kind and month),
            on_click=intake_jobs.look_at_decision,
            args=(words, "改纳入起始月：", said),
        )


def listed(standing: list[Start], units: Names, kinds: Names) -> Safe:
    """Which ledger of whom, from when on, who said so, and why."""
    columns = [
        tables.Column("台账", lambda r: kinds.get(r["of"].dataset, r["of"].dataset), "name"),
        tables.Column("单位", lambda r: units.get(r["of"].unit_id, EVERYBODY), "name"),
        tables.Column("起始月", lambda r: r["of"].month, "name"),
        tables.Column("谁、何时", lambda r: f"{r['of'].who} {when(r['of'].decided_at)}"),
        tables.Column("理由", lambda r: r["of"].why, "wide"),
    ]
    note = "没有指明的从首次收件说到的月份起"
    rows = [{"of": one} for one in standing]
    return tables.panel("started", f"纳入起始月 {len(rows)} 条", note, tables.table(columns, rows))
