"""One indicator is one row, one SQL file and one file of golden cases, under one name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from etl.build.inputs.build_inputs import datasets, put_catalogue, put_lake, put_profile
from etl.build.inputs.row_ledger import Ledger, put_ledger
from tests.contract.repository import ROOT, SQL, name_of, rows, sql_files
from warehouse.files.home import DEFAULT_PROFILE, Home, profile_folder
from warehouse.models.database import Connection, build_model, open_scratch
from warehouse.models.sql_models import load_models

INDICATORS = rows(SQL / "catalogue" / "indicators.csv")
GOLDEN = ROOT / "tests" / "golden"
MONEY = "DECIMAL(18,4)"
MEASURE = {
    "indicator_code": "VARCHAR",
    "part": "VARCHAR",
    "month": "DATE",
    "done_month": "DATE",
    "territory_id": "VARCHAR",
    "department_id": "VARCHAR",
    "actor_id": "VARCHAR",
    "sector_code": "VARCHAR",
    "category_code": "VARCHAR",
    "entity_id": "VARCHAR",
    "amount": MONEY,
    "source_table": "VARCHAR",
    "row_id": "VARCHAR",
}
MEMBER = {
    "indicator_code": "VARCHAR",
    "span_kind": "VARCHAR",
    "span_month": "DATE",
    "unit_role": "VARCHAR",
    "unit_id": "VARCHAR",
    "member_id": "VARCHAR",
    "n_amount": MONEY,
    "d_amount": MONEY,
    "verdict_code": "VARCHAR",
}
TIME_RULES = {"flow", "stock", "cohort", "given"}
SIGN_PAIRS = {(i, d) for i in ("-1", "0", "1") for d in ("-1", "0", "1")}
NOT_CASES = {"defaults"}


def codes(kind: str) -> set[str]:
    return {row["indicator_code"] for row in INDICATORS if row["kind"] == kind}


def stems(folder: Path, ending: str) -> set[str]:
    return {path.stem for path in folder.glob(f"*.{ending}")}


def words(cell: str) -> set[str]:
    return set(cell.split(";")) - {""}


@pytest.fixture(scope="module")
def empty_build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Every model over a warehouse that nobody has reported to."""
    home = Home(tmp_path_factory.mktemp("empty"), DEFAULT_PROFILE)
    folder = profile_folder(DEFAULT_PROFILE, home.root)
    with open_scratch() as connection:
        put_catalogue(connection, load_models())
        put_profile(connection, DEFAULT_PROFILE, folder, home.root)
        put_lake(connection, home, [])
        put_ledger(connection, Ledger())
        for model in load_models():
            build_model(connection, model)
        yield connection


def described(connection: Connection, path: Path) -> dict[str, str]:
    table = f"{path.parent.name}.{path.stem}"
    return {row[0]: row[1] for row in connection.execute(f"describe {table}").fetchall()}


def test_codes_and_names_are_unique() -> None:
    assert len({row["indicator_code"] for row in INDICATORS}) == len(INDICATORS)
    assert len({row["name_zh"] for row in INDICATORS}) == len(INDICATORS)


def test_each_base_indicator_has_its_view_and_its_cases() -> None:
    wanted = {f"ind_{code}" for code in codes("base")}
    assert stems(SQL / "indicators", "sql") == wanted
    assert {stem for stem in stems(GOLDEN, "yml") if stem.startswith("ind_")} == wanted


def test_each_derived_indicator_has_its_view_and_its_cases() -> None:
    assert stems(SQL / "derived", "sql") == codes("derived")
    others = {stem for stem in stems(GOLDEN, "yml") if not stem.startswith("ind_")}
    assert others - NOT_CASES == codes("derived")


@pytest.mark.parametrize("path", sql_files("indicators"), ids=name_of)
def test_an_indicator_view_returns_measure_rows(empty_build: Connection, path: Path) -> None:
    assert list(described(empty_build, path).items()) == list(MEASURE.items())


@pytest.mark.parametrize("path", sql_files("derived"), ids=name_of)
def test_a_derived_view_returns_members(empty_build: Connection, path: Path) -> None:
    assert list(described(empty_build, path).items()) == list(MEMBER.items())


@pytest.mark.parametrize("path", sql_files("indicators", "derived"), ids=name_of)
def test_a_view_speaks_of_its_own_indicator(path: Path) -> None:
    tree = sqlglot.parse_one(path.read_text(encoding="utf-8"), dialect="duckdb")
    named = {
        item.this.name
        for item in tree.find_all(exp.Alias)
        if item.alias == "indicator_code" and isinstance(item.this, exp.Literal)
    }
    assert named == {path.stem.removeprefix("ind_")}


@pytest.mark.parametrize("path", sql_files("indicators"), ids=name_of)
def test_an_indicator_view_calculates_nothing(path: Path) -> None:
    tree = sqlglot.parse_one(path.read_text(encoding="utf-8"), dialect="duckdb")
    assert not list(tree.find_all(exp.Sum, exp.Avg, exp.Count, exp.Div, exp.Round))


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row["indicator_code"])
def test_a_row_of_the_catalogue_is_whole(row: dict[str, str]) -> None:
    rules = words(row["numerator_time"]) | words(row["denominator_time"])
    assert rules <= TIME_RULES
    assert bool(row["numerator_time"]) == (row["kind"] == "base")
    assert row["definition_zh"].endswith("。")
    assert row["direction"] in {"up", "down", "none"}
    is_of_duties = row["domain_code"] == "reporting"
    assert row["primary_dataset"] in (("",) if is_of_duties else datasets())
    assert words(row["unit_roles"]) <= {"territory", "department", "actor"}
    assert words(row["span_kinds"]) <= {"month", "ytd", "quarter", "year", "rolling12"}
    known = {policy["id"] for policy in rows(SQL / "catalogue" / "policy.csv")}
    assert words(row["policy_ids"]) <= known


def test_verdicts_cover_all_signs_and_zero_kept() -> None:
    verdicts = rows(SQL / "catalogue" / "verdicts.csv")
    pairs = [
        (row["incident_sign"], row["death_sign"]) for row in verdicts if row["is_zero_kept"] == "0"
    ]
    assert sorted(pairs) == sorted(SIGN_PAIRS)
    assert sum(row["is_zero_kept"] == "1" for row in verdicts) == 1


def test_checks_are_rows_and_files_under_one_name() -> None:
    listed = rows(SQL / "catalogue" / "checks.csv")
    by_sql = {f"chk_{row['check_code']}" for row in listed if row["kind"] == "sql"}
    assert stems(SQL / "checks", "sql") == by_sql
    assert {row["scope"] for row in listed} <= {"warehouse", "submission", "notice"}


def test_nobody_reporting_is_no_error(empty_build: Connection) -> None:
    (count,) = empty_build.execute("select count(*) from marts.figure").fetchone() or (None,)
    assert count is not None
