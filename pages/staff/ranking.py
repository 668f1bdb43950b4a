"""晾晒排名: who stands where this month, why, and where they came from."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui.access import access, cache
from pages.ui.access.cache import rows
from pages.ui.figure import drawer
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill, prose
from pages.ui.page import filters, page_head
from pages.ui.ranking import rank_chart, rank_table, trial_weights
from reports.build_note import Built
from reports.ranking import board, ranking_words
from reports.ranking.board import Board
from reports.ranking.workbook import file_name, workbook_bytes

TITLE = "晾晒排名"
LAYOUT = """<div class="print-only">{scope}</div>{strip}{notice}{what_if}{told}
<div class="ranking-board"><div class="column">{table}{why}</div>
<div class="column">{course}{marked}</div></div>"""

st.html(Path(rank_table.__file__).with_suffix(".css"))
state = page_head.open_page(TITLE)


def export(official: Board, is_trial: bool) -> None:
    """The workbook of what the page shows; a trial is not exported."""
    built = Built.of(cache.build_file())
    name = file_name(official, built)
    scheme = official.ranking["scheme_code"]
    sources = rows("ranking_sources", scheme_code=scheme, month=official.month)
    st.download_button(
        "导出晾晒表",
        data=access.export(name, lambda: workbook_bytes(official, built, sources)),
        file_name=name,
        key="export_ranking",
        on_click="ignore",
        disabled=is_trial,
    )


with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
    st.title(TITLE, anchor=False, width="stretch")
    asked = rank_table.asked(rows("months"), state["total_unit_name"])
    chosen, other, official = asked.chosen, None, None
    state = chosen.state
    if asked.ranking is not None:
        official = board.load(rows, asked.ranking, chosen.month)
        other = trial_weights.asked(official.scored, asked.ranking["scheme_code"])
        export(official, other is not None)
    block(filters.PRINT, key="print_button", width="content")

if official is None or asked.ranking is None:
    nothing = rank_table.no_ranking(chosen.month, state["data_as_of_date"])
    block(states.alone(states.no_rows(*nothing)), key="no_ranking")
    st.stop()

shown = official
if other is not None:
    trial = board.load(rows, asked.ranking, chosen.month, other)
    shown = trial.against(official)
blocks = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": lambda: page_head.strip(chosen, state, rank_table.cautions(official)),
    "what_if": lambda: trial_weights.notice(official.scored, other),
    "told": lambda: page_head.told(prose(ranking_words.headline(shown)), ranking_words.lead(shown)),
    "table": lambda: rank_table.table(shown, asked.is_by_rank, "较方案" if other else "升降"),
    "why": lambda: rank_table.reasons(shown, asked.is_by_rank),
    "course": lambda: rank_chart.panel(shown, is_trial=other is not None),
    "marked": lambda: rank_table.marked(shown),
}
parts: dict[str, Safe] = states.drawn(blocks, height=620)
scope = f"{chosen.scope_zh}　{asked.ranking['list_zh']}"
block(fill(LAYOUT, scope=scope, **parts), key="ranking", on_act=page_head.act)
drawer.open_from_address(bool(state["is_synthetic"]))
