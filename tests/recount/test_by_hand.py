"""The recount itself, on cases small enough to be worked out by hand."""

from dataclasses import replace
from decimal import Decimal

from tests.recount.model import Results, results_of
from tests.recount.model.figures import Figure
from tests.recount.model.judge import judged
from tests.recount.model.spans import span
from tests.recount.model.world import Submission, read_month
from tests.recount.worlds import back, closed, day, hazard, incident, sent, total, world_of


def results(*tables: Submission) -> Results:
    return results_of(world_of(*tables))


def figure(
    found: Results,
    indicator: str,
    month: str,
    kind: str = "ytd",
    unit: str = "total",
    role: str | None = None,
) -> Figure:
    place = role or ("total" if unit == "total" else "territory")
    at = span(kind, read_month(month))
    assert at is not None
    return judged(found.recount, indicator, at, place, unit, "*")


def counts(found: Results, month: str, unit: str = "total", kind: str = "ytd") -> tuple[int, int]:
    names = ("incident_count", "death_count")
    both = [figure(found, name, month, kind, unit).value for name in names]
    return int(both[0] or 0), int(both[1] or 0)


YEAR = [incident(f"A{month}", f"2026-{month:02d}-10") for month in range(1, 6)]


def test_an_older_ledger_takes_nothing_from_a_newer_one() -> None:
    """1—5月 with one case more arrives after 1—6月: the newer speaks for all its months."""
    newer = sent("incident", "yingji", "2026-01..2026-06", *YEAR)
    older = sent("incident", "yingji", "2026-01..2026-05", *YEAR, incident("X", "2026-02-02"))
    assert counts(results(newer, older), "2026-06") == (5, 5)


def test_an_older_ledger_fills_the_months_the_newer_one_does_not_speak_for() -> None:
    newer = sent("incident", "yingji", "2026-03..2026-06", *YEAR[2:])
    older = sent("incident", "yingji", "2026-01..2026-05", *YEAR, incident("X", "2026-04-02"))
    assert counts(results(newer, older), "2026-06") == (5, 5)


def test_what_is_held_takes_no_part_and_puts_nothing_out_of_force() -> None:
    whole = sent("incident", "yingji", "2026-01..2026-05", *YEAR)
    without_a_death = sent("incident", "yingji", "2026-01..2026-06", *YEAR[1:])
    found = results(whole, without_a_death)
    assert [table.seq for table in found.coverage.force.held] == [2]
    assert counts(found, "2026-05") == (5, 5)
    assert found.coverage.of_sender("incident", "yingji", read_month("2026-06")).state == "held"


def test_the_guard_does_not_look_at_sums() -> None:
    """One death vanishes while another case rises by one: the sum is the same."""
    before = [*YEAR[:2], incident("B", "2026-02-03", dead=0)]
    after = [YEAR[0], incident("A2", "2026-02-10", dead=0), incident("B", "2026-02-03", dead=1)]
    first = sent("incident", "yingji", "2026-01..2026-02", *before)
    second = sent("incident", "yingji", "2026-01..2026-03", *after)
    assert len(results(first, second).coverage.force.held) == 1


def test_what_is_handed_back_keeps_its_older_version() -> None:
    """Eight cases again with one more, one raised to 2 deaths, #REF! in a third: 9 起 10 人."""
    old = [incident(f"C{n}", f"2026-01-{n + 1:02d}") for n in range(8)]
    new = [replace(old[0], values={**old[0].values, "death_count": 2}), back(old[1], "death_count")]
    new += [*old[2:], incident("C9", "2026-02-09")]
    found = results(
        sent("incident", "yingji", "2026-01", *old),
        sent("incident", "yingji", "2026-01..2026-02", *new),
    )
    assert counts(found, "2026-02") == (9, 10)


def test_a_supplement_adds_whatever_its_dates() -> None:
    whole = sent("incident", "yingji", "2026-01..2026-05", *YEAR)
    late = sent("incident", "yingji", "2026-02", incident("S", "2026-02-27"), mode="append")
    again = sent("incident", "yingji", "2026-01..2026-06", *YEAR)
    assert counts(results(whole, late), "2026-05") == (6, 6)
    assert counts(results(whole, late, again), "2026-06") == (6, 6)


