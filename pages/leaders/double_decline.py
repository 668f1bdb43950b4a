"""双下降: which towns, departments and sectors fell, rose or stood still against last year."""

from __future__ import annotations

import streamlit as st

from pages.ui.access.cache import rows
from pages.ui.double_decline import unit_comparison
from pages.ui.figure import drawer
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import fill
from pages.ui.page import filters, page_head
from pages.ui.page.page_head import query

TITLE = "双下降"
BY = filters.Switch("比较对象", "by", {"territory": "镇街", "department": "部门", "sector": "行业"})
LAYOUT = """<div class="print-only">{scope}</div>{strip}<div class="board plain">{notice}{told}
<div class="halves">{grid}{table}</div></div>"""

page_head.open_page(TITLE)
chosen = filters.bar(TITLE, rows("months"), "units", [BY])
state = chosen.state
kind = BY.words[chosen.switched[BY.key]]
verdicts = rows("verdicts")
units, whole = unit_comparison.of(
    query(chosen, "verdict_figures", unit_role=chosen.switched[BY.key])
)
blocks = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": lambda: page_head.strip(chosen, state),
    "told": lambda: unit_comparison.sentence(units, whole, verdicts, kind),
    "grid": lambda: unit_comparison.grid(units, verdicts, chosen.unit_id, kind),
    "table": lambda: unit_comparison.table(units, whole, chosen.unit_id, kind),
}
with st.skeleton(height=620):
    parts = {name: states.guarded(draw) for name, draw in blocks.items()}
block(
    fill(LAYOUT, scope=page_head.scope(chosen, state), **parts),
    key="double_decline",
    on_act=page_head.act,
)
drawer.open_from_address(bool(state["is_synthetic"]))
