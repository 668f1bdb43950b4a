"""数据质量: what the checks found, where, what was handed back, and whether every row is kept."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui.access.cache import rows
from pages.ui.duplicates import decision_list, decision_screen, decision_steps, pair_table
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import fill, prose
from pages.ui.page import filters, page_head
from pages.ui.quality import quality_filters, quality_tables, row_balance
from reports.quality import facts

TITLE = "数据质量"
LAYOUT = """<div class="print-only">{scope}</div>{strip}<div class="board plain">{notice}{told}
{held}{pairs}{checks}{where}{findings}<div class="halves found">{rejects}{ledger}</div>
<div class="halves found">{decided}{corrections}</div></div>"""

st.html(Path(quality_tables.__file__).with_suffix(".css"))
state = page_head.open_page(TITLE)
if decision_screen.show(TITLE):
    st.stop()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
    st.title(TITLE, anchor=False, width="stretch")
    chosen = filters.month(rows("months"), state["total_unit_name"])
    found = facts.load(rows, quality_filters.asked(chosen.month))
    quality_filters.exports(found)

short = {row["unit_id"]: row["short_name"] for row in rows("unit_short_names")}
blocks = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": lambda: page_head.strip(chosen, state),
    "told": lambda: page_head.told(prose(facts.headline(found)), facts.lead(found)),
    "held": lambda: quality_tables.held(found),
    "pairs": lambda: pair_table.panel(rows("duplicate_suspicions")),
    "checks": lambda: quality_tables.checks(found),
    "where": lambda: quality_tables.heat(found, short),
    "findings": lambda: quality_tables.findings(found),
    "rejects": lambda: row_balance.rejects(found),
    "ledger": lambda: row_balance.balance(found),
    "decided": lambda: decision_list.panel(
        decision_steps.standing(), is_whole=decision_steps.may_decide()
    ),
    "corrections": lambda: decision_list.corrections(
        rows("corrections"), decision_steps.declared()
    ),
}
parts = states.drawn(blocks, height=620)
scope = f"{found.asked.span_zh}　{found.unit_zh}　{TITLE}"
block(fill(LAYOUT, scope=scope, **parts), key="quality", on_act=quality_filters.act)