def test_an_older_ledger_that_lists_a_supplement_does_not_take_it() -> None:
    extra = incident("S", "2026-02-09")
    found = results(
        sent("incident", "yingji", "2026-02", extra, mode="append"),
        sent("incident", "yingji", "2026-01..2026-05", *YEAR),
        sent("incident", "yingji", "2026-01..2026-04", *YEAR[:4], extra),
    )
    assert counts(found, "2026-05") == (6, 6)


def test_a_number_is_the_identity_where_there_is_one() -> None:
    flash = incident("N1", "2026-01-05", incident_name="快报", dead=1)
    later = incident("N1", "2026-01-05", incident_name="续报", dead=2)
    found = results(
        sent("incident", "yingji", "2026-01", flash),
        sent("incident", "yingji", "2026-01..2026-02", later),
    )
    assert counts(found, "2026-02") == (1, 2)


def test_what_is_undone_is_gone() -> None:
    first = sent("incident", "yingji", "2026-01..2026-05", *YEAR)
    second = sent("incident", "yingji", "2026-01..2026-06", *YEAR, incident("X", "2026-06-01"))
    assert counts(results(first, replace(second, is_undone=True)), "2026-05") == (5, 5)


def test_a_filing_day_after_the_period_does_not_extend_it() -> None:
    found = results(sent("incident", "yingji", "2026-01..2026-05", *YEAR, filing=day("2026-06-04")))
    assert found.recount.months[-1] == read_month("2026-05")
    assert figure(found, "incident_count", "2026-05").coverage == "whole"


def test_a_filing_day_before_the_end_caps_the_period() -> None:
    found = results(sent("incident", "yingji", "2026-01..2026-05", *YEAR, filing=day("2026-05-25")))
    may = figure(found, "incident_count", "2026-05")
    assert (may.coverage, may.change, int(may.value or 0)) == ("open", None, 5)
    assert figure(found, "incident_count", "2026-04").coverage == "whole"


def test_rows_handed_back_prove_nothing() -> None:
    rows = [back(row, "death_count") for row in YEAR]
    found = results(sent("incident", "yingji", "2026-01..2026-05", *rows))
    assert found.coverage.of_unit("incident", "jia", read_month("2026-03")).state == "returned"
    assert not [one for one in found.figures.values() if one.state == "zero_reported"]


def test_a_row_handed_back_clears_nobody() -> None:
    """No other case in both years; one row without its deaths: neither 零报告 nor 保持零事故."""
    spoilt = back(incident("B", "2026-01-09"), "death_count")
    private = incident("F", "2026-01-03", is_production=False)
    found = results(
        sent("incident", "yingji", "2025-01..2025-12"),
        sent("incident", "yingji", "2026-01", spoilt, private),
    )
    assert figure(found, "incident_count", "2026-01").state == "value"
    assert figure(found, "double_decline", "2026-01").verdict is None
    assert figure(found, "incident_count", "2025-12").state == "zero_reported"


def test_a_hole_is_named_and_gives_no_verdict() -> None:
    whole = sent("incident", "yingji", "2025-01..2025-12", incident("P", "2025-03-03", dead=9))
    first = sent("incident", "yingji", "2026-01..2026-02", YEAR[0])
    last = sent("incident", "yingji", "2026-04", YEAR[3])
    found = results(whole, first, last)
    april = figure(found, "incident_count", "2026-04")
    assert (april.coverage, april.holes, april.value) == ("hole", ("2026-03",), Decimal(2))
    assert april.change is None
    assert figure(found, "double_decline", "2026-04").verdict is None


def test_an_incomplete_total_keeps_value_and_names_no_success() -> None:
    """Two of three towns: a ledger of all but 丙 for January."""
    one = closed("H1", "2026-01-03", "2026-01-20", "2026-01-15")
    found = results(
        sent("hazard", "jia", "2026-01", one),
        sent("hazard", "yi", "2026-01"),
        sent("incident", "yingji", "2026-01"),
    )
    rate = figure(found, "major_hazard_closure_rate", "2026-01")
    assert (rate.coverage, rate.value, rate.status) == (
        "incomplete",
        Decimal("100.0"),
        "not_applicable",
    )
    mine = figure(found, "major_hazard_closure_rate", "2026-01", unit="bing")
    assert (mine.state, mine.value) == ("not_reported", None)


