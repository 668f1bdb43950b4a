"""采用此表: older tables a person lets count, with who and why; each can be taken back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.ui.intake import intake_jobs
from pages.ui.kit import states, tables
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe
from pages.ui.kit.moments import when
from warehouse.files import decisions
from warehouse.files.decisions import Adoption
from warehouse.files.home import Home
from warehouse.versions import batches
from warehouse.versions.batches import IN_FORCE, Sent


def show() -> None:
    """What has been adopted and stands, newest first; nothing where nothing is."""
    home = Home.find()
    names = {one.seq: one.name for batch in batches.batches(home) for one in batch.sent}
    adopted = sorted(decisions.adopted(home).values(), key=lambda a: a.decided_at, reverse=True)
    if not adopted:
        return
    block(states.guarded(lambda: listed(adopted, names)), key="adopted")
    with st.container(horizontal=True, gap="small", key="take_back"):
        for one in adopted:
            name = _name(one, names)
            st.button(
                f"撤回采用 {name}",
                key=f"take_back_{one.receipt_seq}",
                on_click=intake_jobs.look_at_adoption,
                args=(one.receipt_seq, name),
                kwargs={"is_undo": True},
            )


def offer(picked: Sent) -> None:
    """Let the chosen table count although a newer one speaks for the same."""
    is_adopted = picked.seq in decisions.adopted(Home.find())
    st.button(
        "采用此表",
        key=f"adopt_{picked.seq}",
        help="较早的台账：所说的时段以它为准，直到有更新的台账",
        disabled=is_adopted or picked.state != IN_FORCE,
        on_click=intake_jobs.look_at_adoption,
        args=(picked.seq, picked.name),
        kwargs={"is_undo": False},
    )


def listed(adopted: list[Adoption], names: dict[int, str]) -> Safe:
    """Which table, who said so when, and why."""
    columns = [
        tables.Column("时间", lambda r: when(r["of"].decided_at), "name"),
        tables.Column("采用人", lambda r: r["of"].who, "name"),
        tables.Column("工作簿", lambda r: _name(r["of"], names)),
        tables.Column("理由", lambda r: r["of"].why, "wide"),
    ]
    rows: list[dict[str, Any]] = [{"of": one} for one in adopted]
    note = "所说的时段以它为准，直到有更新的台账"
    return tables.panel("adopted", f"采用此表 {len(rows)} 份", note, tables.table(columns, rows))


def _name(one: Adoption, names: dict[int, str]) -> str:
    return names.get(one.receipt_seq, f"收件 {one.receipt_seq}")
