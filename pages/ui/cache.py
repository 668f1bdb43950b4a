"""Rows for pages, cached by build: one build for the whole run, so no page mixes two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui import access
from reports.source import Row, records
from warehouse import queries, versions
from warehouse.home import Home

__all__ = [
    "Row",
    "begin_run",
    "edition_rows",
    "editions",
    "has_build",
    "is_outdated",
    "row",
    "rows",
]

RUN_BUILD = "run_build"
MAX_ENTRIES = 1000


def begin_run() -> bool:
    """Fix the build this run reads; False when nothing has been published yet."""
    try:
        st.session_state[RUN_BUILD] = str(versions.served_file(Home.find()))
    except FileNotFoundError:
        st.session_state.pop(RUN_BUILD, None)
        return False
    return True


def is_outdated() -> bool:
    """A newer build has been published since this run began."""
    try:
        return str(versions.served_file(Home.find())) != st.session_state.get(RUN_BUILD)
    except FileNotFoundError:
        return False


def has_build() -> bool:
    """Whether this run found a build."""
    return RUN_BUILD in st.session_state


def build_file() -> Path:
    """The file this run reads; it says which build it is."""
    return Path(st.session_state[RUN_BUILD])


def rows(name: str, **params: Any) -> list[Row]:
    """Rows of a named query on this run's build, for whoever may still see this page."""
    access.renew()
    return _rows(name, st.session_state[RUN_BUILD], params)


def row(name: str, **params: Any) -> Row | None:
    """The only row of a named query, None when there is none."""
    found = rows(name, **params)
    return found[0] if found else None


def office() -> str:
    """Name of the office; it stands on the sign-in form too, so nobody is asked for."""
    if not has_build():
        return ""
    found = _rows("data_state", st.session_state[RUN_BUILD], {})
    return str(found[0]["office_zh"]) if found else ""


def edition_rows(edition: str, name: str, **params: Any) -> list[Row]:
    """Rows of a named query on a frozen edition."""
    access.renew()
    return _rows(name, str(versions.served_file(Home.find(), edition)), params)


def editions() -> list[str]:
    """Months with a frozen edition, newest first."""
    return versions.editions(Home.find())


@st.cache_data(max_entries=MAX_ENTRIES, show_spinner=False)
def _rows(name: str, path: str, params: dict[str, Any]) -> list[Row]:
    """The path stands for the build in the key: a served file is never written again."""
    return records(queries.run_file(name, Path(path), **params))
