"""双下降: which towns, departments and sectors fell, rose or stood still against last year."""

from __future__ import annotations

import streamlit as st

from pages.ui.access.cache import rows
from pages.ui.double_decline import compared
from pages.ui.figure import panel
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import fill
from pages.ui.page import boards, filters
from pages.ui.page.boards import query

TITLE = "双下降"
BY = filters.Switch("比较对象", "by", {"territory": "镇街", "department": "部门", "sector": "行业"})
LAYOUT = """<div class="print-only">{scope}</div>{strip}<div class="board plain">{notice}{told}
<div class="halves">{grid}{table}</div></div>"""

boards.open_page(TITLE)
chosen = filters.bar(TITLE, rows("months"), "units", [BY])
state = chosen.state
kind = BY.words[chosen.switched[BY.key]]
verdicts = rows("verdicts")
units, whole = compared.of(query(chosen, "verdict_figures", unit_role=chosen.switched[BY.key]))
blocks = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": lambda: boards.strip(chosen, state),
    "told": lambda: compared.sentence(units, whole, verdicts, kind),
    "grid": lambda: compared.grid(units, verdicts, chosen.unit_id, kind),
    "table": lambda: compared.table(units, whole, chosen.unit_id, kind),
}
with st.skeleton(height=620):
    parts = {name: states.guarded(draw) for name, draw in blocks.items()}
block(
    fill(LAYOUT, scope=boards.scope(chosen, state), **parts),
    key="double_decline",
    on_act=boards.act,
)
panel.open_from_address(bool(state["is_synthetic"]))
