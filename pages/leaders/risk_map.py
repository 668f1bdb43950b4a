"""风险地图: how high each town's risk stands by the office's own rules, and which rule says so."""

from __future__ import annotations

import streamlit as st

from pages.ui.access.cache import rows
from pages.ui.figure import panel
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill
from pages.ui.kit.tables import panel as titled
from pages.ui.page import boards, filters
from pages.ui.page.boards import query
from pages.ui.risk import deck, risks, viewport
from warehouse import formats

TITLE = "风险地图"
CAUTION = "示意方位，不代表行政区域界线"
HEAD = (
    """<div class="print-only">{scope}</div>{strip}<div class="board plain">{notice}{told}</div>"""
)

boards.open_page(TITLE)
clicked = deck.picked(rows("units"))
if clicked and clicked != st.session_state.get("deck_seen"):
    filters.choose("unit", clicked)
st.session_state["deck_seen"] = clicked
chosen = filters.bar(TITLE, rows("months"), "units")
state = chosen.state
units, rules = query(chosen, "risk_units"), rows("risk_rules")
level = st.query_params.get(risks.LEVEL, "")
span = formats.span_zh(chosen.span_kind, chosen.month)


def act(action: str, value: str) -> None:
    """Doors of this page: a level narrows the table, a tile or a row chooses its unit."""
    if action == risks.LEVEL and value:
        st.query_params[action] = value
    elif action == risks.LEVEL:
        st.query_params.pop(action, None)
    else:
        boards.act(action, value)


def tiles() -> Safe:
    body = risks.legend(rules, units, level) + risks.tiles(units, chosen.unit_id)
    return titled("map", "风险等级", CAUTION, Safe(body))


head = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": lambda: boards.strip(chosen, state, [CAUTION, "等级规则为本办自定"]),
    "told": lambda: risks.sentence(rules, units, span),
}
parts = {name: states.guarded(draw) for name, draw in head.items()}
block(fill(HEAD, scope=boards.scope(chosen, state), **parts), key="risk_head", on_act=act)
left, right = st.columns(2, gap="small")
with left:
    if (width := viewport.webgl_width()) >= deck.NARROWEST:
        with st.container(border=True, key="chart_map"):
            block(states.guarded(lambda: risks.legend(rules, units, level)), "legend", act)
            deck.draw(units, width // 2 - 74)
    else:
        block(states.guarded(tiles), key="tiles", on_act=act)
    block(states.guarded(lambda: risks.rules_panel(rules)), key="rules", on_act=act)
with right:
    drawn = states.guarded(lambda: risks.table(rows("risk_facts"), units, chosen.unit_id, level))
    block(drawn, key="risk_table", on_act=act)
panel.open_from_address(bool(state["is_synthetic"]))
