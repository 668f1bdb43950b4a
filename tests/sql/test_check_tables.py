"""Findings and their counts by unit and month, over a handful of facts with known faults."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from etl.build.checks import run_checks
from etl.build.inputs.build_inputs import HELD
from etl.build.inputs.found_outside_sql import put_found
from etl.build.inputs.row_ledger import Ledger, put_ledger
from tests.golden.runner import MODELS, build_case
from warehouse.models.database import Connection, build_model, put_table
from warehouse.models.sql_models import load_models

SHEET = {"from": date(2026, 1, 1), "to": date(2026, 2, 28), "as_of": date(2026, 2, 28)}
LEARNT = {"in": "t", "category_code": "coal_mine", "person_key": "k", "person_id": "110101"}
CASE: dict[str, Any] = {
    "submissions": [
        {"id": "i", "dataset": "incident", "unit": "office", **SHEET},
        {"id": "t", "dataset": "training_record", "unit": "office", **SHEET},
    ],
    "facts": [
        {"in": "i", "incident_name": "A", "occurred_date": date(2026, 1, 5), "death_count": 3}
        | {"reported_grade_code": "ordinary", "territory_id": "town_b"},
        {"in": "i", "incident_name": "B", "occurred_date": date(2026, 1, 9), "death_count": 1},
        {"in": "i", "incident_name": "C", "occurred_date": date(2026, 2, 9), "death_count": 1}
        | {"sector_code": "没有这个代码"},
        LEARNT | {"trained_date": date(2026, 2, 3), "credit_code": None, "person_name": "王某某"},
    ],
}


@pytest.fixture(scope="module")
def checked() -> Iterator[Connection]:
    """All models and all checks over the case."""
    with build_case(CASE) as connection:
        put_table(connection, "lake.held", pa.Table.from_pylist([], schema=HELD))
        put_found(connection, {})
        put_ledger(connection, Ledger())
        for model in load_models():
            if model not in MODELS:
                build_model(connection, model)
        run_checks(connection, frozenset())
        yield connection


def rows(connection: Connection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def test_a_finding_says_whose_it_is_and_which_row(checked: Connection) -> None:
    found = rows(
        checked,
        "select unit_id, month, territory_id, file_name, sheet_name, row_number, dataset"
        " from marts.check_finding where check_code = 'grade_differs'",
    )
    assert found == [("office", date(2026, 1, 1), "town_b", "i.xlsx", "台账", 5, "incident")]


def test_rows_looked_at_are_counted_where_nothing_is_doubted(checked: Connection) -> None:
    found = rows(
        checked,
        "select unit_id, month, checked_count, failed_count from marts.check_unit_month"
        " where check_code = 'grade_differs' order by month",
    )
    assert found == [
        ("office", date(2026, 1, 1), 2, 1),
        ("office", date(2026, 2, 1), 1, 0),
    ]


def test_a_suite_names_the_column_in_chinese_and_keeps_personal_values_out(
    checked: Connection,
) -> None:
    found = rows(
        checked,
        "select check_code, month, detail_zh from marts.check_finding"
        " where check_code in ('suite_incident', 'suite_training_record') order by check_code",
    )
    assert found == [
        ("suite_incident", date(2026, 2, 1), "行业分类应在代码表（行业分类＝没有这个代码）"),
        ("suite_training_record", date(2026, 2, 1), "统一社会信用代码必填"),
    ]


def test_a_check_without_rows_of_a_unit_stands_under_the_whole_area(checked: Connection) -> None:
    found = rows(
        checked,
        "select unit_id, month, failed_count from marts.check_unit_month"
        " where check_code = 'target_formula'",
    )
    assert found == [("total", date(2026, 2, 1), 0)]


def test_every_check_has_counts_and_each_finding_is_counted_once(checked: Connection) -> None:
    counted = rows(
        checked,
        "select check_code, sum(failed_count) from marts.check_unit_month"
        " group by check_code having sum(failed_count) > 0 order by check_code",
    )
    listed = rows(
        checked,
        "select check_code, count(distinct coalesce(row_id, detail_zh)) from marts.check_finding"
        " group by check_code order by check_code",
    )
    assert counted == listed