def test_an_unplaced_case_clears_nobody() -> None:
    nobody = incident("U", "2026-01-09", place=None)
    found = results(
        sent("incident", "yingji", "2025-01"), sent("incident", "yingji", "2026-01", nobody)
    )
    mine = figure(found, "incident_count", "2026-01", unit="jia")
    assert (mine.state, mine.value) == ("value", Decimal(0))
    assert figure(found, "double_decline", "2026-01", unit="jia").verdict is None
    assert counts(found, "2026-01", "unassigned") == (1, 1)


def test_a_ledger_and_a_total_of_one_month_are_never_added() -> None:
    """Ledger to the 25th with 10 deaths, total of the month 1 起 11 人: 1 起 11 人."""
    part = sent("incident", "yingji", "2026-01", incident("L", "2026-01-05", dead=10))
    stated = [total("2026-01", unit, "incident_count", int(unit == "jia")) for unit in TOWNS]
    stated += [total("2026-01", unit, "death_count", 11 * (unit == "jia")) for unit in TOWNS]
    found = results(
        replace(part, filing=day("2026-01-25")), sent("reported", "yingji", "2026-01", *stated)
    )
    assert counts(found, "2026-01") == (1, 11)
    assert counts(found, "2026-01", "jia") == (1, 11)
    assert figure(found, "incident_count", "2026-01").coverage == "whole"


TOWNS = ("jia", "yi", "bing")


def test_no_known_death_is_subtracted_by_a_smaller_total() -> None:
    part = sent("incident", "yingji", "2026-01", incident("L", "2026-01-05", dead=3))
    stated = [total("2026-01", unit, "death_count", int(unit == "jia")) for unit in TOWNS]
    found = results(
        replace(part, filing=day("2026-01-25")), sent("reported", "yingji", "2026-01", *stated)
    )
    assert counts(found, "2026-01") == (1, 3)


def test_what_only_totals_know_is_a_hole_for_larger_incidents() -> None:
    stated = [total("2026-01", unit, "death_count", 1) for unit in TOWNS]
    found = results(
        sent("incident", "yingji", "2026-02"), sent("reported", "yingji", "2026-01", *stated)
    )
    assert counts(found, "2026-02")[1] == 3
    assert figure(found, "larger_incident_count", "2026-02").coverage == "hole"


def test_overdue_stands_still_where_a_town_has_not_reported() -> None:
    """September's ledger: one overdue then; what falls due in October is not judged."""
    late, next_month = (
        hazard("H1", "2026-08-01", "2026-09-10"),
        hazard("H2", "2026-09-01", "2026-10-10"),
    )
    found = results(
        sent("hazard", "jia", "2026-01..2026-09", late, next_month),
        sent("incident", "yingji", "2026-01..2026-10"),
    )
    october = figure(found, "major_hazard_overdue_count", "2026-10", unit="jia")
    assert (october.value, october.coverage) == (Decimal(1), "carried")
    rate = figure(found, "major_hazard_closure_rate", "2026-10", unit="jia")
    assert (rate.numerator, rate.denominator) == (0, 1)


def test_a_deadline_on_the_last_day_is_due_but_not_yet_overdue() -> None:
    found = results(
        sent("hazard", "jia", "2026-01", hazard("H", "2026-01-02", "2026-01-31")),
        sent("incident", "yingji", "2026-01"),
    )
    assert figure(found, "major_hazard_closure_rate", "2026-01", unit="jia").denominator == 1
    assert figure(found, "major_hazard_overdue_count", "2026-01", unit="jia").value == 0


def test_a_penalty_is_a_fine_whatever_the_other_column_says() -> None:
    row = {
        "record_no": "J1",
        "actor_id": "jia",
        "inspected_date": day("2026-01-05"),
        "territory_id": "yi",
        "fine_wan": Decimal("1.2"),
        "is_unit_penalised": False,
    }
    table = sent("enforcement", "jia", "2026-01", replace(YEAR[0], values=row))
    found = results(table, sent("incident", "yingji", "2026-01"))
    rate = figure(found, "penalty_rate", "2026-01", unit="jia", role="actor")
    assert (rate.numerator, rate.denominator, rate.value) == (1, 1, Decimal("100.0"))
