"""The router: which pages exist, for whom, and the frame they stand in."""

from __future__ import annotations

import streamlit as st

from pages.ui.access import access, cache
from pages.ui.kit import states
from pages.ui.page import frame

PAGES = {
    "": [
        access.page("pages/leaders/scorecard.py", "月度计分卡", default=True),
        access.page("pages/leaders/double_decline.py", "双下降"),
        access.page("pages/leaders/major_hazard.py", "重大隐患"),
        access.page("pages/staff/ranking.py", "晾晒排名"),
        access.page("pages/leaders/risk_map.py", "风险地图"),
        access.page("pages/briefing/briefing.py", "投影汇报"),
    ],
    "报送": [
        access.page("pages/staff/submission.py", "数据报送"),
        access.page("pages/staff/reporting.py", "报送情况"),
        access.page("pages/staff/quality.py", "数据质量"),
    ],
    "分析": [
        access.page("pages/analysts/workbench.py", "SQL 工作台"),
        access.page("pages/analysts/catalogue.py", "指标目录"),
    ],
    "帮助": [access.page("pages/help/manual.py", "操作手册")],
}

st.set_page_config(page_title="晾晒台", page_icon=str(frame.FAVICON), layout="wide")
page = st.navigation(PAGES, position="top" if access.has_entered() else "hidden")
cache.begin_run()
frame.mount()
with states.caught():
    if access.enter(page):
        frame.watch()
        page.run()
