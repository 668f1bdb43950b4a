"""No expectation that cannot fail: each is broken by a row of its own and by no other."""

import json
from functools import cache
from typing import Any

import pandas as pd
import pytest

from etl.build.suites import FOLDER, code_of, judge_frame, suite_context
from tests.contract.repository import ROOT, SQL, rows

SUITES = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("suite_*.json")}
EXPECTATIONS = [
    (code, number) for code, suite in SUITES.items() for number in range(len(suite["expectations"]))
]
CHECKS = {row["check_code"]: row for row in rows(SQL / "catalogue" / "checks.csv")}
#: A row as sound as a suite can ask for: what its expectations do not fix is written here.
DAY = pd.Timestamp(2026, 3, 5)
SOUND: dict[str, Any] = {
    "row_id": "0123456789abcdef-1-",
    "credit_code": "91370481MA3C12345X",
    "unit_id": "town_",
    "receipt_seq": 1,
}

each_expectation = pytest.mark.parametrize(
    ("code", "number"),
    EXPECTATIONS,
    ids=[f"{code}: {SUITES[code]['expectations'][n]['meta']['zh']}" for code, n in EXPECTATIONS],
)


def sound_row(expectations: list[dict[str, Any]], turn: int) -> dict[str, Any]:
    row = {"row_id": f"{SOUND['row_id']}{turn}", "receipt_seq": turn}
    for given in (expectation["kwargs"] for expectation in expectations):
        for name in ("column_A", "column_B"):
            if name in given:
                row[given[name]] = DAY
    for expectation in expectations:
        given = expectation["kwargs"]
        column = given.get("column", "row_id")
        if "value_set" in given:
            row[column] = given["value_set"][0]
        elif "min_value" in given:
            is_date = isinstance(given["min_value"], str)
            row[column] = DAY if is_date else given["min_value"] + 1
        elif "regex" in given or expectation["type"].endswith("unique"):
            row[column] = {"credit_code": SOUND["credit_code"]}.get(
                column, f"{SOUND.get(column, 'text_')}{turn}"
            )
    for expectation in expectations:
        row.setdefault(expectation["kwargs"].get("column", "row_id"), "有")
    return row


def broken_row(expectation: dict[str, Any], row: dict[str, Any], first: dict[str, Any]) -> None:
    given, kind = expectation["kwargs"], expectation["type"]
    if kind.endswith("a_to_be_greater_than_b"):
        row[given["column_A"]] = row[given["column_B"]] - pd.Timedelta(days=1)
    elif kind.endswith("not_be_null"):
        row[given["column"]] = None
    elif kind.endswith("be_unique"):
        row[given["column"]] = first[given["column"]]
    elif kind.endswith("be_between") and isinstance(given["min_value"], str):
        row[given["column"]] = pd.Timestamp(1926, 3, 5)
    elif kind.endswith("be_between"):
        row[given["column"]] = given["min_value"] - 1
    else:
        row[given["column"]] = "？"


@cache
def judged(code: str) -> list[tuple[int, str, str]]:
    """(receipt, check code, sentence) of a frame: row 0 sound, row n breaking expectation n - 1."""
    expectations = SUITES[code]["expectations"]
    made = [sound_row(expectations, turn) for turn in range(len(expectations) + 1)]
    for turn, expectation in enumerate(expectations, 1):
        broken_row(expectation, made[turn], made[0])
    faults = judge_frame(context(), code, SUITES[code], pd.DataFrame(made))
    return [(fault.receipt_seq or 0, fault.check_code, fault.detail_zh) for fault in faults]


@cache
def context() -> Any:
    return suite_context()


@each_expectation
def test_a_row_breaks_it(code: str, number: int) -> None:
    expectation = SUITES[code]["expectations"][number]
    said = [(c, zh) for seq, c, zh in judged(code) if seq == number + 1]
    wanted = (code_of(code, expectation), expectation["meta"]["zh"])
    assert any(c == wanted[0] and zh.startswith(wanted[1]) for c, zh in said), said


@pytest.mark.parametrize("code", SUITES)
def test_a_sound_row_breaks_nothing_of_its_own(code: str) -> None:
    """Row 0 is only ever named as the other half of a repeated key."""
    assert {zh.split("（")[0] for seq, _, zh in judged(code) if seq == 0} <= {
        e["meta"]["zh"] for e in SUITES[code]["expectations"] if e["type"].endswith("be_unique")
    }


@each_expectation
def test_it_counts_under_a_listed_check(code: str, number: int) -> None:
    expectation = SUITES[code]["expectations"][number]
    check = CHECKS[code_of(code, expectation)]
    assert (check["kind"], check["table_name"]) == ("suite", SUITES[code]["meta"]["table"])


def test_every_listed_suite_check_has_an_expectation() -> None:
    used = {code_of(c, e) for c, suite in SUITES.items() for e in suite["expectations"]}
    assert used == {code for code, row in CHECKS.items() if row["kind"] == "suite"}


def test_every_fact_and_the_units_have_a_suite() -> None:
    facts = {
        f"core.{path.stem}"
        for path in (SQL / "core").rglob("fct_*.sql")
        if (ROOT / "etl" / "sources" / path.stem.removeprefix("fct_")).is_dir()
    }
    assert {suite["meta"]["table"] for suite in SUITES.values()} == facts | {"core.dim_unit"}


@pytest.mark.parametrize("code", [code for code in SUITES if code != "suite_unit"])
def test_a_code_list_is_the_dictionary_s(code: str) -> None:
    listed: dict[str, set[str]] = {}
    for row in rows(SQL / "dictionary" / "codes.csv"):
        listed.setdefault(row["code_list"], set()).add(row["code"])
    folder = ROOT / "etl" / "sources" / code.removeprefix("suite_")
    lists = {row["field"]: row["code_list"] for row in rows(folder / "columns.csv")}
    for expectation in SUITES[code]["expectations"]:
        given = expectation["kwargs"]
        if "value_set" in given and given["column"] != "unit_code":
            assert set(given["value_set"]) == listed[lists[given["column"]]], given["column"]
