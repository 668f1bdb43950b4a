"""The recount's ranking, training and target words, worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.recount.model import Results, results_of
from tests.recount.model.judge import judged
from tests.recount.model.score import Score
from tests.recount.model.spans import span
from tests.recount.model.world import Row, Submission, read_month
from tests.recount.test_by_hand import figure
from tests.recount.worlds import back, closed, day, hazard, incident, sent, world_of

JANUARY = ("2026-01-03", "2026-01-20")


def results(*tables: Submission) -> Results:
    return results_of(world_of(*tables, sent("incident", "yingji", "2026-01")))


def score(found: Results, unit: str) -> Score:
    return found.scores["towns", "2025", read_month("2026-01"), "*", unit]


def person(number: int, enterprise: str, category: str = "dust_explosion") -> Row:
    values = {
        "plan_year": 2026,
        "category_code": category,
        "person_kind_code": "principal",
        "territory_id": "jia",
        "department_id": "yingji",
        "credit_code": enterprise,
        "person_id": f"P{number}",
    }
    return Row(values)


def passed(number: int, on: str, until: str, category: str = "dust_explosion") -> Row:
    values = {
        "person_id": f"P{number}",
        "person_kind_code": "principal",
        "category_code": category,
        "trained_date": day(on),
        "result_code": "passed",
        "certificate_expiry_date": day(until),
    }
    return Row(values)


def trained(*records: Row, roster: list[Row] | None = None) -> list[Submission]:
    people = roster or [person(1, "E1"), person(2, "E2")]
    whole = sent("training_roster", "yingji", "2026-01..2026-12", *people)
    return [whole, sent("training_record", "yingji", "2026-01", *records)]


TRAINED = trained(passed(1, "2026-01-05", "2029-01-05"), passed(2, "2026-01-06", "2029-01-06"))


def test_four_of_five_closed_one_overdue() -> None:
    """35 × 4/5 + 20 × 4/5 + (20 − 5) + 15 + 10 = 84.00."""
    rows = [closed(f"H{n}", *JANUARY, "2026-01-19") for n in range(4)]
    found = score(
        results(sent("hazard", "jia", "2026-01", *rows, hazard("O", *JANUARY)), *TRAINED), "jia"
    )
    assert (found.score, found.rank, found.tier) == (Decimal("84.00"), 1, "良好")


def test_a_row_handed_back_counts_against_its_unit() -> None:
    """The same four closed; of the fifth the text is gone: as if it were open and overdue."""
    rows = [closed(f"H{n}", *JANUARY, "2026-01-19") for n in range(4)]
    gone = back(closed("O", *JANUARY, "2026-01-19"), "hazard_text")
    found = score(results(sent("hazard", "jia", "2026-01", *rows, gone), *TRAINED), "jia")
    assert found.score == Decimal("84.00")


def test_what_has_no_place_or_no_deadline_counts_against_its_sender() -> None:
    rows = [closed(f"H{n}", *JANUARY, "2026-01-19") for n in range(4)]
    nowhere = hazard("N", *JANUARY, place=None)
    endless = hazard("E", "2026-01-03", None)
    for row in (nowhere, endless):
        found = score(results(sent("hazard", "jia", "2026-01", *rows, row), *TRAINED), "jia")
        assert found.score == Decimal("84.00")


def test_a_ledger_handed_back_whole_is_no_report() -> None:
    rows = [back(hazard(f"H{n}", *JANUARY), "hazard_text") for n in range(2)]
    found = score(results(sent("hazard", "jia", "2026-01", *rows), *TRAINED), "jia")
    assert (found.state, found.rank) == ("not_reported", None)


def test_equal_scores_share_a_place_and_the_next_is_skipped() -> None:
    good = [closed(f"H{n}", *JANUARY, "2026-01-19") for n in range(2)]
    bad = [*good, hazard("O", *JANUARY, place="bing")]
    moved = [replace(row, values={**row.values, "territory_id": "yi"}) for row in good]
    last = [replace(row, values={**row.values, "territory_id": "bing"}) for row in bad]
    found = results(
        sent("hazard", "jia", "2026-01", *good),
        sent("hazard", "yi", "2026-01", *moved),
        sent("hazard", "bing", "2026-01", *last),
        *TRAINED,
    )
    assert [score(found, unit).rank for unit in ("jia", "yi", "bing")] == [1, 1, 3]


def rate(found: Results, indicator: str, category: str = "*") -> tuple[int | None, object]:
    at = span("ytd", read_month("2026-01"))
    assert at is not None
    one = judged(found.recount, indicator, at, "total", "total", category)
    return one.numerator, one.denominator


def test_an_enterprise_with_two_principals_is_covered_when_both_are() -> None:
    roster = [person(1, "E1"), person(2, "E1"), person(3, "E2")]
    both = [passed(1, "2026-01-05", "2029-01-05"), passed(3, "2026-01-05", "2029-01-05")]
    found = results(*trained(*both, roster=roster))
    assert rate(found, "principal_training_rate") == (1, 2)


def test_an_enterprise_due_in_two_categories_is_covered_when_it_is_in_both() -> None:
    roster = [person(1, "E1"), person(1, "E1", "mall_fire")]
    found = results(*trained(passed(1, "2026-01-05", "2029-01-05"), roster=roster))
    assert rate(found, "principal_training_rate") == (0, 1)
    assert rate(found, "principal_training_rate", "dust_explosion") == (1, 1)


def test_two_certificates_with_a_gap_are_two_intervals() -> None:
    old = sent(
        "training_record", "yingji", "2025-01..2025-12", passed(1, "2025-02-01", "2025-12-20")
    )
    new = sent(
        "training_record", "yingji", "2026-01..2026-02", passed(1, "2026-02-10", "2029-02-10")
    )
    roster = sent("training_roster", "yingji", "2026-01..2026-12", person(1, "E1"))
    found = results_of(world_of(old, new, roster, sent("incident", "yingji", "2026-01..2026-02")))
    held = [
        figure(found, "certificate_rate", month, "month").numerator
        for month in ("2026-01", "2026-02")
    ]
    assert held == [0, 1]


def year(number: int, cases: int) -> Submission:
    rows = [incident(f"{number}-{n}", f"{number}-01-{n + 1:02d}") for n in range(cases)]
    return Submission(
        0, "incident", "yingji", date(number, 1, 1), date(number, 12, 31), tuple(rows)
    )


def status(found: Results, indicator: str, kind: str, month: str) -> str | None:
    return figure(found, indicator, month, kind).status


def test_a_falling_target_is_running_breached_or_met_by_zero_kept() -> None:
    fewer = results_of(world_of(year(2025, 3), year(2026, 2)))
    assert status(fewer, "incident_count", "ytd", "2026-06") == "running"
    assert status(fewer, "incident_count", "year", "2026-12") == "met"
    same = results_of(world_of(year(2025, 2), year(2026, 2)))
    assert status(same, "incident_count", "ytd", "2026-06") == "breached"
    none = results_of(world_of(year(2025, 0), year(2026, 0)))
    assert status(none, "incident_count", "year", "2026-12") == "met"
    assert status(none, "double_decline", "year", "2026-12") == "met"
    assert figure(none, "double_decline", "2026-12", "year").verdict == "zero_kept"
