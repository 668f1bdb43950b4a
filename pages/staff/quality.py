"""数据质量: what the checks found, where, what was handed back, and whether every row is kept."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui.access.cache import rows
from pages.ui.duplicates import decide_screen, decided, deciding, pairs
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import fill, prose
from pages.ui.page import boards, filters
from pages.ui.quality import examined, kept_rows, quality
from reports.quality import facts

TITLE = "数据质量"
LAYOUT = """<div class="print-only">{scope}</div>{strip}<div class="board plain">{notice}{told}
{held}{pairs}{checks}{where}{findings}<div class="halves found">{rejects}{ledger}</div>
<div class="halves found">{decided}{corrections}</div></div>"""

st.html(Path(quality.__file__).with_suffix(".css"))
state = boards.open_page(TITLE)
if decide_screen.show(TITLE):
    st.stop()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
    st.title(TITLE, anchor=False, width="stretch")
    chosen = filters.month(rows("months"), state["total_unit_name"])
    found = facts.load(rows, examined.asked(chosen.month))
    examined.exports(found)

short = {row["unit_id"]: row["short_name"] for row in rows("unit_short_names")}
blocks = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": lambda: boards.strip(chosen, state),
    "told": lambda: boards.told(prose(facts.headline(found)), facts.lead(found)),
    "held": lambda: quality.held(found),
    "pairs": lambda: pairs.panel(rows("duplicate_suspicions")),
    "checks": lambda: quality.checks(found),
    "where": lambda: quality.heat(found, short),
    "findings": lambda: quality.findings(found),
    "rejects": lambda: kept_rows.rejects(found),
    "ledger": lambda: kept_rows.balance(found),
    "decided": lambda: decided.panel(deciding.standing(), is_whole=deciding.may_decide()),
    "corrections": lambda: decided.corrections(rows("corrections"), deciding.declared()),
}
parts = states.drawn(blocks, height=620)
scope = f"{found.asked.span_zh}　{found.unit_zh}　{TITLE}"
block(fill(LAYOUT, scope=scope, **parts), key="quality", on_act=examined.act)
