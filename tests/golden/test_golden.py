"""Every indicator against figures worked out by hand; each condition is held by a case."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.golden.mutate import mutants
from tests.golden.runner import FOLDER, build_case, differences, load_cases, rebuild
from warehouse.models.database import Connection
from warehouse.models.sql_models import Model, load_models

FILES = sorted(path for path in FOLDER.glob("*.yml") if path.name != "defaults.yml")
CASES = [(path.stem, case) for path in FILES for case in load_cases(path)]
INDICATORS = [
    m
    for m in load_models()
    if m.schema in ("indicators", "derived") and m.name not in ("measure", "member")
]
MUTANTS = [(model, name, mutant) for model in INDICATORS for name, mutant in mutants(model)]


@pytest.mark.parametrize(("stem", "case"), CASES, ids=[f"{s}: {c['name']}" for s, c in CASES])
def test_figures_are_those_worked_out_by_hand(stem: str, case: dict) -> None:
    with build_case(case) as connection:
        assert differences(connection, stem.removeprefix("ind_"), case["expect"]) == []


@pytest.mark.parametrize("stem", [p.stem for p in FILES])
def test_cases_are_small_enough_to_check_by_hand(stem: str) -> None:
    for case in load_cases(FOLDER / f"{stem}.yml"):
        assert 1 <= len(case["facts"]) + len(case.get("stated_totals", [])) <= 12
        assert all(expected["why"] for expected in case["expect"])


@pytest.mark.parametrize(
    ("model", "name", "mutant"), MUTANTS, ids=[f"{m.name}: {n}" for m, n, _ in MUTANTS]
)
def test_no_condition_can_be_dropped_or_flipped_unnoticed(
    model: Model, name: str, mutant: Model
) -> None:
    indicator = model.name.removeprefix("ind_")
    assert any(
        _differs(connection, mutant, indicator, case["expect"])
        for case, connection in built(model.name)
    ), f"{name} 改了也没有一个算例失败"


@cache
def built(stem: str) -> list[tuple[dict[str, Any], Connection]]:
    """Every case of an indicator, built once; a mutant is built over it and rolled back."""
    return [(case, build_case(case)) for case in load_cases(FOLDER / f"{stem}.yml")]


def _differs(
    connection: Connection, mutant: Model, indicator: str, expect: list[dict[str, Any]]
) -> bool:
    connection.begin()
    try:
        rebuild(connection, mutant)
        return bool(differences(connection, indicator, expect))
    finally:
        connection.rollback()


def test_every_indicator_has_cases() -> None:
    assert {model.name for model in INDICATORS} == {path.stem for path in FILES}
    assert yaml.safe_load(Path(FOLDER / "defaults.yml").read_text(encoding="utf-8"))
