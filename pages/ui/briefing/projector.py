"""`projector`: the start screen of a briefing and, over the whole page, its slides."""

from __future__ import annotations

import streamlit as st

from reports.slides import deck

_component = st.components.v2.component(
    "projector", js=deck.SCRIPT.read_text("utf-8"), isolate_styles=False
)


def projector(data: dict[str, object], key: str) -> None:
    """Offer the run; once it is open it needs no server and keeps the slides it began with."""
    _component(data=data, key=key)
