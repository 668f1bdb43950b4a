"""The dictionary names what is stored and hides what is personal."""

import re

import pytest

from etl.build.inputs.build_inputs import datasets
from tests.contract.repository import ROOT, SQL, rows
from warehouse.files.home import Home
from warehouse.models.database import open_sealed
from warehouse.versions.versions import current_number, staff_path

COLUMNS = rows(SQL / "dictionary" / "columns.csv")
TABLES = rows(SQL / "dictionary" / "tables.csv")
VISIBILITIES = {"open", "staff", "personal"}
#: A Chinese name begins with a Chinese character and can stand in SQL without quotes.
CHINESE_NAME = re.compile(r"[\u4e00-\u9fff][^\s%％()（）\[\]【】\"'.,;，；]*")


@pytest.mark.parametrize(
    "row", COLUMNS, ids=lambda row: f"{row['table_name']}.{row['column_name']}"
)
def test_a_column_has_a_chinese_name_and_a_visibility(row: dict[str, str]) -> None:
    assert CHINESE_NAME.fullmatch(row["name_zh"])
    assert row["visibility"] in VISIBILITIES


def test_chinese_names_are_unique_in_their_table() -> None:
    seen = [(row["table_name"], row["name_zh"]) for row in COLUMNS]
    assert len(set(seen)) == len(seen)


def test_what_a_workbook_declares_hidden_is_open_nowhere() -> None:
    hidden = {
        row["field"]
        for dataset in datasets()
        for row in rows(ROOT / "etl" / "sources" / dataset / "columns.csv")
        if row["visibility"] != "open"
    }
    assert not {row["column_name"] for row in COLUMNS if row["visibility"] == "open"} & hidden


def test_core_is_personal_unless_said_otherwise() -> None:
    facts = [row for row in TABLES if row["table_name"].startswith("core.fct_") and row["name_zh"]]
    held = {row["table_name"]: row["default_visibility"] for row in facts}
    assert held.pop("core.fct_submission") == "open"
    assert set(held.values()) == {"personal"}


def test_every_listed_column_exists(home: Home) -> None:
    with open_sealed(staff_path(home, current_number(home) or 0)) as connection:
        stored = connection.execute(
            "select schema_name || '.' || table_name, column_name from duckdb_columns()"
        ).fetchall()
    missing = {(row["table_name"], row["column_name"]) for row in COLUMNS} - set(stored)
    assert missing == set()
