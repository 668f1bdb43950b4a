"""投影汇报: the month on a projector, one build or edition from the first slide to the last."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.ui import access, cache, filters, frame, states
from pages.ui.block import block
from pages.ui.projector import projector
from reports import briefing
from reports.source import version_zh
from warehouse import formats
from warehouse.versions import build_id

TITLE = "投影汇报"
NOW = "now"

state = frame.open_page(TITLE)
months = {formats.month_code(row["month"]): row["month"] for row in cache.rows("months")}
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
    st.title(TITLE, anchor=False, width="stretch")
    code = filters.choice("月份", "month", list(months), lambda m: formats.month_zh(months[m]), 140)
    frozen = [f"edition-{code}"] if code in cache.editions() else []
    shown = build_id(cache.build_file())
    words = {name: version_zh(name if name != NOW else shown) for name in [*frozen, NOW]}
    version = filters.choice("版本", "version", list(words), lambda name: words[name], 190)
    download = st.container(width="content")

month = months[code]
ask = cache.rows if version == NOW else partial(cache.edition_rows, code)
try:
    with st.skeleton(height=420):
        run = briefing.data(ask, month, words[version])
except Exception:  # noqa: BLE001 - the state names a number, the log holds the rest
    block(states.alone(states.failed(states.log_error())), key="briefing_failed")
    st.stop()
projector(run, key="projector")
name, title = briefing.file_name(ask, month), briefing.title(ask, month)
download.download_button(
    "下载离线文件",
    data=access.export(name, lambda: briefing.html(run, title).encode()),
    file_name=name,
    mime="text/html",
    on_click="ignore",
)
