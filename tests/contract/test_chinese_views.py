"""The Chinese views show what the tables hold, under Chinese names, and nothing that is hidden."""

import pytest

from tests.contract.repository import SQL, rows
from warehouse.files.home import Home
from warehouse.formats import STATUS_ZH
from warehouse.models.database import open_sealed, quoted
from warehouse.versions.versions import served_file

COLUMNS = rows(SQL / "dictionary" / "columns.csv")
CODES = rows(SQL / "dictionary" / "codes.csv")
NAMES = {row["names_from"] for row in rows(SQL / "dictionary" / "names.csv")}
VIEWS = {
    row["name_zh"]: row["table_name"]
    for row in rows(SQL / "dictionary" / "tables.csv")
    if row["name_zh"]
}
each_view = pytest.mark.parametrize("view", VIEWS)


def shown(view: str) -> list[dict[str, str]]:
    """Dictionary rows of the columns a view must show."""
    table = VIEWS[view]
    return [c for c in COLUMNS if c["table_name"] == table and c["visibility"] == "open"]


def test_every_list_of_names_is_known() -> None:
    known = {row["code_list"] for row in CODES} | NAMES
    assert {row["names_from"] for row in COLUMNS} - {""} <= known


def test_no_name_list_shadows_a_code_list() -> None:
    assert not NAMES & {row["code_list"] for row in CODES}


@each_view
def test_a_view_has_its_open_columns_and_no_other(home: Home, view: str) -> None:
    with open_sealed(served_file(home)) as connection:
        columns = [row[0] for row in connection.execute(f"describe {quoted(view)}").fetchall()]
    assert columns == [row["name_zh"] for row in shown(view)]


@each_view
def test_names_neither_lose_nor_double_a_row(home: Home, view: str) -> None:
    with open_sealed(served_file(home)) as connection:
        counts = [
            connection.execute(f"select count(*) from {source}").fetchone()
            for source in (quoted(view), VIEWS[view])
        ]
    assert counts[0] == counts[1]


@each_view
def test_a_coded_column_shows_names(home: Home, view: str) -> None:
    codes = {(row["code_list"], row["code"]) for row in CODES}
    with open_sealed(served_file(home)) as connection:
        units = connection.execute("select 'unit', unit_id from core.dim_unit").fetchall()
        for column in shown(view):
            said = f"select distinct {quoted(column['name_zh'])} from {quoted(view)}"
            values = {row[0] for row in connection.execute(said).fetchall()}
            left = {(column["names_from"], value) for value in values} & {*codes, *units}
            assert left == set(), column["name_zh"]


@each_view
def test_a_view_says_what_it_is(home: Home, view: str) -> None:
    with open_sealed(served_file(home)) as connection:
        said = connection.execute(
            "select comment from duckdb_views() where view_name = ?", [view]
        ).fetchone()
    assert said and said[0]


def test_status_words_are_the_words_of_the_screen() -> None:
    words = {row["code"]: row["name_zh"] for row in CODES if row["code_list"] == "figure_status"}
    assert words == {code: word for code, (_, word) in STATUS_ZH.items()}
