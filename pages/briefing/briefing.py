"""投影汇报: the month on a projector, one build or edition from the first slide to the last."""

from __future__ import annotations

import streamlit as st

from pages.ui.access import access, cache
from pages.ui.briefing.projector import projector
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.page import filters, frame
from reports.slides import briefing
from warehouse import formats

TITLE = "投影汇报"

frame.open_page(TITLE)
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
    st.title(TITLE, anchor=False, width="stretch")
    month, _ = filters.month_choice(cache.rows("months"))
    filters.version(formats.month_code(month))
    download = st.container(width="content")

version_zh = cache.shown_zh()
try:
    with st.skeleton(height=420):
        run = briefing.data(cache.rows, month, version_zh)
except Exception:  # noqa: BLE001 - the state names a number, the log holds the rest
    block(states.alone(states.failed(states.log_error())), key="briefing_failed")
    st.stop()
projector(run, key="projector")
asked = (cache.rows, month, version_zh)
name, title = briefing.file_name(*asked), briefing.title(*asked)
download.download_button(
    "下载离线文件",
    data=access.export(name, lambda: briefing.html(run, title).encode()),
    file_name=name,
    mime="text/html",
    on_click="ignore",
)
