"""Rows behind a figure: sums, distinct entities, and which denominator rows the numerator lacks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pages.ui.figure.figure_rows import Behind, tally, tally_members


def row(part: str, row_id: str, entity: str = "", amount: object = 1.0, rule: str = "flow") -> Any:
    return {
        "part": part, "row_id": row_id, "entity_id": entity or row_id,
        "amount": amount, "time_rule": rule, "is_by_entity": rule == "entity",
    }  # fmt: skip


COHORT = [row("n", "a", rule="cohort"), row("d", "a"), row("d", "b"), row("d", "c")]
ENTITY = [
    row("n", "n1", "firm_1", rule="entity"),
    row("n", "n2", "firm_1", rule="entity"),
    row("d", "d1", "firm_1", rule="entity"),
    row("d", "d2", "firm_2", rule="entity"),
]
GIVEN = [row("n", "a", amount=2.0), row("d", "gdp", amount=793.59, rule="given")]


@pytest.mark.parametrize(
    ("rows", "missing"), [(COHORT, ["b", "c"]), (ENTITY, ["d2"]), (GIVEN, []), (COHORT[:1], [])]
)
def test_rows_the_numerator_lacks(rows: list[Any], missing: list[str]) -> None:
    assert [r["row_id"] for r in Behind.of(rows).not_counted] == missing


@pytest.mark.parametrize(
    ("rows", "numerator", "denominator"),
    [(COHORT, 1, 3), (ENTITY, 1, 2), (GIVEN, 2, 793.59), (COHORT[:1], 1, None)],
)
def test_rows_add_up(rows: list[Any], numerator: float, denominator: float | None) -> None:
    found = tally({"numerator": numerator, "denominator": denominator}, Behind.of(rows))
    assert found.agrees
    assert found.row_count == len(rows)


@pytest.mark.parametrize(
    "stored", [{"numerator": 2, "denominator": 3}, {"numerator": 1, "denominator": 2}]
)
def test_a_difference_is_seen(stored: dict[str, int]) -> None:
    assert not tally(stored, Behind.of(COHORT)).agrees


def test_tenths_add_up_exactly() -> None:
    rows = [row("n", str(i), amount=0.1) for i in range(10)]
    assert tally({"numerator": 1.0, "denominator": None}, Behind.of(rows)).summed_numerator == 1


def test_what_somebody_must_act_on_comes_first() -> None:
    assert {k: len(v) for k, v in Behind.of(COHORT).views().items()} == {
        "未计入分子": 2, "分子": 1, "分母": 3,
    }  # fmt: skip
    assert list(Behind.of(COHORT[:1]).views()) == ["全部"]


def test_a_unit_with_two_figures_stands_once() -> None:
    members = [
        {"unit_id": u, "n_amount": n, "d_amount": 1} for u, n in (("a", 1), ("a", 1), ("b", 0))
    ]
    found = tally_members({"numerator": 1, "denominator": 2}, members)
    assert found.agrees
    assert found.summed_denominator == Decimal(2)
