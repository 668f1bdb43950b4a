"""Each rule over facts that trip it and facts that only just do not, worked out by hand.

`trips` on a fact names the rules that must point at its row; `units` says, for rules about a unit
and month, which ones they must name. What is not said must not be found.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.contract.repository import SQL, rows, sql_files
from tests.golden.runner import MODELS, build_case
from warehouse.models.database import Connection, build_model
from warehouse.models.sql_models import load_models, upstream

FOLDER = Path(__file__).parent / "checks"
FIRST_ROW = 5
FILES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yml")}
CASES = [case for _, file in sorted(FILES.items()) for case in file["cases"]]
NUMBERS = {"hazard": "hazard_no", "enforcement": "record_no", "incident": "incident_name"}


def expanded(case: dict[str, Any]) -> dict[str, Any]:
    """The case with a fact of `times: n` written out n times, each under a number of its own."""
    datasets = {s["id"]: s["dataset"] for s in case["submissions"]}
    facts: list[dict[str, Any]] = []
    for fact in case["facts"]:
        plain = {key: value for key, value in fact.items() if key not in ("times", "trips")}
        number = NUMBERS.get(datasets[fact["in"]], "")
        for _ in range(fact.get("times", 1)):
            own = {number: f"第{len(facts)}号"} if "times" in fact else {}
            facts.append({**plain, **own})
    return {**case, "facts": facts}


def build(case: dict[str, Any], codes: list[str]) -> Connection:
    connection = build_case(expanded(case))
    for model in upstream(load_models(), *(f"checks.chk_{code}" for code in codes)):
        if model not in MODELS:
            build_model(connection, model)
    return connection


def found(connection: Connection, code: str) -> list[tuple[Any, ...]]:
    asked = f"select row_id, unit_id, month, detail_zh from checks.chk_{code}"
    return connection.execute(asked).fetchall()


def codes_of(case: dict[str, Any]) -> list[str]:
    """The rules a case speaks of."""
    return [*case.get("checks", []), *case.get("units", {})]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_rule_finds_what_it_should_and_no_more(case: dict[str, Any]) -> None:
    codes = codes_of(case)
    with build(case, codes) as connection:
        for code in case.get("checks", []):
            numbers = {int(row[0].split("-")[-1]) for row in found(connection, code)}
            assert numbers == {
                number
                for number, fact in enumerate(case["facts"], FIRST_ROW)
                if code in fact.get("trips", [])
            }, code
        for code, wanted in case.get("units", {}).items():
            named = [(unit, month) for _, unit, month, _ in found(connection, code)]
            assert sorted(named, key=str) == sorted(map(tuple, wanted), key=str), code
        said = [row[3] for code in codes for row in found(connection, code)]
        assert all(said), "every finding says in Chinese what is wrong"


def test_every_notice_in_sql_has_a_case() -> None:
    tried = {code for case in CASES for code in codes_of(case)}
    listed = {
        row["check_code"]
        for row in rows(SQL / "catalogue" / "checks.csv")
        if row["kind"] == "sql" and row["scope"] == "notice"
    }
    assert listed - tried <= {"grade_differs", "outside_span", "report_differs"}


def test_every_parameter_is_read_and_explained() -> None:
    texts = "".join(path.read_text("utf-8") for path in sql_files("core", "checks", "marts"))
    for row in rows(SQL / "catalogue" / "check_parameters.csv"):
        assert f"p.parameter = '{row['parameter']}'" in texts
        assert row["meaning_zh"] and row["basis_zh"]
