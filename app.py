"""The router: which pages exist, and the frame they stand in."""

from __future__ import annotations

import streamlit as st

from pages.ui import cache, frame

st.set_page_config(page_title="晾晒台", page_icon=str(frame.FAVICON), layout="wide")
office = cache.row("data_state") if cache.begin_run() else None
frame.mount(office["office_zh"] if office else "")
frame.watch()
pages = {
    "": [
        st.Page("pages/leaders/scorecard.py", title="月度计分卡", default=True),
    ],
}
st.navigation(pages, position="top").run()
