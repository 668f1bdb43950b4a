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
    home = Home.find()
    try:
        st.session_state[RUN_BUILD] = (versions.build_id(home), str(versions.served_file(home)))
    except FileNotFoundError:
        st.session_state.pop(RUN_BUILD, None)
        return False
    return True


def is_outdated() -> bool:
    """A newer build has been published since this run began."""
    shown = st.session_state[RUN_BUILD][0] if has_build() else None
    home = Home.find()
    return versions.current_number(home) is not None and versions.build_id(home) != shown


def has_build() -> bool:
    """Whether this run found a build."""
    return RUN_BUILD in st.session_state


def build() -> tuple[str, Path]:
    """Id and file of the build this run reads."""
    build_id, path = st.session_state[RUN_BUILD]
    return build_id, Path(path)


def rows(name: str, **params: Any) -> list[Row]:
    """Rows of a named query on this run's build, for whoever may still see this page."""
    access.renew()
    build_id, path = st.session_state[RUN_BUILD]
    return _rows(name, build_id, path, params)


def row(name: str, **params: Any) -> Row | None:
    """The only row of a named query, None when there is none."""
    found = rows(name, **params)
    return found[0] if found else None


def office() -> str:
    """Name of the office; it stands on the sign-in form too, so nobody is asked for."""
    if not has_build():
        return ""
    build_id, path = st.session_state[RUN_BUILD]
    found = _rows("data_state", build_id, path, {})
    return str(found[0]["office_zh"]) if found else ""


def edition_rows(edition: str, name: str, **params: Any) -> list[Row]:
    """Rows of a named query on a frozen edition."""
    access.renew()
    home = Home.find()
    path = str(versions.served_file(home, edition))
    return _rows(name, versions.build_id(home, edition), path, params)


def editions() -> list[str]:
    """Months with a frozen edition, newest first."""
    return versions.editions(Home.find())


@st.cache_data(max_entries=MAX_ENTRIES, show_spinner=False)
def _rows(name: str, build_id: str, path: str, params: dict[str, Any]) -> list[Row]:  # noqa: ARG001 - the key
    return records(queries.run_file(name, Path(path), **params))
