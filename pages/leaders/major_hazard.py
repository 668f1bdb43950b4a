"""重大隐患: what came in and went out, where it stands, who is overdue and whose it is."""

from __future__ import annotations

import streamlit as st

from pages.ui.access.cache import rows
from pages.ui.figure import drawer
from pages.ui.hazards import hazard_items, hazards, heat_grid, stock_flow_chart
from pages.ui.kit import states, tables
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill
from pages.ui.page import filters, page_head
from pages.ui.page.page_head import query
from reports.figure_text import is_listed
from warehouse import formats

TITLE = "重大隐患"
LAYOUT = """<div class="print-only">{scope}</div>{strip}<div class="board plain">{notice}{told}
<div class="halves">{account}{course}</div>{listed}{where}</div>"""

page_head.open_page(TITLE)
chosen = filters.bar(TITLE, rows("months"), "units")
state = chosen.state
picked = st.query_params.get(hazards.ITEMS, "")
flows = query(chosen, "hazard_flows")
span = formats.span_zh(chosen.span_kind, chosen.month)


def told() -> Safe:
    levels = [f for f in query(chosen, "figures", span_kind="month") if is_listed(f)]
    overdue = levels[0] if levels else None
    return hazards.sentence(flows[-1], overdue, chosen.part_name)


def account() -> Safe:
    stepped = hazards.steps(query(chosen, "hazard_steps"), query(chosen, "hazard_rates"), span)
    return hazards.open_panel(flows[-1], query(chosen, "hazard_states"), stepped, picked, span)


def course() -> Safe:
    note = "上：月末未销号；下：新增与销号，项"
    return tables.panel(
        "course", "逐月存量与收支", note, stock_flow_chart.chart(flows, hazards.UNIT)
    )


def listed() -> Safe:
    soon = {row["threshold_code"]: row["value"] for row in rows("thresholds")}["due_soon_days"]
    return hazard_items.listed(query(chosen, "hazard_items"), picked, soon)


def act(action: str, value: str) -> None:
    """Doors of this page: a step or a cell narrows the list; the rest as on every page."""
    if action == hazards.ITEMS and value:
        st.query_params[action] = value
    elif action in (hazards.ITEMS, *filters.KEYS):
        st.query_params.pop(hazards.ITEMS, None)
    page_head.act(action, value)


def nothing() -> Safe:
    title = f"{chosen.unit_name}没有属地或主管的重大隐患"
    return states.alone(states.no_rows(title, f"请选{state['total_unit_name']}、镇街或主管部门。"))


blocks = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": lambda: page_head.strip(chosen, state),
    "told": told if flows else nothing,
    "account": account if flows else Safe,
    "course": course if flows else Safe,
    "listed": listed if flows else Safe,
    "where": lambda: heat_grid.grid(query(chosen, "hazard_cells"), chosen.unit_id, picked),
}
with st.skeleton(height=620):
    parts = {name: states.guarded(draw) for name, draw in blocks.items()}
block(fill(LAYOUT, scope=page_head.scope(chosen, state), **parts), key="major_hazard", on_act=act)
drawer.open_from_address(bool(state["is_synthetic"]))
