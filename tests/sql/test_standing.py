"""What replaces what: which rows are in force and which submission waits, worked out by hand.

Only what decides it is built, so each case costs little. Ledgers come in the order given; the days
are those of their data. A row is written `name` or `name:deaths`, with @month-day for another day.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from etl.build.holds import waiting_submissions
from tests.golden import runner
from tests.golden.runner import put_case
from warehouse.models.database import Connection, build_model
from warehouse.models.sql_models import load_models, upstream

CHECKS = ("typed_twice", "older_differs", "supplement_unlisted", "row_balance")
ALL = load_models()
MODELS = upstream(
    ALL, "staging.stg_incident", "core.fct_row_state", *(f"checks.chk_{code}" for code in CHECKS)
)
DAYS = {name: (1 + n, 5 + n) for n, name in enumerate("甲乙丙丁戊己庚辛壬癸")}
Case = dict[str, Any]


def ledger(name: str, months: str, *, filed: str = "", mode: str = "slice", unit: str = "bureau",
           to: str = "", dataset: str = "incident") -> Case:  # fmt: skip
    """`1-10` speaks for January to October; `to` is the day its data reach when that is less."""
    first, last = (int(month) for month in months.split("-"))
    end = date(2026, last + 1, 1).toordinal() - 1 if last < 12 else date(2026, 12, 31).toordinal()
    return {
        "id": name,
        "dataset": dataset,
        "unit": unit,
        "from": date(2026, first, 1),
        "to": date.fromordinal(end),
        "as_of": day(to) if to else date.fromordinal(end),
        "filed": day(filed) if filed else None,
        "mode": mode,
    }


def day(text: str) -> date:
    """`10-25` of 2026."""
    month, number = text.split("-")
    return date(2026, int(month), int(number))


def rows(ledger_id: str, text: str, **more: Any) -> list[Case]:
    """`甲 乙:2 丙:1@9-3`: cases with their deaths (1) and days."""
    facts = []
    for word in text.split():
        name, deaths, when = re.fullmatch(r"([^:@]+)(?::(\d+))?(?:@(\S+))?", word).groups()  # type: ignore[union-attr]
        month, number = DAYS.get(name[0], (1, 5))
        fact = {"in": ledger_id, "incident_name": name, "death_count": int(deaths or 1)}
        fact["occurred_date"] = day(when) if when else date(2026, month, number)
        facts.append(fact | more)
    return facts


@contextmanager
def built(ledgers: list[Case], facts: list[Case], **more: Any) -> Iterator[tuple[Connection, Any]]:
    """What is in force, and which submissions wait."""
    case = {"submissions": ledgers, "facts": facts, **more}
    settled = frozenset(more.get("settled", ()))
    with put_case(case) as connection:
        waiting = waiting_submissions(connection, ALL, settled)
    with put_case(case) as connection:
        names = [s["id"] for s in ledgers]
        held = [names[seq - 1] for seq in waiting]
        runner.take_out(connection, list(waiting))
        for model in MODELS:
            build_model(connection, model)
        assert connection.table("checks.chk_row_balance").fetchall() == []
        yield connection, held


def in_force(connection: Connection) -> dict[str, int]:
    """Cases in force with their deaths, by name."""
    asked = """
        select i.incident_name, sum(i.death_count), count(*) from staging.stg_incident as i
        inner join core.fct_row_state as s on i.row_id = s.row_id where s.state = 'current'
        group by 1
    """
    found = connection.execute(asked).fetchall()
    assert all(count == 1 for _, _, count in found), found
    return {name: int(deaths) for name, deaths, _ in found}


def found(connection: Connection, code: str) -> int:
    return len(connection.table(f"checks.chk_{code}").fetchall())


def outcome(ledgers: list[Case], facts: list[Case], **more: Any) -> tuple[int, int, list[str]]:
    """Cases and deaths in force, and who waits."""
    with built(ledgers, facts, **more) as (connection, held):
        standing = in_force(connection)
    return len(standing), sum(standing.values()), held


SIX = "甲 乙 丙 丁 戊 己"


def test_an_older_ledger_that_comes_late_takes_nothing() -> None:
    year, half = ledger("年", "1-10"), ledger("半年", "1-6")
    late = rows("半年", "甲 乙 丙 丁:2 庚@2-20")
    with built([year, half], rows("年", SIX) + late) as (connection, held):
        assert in_force(connection) == dict.fromkeys(SIX.split(), 1)
        assert held == []
        assert found(connection, "older_differs") == 2, "庚 is not there, 丁 has other deaths"


def test_an_older_ledger_fills_what_the_newer_does_not_speak_for() -> None:
    late, early = ledger("下半年", "7-10"), ledger("上半年", "1-6")
    facts = rows("下半年", "甲@7-5 乙@8-5") + rows("上半年", "丙@2-5 丁@6-30 戊@7-9")
    with built([late, early], facts) as (connection, held):
        assert set(in_force(connection)) == {"甲", "乙", "丙", "丁"}
        assert (held, found(connection, "older_differs")) == ([], 1)


@pytest.mark.parametrize(
    ("first", "second", "wins"),
    [
        ({"filed": "11-3"}, {"filed": "11-8"}, "second"),
        ({"filed": "11-8"}, {"filed": "11-3"}, "first"),
        ({"filed": "11-8"}, {}, "second"),
        ({}, {"filed": "11-3"}, "second"),
        ({}, {}, "second"),
        ({"to": "10-25"}, {}, "second"),
        ({}, {"to": "10-25", "filed": "11-20"}, "first"),
    ],
)
def test_newer_is_the_data_then_the_filing_then_the_receipt(
    first: Case, second: Case, wins: str
) -> None:
    ledgers = [ledger("first", "1-10", **first), ledger("second", "1-10", **second)]
    facts = rows("first", "甲:1 乙:1") + rows("second", "甲:2 乙:2")
    assert outcome(ledgers, facts)[:2] == (2, 4 if wins == "second" else 2)


def test_one_that_waits_takes_no_part() -> None:
    ledgers = [ledger("甲表", "1-6"), ledger("乙表", "1-10"), ledger("丙表", "1-10", filed="11-5")]
    facts = rows("甲表", "甲 乙 丙") + rows("乙表", "甲 乙:0 丁") + rows("丙表", "甲 乙 丙 丁")
    assert outcome(ledgers, facts) == (4, 4, ["乙表"])


def test_what_comes_after_one_that_waits_is_judged_by_what_is_in_force() -> None:
    """The second adds many rows and loses a death; the third carries just what was there."""
    ledgers = [ledger(name, "1-10", filed=f"11-{n}") for n, name in enumerate("一二三", 1)]
    many = " ".join(f"外{n}:0@5-1" for n in range(9))
    facts = rows("一", SIX) + rows("二", f"甲:0 乙 丙 丁 戊 己 {many}") + rows("三", SIX)
    assert outcome(ledgers, facts) == (6, 6, ["二"])


def test_twenty_versions_in_one_call_come_to_an_end() -> None:
    ledgers = [ledger(f"v{n}", "1-10", filed=f"11-{n + 1}") for n in range(20)]
    facts = [f for n in range(20) for f in rows(f"v{n}", SIX if n % 2 == 0 else "甲 乙:0")]
    count, deaths, held = outcome(ledgers, facts)
    assert (count, deaths) == (6, 6)
    assert held == [f"v{n}" for n in range(1, 20, 2)]


def test_what_is_counted_already_is_not_judged_again() -> None:
    ledgers = [ledger("一", "1-10"), ledger("二", "1-10")]
    facts = rows("一", SIX) + rows("二", "甲 乙")
    assert outcome(ledgers, facts) == (6, 6, ["二"])
    assert outcome(ledgers, facts, settled=[1, 2]) == (2, 2, [])


def test_one_death_more_does_not_hide_one_less() -> None:
    ledgers = [ledger("一", "1-10"), ledger("二", "1-10")]
    assert outcome(ledgers, rows("一", SIX) + rows("二", "甲:0 乙:2 丙 丁 戊 己"))[2] == ["二"]


def test_a_new_name_for_a_case_alike_is_no_loss() -> None:
    ledgers = [ledger("一", "1-10"), ledger("二", "1-10")]
    same = rows("一", SIX) + rows("二", "甲 乙 丙 丁 戊 改名@6-10")
    assert outcome(ledgers, same) == (6, 6, [])
    other_day = rows("一", SIX) + rows("二", "甲 乙 丙 丁 戊 改名@6-11")
    assert outcome(ledgers, other_day)[2] == ["二"]
    other_place = rows("二", "改名@6-10", territory_id="town_b")
    assert outcome(ledgers, rows("一", SIX) + rows("二", "甲 乙 丙 丁 戊") + other_place)[2]


def test_a_supplement_adds_whatever_its_dates() -> None:
    nine = "甲 乙 丙 丁 戊 己 庚 辛 壬"
    ledgers = [ledger("台账", "1-10"), ledger("补报", "1-3", mode="append")]
    assert outcome(ledgers, rows("台账", nine) + rows("补报", "漏报@2-9")) == (10, 10, [])
    before = [ledger("补报", "2-2", mode="append"), ledger("台账", "1-10")]
    with built(before, rows("台账", nine) + rows("补报", "漏报@2-9")) as (connection, held):
        assert len(in_force(connection)) == 10
        assert (held, found(connection, "supplement_unlisted")) == ([], 1)


def test_a_supplement_is_replaced_by_the_same_case_in_a_later_ledger() -> None:
    ledgers = [ledger("一", "1-9"), ledger("补报", "2-2", mode="append"), ledger("二", "1-10")]
    facts = rows("一", "甲 乙") + rows("补报", "丙:1") + rows("二", "甲 乙 丙:2")
    with built(ledgers, facts) as (connection, held):
        assert in_force(connection) == {"甲": 1, "乙": 1, "丙": 2}
        assert (held, found(connection, "supplement_unlisted")) == ([], 0)


def test_an_older_ledger_that_lists_a_supplement_does_not_take_it() -> None:
    """The year's ledger came without it and left it in force; an older one that has it is late."""
    ledgers = [ledger("补报", "2-2", mode="append"), ledger("年", "1-10"), ledger("半年", "1-6")]
    facts = rows("补报", "漏报@2-9") + rows("年", SIX) + rows("半年", f"{SIX} 漏报@2-9")
    assert outcome(ledgers, facts) == (7, 7, [])


