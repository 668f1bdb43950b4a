"""What is in force: a fold over the accepted tables from the oldest to the newest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from tests.recount.model.world import Month, Row, Submission, World, month_of

Identity = tuple[object, ...]
#: The stated figures: a newer row replaces the row of the same key, nothing vanishes.
BY_KEY = {"reported", "economy"}
KEYS = {
    "hazard": ("hazard_no",),
    "enforcement": ("record_no",),
    "reported": ("report_month", "reporter_id", "item_code"),
    "economy": ("metric_code", "data_year", "period_code", "version_code"),
    "training_roster": ("plan_year", "category_code", "person_id"),
    "training_record": ("trained_date", "category_code", "person_id"),
}
BUSINESS_DATE = {
    "incident": "occurred_date",
    "hazard": "found_date",
    "enforcement": "inspected_date",
    "training_record": "trained_date",
    "reported": "report_month",
}
LOST_SHARE = 5


@dataclass(frozen=True)
class Entry:
    """One record in force, the table it stands in, since when it stands as 待验收, what it took."""

    row: Row
    source: Submission
    awaiting_since: date | None = None
    beneath: "Entry | None" = None

    @property
    def month(self) -> Month | None:
        return business_month(self.source.dataset, self.row)

    @property
    def may_lie(self) -> range:
        """Months a row handed back may lie in: its readable day's, else those of its table."""
        day = self.row.values.get(BUSINESS_DATE.get(self.source.dataset, ""))
        if day is not None and self.source.period_from <= day <= self.source.data_day:
            return range(month_of(day), month_of(day) + 1)
        return self.source.months


@dataclass
class Standing:
    """What one sender's tables of one dataset amount to."""

    entries: dict[Identity, Entry] = field(default_factory=dict)
    left_out: dict[Identity, Entry] = field(default_factory=dict)


@dataclass(frozen=True)
class InForce:
    """Which tables take part, which wait or were handed back, and the records that count."""

    accepted: tuple[Submission, ...]
    held: tuple[Submission, ...]
    returned: tuple[Submission, ...]
    standings: dict[tuple[str, str], Standing]

    def entries(self, dataset: str) -> list[Entry]:
        return [
            entry
            for (of, _), standing in self.standings.items()
            if of == dataset
            for entry in standing.entries.values()
        ]

    def left_out(self, dataset: str) -> list[Entry]:
        return [
            entry
            for (of, _), standing in self.standings.items()
            if of == dataset
            for entry in standing.left_out.values()
        ]

    def lost(self, dataset: str) -> list[Entry]:
        """Rows left out of which no older version stands in their place."""
        return [
            entry
            for (of, _), standing in self.standings.items()
            if of == dataset
            for key, entry in standing.left_out.items()
            if key not in standing.entries
        ]


def business_month(dataset: str, row: Row) -> Month | None:
    if dataset == "training_roster":
        year = row.values.get("plan_year")
        return None if year is None else int(year) * 12
    day = row.values.get(BUSINESS_DATE.get(dataset, ""))
    return None if day is None else month_of(day)


def identity(dataset: str, row: Row) -> Identity | None:
    """The form's number where there is one, else what the row says; None where unreadable."""
    values = row.values
    if dataset == "incident":
        number, name = values.get("incident_no"), values.get("incident_name")
        if number:
            return ("number", number)
        return ("name", name) if name else None
    key = tuple(values.get(name) for name in KEYS[dataset])
    return None if None in key else key


def fold(tables: Iterable[Submission]) -> Standing:
    """Lay the tables over each other, the oldest first."""
    standing = Standing()
    for table in by_newness(tables):
        lay_over(standing, table)
    return standing


def by_newness(tables: Iterable[Submission]) -> list[Submission]:
    """From the oldest to the newest: each arrival stands before what is surely newer than it."""
    ordered: list[Submission] = []
    for table in sorted(tables, key=lambda one: one.seq):
        newer = (place for place, other in enumerate(ordered) if is_newer(other, table))
        ordered.insert(next(newer, len(ordered)), table)
    return ordered


