"""The workbench around editor and answer: title and version, limits, buttons, the wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.access import access, cache
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill, join
from pages.ui.workbench import session
from reports.source import Row
from reports.workbench.query_files import limits_zh
from warehouse.files.home import Home
from warehouse.guard import query_log, worker_process

STYLE = Path(__file__).with_name("workbench.css")
MOST_TITLE = 60


def head(title: str) -> str:
    """Title, and which build or edition is asked."""
    st.html(STYLE)
    known = session.editions()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
        st.title(title, anchor=False, width="stretch")
        chosen = st.selectbox(
            "数据版本",
            list(known),
            format_func=known.__getitem__,
            key="workbench_edition",
            width=230,
            label_visibility="collapsed",
            required=True,
        )
    return chosen or session.NEWEST


def rows(name: str, edition: str) -> list[Row]:
    """Rows of a named query on what is asked."""
    return cache.edition_rows(edition, name) if edition else cache.rows(name)


def strip(state: Row, limits: Mapping[str, int]) -> Safe:
    """One line: what holds for every query."""
    parts = [
        Safe("<b>只读</b>"),
        limits_zh(limits),
        "查询留有记录：谁、何时、语句、行数、用时",
    ]
    if not worker_process.has_memory_wall():
        parts.append(Safe('<span class="bad">这台电脑不能限制查询的内存，工作台停用</span>'))
    mark = "演示数据（模拟数据）" if state["is_synthetic"] else ""
    return fill(
        '<div class="strip">{parts}<span class="end">{mark}</span></div>',
        parts=join(fill("<span>{part}</span>", part=part) for part in parts),
        mark=mark,
    )


def buttons(edition: str, status: Callable[[], Safe]) -> DeltaGenerator:
    """Run, cancel, plan, keep; the place that says how the query goes or went."""
    mine = session.desk()
    worker_process.prepare()
    is_off, is_running = not worker_process.has_memory_wall(), mine.asking is not None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="buttons"):
        run = st.button(
            "运行　Ctrl＋Enter",
            type="primary",
            icon=":material/play_arrow:",
            key="run",
            disabled=is_off,
        )
        st.button("取消", key="cancel", disabled=not is_running, on_click=mine.cancel)
        plan = st.button("执行计划", key="plan", disabled=is_off)
        _keep(mine)
        place = st.empty()
    if (run or plan or mine.wanted) and mine.text.strip():
        session.start(edition, plan=plan)
        st.rerun()
    if not is_running:
        with place:
            block(status(), key="status", width="content")
    return place


def _keep(mine: session.Desk) -> None:
    with st.popover("存为问题", icon=":material/bookmark_add:", disabled=not mine.text.strip()):
        title = st.text_input(
            "标题",
            value=mine.question.title,
            max_chars=MOST_TITLE,
            key=f"keep_{mine.stamp}",
            placeholder="用一句话说清问什么",
        )
        if st.button("保存", key="keep_button", type="primary") and (title or "").strip():
            query_log.save(Home.find(), access.person(), (title or "").strip(), mine.text)
            st.toast("已存入“问题”，同事也能打开。")


def wait(status: DeltaGenerator) -> None:
    """Stand by while a query runs; whoever leaves the page takes his query along."""
    mine = session.desk()
    waited = 0.0
    try:
        while not session.finish():
            waited += session.STEP_SECONDS
            status.text(f"正在运行 {waited:.1f} 秒……")
    except BaseException as stop:
        # Streamlit ends a script so: a rerun comes back to wait, a closed page does not.
        if type(stop).__name__ == "StopException":
            mine.cancel()
        raise
    st.rerun()
