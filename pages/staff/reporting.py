"""报送情况: who has sent which ledger of a month, who has not, and the reminder to them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui.access.cache import rows
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill
from pages.ui.page import boards, filters
from pages.ui.reporting import chasing, reporting, sent
from reports.reminders import owed
from warehouse import formats

TITLE = "报送情况"
LAYOUT = """<div class="print-only">{scope}</div>{strip}<div class="board plain">{notice}{told}
<div class="halves chase">{owing}{shares}</div>{grid}</div>"""

st.html(Path(reporting.__file__).with_suffix(".css"))
state = boards.open_page(TITLE)
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
    st.title(TITLE, anchor=False, width="stretch")
    chosen = filters.month(rows("months"), state["total_unit_name"])
    until = chasing.until(state["data_as_of_date"])
    before = chasing.reminded(chosen.month)
    chase = owed.load(rows, chosen.month, until)
    chasing.export(chase, before)
    chasing.button(chase)
    block(filters.PRINT, key="print_button", width="content")

month = reporting.Month(
    chase,
    rows("report_states", month=chosen.month),
    rows("report_history", month=chosen.month),
    before,
)


def told() -> Safe:
    why = f"天数计至 {chase.until_zh}；未报不等于零。"
    return boards.told(reporting.headline(month), reporting.lead(month), why)


def act(action: str, value: str) -> None:
    """A cell opens the drawer; the rest as on every page."""
    (sent.act if action == reporting.SENT else boards.act)(action, value)


blocks = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": lambda: boards.strip(chosen, state),
    "told": told,
    "owing": lambda: reporting.owing(month),
    "shares": lambda: reporting.shares(month),
    "grid": lambda: reporting.grid(month),
}
parts = states.drawn(blocks, height=620)
scope = f"{formats.month_zh(chosen.month)}　{TITLE}"
block(fill(LAYOUT, scope=scope, **parts), key="reporting", on_act=act)
sent.open_from_address(chase)
