"""Workbooks that were kept and count only when somebody has said what they do not say."""

from __future__ import annotations

import streamlit as st

from pages.ui.intake import intake_jobs
from pages.ui.kit import states
from pages.ui.kit.block import block
from warehouse.files.home import Home
from warehouse.versions import batches

SHOWN_FILES = 8


def show() -> None:
    """What waits for an answer, with the ways on; nothing where nothing does."""
    asked = batches.asked(Home.find())
    if not asked:
        return
    reasons = "；".join(dict.fromkeys(one.reason for one in asked))
    title = f"{len(asked)} 份待回答，先不计入：{'、'.join(one.name for one in asked)}"
    block(states.alone(states.state("waiting", title, reasons)), key="asked")
    with st.container(horizontal=True, gap="small", key="answer"):
        for one in asked[:SHOWN_FILES]:
            st.button(
                f"回答 {one.name}",
                key=f"answer_{one.sha256}",
                on_click=intake_jobs.look_at_asked,
                args=(one,),
            )
            st.button(
                f"退回 {one.name}",
                key=f"drop_{one.sha256}",
                on_click=intake_jobs.look_at_undo,
                args=(one.sha256, [one.name]),
            )