def test_what_a_late_ledger_tells_where_a_newer_one_speaks_is_not_told() -> None:
    """It moves the case from March to September, and the newer ledger has no such case there."""
    ledgers = [ledger("三月", "3-3"), ledger("下半年", "7-10"), ledger("到九月", "1-9")]
    facts = rows("三月", "癸@3-20") + rows("下半年", "庚@7-9") + rows("到九月", "癸@9-5 庚@7-9")
    assert outcome(ledgers, facts) == (2, 2, ["到九月"])


def test_a_supplement_changes_the_case_it_tells_of() -> None:
    ledgers = [ledger("台账", "1-10"), ledger("续报", "1-1", mode="append")]
    assert outcome(ledgers, rows("台账", SIX) + rows("续报", "甲:3")) == (6, 8, [])
    fewer = rows("台账", SIX) + rows("续报", "甲:0")
    assert outcome(ledgers, fewer) == (6, 6, ["续报"]), "deaths that fall wait for a person"


def test_a_common_name_on_another_day_is_another_case() -> None:
    ledgers = [ledger("台账", "1-10"), ledger("补报", "3-3", mode="append")]
    common = rows("台账", f"{SIX} 道路事故@3-5") + rows("补报", "道路事故@3-20")
    with built(ledgers, common) as (connection, _):
        states = connection.execute("select state from core.fct_row_state").fetchall()
    assert states.count(("current",)) == 8
    months = [ledger("九月", "9-9"), ledger("十月", "10-10")]
    apart = rows("九月", "道路事故@9-12") + rows("十月", "道路事故@10-20")
    with built(months, apart) as (connection, _):
        states = connection.execute("select state from core.fct_row_state").fetchall()
    assert states.count(("current",)) == 2
    moved = rows("九月", "道路事故@9-29") + rows("十月", "道路事故@10-2")
    assert outcome(months, moved)[:2] == (1, 1), "a few days off and alike: one case moved"


