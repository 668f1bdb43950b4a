"""What becomes of a whole table: handed back, it replaces nothing and waits for nobody."""

from datetime import date
from typing import Any

from tests.sql.test_standing import DAYS, SIX, Case, built, in_force, ledger, rows
from warehouse.models.database import Connection, build_model
from warehouse.models.sql_models import load_models, upstream

DOUBT = upstream(load_models(), "core.fct_returned_row", "core.fct_submission_fate")
YEAR = [ledger("一", "1-10"), ledger("二", "1-10")]


def handed_back(ledger_id: str, names: str) -> list[Case]:
    """Rows of which the name and the day can be read, and nothing else."""
    return [
        {"in": ledger_id, "identity_key": name, "business_date": date(2026, *DAYS[name])}
        for name in names.split()
    ]


def in_doubt(connection: Connection) -> dict[str, bool]:
    """Rows that wait handed back, by file and name; whether an older version counts."""
    for model in DOUBT:
        build_model(connection, model)
    asked = """
        select r.identity_key, w.has_older_version
        from core.fct_returned_row as w inner join lake.returned_row as r on w.row_id = r.row_id
    """
    return dict(connection.execute(asked).fetchall())


def fates(connection: Connection) -> list[Any]:
    asked = "select fate from core.fct_submission_fate order by receipt_seq"
    return [fate for (fate,) in connection.execute(asked).fetchall()]


def test_a_ledger_wholly_handed_back_takes_nothing_and_is_not_held() -> None:
    """The second forgets 己 and its death; of what it names only 庚 is new."""
    back = handed_back("二", "甲 乙 丙 丁 戊 庚")
    with built(YEAR, rows("一", SIX), returned_rows=back) as (connection, held):
        assert held == []
        assert in_force(connection) == dict.fromkeys(SIX.split(), 1)
        older = dict.fromkeys("甲 乙 丙 丁 戊".split(), True)
        assert in_doubt(connection) == older | {"庚": False}
        assert fates(connection) == ["whole", "returned"]


def test_it_takes_nothing_where_it_forgets_a_row_without_a_death() -> None:
    """One of six rows without a death would not hold a ledger that was read."""
    facts = rows("一", "甲 乙 丙 丁 戊 己:0")
    back = handed_back("二", "甲 乙 丙 丁 戊")
    with built(YEAR, facts, returned_rows=back) as (connection, held):
        assert (held, len(in_force(connection))) == ([], 6)
    read = facts + rows("二", "甲 乙 丙 丁")
    with built(YEAR, read, returned_rows=back[4:]) as (connection, held):
        assert (held, len(in_force(connection))) == ([], 5), "a ledger that was read takes 己"
    less = facts + rows("二", "甲 乙 丙")
    with built(YEAR, less, returned_rows=back[3:]) as (connection, held):
        assert (held, len(in_force(connection))) == (["二"], 6), "one of four that it replaces"


def test_what_an_older_ledger_hands_back_waits_on() -> None:
    back = [*handed_back("一", "庚"), *handed_back("二", "甲 乙")]
    with built(YEAR, rows("一", "甲 乙"), returned_rows=back) as (connection, _):
        assert in_doubt(connection) == {"庚": False, "甲": True, "乙": True}
        assert fates(connection) == ["partial", "returned"]
    with built(YEAR, rows("一", "甲 乙") + rows("二", "甲 乙"), returned_rows=back[:1]) as (
        connection,
        _,
    ):
        assert in_doubt(connection) == {}, "a ledger that was read speaks for 庚's month"


def test_a_row_waits_until_something_newer_tells_of_it() -> None:
    """February to March is handed back whole; a ledger of March on tells of what lies in March."""
    ledgers = [ledger("二三月", "2-3"), ledger("三月起", "3-6")]
    back = [
        *handed_back("二三月", "乙 丙"),
        {"in": "二三月", "identity_key": "癸"},
        {"in": "二三月", "identity_key": "庚"},
    ]
    facts = rows("三月起", "癸@3-9 丁")
    with built(ledgers, facts, returned_rows=back) as (connection, _):
        assert in_doubt(connection) == {"乙": False, "庚": False}, "丙 lies in March, 癸 is there"


def test_a_case_handed_back_twice_waits_once() -> None:
    ledgers = [ledger("一", "1-6"), ledger("二", "1-10"), ledger("七月", "7-7")]
    back = [*handed_back("一", "甲"), *handed_back("二", "甲 乙"), *handed_back("七月", "庚")]
    with built(ledgers, rows("一", "丙"), returned_rows=back) as (connection, _):
        assert in_doubt(connection) == {"甲": False, "乙": False, "庚": False}
        waiting = connection.execute("select receipt_seq from core.fct_returned_row").fetchall()
        assert sorted(waiting) == [(2,), (2,), (3,)]
