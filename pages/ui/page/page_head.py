"""What the pages beside the scorecard share: their stylesheet, the strip, one line of sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import streamlit as st

from pages.ui.access import cache
from pages.ui.access.cache import Row, rows
from pages.ui.figure import drawer
from pages.ui.kit.markup import Safe, fill, prose
from pages.ui.page import data_status, filters, frame, revisions
from warehouse import formats

STYLE = Path(__file__).with_name("page_head.css")


def open_page(title: str) -> Row:
    """The build's state, as `frame.open_page`, with the stylesheet of these pages."""
    st.html(STYLE)
    return frame.open_page(title)


def query(chosen: filters.Chosen, name: str, **other: str) -> list[Row]:
    """A named query on what is chosen."""
    return rows(name, **{**chosen.params, **other})


def strip(chosen: filters.Chosen, state: Row, cautions: Sequence[str] = ()) -> Safe:
    """The strip of the chosen month."""
    sources, missing = query(chosen, "submissions"), query(chosen, "missing_reports")
    return data_status.strip(state, edition(chosen.month), sources, missing, cautions)


def edition(month: date) -> Safe:
    """Which version the page shows, and what became of the month's edition."""
    code = formats.month_code(month)
    return data_status.edition(
        cache.shown_zh(),
        is_edition=cache.is_edition(),
        is_frozen=code in cache.editions(),
        revised=revisions.revised_count(code),
    )


def scope(chosen: filters.Chosen, state: Row) -> str:
    """What a printed page is about, where the filters have vanished."""
    span = formats.span_with_year_zh(chosen.span_kind, chosen.month)
    return "　".join((state["profile_name_zh"], span, chosen.unit_name, cache.shown_zh()))


def told(head: Safe, lead: str = "", why: str = "") -> Safe:
    """The conclusion first, in words."""
    return fill(
        '<section class="told" aria-label="结论"><h2>{head}</h2><p class="lead">{lead}</p>'
        '<p class="why">{why}</p></section>',
        head=head,
        lead=prose(lead),
        why=prose(why),
    )


def act(action: str, value: str) -> None:
    """Doors every page has: a figure opens its drawer, a filter refilters the page."""
    (filters.choose if action in filters.KEYS else drawer.act)(action, value)