def test_what_a_newer_ledger_hands_back_keeps_its_older_version() -> None:
    eight = "甲 乙 丙 丁 戊 己 庚 辛"
    ledgers = [ledger("一", "1-10"), ledger("二", "1-10")]
    newer = rows("二", "甲:2 乙 丁 戊 己 庚 辛 壬")
    spoilt = {"in": "二", "identity_key": "丙", "business_date": date(2026, 3, 7)}
    case = rows("一", eight) + newer
    assert outcome(ledgers, case, returned_rows=[spoilt]) == (9, 10, [])
    assert outcome(ledgers, case)[2] == ["二"], "without it the third case would be lost"


def test_the_number_is_the_identity() -> None:
    ledgers = [ledger("台账", "1-10")]
    flash = rows("台账", "快报甲@1-5", incident_no="SG-1") + rows(
        "台账", "续报甲:2@1-5", incident_no="SG-1"
    )
    with built(ledgers, [*rows("台账", "乙 丙 丁 戊"), *flash]) as (connection, held):
        assert in_force(connection) == {"续报甲": 2, "乙": 1, "丙": 1, "丁": 1, "戊": 1}
        assert (held, found(connection, "typed_twice")) == ([], 1)
    two = [ledger("一", "1-9"), ledger("二", "1-10")]
    facts = rows("一", "某事故@1-5") + rows("二", "某事故:2@1-5", incident_no="SG-1")
    assert outcome(two, facts) == (1, 2, []), "by name alone and by number: one case"
    renamed = rows("一", "快报@1-5", incident_no="SG-1") + rows(
        "二", "续报@1-9", incident_no="SG-1"
    )
    assert outcome(two, renamed) == (1, 1, [])


