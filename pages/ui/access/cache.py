"""Rows for pages, cached by build: one file for all a page shows, so no page mixes two.

That is the build served when the run began, or the edition of a month once the page's filter 版本
has turned to it: figures, drawer and exports follow.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui.access import access
from reports.source import Row, records, version_zh
from warehouse import queries
from warehouse.files.home import Home
from warehouse.versions import versions

__all__ = [
    "Row",
    "begin_run",
    "current_rows",
    "edition_rows",
    "editions",
    "has_build",
    "is_outdated",
    "row",
    "rows",
]

RUN_BUILD = "run_build"
SHOWN = "run_shown"
MAX_ENTRIES = 1000


def begin_run() -> bool:
    """Fix the build this run reads; False when nothing has been published yet."""
    try:
        served = str(versions.served_file(Home.find()))
    except FileNotFoundError:
        st.session_state.pop(RUN_BUILD, None)
        return False
    st.session_state[RUN_BUILD] = st.session_state[SHOWN] = served
    return True


def show(edition: str | None) -> None:
    """From here on this run reads the edition of a month, or again the build it began with."""
    served = versions.served_file(Home.find(), edition) if edition else current_file()
    st.session_state[SHOWN] = str(served)


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
    """The file this page shows; it says which build or edition it is."""
    return Path(st.session_state[SHOWN])


def current_file() -> Path:
    """The build that was served when this run began, whatever the page shows."""
    return Path(st.session_state[RUN_BUILD])


def is_edition() -> bool:
    """Whether this page shows a frozen edition."""
    return build_file() != current_file()


def shown_zh() -> str:
    """`2026年10月定稿` or `快报 第 3 版`: what this page shows."""
    return version_zh(versions.build_id(build_file()))


def rows(name: str, **params: Any) -> list[Row]:
    """Rows of a named query on what this page shows, for whoever may still see this page."""
    access.renew()
    return _rows(name, str(build_file()), params)


def current_rows(name: str, **params: Any) -> list[Row]:
    """Rows of a named query on the served build, whatever the page shows."""
    access.renew()
    return _rows(name, str(current_file()), params)


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
