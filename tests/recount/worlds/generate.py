"""Random small worlds: three towns, eighteen months, about a dozen tables, everything that happens.

Facts are drawn first; a table says of them what was known on its data's day. Then it may be late,
overtaken, supplemented, spoilt, handed back, held or undone.
"""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.recount.model.inforce import BUSINESS_DATE
from tests.recount.model.world import (
    Month,
    Row,
    Submission,
    World,
    first_day,
    last_day,
    month_of,
    month_text,
)
from tests.recount.worlds import back, small_profile, total
from tests.recount.worlds.facts import FIRST, LAST, TOWNS, Facts, draw, known_by
from tests.recount.worlds.people import economy_tables, training_tables


def random_world(seed: int) -> World:
    """The world of a seed: always the same."""
    chance = Random(seed)  # noqa: S311
    facts = draw(chance)
    tables = [
        *incident_tables(chance, facts),
        *(table for town in TOWNS for table in hazard_tables(chance, facts, town)),
        *enforcement_tables(chance, facts),
        *training_tables(chance),
        *economy_tables(chance),
    ]
    ordered = in_order_of_receipt(chance, tables)
    return World(undone(chance, ordered), small_profile(), seed=seed)


def period(chance: Random, last: Month) -> tuple[date, date, date | None]:
    """A cumulative period that ends with a month, and the day it was filled in, if stated."""
    first = FIRST if chance.random() < 0.3 else last - last % 12
    if chance.random() < 0.15:
        first = max(first, last - chance.randint(0, 3))
    filing = chance.choice([None, first_day(last + 1), last_day(last), first_day(last)])
    days = {None: 0, first_day(last + 1): chance.randint(2, 7), first_day(last): 24}
    if filing is not None:
        filing += timedelta(days=days.get(filing, 0))
    return first_day(first), last_day(last), filing


def table(chance: Random, dataset: str, sender: str, last: Month, rows: list[Row]) -> Submission:
    """What a ledger that ends with a month says of the facts."""
    date_of = BUSINESS_DATE[dataset]
    begin, end, filing = period(chance, last)
    made = Submission(0, dataset, sender, begin, end, (), filing)
    inside = [row for row in rows if begin <= row.values[date_of] <= made.data_day]
    if dataset == "hazard":
        inside = [known_by(row, made.data_day) for row in inside]
    return replace(made, rows=tuple(inside))


def cuts(chance: Random, least: int, most: int) -> list[Month]:
    months = list(range(FIRST + 2, LAST + 1))
    return sorted(chance.sample(months, chance.randint(least, most)))


def year_end(chance: Random) -> list[Month]:
    """Mostly a ledger closes the first year."""
    return [FIRST + 11] if chance.random() < 0.75 else []


def incident_tables(chance: Random, facts: Facts) -> list[Submission]:
    late = facts.incidents[:2]
    tables = []
    for last in dict.fromkeys([*year_end(chance), *cuts(chance, 1, 2), LAST]):
        known = facts.incidents if chance.random() < 0.5 else facts.incidents[2:]
        made = table(chance, "incident", "yingji", last, known)
        tables.append(spoilt(chance, changed(chance, made), "death_count", "occurred_date"))
    if chance.random() < 0.35:
        tables.append(again(chance, chance.choice(tables)))
    if chance.random() < 0.6:
        row = late[0]
        begin = first_day(month_of(row.values["occurred_date"]))
        end = last_day(month_of(begin))
        tables.append(Submission(0, "incident", "yingji", begin, end, (row,), mode="append"))
    if chance.random() < 0.7:
        tables.append(totals_table(chance, facts))
    return tables


def again(chance: Random, made: Submission) -> Submission:
    """The same period once more, mended; filed earlier, later or without a day."""
    after = last_day(month_of(made.period_to)) + timedelta(days=chance.randint(1, 9))
    rows = tuple(row for row in made.rows if not row.is_back)
    return changed(chance, replace(made, rows=rows, filing=chance.choice([None, after])))


def changed(chance: Random, made: Submission) -> Submission:
    """A row forgotten, or a death more: what a ledger sent again may bring."""
    rows = list(made.rows)
    if rows and chance.random() < 0.25:
        rows.pop(chance.randrange(len(rows)))
    if rows and chance.random() < 0.25:
        place = chance.randrange(len(rows))
        dead = rows[place].values["death_count"] + 1
        rows[place] = Row({**rows[place].values, "death_count": dead})
    return replace(made, rows=tuple(rows), is_confirmed=chance.random() < 0.1)


def spoilt(chance: Random, made: Submission, *fields: str) -> Submission:
    """Some rows unreadable; now and then all of them."""
    share = chance.choice([0, 0, 0, 0.15, 0.15, 1.0])
    rows = [
        back(row, chance.choice(fields)) if chance.random() < share else row for row in made.rows
    ]
    return replace(made, rows=tuple(rows))


def totals_table(chance: Random, facts: Facts) -> Submission:
    """上报汇总 of a few months beside the ledgers, at times off by one or without a town."""
    first = chance.randint(FIRST, LAST - 1)
    last = min(LAST, first + chance.randint(0, 3))
    towns = TOWNS if chance.random() < 0.8 else TOWNS[:2]
    rows = []
    for month in range(first, last + 1):
        for town in towns:
            cases = [
                row.values
                for row in facts.incidents
                if month_of(row.values["occurred_date"]) == month
                and row.values["territory_id"] == town
            ]
            off = chance.choice([0, 0, 0, 1, -1])
            dead = sum(values["death_count"] for values in cases)
            rows.append(total(month_text(month), town, "incident_count", max(0, len(cases) + off)))
            rows.append(total(month_text(month), town, "death_count", max(0, dead + off)))
    return Submission(0, "reported", "yingji", first_day(first), last_day(last), tuple(rows))


def hazard_tables(chance: Random, facts: Facts, town: str) -> list[Submission]:
    ends = [*year_end(chance), *cuts(chance, 0, 1), chance.choice([LAST, LAST, LAST, LAST - 1])]
    made = [
        table(chance, "hazard", town, last, facts.hazards[town]) for last in dict.fromkeys(ends)
    ]
    return [spoilt(chance, one, "hazard_text", "found_date") for one in made]


def enforcement_tables(chance: Random, facts: Facts) -> list[Submission]:
    actors = chance.sample(sorted(facts.inspections), chance.randint(1, 3))
    return [table(chance, "enforcement", actor, LAST, facts.inspections[actor]) for actor in actors]


def in_order_of_receipt(chance: Random, tables: list[Submission]) -> list[Submission]:
    """By the end of the period, with some that come late."""
    moved = [(one, chance.choice([0, 0, 0, 0, 8])) for one in tables]
    moved.sort(key=lambda pair: month_of(pair[0].period_to) + pair[1])
    return [replace(one, seq=number) for number, (one, _) in enumerate(moved, start=1)]


def undone(chance: Random, tables: list[Submission]) -> tuple[Submission, ...]:
    """Now and then the last table of a sender is taken back."""
    if chance.random() > 0.3:
        return tuple(tables)
    picked = chance.choice(tables)
    same = [
        one.seq for one in tables if (one.dataset, one.sender) == (picked.dataset, picked.sender)
    ]
    return tuple(replace(one, is_undone=one.seq == max(same)) for one in tables)
