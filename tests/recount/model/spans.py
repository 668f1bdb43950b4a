"""Spans of months, and the sums of measure rows over them by the catalogue's time rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from tests.recount.model.world import TOTAL, UNASSIGNED, Month

#: indicator, part, span kind, last month, role, unit, category
SumKey = tuple[str, str, str, Month, str, str, str]
ROLES = ("territory", "department", "actor")
#: Not a role: by sender, what its own ledger leaves without a place.
UNPLACED = "unplaced"


@dataclass(frozen=True)
class Span:
    """A stretch of months, known by its kind and its last month."""

    kind: str
    first: Month
    last: Month

    @property
    def months(self) -> range:
        return range(self.first, self.last + 1)


def span(kind: str, last: Month) -> Span | None:
    """The span of a kind that ends with a month, if there is one."""
    begins = {
        "month": last,
        "ytd": last - last % 12,
        "quarter": last - 2 if last % 3 == 2 else None,
        "year": last - 11 if last % 12 == 11 else None,
        "rolling12": last - 11,
    }[kind]
    return None if begins is None else Span(kind, begins, last)


def by_role(rows: pd.DataFrame) -> pd.DataFrame:
    """Each measure row once per role it is counted in, once in the total; unplaced by sender."""
    plain = ["indicator", "part", "category", "month", "done", "entity", "amount"]
    copies = [
        rows[[*plain, role]].rename(columns={role: "unit"}).assign(role=role) for role in ROLES
    ]
    copies.append(rows[plain].assign(unit=TOTAL, role=TOTAL))
    nowhere = rows[rows["territory"] == UNASSIGNED]
    copies.append(nowhere[plain].assign(unit=nowhere["actor"], role=UNPLACED))
    return pd.concat(copies, ignore_index=True)


GROUP = ["role", "unit", "category"]


def added_up(
    rows: pd.DataFrame,
    spans_of: Callable[[str], Iterator[Span]],
    rule_of: Callable[[str, str], str],
) -> dict[SumKey, int]:
    """Amounts of every indicator, part, span, role, unit and category."""
    found: dict[SumKey, int] = {}
    for (name, which), group in by_role(rows).groupby(["indicator", "part"], sort=False):
        indicator, part = str(name), str(which)
        is_distinct = bool(group["entity"].ne("").any())
        keys = [*GROUP, "month", "done", *(["entity"] if is_distinct else [])]
        packed = group.groupby(keys, as_index=False, sort=False)["amount"].sum()
        ends = [(at.kind, at.first, at.last) for at in spans_of(indicator)]
        spans = pd.DataFrame(ends, columns=["kind", "first", "last"])
        inside = within(packed.merge(spans, how="cross"), rule_of(indicator, part), part)
        sums = inside.groupby(["kind", "last", *GROUP])["entity" if is_distinct else "amount"]
        numbers = sums.nunique() if is_distinct else sums.sum()
        for key, amount in zip(numbers.index.to_list(), numbers.to_list(), strict=True):
            found[indicator, part, *key] = int(amount)
    return found


def within(rows: pd.DataFrame, rule: str, part: str) -> pd.DataFrame:
    """The rows a time rule lets into the span they stand beside."""
    is_begun = rows["month"] <= rows["last"]
    is_inside = is_begun & (rows["month"] >= rows["first"])
    is_done = rows["done"] <= rows["last"]
    if rule == "stock":
        return rows[is_begun & ~is_done]
    if rule == "cohort" or (rule == "distinct" and part == "n"):
        return rows[is_inside & is_done]
    return rows[is_inside]
