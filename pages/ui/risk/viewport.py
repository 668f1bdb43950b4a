"""`viewport`: how wide a window with WebGL is; 0 without WebGL, and until the browser answers."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

WIDTH = "viewport_width"

_component = st.components.v2.component(
    "viewport", js=Path(__file__).with_suffix(".js").read_text("utf-8"), isolate_styles=False
)


def webgl_width() -> int:
    """Pixels; a page that asks runs again when the browser has answered."""
    with st.container(key="viewport"):
        told = _component(key="viewport_component", on_width_change=lambda: None)
    if told.get("width") is not None:
        st.session_state[WIDTH] = int(told["width"])
    return int(st.session_state.get(WIDTH, 0))