def test_a_case_typed_twice_is_in_once_and_holds_nothing() -> None:
    twice = rows("台账", SIX) + rows("台账", "甲")
    for fact in (twice[0], twice[-1]):
        fact["same_as"] = "every cell"
    with built([ledger("台账", "1-10")], twice) as (connection, held):
        assert in_force(connection) == dict.fromkeys(SIX.split(), 1)
        assert (held, found(connection, "typed_twice")) == ([], 1)


def test_a_person_may_say_that_the_older_ledger_counts() -> None:
    year, mended = ledger("年", "1-10"), ledger("一月", "1-1")
    facts = rows("年", "甲 乙 丙") + rows("一月", "甲:2 丁@1-20")
    assert outcome([year, mended], facts) == (3, 3, [])
    adopted = [{"seq": 2, "after": 2}]
    assert outcome([year, mended], facts, adopted=adopted) == (4, 5, [])
    without = rows("年", "甲 乙 丙") + rows("一月", "丁@1-20")
    assert outcome([year, mended], without, adopted=adopted) == (3, 3, [])
    later = ledger("后来", "1-11")
    newer = [*facts, *rows("后来", "甲:2 乙 丙 丁@1-20 戊")]
    assert outcome([year, mended, later], newer, adopted=adopted) == (5, 6, [])
