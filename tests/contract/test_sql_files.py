"""Folder is schema, file is view, content is one SELECT; Python holds no SQL of the business."""

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from tests.contract.repository import (
    MODEL_FOLDERS,
    SQL,
    name_of,
    python_files,
    sql_files,
    texts,
    tree_of,
)

LINES = 120
PREFIXES = {
    "staging": ("stg_",),
    "core": ("dim_", "fct_"),
    "indicators": ("ind_",),
    "checks": ("chk_",),
}
#: Marts, derived, queries and questions have no prefix and may not look like another layer.
ALL_PREFIXES = tuple(prefix for prefixes in PREFIXES.values() for prefix in prefixes)
SELECT_FROM = re.compile(r"\bselect\s.+?\sfrom\s", re.IGNORECASE | re.DOTALL)
#: Python that may say `select … from`, and why. Everything else asks by the name of a query.
GLUE = {
    "warehouse/models/database.py": "the one place that speaks DuckDB's own language",
    "warehouse/models/sql_models.py": (
        "the generated unions of all indicators, derived indicators and checks"
    ),
    "warehouse/models/chinese_views.py": "the Chinese views, generated from the dictionary's rows",
    "warehouse/versions/lifted_tables.py": (
        "tables of an older file as they are, with columns added"
    ),
    "warehouse/accounts/log.py": "the access log: rows of state.sqlite, which holds no figure",
    "warehouse/accounts/sessions.py": "sessions: rows of state.sqlite",
    "warehouse/files/reminder_log.py": (
        "state.sqlite: who was urged when; no figure comes from there"
    ),
    "warehouse/guard/query_log.py": "state.sqlite: who asked what; no figure comes from there",
}

each_model = pytest.mark.parametrize("path", sql_files(*MODEL_FOLDERS), ids=name_of)
each_file = pytest.mark.parametrize("path", sql_files(), ids=name_of)


def statements(path: Path) -> list[exp.Expr | None]:
    return sqlglot.parse(path.read_text(encoding="utf-8"), dialect="duckdb")


@each_file
def test_a_file_is_one_select(path: Path) -> None:
    (statement,) = statements(path)
    assert isinstance(statement, exp.Query), "content must be one SELECT"


@each_file
def test_the_first_line_states_the_grain(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("-- grain: one row"), (
        "第一行: -- grain: one row …"
    )


@each_file
def test_a_file_fits_on_two_screens(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


@each_file
def test_the_prefix_tells_the_layer(path: Path) -> None:
    wanted = PREFIXES.get(path.relative_to(SQL).parts[0])
    assert path.stem.startswith(wanted) if wanted else not path.stem.startswith(ALL_PREFIXES)


@each_model
def test_the_last_cte_is_named_as_the_file(path: Path) -> None:
    (statement,) = statements(path)
    assert statement is not None
    ctes = statement.args.get("with_")
    if ctes:
        assert ctes.expressions[-1].alias == path.stem
        assert statement.sql().endswith(f"SELECT * FROM {path.stem}")


def test_nothing_but_known_folders_stands_in_sql() -> None:
    folders = {path.name for path in SQL.iterdir() if path.is_dir()}
    others = {"queries", "questions", "comparisons", "catalogue", "dictionary"}
    assert folders <= {*MODEL_FOLDERS, *others}


def says_sql(path: Path) -> list[int]:
    return [line for line, text in texts(tree_of(path)) if SELECT_FROM.search(text)]


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_python_asks_by_the_name_of_a_query(path: Path) -> None:
    if name_of(path) not in GLUE:
        assert says_sql(path) == [], "lines with SQL text"


def test_every_exception_is_still_needed() -> None:
    needed = {name_of(path) for path in python_files() if says_sql(path)}
    assert set(GLUE) <= needed
