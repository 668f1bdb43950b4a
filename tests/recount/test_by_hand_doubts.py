"""What is in doubt withholds good news only where it may lie, worked out by hand."""

from tests.recount.test_by_hand import YEAR, counts, figure, results
from tests.recount.worlds import back, day, hazard, incident, sent, total


def test_a_row_handed_back_spoils_the_month_it_lies_in_and_no_other() -> None:
    gone = back(incident("B", "2026-02-09"), "death_count")
    sound = incident("C", "2026-02-01")
    found = results(sent("incident", "yingji", "2026-01..2026-02", gone, sound))
    assert figure(found, "incident_count", "2026-01", "month").state == "zero_reported"
    assert figure(found, "incident_count", "2026-02", "month").state == "value"


def test_a_row_without_a_day_may_lie_anywhere_in_its_period() -> None:
    gone = back(incident("B", "2026-02-09"), "occurred_date")
    found = results(
        sent("incident", "yingji", "2026-01..2026-02", gone, incident("C", "2026-02-01"))
    )
    assert figure(found, "incident_count", "2026-01", "month").state == "value"


def test_an_unplaced_case_that_is_not_larger_leaves_larger_ones_at_zero() -> None:
    found = results(sent("incident", "yingji", "2026-01", incident("U", "2026-01-09", place=None)))
    assert figure(found, "incident_count", "2026-01", unit="jia").state == "value"
    assert figure(found, "larger_incident_count", "2026-01", unit="jia").state == "zero_reported"


def test_a_month_known_to_a_day_is_a_hole_once_later_months_are_known() -> None:
    spring = sent("incident", "yingji", "2026-01..2026-04", filing=day("2026-04-25"))
    found = results(spring, sent("incident", "yingji", "2026-06"))
    assert figure(found, "incident_count", "2026-04").coverage == "open"
    assert figure(found, "incident_count", "2026-06").coverage == "hole"
    assert figure(found, "incident_count", "2026-05", "month").coverage == "none"


def test_what_a_town_leaves_without_a_place_is_a_doubt_about_itself_alone() -> None:
    nowhere = hazard("H1", "2026-01-05", "2026-01-20", place=None)
    found = results(
        sent("hazard", "jia", "2026-01", nowhere),
        sent("hazard", "yi", "2026-01", hazard("H2", "2026-01-05", "2026-03-20", place="yi")),
    )
    overdue = "major_hazard_overdue_count"
    assert figure(found, overdue, "2026-01", unit="jia").state == "value"
    assert figure(found, overdue, "2026-01", unit="yi").state == "zero_reported"


def test_totals_of_some_towns_leave_the_whole_area_incomplete() -> None:
    towns = ("jia", "yi", "bing")
    some = [total("2026-01", town, "incident_count", 1) for town in towns[:2]]
    every = [total("2026-02", town, "incident_count", 1) for town in towns]
    found = results(
        sent("reported", "yingji", "2026-01..2026-02", *some, *every),
        sent("incident", "yingji", "2026-03"),
    )
    january = figure(found, "incident_count", "2026-01", "month")
    assert january.coverage == "incomplete"
    assert january.value == 2
    assert figure(found, "incident_count", "2026-02", "month").coverage == "whole"
    assert figure(found, "incident_count", "2026-01", "month", unit="jia").coverage == "whole"


def test_what_is_handed_back_is_not_among_the_rows_a_ledger_replaces() -> None:
    """It forgets one case without a death: one of five replaced passes, one of four is held."""
    older = [*YEAR, incident("Z", "2026-05-11", dead=0)]
    first = sent("incident", "yingji", "2026-01..2026-05", *older)
    spoilt = [back(row, "death_count") for row in YEAR]
    five = sent("incident", "yingji", "2026-01..2026-05", *YEAR[:4], *spoilt[4:])
    four = sent("incident", "yingji", "2026-01..2026-05", *YEAR[:3], *spoilt[3:])
    assert counts(results(first, five), "2026-05") == (5, 5)
    assert counts(results(first, four), "2026-05") == (6, 5)
