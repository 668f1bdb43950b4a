"""Named SELECTs over the served file, for pages, reports and tests.

Each call opens the file of the current build (or of an edition) sealed and read-only, and closes
it: a connection shared between Streamlit sessions hands one user another user's rows.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from warehouse.files.home import Home
from warehouse.models.database import open_pair, open_sealed
from warehouse.models.sql_models import SQL_DIR, files_below
from warehouse.models.what_if import as_if
from warehouse.versions.versions import served_file

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]+)")
_COMMENT = re.compile(r"--[^\n]*")


@cache
def _files(folder: str) -> dict[str, Path]:
    return {path.stem: path for path in files_below(SQL_DIR / folder)}


@lru_cache(maxsize=256)
def query_text(name: str, folder: str = "queries") -> str:
    """SQL text of a named query with DuckDB's parameter marks; KeyError if there is none."""
    path = _files(folder).get(name)
    if path is None:
        raise KeyError(f"没有名为 {name} 的查询")
    return _PARAMETER.sub(r"$\1", _COMMENT.sub("", path.read_text(encoding="utf-8")))


def parameters_of(name: str, folder: str = "queries") -> tuple[str, ...]:
    """Names of a query's parameters, in order of first use."""
    return _parameters(query_text(name, folder))


def _parameters(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"\$([a-z_]+)", text)))


def run(
    name: str, *, home: Home | None = None, edition: str | None = None, **params: Any
) -> pd.DataFrame:
    """Rows of a named query on the current build, or on a frozen edition such as `2026-10`.

    Raises FileNotFoundError when nothing has been published yet.
    """
    return run_file(name, served_file(home or Home.find(), edition), **params)


def run_file(
    name: str, path: Path, *, instead: Mapping[str, str] | None = None, **params: Any
) -> pd.DataFrame:
    """Rows of a named query on one served file.

    With `instead`, as if those relations held the rows of other named queries:
    `instead={"marts.score_weight": "what_if_weights"}`.
    """
    with open_sealed(path, locked=False) as connection:
        text = query_text(name)
        if instead:
            models = dict(connection.execute(query_text("model_texts")).fetchall())
            text = as_if(text, models, {full: query_text(other) for full, other in instead.items()})
        return connection.execute(text, {key: params[key] for key in _parameters(text)}).df()


def run_pair(name: str, before: Path, after: Path, **params: Any) -> pd.DataFrame:
    """Rows of a named comparison (`sql/comparisons`) of two served files of one schema."""
    text = query_text(name, "comparisons")
    with open_pair(before, after) as connection:
        return connection.execute(text, {key: params[key] for key in _parameters(text)}).df()
