"""报送状态 over a handful of submissions: missing, late, zero, held, sent again, handed back."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

from etl.build.inputs.build_inputs import HELD
from etl.build.inputs.row_ledger import Ledger, put_ledger
from tests.golden.runner import build_case
from warehouse.models.database import Connection, build_model, put_table
from warehouse.models.sql_models import load_models, upstream

WANTED = upstream(load_models(), "marts.report_state")


def sent(name: str, dataset: str, unit: str, months: tuple[int, int], at: datetime) -> Any:
    last = date(2026, months[1], 28 if months[1] == 2 else 31)
    return {
        "id": name, "dataset": dataset, "unit": unit, "as_of": last, "received_at": at,
        "from": date(2026, months[0], 1), "to": last,
    }  # fmt: skip


CASE: dict[str, Any] = {
    "submissions": [
        sent("first", "incident", "bureau", (1, 1), datetime.fromisoformat("2026-02-07T09:00")),
        sent("again", "incident", "bureau", (1, 1), datetime.fromisoformat("2026-02-20T09:00")),
        sent("late", "hazard", "town_a", (1, 3), datetime.fromisoformat("2026-04-05T23:59")),
    ],
    "facts": [
        {"in": "again", "incident_name": "A", "occurred_date": date(2026, 1, 5)},
        {"in": "late", "hazard_no": "1", "found_date": date(2026, 1, 9)},
    ],
}


@pytest.fixture(scope="module")
def built() -> Iterator[Connection]:
    """The states, with one more submission that waits for a person."""
    waiting = {
        "receipt_seq": 9, "sheet_no": 1, "table_no": 1, "dataset": "hazard", "unit_id": "town_b",
        "span_from_date": date(2026, 1, 1), "span_to_date": date(2026, 1, 31),
    }  # fmt: skip
    said = [{"receipt_seq": 9, "file_name": "held.xlsx", "held_reason_zh": "少了 1 人死亡"}]
    with build_case(CASE) as connection:
        put_table(connection, "lake.held", pa.Table.from_pylist(said, schema=HELD))
        put_ledger(connection, Ledger(held_sheets=[waiting]))
        for model in WANTED:
            build_model(connection, model)
        yield connection


def state(connection: Connection, dataset: str, unit: str, month: int) -> tuple[Any, ...]:
    """State, times sent, when lateness can be told."""
    found = connection.execute(
        "select state, revision_count, is_lateness_known from marts.report_state"
        " where dataset = ? and unit_id = ? and month = ?",
        [dataset, unit, date(2026, month, 1)],
    ).fetchall()
    assert len(found) == 1
    return tuple(found[0])


def test_sent_twice_counts_by_the_first_receipt(built: Connection) -> None:
    assert state(built, "incident", "bureau", 1) == ("reported", 2, False)


def test_nothing_came(built: Connection) -> None:
    assert state(built, "incident", "bureau", 2) == ("missing", 0, True)


def test_a_ledger_of_three_months_is_late_for_the_month_already_due(built: Connection) -> None:
    assert state(built, "hazard", "town_a", 2) == ("late", 1, True)


def test_on_the_due_day_is_in_time_and_an_empty_month_is_a_zero_report(built: Connection) -> None:
    assert state(built, "hazard", "town_a", 3) == ("zero", 1, True)


def test_what_waits_for_a_person_is_not_missing(built: Connection) -> None:
    assert state(built, "hazard", "town_b", 1) == ("held", 0, False)
    assert state(built, "hazard", "town_b", 2) == ("not_due", 0, True)
    assert state(built, "hazard", "town_b", 3) == ("missing", 0, True)


def test_months_due_before_the_first_receipt_are_not_judged(built: Connection) -> None:
    assert state(built, "hazard", "town_a", 1) == ("reported", 1, False)


def test_the_due_day_lies_in_the_month_after(built: Connection) -> None:
    found = built.execute(
        "select distinct due_date from marts.report_state"
        " where dataset = 'hazard' and month = date '2026-01-01'"
    ).fetchall()
    assert found == [(date(2026, 2, 5),)]
