"""A decided duplicate counts once, through ledgers sent again; every row is accounted for."""

from datetime import date
from typing import Any

import pytest

from tests.golden.runner import build_case, differences
from tests.sql.test_checks import build
from warehouse.queries import query_text

KEPT, DROPPED = "incident:bureau:甲", "incident:town_a:乙"
SPAN = {"from": date(2026, 1, 1), "to": date(2026, 1, 31), "as_of": date(2026, 1, 31)}
LATER = {"from": date(2026, 1, 1), "to": date(2026, 2, 28), "as_of": date(2026, 2, 28)}
BOTH = [
    {"in": "a", "incident_name": "甲", "occurred_date": date(2026, 1, 5), "death_count": 1},
    {"in": "b", "incident_name": "乙", "occurred_date": date(2026, 1, 6), "death_count": 1},
]
MERGE = {"kept": KEPT, "dropped": DROPPED, "verdict": "duplicate"}


def case(facts: list[dict[str, Any]], *decisions: dict[str, str], again: bool = False) -> Any:
    ledgers = [
        {"id": "a", "dataset": "incident", "unit": "bureau", **SPAN},
        {"id": "b", "dataset": "incident", "unit": "town_a", **SPAN},
    ]
    resent = {"id": "c", "dataset": "incident", "unit": "town_a", **LATER}
    return {
        "submissions": ledgers + [resent] * again,
        "facts": facts,
        "decisions": list(decisions),
    }


def states(given: Any) -> list[tuple[str, str]]:
    with build_case(given) as connection:
        asked = "select identity, state from core.fct_row_state order by row_id"
        return connection.execute(asked).fetchall()


def deaths(given: Any, span: str = "month 2026-01") -> int:
    for count in range(5):
        with build_case(given) as connection:
            expected = [{"span": span, "n": count, "why": "数一数"}]
            if not differences(connection, "death_count", expected):
                return count
    raise AssertionError("more than four deaths")


def test_both_count_until_a_person_decides() -> None:
    assert deaths(case(BOTH)) == 2


def test_a_decided_duplicate_counts_once() -> None:
    given = case(BOTH, MERGE)
    assert deaths(given) == 1
    assert states(given) == [(KEPT, "current"), (DROPPED, "merged")]


def test_two_cases_both_count() -> None:
    assert deaths(case(BOTH, MERGE | {"verdict": "distinct"})) == 2


def test_a_decision_taken_back_counts_no_more() -> None:
    assert deaths(case(BOTH, MERGE, MERGE | {"verdict": "undecided"})) == 2
    assert deaths(case(BOTH, MERGE, {"kept": DROPPED, "dropped": KEPT, "verdict": "distinct"})) == 2


def test_a_ledger_sent_again_stays_merged() -> None:
    resent = {**BOTH[1], "in": "c", "occurred_date": date(2026, 1, 7)}
    given = case([*BOTH, resent], MERGE, again=True)
    assert states(given) == [(KEPT, "current"), (DROPPED, "superseded"), (DROPPED, "merged")]
    assert deaths(given) == 1


@pytest.mark.parametrize("gone", [0, 1])
def test_while_a_row_is_gone_the_other_counts(gone: int) -> None:
    other = [{"in": "a", "incident_name": "丙", "occurred_date": date(2026, 1, 9)}]
    given = case([*BOTH[:gone], *BOTH[gone + 1 :], *other], MERGE)
    assert deaths(given) == 1


def test_a_name_that_stands_twice_is_merged_by_nobody() -> None:
    twice = {**BOTH[1], "occurred_date": date(2026, 1, 20)}
    assert deaths(case([*BOTH, twice], MERGE)) == 3


def test_every_loaded_row_is_current_superseded_withdrawn_or_merged() -> None:
    resent = {**BOTH[1], "in": "c"}
    with build(case([*BOTH, resent], MERGE, again=True), ["row_balance"]) as connection:
        assert connection.table("checks.chk_row_balance").fetchall() == []
        connection.execute("update core.fct_row_state set state = 'lost' where state = 'merged'")
        text = connection.execute(
            "select sql_text from catalogue.model where model_name = 'chk_row_balance'"
        ).fetchall()[0][0]
        assert len(connection.execute(text).fetchall()) == 1


def test_a_merged_row_is_doubted_no_more_and_still_told_of() -> None:
    checks = ["incident_repeated", "decision_stale"]
    doubted = "select count(*) from marts.duplicate_suspicion"
    with build(case(BOTH), checks) as connection:
        assert connection.execute(doubted).fetchall() == [(1,)]
    with build(case(BOTH, MERGE), checks) as connection:
        assert connection.execute(doubted).fetchall() == [(0,)]
        (told,) = connection.execute(query_text("duplicate_decisions")).df().to_dict("records")
    assert (told["left_identity"], told["right_identity"]) == (KEPT, DROPPED)
    assert (told["left_case_zh"], told["right_case_zh"]) == ("甲", "乙")
    assert told["is_applied"] and told["right_file_name"] and told["right_row_number"]
