"""`frame`: what every page has around it: language, Chinese chrome, stylesheet, logo."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui.access import cache
from pages.ui.kit import chinese, states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, door, fill

HERE = Path(__file__).parent
WATCH_SECONDS = 10
NEWER = fill(
    '<div class="newer" {door}>有新数据，点此刷新</div>',
    door=door("reload", "now", "有新数据，点此刷新"),
)
FAVICON = HERE / "favicon.svg"

_component = st.components.v2.component(
    "frame", js=(HERE / "frame.js").read_text("utf-8"), isolate_styles=False
)


def open_page(title: str) -> cache.Row:
    """What the build is of; without a build the page shows the empty state and ends here."""
    state = cache.row("data_state") if cache.has_build() else None
    if state is None or state["data_as_of_date"] is None:
        st.title(title, anchor=False)
        block(states.alone(states.no_warehouse()), key="empty")
        st.stop()
    return state


def watch() -> None:
    """Tell an open page that a newer build is served; the reader decides when to change figures."""
    with st.container(key="watch"):
        _announce()


@st.fragment(run_every=WATCH_SECONDS)
def _announce() -> None:
    if st.session_state.pop("reload_asked", False):
        st.rerun(scope="app")
    block(NEWER if cache.is_outdated() else Safe(""), key="newer", on_act=_ask_reload)


def _ask_reload(*_: str) -> None:
    st.session_state["reload_asked"] = True


def _office() -> str:
    """Name of the office beside the logo; a build that cannot be read is the page's to tell."""
    try:
        return cache.office()
    except Exception:  # noqa: BLE001 - the page meets the same fault and shows its number
        states.log_error()
        return ""


def mount() -> None:
    """Put the frame around the page; `app.py` calls it once, before the page runs."""
    st.html(HERE / "theme.css")
    office_zh = _office()
    template = (HERE / "logo.svg").read_text("utf-8")
    width = 108 + 14 * len(office_zh) + 6
    st.logo(fill(template, office=office_zh, width=width), size="large")
    with st.container(key="frame"):
        _component(key="frame_component", data=chinese.chrome())
