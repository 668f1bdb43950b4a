"""Leaving out never helps: no blank cell, no spoilt row raises its unit's score or rank."""

import copy
import csv
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.build.inputs.scheme_tables import COLUMNS
from tests.golden import runner
from warehouse.models.sql_models import load_models, upstream

WANTED = upstream(load_models(), "marts.score")
SCHEME = {
    "scheme_code": "s", "version": "v", "name_zh": "方案", "list_zh": "镇", "group_codes": "town",
    "month_from": "2026-01", "month_to": "", "minimum_points": "50", "missing_report": "out",
    "mark_count": "3", "tier1_zh": "优秀", "tier1_from": "90", "tier2_zh": "良好",
    "tier2_from": "80", "tier3_zh": "合格", "tier3_from": "60", "tier4_zh": "不合格",
    "veto_tier_zh": "不合格", "digest_id": "", "document": "", "article": "", "quote": "",
    "note": "", "sort_no": "1",
}  # fmt: skip
COMMON = {"scheme_code": "s", "version": "v", "unit_role": "territory"}
RATE = {"mode": "completion", "full_at": "100", "zero_at": "0", "minimum_denominator": "3"}
ITEMS = [
    {"item_code": "closure", "indicator_code": "major_hazard_closure_rate", "points": "40", **RATE},
    {"item_code": "found", "indicator_code": "major_hazard_rectified_rate", "points": "30", **RATE},
    {"item_code": "overdue", "indicator_code": "major_hazard_overdue_count", "points": "30",
     "mode": "deduct", "full_at": "0", "unit_points": "5", "floor_points": "0"},
]  # fmt: skip
LEDGERS = [
    {"id": unit, "dataset": "hazard", "unit": unit, "as_of": date(2026, 3, 31),
     "from": date(2026, 1, 1), "to": date(2026, 3, 31)}
    for unit in ("town_a", "town_b")
]  # fmt: skip
ROWS: list[dict[str, Any]] = [
    {"found_date": date(2026, 1, 5), "due_date": date(2026, 2, 1), "status_code": "closed",
     "accepted_date": date(2026, 1, 20), "rectified_date": date(2026, 1, 18)},
    {"found_date": date(2026, 1, 6), "due_date": date(2026, 2, 9),
     "status_code": "accepted", "accepted_date": date(2026, 2, 20),
     "rectified_date": date(2026, 2, 18)},
    {"found_date": date(2026, 2, 6), "due_date": date(2026, 3, 9)},
    {"found_date": date(2026, 3, 6), "due_date": date(2026, 4, 9)},
    {"found_date": date(2026, 3, 7), "due_date": date(2026, 5, 9), "status_code": "closed",
     "accepted_date": date(2026, 3, 20), "rectified_date": date(2026, 3, 18)},
]  # fmt: skip
FACTS: list[dict[str, Any]] = [
    {"in": unit, "hazard_no": f"{unit}-{number}", "territory_id": unit, **row}
    for unit in ("town_a", "town_b")
    for number, row in enumerate(ROWS)
]
UNREADABLE = 2
"""Of so many rows not even the day can be read; more would prove the same."""
CASE: dict[str, Any] = {"submissions": LEDGERS, "facts": FACTS}


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The profile of the golden cases, with a scheme for its towns."""
    folder = tmp_path_factory.mktemp("profiles") / "golden"
    shutil.copytree(runner.PROFILE, folder)
    items = [
        COMMON | {"item_zh": item["item_code"], "sort_no": str(number)} | item
        for number, item in enumerate(ITEMS, 1)
    ]
    for name, rows in (("schemes", [SCHEME]), ("scheme_items", items)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, COLUMNS[name].split(), restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def standing(case: dict[str, Any], profile: Path) -> tuple[Decimal | None, int | None]:
    """Score and rank of 甲镇 in 1—3月."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "PROFILE", profile)
        patch.setattr(runner, "MODELS", WANTED)
        connection = runner.build_case(case)
    with connection:
        (row,) = connection.execute(
            "select score, rank_no from marts.score where unit_id = 'town_a' and list_code = '*'"
            " and span_month = date '2026-03-01'"
        ).fetchall()
        return row


def left_out() -> Iterator[tuple[str, dict[str, Any]]]:
    """The same ledgers with something of 甲镇 left out."""
    mine = [index for index, row in enumerate(FACTS) if row["in"] == "town_a"]
    for index in mine:
        case = copy.deepcopy(CASE)
        row = case["facts"].pop(index)
        yield f"row {index} handed back", case | {"returned_rows": [_back(row)]}
        if index < UNREADABLE:
            yield f"row {index} unreadable", case | {"returned_rows": [{"in": "town_a"}]}
        for name in ("due_date", "territory_id"):
            case = copy.deepcopy(CASE)
            case["facts"][index][name] = None
            yield f"row {index} without {name}", case
    case = copy.deepcopy(CASE)
    for index in mine:
        case["facts"][index]["due_date"] = None
    yield "no deadlines", case
    case = copy.deepcopy(CASE)
    case["returned_rows"] = [_back(case["facts"][index]) for index in mine]
    case["facts"] = [row for row in case["facts"] if row["in"] != "town_a"]
    yield "all handed back", case


def _back(row: dict[str, Any]) -> dict[str, Any]:
    return {"in": row["in"], "business_date": row["found_date"], "hazard_grade_code": "major"}


CASES = dict(left_out())


@pytest.fixture(scope="module")
def whole(profile: Path) -> tuple[Decimal, int]:
    """What the town earns with nothing left out."""
    score, rank = standing(CASE, profile)
    assert score is not None and rank is not None
    return score, rank


@pytest.mark.parametrize("name", CASES)
def test_nothing_left_out_helps(name: str, profile: Path, whole: tuple[Decimal, int]) -> None:
    score, rank = standing(CASES[name], profile)
    assert score is None or score <= whole[0], f"{name}: {score} > {whole[0]}"
    assert rank is None or rank >= whole[1], f"{name}: {rank} < {whole[1]}"
