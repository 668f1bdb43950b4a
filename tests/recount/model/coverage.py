"""What is known: dataset × sender × month, dataset × unit spoken for × month, figure × span."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tests.recount.model.inforce import Entry, InForce
from tests.recount.model.world import (
    DIRECT,
    TOTAL,
    UNASSIGNED,
    Month,
    World,
    first_day,
    last_day,
    month_of,
    read_month,
    records,
)

#: From the surest to nothing at all.
ORDER = ("known", "known_to", "stated", "held", "returned", "missing", "not_due")
#: Ledgers whose rows have days: only they can be a 零报告.
DATED = {"incident", "hazard", "enforcement", "training_record", "reported"}
PERIOD_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Cover:
    """How far one dataset is known for one month."""

    state: str
    known_to: date | None = None
    is_zero: bool = False


@dataclass
class Coverage:
    """Everything the figures ask about what is known."""

    world: World
    force: InForce
    spoken: dict[tuple[str, str], dict[Month, date]] = field(default_factory=dict)
    covers: dict[tuple[str, str, Month], Cover] = field(default_factory=dict)
    states: dict[tuple[str, tuple[str, ...], Month], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for table in self.force.accepted:
            if table.mode == "slice":
                known = self.spoken.setdefault((table.dataset, table.sender), {})
                for month in table.months:
                    day = min(last_day(month), table.data_day)
                    known[month] = max(day, known.get(month, day))

    @cached_property
    def duty_start(self) -> dict[str, Month]:
        """Newest month the first receipt of a dataset speaks for."""
        first: dict[str, tuple[int, Month]] = {}
        for table in self.world.standing:
            number, month = table.receipt_no, month_of(table.data_day)
            known = first.get(table.dataset, (number, month))
            if number <= known[0]:
                first[table.dataset] = (number, max(month, known[1]))
        return {dataset: month for dataset, (_, month) in first.items()}

    @cached_property
    def sent(self) -> dict[tuple[str, str, str], set[Month]]:
        """Months of what waits and of what came back, by dataset, sender and fate."""
        months: dict[tuple[str, str, str], set[Month]] = defaultdict(set)
        for fate, tables in (("held", self.force.held), ("returned", self.force.returned)):
            for table in tables:
                months[table.dataset, table.sender, fate].update(table.months)
        return months

    @cached_property
    def closing(self) -> dict[tuple[str, str], int]:
        calendar = self.world.profile.calendar
        if "closes_day" not in calendar:
            return {}
        rows = calendar[calendar["closes_day"] != ""]
        keys = zip(rows["dataset"], rows["unit_id"], strict=True)
        return dict(zip(keys, rows["closes_day"].astype(int), strict=True))

    @cached_property
    def last_days(self) -> dict[tuple[str, str], date]:
        """The data's day of each sender, by dataset."""
        return {key: max(known.values()) for key, known in self.spoken.items()}

    def whole_from(self, dataset: str, sender: str, month: Month) -> date:
        day = self.closing.get((dataset, sender))
        return last_day(month) if day is None else first_day(month).replace(day=day)

    def of_sender(self, dataset: str, sender: str, month: Month) -> Cover:
        key = (dataset, sender, month)
        if key not in self.covers:
            self.covers[key] = self.cover(dataset, sender, month)
        return self.covers[key]

    def cover(self, dataset: str, sender: str, month: Month) -> Cover:
        day = self.spoken.get((dataset, sender), {}).get(month)
        if day is not None and day >= self.whole_from(dataset, sender, month):
            return Cover("known", day, self.is_empty(dataset, sender, month))
        if day is not None:
            return Cover("known_to", day)
        for fate in ("held", "returned"):
            if month in self.sent[dataset, sender, fate]:
                return Cover(fate)
        return Cover("missing" if self.is_due(dataset, sender, month) else "not_due")

    def is_empty(self, dataset: str, sender: str, month: Month) -> bool:
        """A dated ledger without a row of the month, and without a row handed back."""
        if dataset not in DATED:
            return False
        entries = self.force.standings[dataset, sender].entries.values()
        return not self.handed_back(dataset, (sender,), month, month) and all(
            entry.month != month for entry in entries
        )

    def handed_back(
        self, dataset: str, speakers: tuple[str, ...], first: Month, last: Month
    ) -> list[Entry]:
        """Rows left out by these senders that may lie in these months."""
        return [
            entry
            for sender in speakers
            for entry in self.left_out.get((dataset, sender), [])
            if entry.may_lie.start <= last and first < entry.may_lie.stop
        ]

    @cached_property
    def left_out(self) -> dict[tuple[str, str], list[Entry]]:
        return {
            key: list(standing.left_out.values())
            for key, standing in self.force.standings.items()
            if standing.left_out
        }

    def of_unit(self, dataset: str, unit: str, month: Month) -> Cover:
        """The best that anybody who speaks for this unit has said."""
        speakers = [
            sender
            for sender, covers in self.world.profile.senders(dataset).items()
            if covers == "all" or sender == unit
        ]
        covers = [self.of_sender(dataset, sender, month) for sender in speakers]
        if dataset == "incident" and self.is_stated(unit, month):
            covers.append(Cover("stated"))
        return min(covers, key=lambda one: ORDER.index(one.state), default=Cover("not_due"))

    def is_due(self, dataset: str, sender: str, month: Month) -> bool:
        return month >= self.duty_start.get(dataset, month + 1) and self.is_in_calendar(
            dataset, sender, month
        )

    @cached_property
    def calendar(self) -> dict[tuple[str, str], tuple[int, Month, Month]]:
        """Rhythm in months, first and last month of each duty."""
        endless = 9999 * 12
        return {
            (row["dataset"], row["unit_id"]): (
                PERIOD_MONTHS[row["rhythm"]],
                read_month(row["month_from"]),
                read_month(row["month_to"]) if row["month_to"] else endless,
            )
            for row in records(self.world.profile.calendar)
        }

    def is_in_calendar(self, dataset: str, sender: str, month: Month) -> bool:
        if (dataset, sender) not in self.calendar:
            return False
        rhythm, first, last = self.calendar[dataset, sender]
        return first <= month <= last and (month + 1) % rhythm == 0

    @cached_property
    def stated(self) -> dict[Month, set[str]]:
        """Units of which a total is stated, by month."""
        units: dict[Month, set[str]] = defaultdict(set)
        for entry in self.force.entries("reported"):
            if entry.month is not None:
                units[entry.month].add(entry.row.values["reporter_id"])
        return units

    def is_stated(self, unit: str, month: Month) -> bool:
        named = self.stated.get(month, set())
        if unit != TOTAL:
            return unit in named
        return TOTAL in named or set(self.world.profile.places) <= named

    def is_partly_stated(self, unit: str, month: Month) -> bool:
        """Totals of some towns: what they say of the whole area lacks the others."""
        return unit == TOTAL and bool(self.stated.get(month))

    def speakers(self, dataset: str, role: str, unit: str) -> tuple[str, ...]:
        """Senders whose ledgers together make this unit's figures of a dataset."""
        senders = self.world.profile.senders(dataset)
        everything = tuple(sender for sender, covers in senders.items() if covers == "all")
        if everything:
            return everything
        return (unit,) if self.speaks_for_itself(dataset, role, unit) else tuple(senders)

    def speaks_for_itself(self, dataset: str, role: str, unit: str) -> bool:
        """Whether the calendar asks this unit for a ledger of its own in this role."""
        is_asked = self.world.profile.senders(dataset).get(unit) == "own"
        is_role = role == "actor" or (role == "territory" and dataset == "hazard")
        return is_asked and is_role and unit not in {TOTAL, DIRECT, UNASSIGNED}

    def month_state(self, dataset: str, speakers: tuple[str, ...], month: Month) -> str:
        """Whole, open, incomplete or hole: what these senders together know of a month."""
        key = (dataset, speakers, month)
        if key not in self.states:
            self.states[key] = self.joined(dataset, speakers, month)
        return self.states[key]

    def joined(self, dataset: str, speakers: tuple[str, ...], month: Month) -> str:
        states = [self.of_sender(dataset, sender, month).state for sender in speakers]
        spoken = [state for state in states if state in {"known", "known_to"}]
        if not spoken:
            return "hole"
        if "known" not in spoken:
            return "open"
        return "whole" if spoken.count("known") == len(states) else "incomplete"
