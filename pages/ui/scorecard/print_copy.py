"""The printed scorecard from the page: the same month and unit as one A4 file to be signed."""

from __future__ import annotations

import streamlit as st

from pages.ui.access import access, cache
from pages.ui.page.filters import Chosen
from reports.scorecard import printed_scorecard
from reports.source import Source
from warehouse.files.home import Home


def offer(chosen: Chosen) -> None:
    """A download made on the click, from the build this run shows."""
    source = Source(Home.find(), None, cache.build_file())
    version_zh = source.version_zh
    sheet = printed_scorecard.Sheet(source.rows, chosen.month, chosen.unit_id, version_zh)
    name = printed_scorecard.name_of(chosen.state, chosen.unit_name, chosen.month, version_zh)
    with st.container(horizontal=True, horizontal_alignment="right", key="print_copy"):
        st.download_button(
            "下载一页打印件（A4）",
            data=access.export(name, lambda: printed_scorecard.html(sheet).encode()),
            file_name=name,
            mime="text/html",
            on_click="ignore",
        )
