"""Ranks against hand arithmetic, each condition held by a case, schemes that are refused."""

from typing import Any

import pytest

from tests.golden.mutate import mutants
from tests.golden.score.runner import (
    FOLDER,
    RANKING,
    build_case,
    differences,
    faults,
    load_cases,
    rebuild,
)
from warehouse.models.database import Connection
from warehouse.models.sql_models import Model

FILES = sorted(path for path in FOLDER.glob("*.yml") if path.name != "defaults.yml")
CASES = [case for path in FILES for case in load_cases(path)]
RULES = [model for model in RANKING if model.name.startswith("score_") or model.name == "score"]
MUTANTS = [(f"{m.name}: {name}", mutant) for m in RULES for name, mutant in mutants(m)]


@pytest.fixture(scope="module")
def built() -> list[tuple[dict[str, Any], Connection]]:
    """Every case with its ranking, built once; a mutant is built over it and rolled back."""
    return [(case, build_case(case)) for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_ranks_are_those_worked_out_by_hand(case: dict[str, Any]) -> None:
    with build_case(case) as connection:
        assert differences(connection, case["expect"]) == []
        assert faults(connection) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases_are_small_enough_to_check_by_hand(case: dict[str, Any]) -> None:
    assert 1 <= len(case["units"]) <= 10
    assert len(case["items"]) <= 4
    assert all(expected["why"] for expected in case["expect"])


@pytest.mark.parametrize(("name", "mutant"), MUTANTS, ids=[name for name, _ in MUTANTS])
def test_no_condition_can_be_dropped_or_flipped_unnoticed(
    built: list[tuple[dict[str, Any], Connection]], name: str, mutant: Model
) -> None:
    assert any(_differs(connection, mutant, case["expect"]) for case, connection in built), (
        f"{name} 改了也没有一个算例失败"
    )


def _differs(connection: Connection, mutant: Model, expect: list[dict[str, Any]]) -> bool:
    connection.begin()
    try:
        rebuild(connection, mutant)
        return bool(differences(connection, expect))
    finally:
        connection.rollback()


BASE: dict[str, Any] = {
    "units": {"a": None},
    "figures": {"2026-10": {}},
    "items": [
        {
            "item_code": "x",
            "indicator_code": "major_hazard_closure_rate",
            "mode": "completion",
            "points": 100,
            "full_at": 100,
            "zero_at": 0,
        },
    ],
}
REFUSED = {
    "x：incident_count 是不排名的指标，不能计分": {"indicator_code": "incident_count"},
    "x：penalty_count 是不排名的指标，不能计分": {"indicator_code": "penalty_count"},
    "x：没有指标 no_such": {"indicator_code": "no_such"},
    "x：major_hazard_closure_rate 不按 actor 统计": {"unit_role": "actor"},
    "x：没有计分方式 guess": {"mode": "guess"},
    "各项分值合计应为 100，实为 99.00": {"points": 99},
    "x：larger_incident_count 是力争目标，不能一票否决": {
        "indicator_code": "larger_incident_count",
        "mode": "veto",
        "veto_comparator": ">=",
        "veto_value": 1,
        "points": "",
    },
}


@pytest.mark.parametrize(("words", "changed"), REFUSED.items(), ids=list(REFUSED))
def test_a_scheme_that_may_not_be_is_refused(words: str, changed: dict[str, Any]) -> None:
    with build_case({**BASE, "items": [{**BASE["items"][0], **changed}]}) as connection:
        assert faults(connection) == [f"晾晒方案 s（v1）{words}"]


def test_versions_may_not_overlap_nor_items_repeat() -> None:
    versions = [
        {"version": "v1", "month_to": "2026-10"},
        {"version": "v2", "month_from": "2026-10"},
    ]
    with build_case({**BASE, "schemes": versions}) as connection:
        assert faults(connection) == ["晾晒方案 s（v1）与 v2 版的月份重叠"]
    halves = [{**BASE["items"][0], "points": 50}] * 2
    with build_case({**BASE, "items": halves}) as connection:
        assert faults(connection) == ["晾晒方案 s（v1）x：写了 2 次"]
