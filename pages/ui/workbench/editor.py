"""`editor`: where SQL is written; text goes in with a stamp and comes back when left or run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
OnText = Callable[[str], None]

_component = st.components.v2.component(
    "editor",
    css=(HERE / "editor.css").read_text("utf-8"),
    js=(HERE / "editor.js").read_text("utf-8"),
)


@dataclass(frozen=True)
class Word:
    """One name completion may offer: a view, or a column of one."""

    name: str
    kind: str
    hint: str
    views: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What Python tells the editor: a whole text under a new stamp, or a piece to insert."""

    text: str
    stamp: int
    insert: tuple[int, str] = (0, "")


def editor(key: str, told: Told, words: Sequence[Word], on_edit: OnText, on_run: OnText) -> None:
    """Show the editor; the callbacks run before the rerun their event causes."""

    def edited() -> None:
        _pass_on(st.session_state[key].edit, on_edit)

    def run() -> None:
        _pass_on(st.session_state[key].run, on_run)

    _component(
        data={
            "text": told.text,
            "stamp": told.stamp,
            "insert": list(told.insert),
            "words": [vars(word) for word in words],
        },
        key=key,
        on_edit_change=edited,
        on_run_change=run,
    )


def _pass_on(text: object, hear: OnText) -> None:
    if isinstance(text, str):
        hear(text)
