"""风险地图: how high each town's risk stands by the office's own rules, and which rule says so."""

from __future__ import annotations

import streamlit as st

from pages.ui.access.cache import rows
from pages.ui.figure import drawer
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill
from pages.ui.kit.tables import panel as titled
from pages.ui.page import filters, page_head
from pages.ui.page.page_head import query
from pages.ui.risk import risk_levels, tile_map, viewport
from warehouse import formats

TITLE = "风险地图"
CAUTION = "示意方位，不代表行政区域界线"
HEAD = (
    """<div class="print-only">{scope}</div>{strip}<div class="board plain">{notice}{told}</div>"""
)

page_head.open_page(TITLE)
clicked = tile_map.picked(rows("units"))
if clicked and clicked != st.session_state.get("deck_seen"):
    filters.choose("unit", clicked)
st.session_state["deck_seen"] = clicked
chosen = filters.bar(TITLE, rows("months"), "units")
state = chosen.state
units, rules = query(chosen, "risk_units"), rows("risk_rules")
level = st.query_params.get(risk_levels.LEVEL, "")
span = formats.span_zh(chosen.span_kind, chosen.month)


def act(action: str, value: str) -> None:
    """Doors of this page: a level narrows the table, a tile or a row chooses its unit."""
    if action == risk_levels.LEVEL and value:
        st.query_params[action] = value
    elif action == risk_levels.LEVEL:
        st.query_params.pop(action, None)
    else:
        page_head.act(action, value)


def tiles() -> Safe:
    body = risk_levels.legend(rules, units, level) + risk_levels.tiles(units, chosen.unit_id)
    return titled("map", "风险等级", CAUTION, Safe(body))


head = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": lambda: page_head.strip(chosen, state, [CAUTION, "等级规则为本办自定"]),
    "told": lambda: risk_levels.sentence(rules, units, span),
}
parts = {name: states.guarded(draw) for name, draw in head.items()}
block(fill(HEAD, scope=page_head.scope(chosen, state), **parts), key="risk_head", on_act=act)
left, right = st.columns(2, gap="small")
with left:
    if (width := viewport.webgl_width()) >= tile_map.NARROWEST:
        with st.container(border=True, key="chart_map"):
            block(states.guarded(lambda: risk_levels.legend(rules, units, level)), "legend", act)
            tile_map.draw(units, width // 2 - 74)
    else:
        block(states.guarded(tiles), key="tiles", on_act=act)
    block(states.guarded(lambda: risk_levels.rules_panel(rules)), key="rules", on_act=act)
with right:
    drawn = states.guarded(
        lambda: risk_levels.table(rows("risk_facts"), units, chosen.unit_id, level)
    )
    block(drawn, key="risk_table", on_act=act)
drawer.open_from_address(bool(state["is_synthetic"]))
