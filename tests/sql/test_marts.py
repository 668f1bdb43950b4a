"""Marts that are no indicators against rows worked out by hand, from facts laid in the lake."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.golden.runner import MODELS, build_case
from warehouse.models.database import Connection, build_model
from warehouse.models.sql_models import load_models, upstream

FOLDER = Path(__file__).parent
FILES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yml")}
CASES = [(stem, case) for stem, file in sorted(FILES.items()) for case in file["cases"]]


def build_mart(case: dict[str, Any], mart: str) -> Connection:
    """A figure's warehouse of a case's facts, and what the mart needs beside it."""
    connection = build_case(case)
    for model in upstream(load_models(), mart):
        if model not in MODELS:
            build_model(connection, model)
    return connection


def stored(connection: Connection, model: str, where: dict[str, Any]) -> dict[str, Any] | None:
    """The one row that a case speaks of."""
    clause = " and ".join(f"{name} = ?" for name in where)
    found = connection.execute(f"select * from {model} where {clause}", list(where.values()))
    names = [column[0] for column in found.description or ()]
    rows = found.fetchall()
    assert len(rows) < 2, f"{model} {where}: {len(rows)} rows"
    return dict(zip(names, rows[0], strict=True)) if rows else None


def plain(value: Any) -> Any:
    """A number as it compares, whatever type it is stored in."""
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize(("stem", "case"), CASES, ids=[f"{s}: {c['name']}" for s, c in CASES])
def test_rows_are_those_worked_out_by_hand(stem: str, case: dict[str, Any]) -> None:
    with build_mart(case, FILES[stem]["model"]) as connection:
        for expected in case["expect"]:
            row = stored(connection, FILES[stem]["model"], expected["where"])
            wanted = expected["is"]
            got = row and {name: plain(row[name]) for name in wanted or ()}
            assert got == wanted, expected["why"]


def test_a_stock_that_does_not_balance_is_found() -> None:
    case = FILES["hazard_flow"]["cases"][0]
    with build_mart(case, "marts.hazard_flow") as connection:
        text = connection.execute(
            "select sql_text from catalogue.model where model_name = 'chk_hazard_flow'"
        ).fetchall()[0][0]
        assert connection.execute(text).fetchall() == []
        connection.execute(
            "update marts.hazard_flow set closed_count = closed_count + 1 where unit_id = 'town_a'"
        )
        assert {row[3] for row in connection.execute(text).fetchall()} == {"town_a"}


def test_sectors_add_up_to_the_whole_area() -> None:
    case = FILES["sector_value"]["cases"][1]
    with build_mart(case, "marts.sector_value") as connection:
        wrong = connection.execute(
            "select * from (select indicator_code, span_kind, span_month, sum(numerator) as n"
            " from marts.sector_value group by all) as s"
            " inner join marts.figure as f using (indicator_code, span_kind, span_month)"
            " where f.unit_role = 'total' and f.category_code = '*' and f.numerator <> s.n"
        ).fetchall()
    assert wrong == []
