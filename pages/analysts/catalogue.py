"""指标目录: every indicator's definition, targets by document, policies, lineage and SQL."""

from __future__ import annotations

import streamlit as st

from pages.ui.access.cache import Row, rows
from pages.ui.catalogue import catalogue_entries
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill
from pages.ui.page import filters, page_head

TITLE = "指标目录"
LAYOUT = '{strip}<div class="board catalogue">{listing}{entry}</div>'

state = page_head.open_page(TITLE)
newest = filters.Chosen(
    filters.opening(rows("months")), filters.WHOLE_AREA, "", filters.DEFAULT_SPAN
)
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
    st.title(TITLE, anchor=False, width="stretch")
    words = st.text_input(
        "查找指标",
        key="words",
        placeholder="查找名称、口径、责任部门",
        label_visibility="collapsed",
        width=320,
    )
indicators = catalogue_entries.found(rows("indicators"), words)
asked = st.query_params.get(catalogue_entries.CHOSEN, "")
codes = [row["indicator_code"] for row in indicators]
code = asked if asked in codes else next(iter(codes), "")


def own(name: str) -> list[Row]:
    """Rows of a query about the chosen indicator."""
    return [row for row in rows(name) if row["indicator_code"] == code]


def entry() -> Safe:
    chosen = [row for row in indicators if row["indicator_code"] == code]
    names = ("indicator_targets", "indicator_policies", "indicator_lineage")
    return catalogue_entries.entry(chosen[0], *map(own, names)) if chosen else Safe("")


def act(action: str, value: str) -> None:
    """A row of the list opens its indicator."""
    if action == catalogue_entries.CHOSEN:
        st.query_params[action] = value


blocks = {
    "strip": lambda: page_head.strip(newest, state),
    "listing": lambda: catalogue_entries.listing(indicators, code),
    "entry": entry,
}
parts = {name: states.guarded(draw) for name, draw in blocks.items()}
block(fill(LAYOUT, **parts), key="catalogue", on_act=act)
