"""The router: which pages exist, and the frame they stand in."""

from __future__ import annotations

import streamlit as st

from pages.ui import cache, frame, states

PAGES = {
    "": [st.Page("pages/leaders/scorecard.py", title="月度计分卡", default=True)],
}

st.set_page_config(page_title="晾晒台", page_icon=str(frame.FAVICON), layout="wide")
page = st.navigation(PAGES, position="top")
cache.begin_run()
frame.mount()
frame.watch()
with states.caught():
    page.run()