def is_newer(one: Submission, other: Submission) -> bool:
    """By the data's day; where it is equal, by the filing day, if both state one."""
    if one.data_day != other.data_day:
        return one.data_day > other.data_day
    if one.filing is None or other.filing is None:
        return False
    return one.filing > other.filing


def lay_over(standing: Standing, table: Submission) -> None:
    named = {identity(table.dataset, row) for row in table.rows}
    if table.mode == "slice" and table.dataset not in BY_KEY:
        withdraw(standing, table, named)
    for position, row in enumerate(table.rows):
        key = identity(table.dataset, row)
        if row.is_back:
            standing.left_out[key or ("row", table.seq, position)] = Entry(row, table)
        elif key is not None:
            standing.left_out.pop(key, None)
            before = standing.entries.get(key)
            standing.entries[key] = Entry(row, table, awaiting_since(before, row, table), before)


def withdraw(standing: Standing, table: Submission, named: set[Identity | None]) -> None:
    """Take out what the newer table, speaking for its month, does not name."""
    for key, entry in list(standing.entries.items()):
        if key not in named and is_spoken_for(entry, table):
            if (older := left_standing(entry, table)) is None:
                del standing.entries[key]
            else:
                standing.entries[key] = older
    for key, entry in list(standing.left_out.items()):
        lies = entry.may_lie
        is_covered = lies.start in table.months and lies.stop - 1 in table.months
        if is_covered and key not in named:
            del standing.left_out[key]


def is_spoken_for(entry: Entry, table: Submission) -> bool:
    return entry.month in table.months and entry.source.mode != "append"


def left_standing(entry: Entry, table: Submission) -> Entry | None:
    """What stood before a row that came when the newer table already spoke for its month.

    Such a row was never in force: an older ledger takes nothing where a newer one has spoken.
    """
    late, older = entry, entry.beneath
    while older is not None and late.source.seq > table.seq:
        if not is_spoken_for(older, table) and not is_spoken_for(older, late.source):
            return older
        late, older = older, older.beneath
    return None


def awaiting_since(before: Entry | None, row: Row, table: Submission) -> date | None:
    if row.values.get("status_code") != "awaiting_acceptance":
        return None
    return (before.awaiting_since if before else None) or table.data_day


def deaths(entry: Entry) -> int:
    return int(entry.row.values.get("death_count") or 0)


def loses(table: Submission, accepted: list[Submission]) -> bool:
    """Whether taking this table in would lose a death or more than a fifth of its rows."""
    if table.mode == "append" or table.dataset in BY_KEY:
        return False
    before = fold(accepted).entries
    after = fold([*accepted, table]).entries
    vanished = [entry for key, entry in before.items() if key not in after]
    has_fewer_deaths = any(
        deaths(after[key]) < deaths(entry) for key, entry in before.items() if key in after
    )
    replaced = [key for key in before if key not in after or after[key].source is table]
    return (
        has_fewer_deaths
        or any(deaths(entry) for entry in vanished)
        or len(vanished) * LOST_SHARE > len(replaced)
    )


def in_force(world: World) -> InForce:
    """Judge the tables in the order of receipt, then fold what was accepted."""
    by_sender: dict[tuple[str, str], list[Submission]] = defaultdict(list)
    held, returned = [], []
    for table in world.standing:
        mine = by_sender[table.dataset, table.sender]
        if table.is_wholly_back:
            returned.append(table)
        elif not table.is_confirmed and loses(table, mine):
            held.append(table)
        else:
            mine.append(table)
    standings = {key: fold([*tables, *backs(returned, key)]) for key, tables in by_sender.items()}
    accepted = tuple(table for tables in by_sender.values() for table in tables)
    return InForce(accepted, tuple(held), tuple(returned), standings)


def backs(returned: list[Submission], key: tuple[str, str]) -> list[Submission]:
    """Tables handed back whole: their rows are left out, and they withdraw nothing."""
    return [
        replace(table, mode="append") for table in returned if (table.dataset, table.sender) == key
    ]
