"""`block`: escaped HTML on the page whose marked elements answer to click and Enter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import streamlit as st

from pages.ui.kit.markup import Safe

OnAct = Callable[[str, str], None]

_component = st.components.v2.component(
    "block", js=Path(__file__).with_name("block.js").read_text("utf-8"), isolate_styles=False
)


def block(
    html: Safe,
    key: str,
    on_act: OnAct | None = None,
    width: Literal["stretch", "content"] = "stretch",
) -> None:
    """Show markup; `on_act(action, value)` runs before the rerun that a door causes."""

    def acted() -> None:
        told = st.session_state[key].act
        if on_act is not None and isinstance(told, str) and ":" in told:
            on_act(*told.split(":", 1))

    _component(data=str(html), key=key, width=width, on_act_change=acted)
