"""报送情况: who has sent which ledger of a month, who has not, and the reminder to them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui.access.cache import rows
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill
from pages.ui.page import filters, page_head
from pages.ui.reporting import reminder_panel, report_cell, report_grid
from reports.reminders import owed_reports
from warehouse import formats

TITLE = "报送情况"
LAYOUT = """<div class="print-only">{scope}</div>{strip}<div class="board plain">{notice}{told}
<div class="halves chase">{owing}{shares}</div>{grid}</div>"""

st.html(Path(report_grid.__file__).with_suffix(".css"))
state = page_head.open_page(TITLE)
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
    st.title(TITLE, anchor=False, width="stretch")
    chosen = filters.month(rows("months"), state["total_unit_name"])
    until = reminder_panel.until(state["data_as_of_date"])
    before = reminder_panel.reminded(chosen.month)
    chase = owed_reports.load(rows, chosen.month, until)
    reminder_panel.export(chase, before)
    reminder_panel.button(chase)
    block(filters.PRINT, key="print_button", width="content")

month = report_grid.Month(
    chase,
    rows("report_states", month=chosen.month),
    rows("report_history", month=chosen.month),
    before,
)


def told() -> Safe:
    why = f"天数计至 {chase.until_zh}；未报不等于零。"
    return page_head.told(report_grid.headline(month), report_grid.lead(month), why)


def act(action: str, value: str) -> None:
    """A cell opens the drawer; the rest as on every page."""
    (report_cell.act if action == report_grid.SENT else page_head.act)(action, value)


blocks = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": lambda: page_head.strip(chosen, state),
    "told": told,
    "owing": lambda: report_grid.owing(month),
    "shares": lambda: report_grid.shares(month),
    "grid": lambda: report_grid.grid(month),
}
parts = states.drawn(blocks, height=620)
scope = f"{formats.month_zh(chosen.month)}　{TITLE}"
block(fill(LAYOUT, scope=scope, **parts), key="reporting", on_act=act)
report_cell.open_from_address(chase)
