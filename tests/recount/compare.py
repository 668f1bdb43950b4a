"""What the product must hand over, and where it differs from the recount."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.recount.model import Results
from tests.recount.model.figures import Figure, Key
from tests.recount.model.judge import DECLINE, ZERO_PENALTY
from tests.recount.model.score import Score, ScoreKey
from tests.recount.model.spans import ROLES
from tests.recount.model.world import Month, month_text

#: dataset, unit, month
DutyKey = tuple[str, str, Month]
#: Of derived figures only what they say is compared: their parts are nobody's promise.
DERIVED = {DECLINE, ZERO_PENALTY}
FIELDS = ("numerator", "denominator", "value", "state", "coverage", "prior", "change", "verdict")
JUDGED_SPANS = {"ytd", "year"}


@dataclass
class Served:
    """The adapter's contract: what a served file says, in the recount's own words.

    A field the served file does not have is left out of its dictionary and not compared.
    """

    figures: dict[Key, dict[str, Any]] = field(default_factory=dict)
    duties: dict[DutyKey, str] = field(default_factory=dict)
    scores: dict[ScoreKey, dict[str, Any]] = field(default_factory=dict)
    doubts: dict[tuple[str, Month], int] = field(default_factory=dict)

    @property
    def months(self) -> set[Month]:
        return {key[2] for key in self.figures}


@dataclass(frozen=True)
class Difference:
    """One field of one figure, duty or rank on which the two sides disagree."""

    what: str
    key: tuple[Any, ...]
    field: str
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        names = [month_text(part) if isinstance(part, int) else str(part) for part in self.key]
        said = f"recount {self.ours}, product {self.theirs}"
        return f"{self.what} {' · '.join(names)}: {self.field}: {said}"


def differences(ours: Results, theirs: Served) -> list[Difference]:
    return [
        *figure_differences(ours, theirs),
        *duty_differences(ours, theirs),
        *score_differences(ours, theirs),
        *doubt_differences(ours, theirs),
    ]


def summary(found: list[Difference]) -> Counter[tuple[str, str, str]]:
    """How many disagree, by kind, indicator (or dataset, scheme) and field."""
    return Counter((one.what, str(one.key[0]), one.field) for one in found)


def figure_differences(ours: Results, theirs: Served) -> Iterator[Difference]:
    months = theirs.months
    for key, figure in ours.figures.items():
        if key[2] not in months:
            continue
        if key in theirs.figures:
            yield from field_differences(ours, key, figure, theirs.figures[key])
        elif figure.numerator or figure.denominator:
            yield Difference("figure", key, "row", "there", "absent")
    for key in theirs.figures.keys() - ours.figures.keys():
        if key[2] in ours.recount.months and key[3] in {"total", *ROLES}:
            said = theirs.figures[key]
            if said.get("numerator") or said.get("denominator"):
                yield Difference("figure", key, "row", "absent", "there")


def field_differences(
    ours: Results, key: Key, figure: Figure, said: dict[str, Any]
) -> Iterator[Difference]:
    for name in compared_fields(key, said):
        mine, other = getattr(figure, name), said[name]
        if name == "state" and other == "zero_reported" and not is_count(ours, key):
            other = "value"  # 零报告 is said of counts only (R30)
        if not is_same(mine, other, name, figure):
            yield Difference("figure", key, name, mine, other)


def is_count(ours: Results, key: Key) -> bool:
    return ours.recount.rows[key[0]]["value_form"] == "count"


def compared_fields(key: Key, said: dict[str, Any]) -> Iterator[str]:
    for name in (*FIELDS, "status"):
        is_part = name in {"numerator", "denominator", "prior", "change"}
        is_silent = name not in said or (is_part and key[0] in DERIVED)
        if is_silent or (name == "status" and key[1] not in JUDGED_SPANS):
            continue
        if name == "verdict" and key[0] != DECLINE:
            continue
        yield name


def is_same(mine: Any, said: Any, name: str, figure: Figure) -> bool:
    """Equal; nothing and 0 are one where no figure is given, parts are held to four digits."""
    if name in {"numerator", "denominator"}:
        if figure.value is not None and (mine is None or said is None):
            return mine is said
        if mine == said:
            return True
        exact = Fraction(str(said or 0)) - Fraction(mine or 0)
        return abs(exact) <= Fraction(1, 10_000)
    if mine is None or said is None or isinstance(mine, str):
        return bool(mine == said)
    return bool(mine == said) or Decimal(str(said)) == mine


def duty_differences(ours: Results, theirs: Served) -> Iterator[Difference]:
    for (dataset, unit, month), said in theirs.duties.items():
        mine = ours.coverage.of_sender(dataset, unit, month)
        state = "zero" if mine.state == "known" and mine.is_zero else mine.state
        if state != said:
            yield Difference("duty", (dataset, unit, month), "state", state, said)


def doubt_differences(ours: Results, theirs: Served) -> Iterator[Difference]:
    for key in sorted(ours.doubts.keys() | theirs.doubts.keys()):
        mine, said = ours.doubts.get(key, 0), theirs.doubts.get(key, 0)
        if mine != said:
            yield Difference("doubt", key, "rows", mine, said)


def score_differences(ours: Results, theirs: Served) -> Iterator[Difference]:
    for key, said in theirs.scores.items():
        mine = ours.scores.get(key)
        if mine is None:
            if key[2] in ours.recount.months:
                yield Difference("score", key, "row", "absent", "there")
            continue
        for name in ("state", "score", "rank", "tier", "is_vetoed"):
            if name in said and not same_score(mine, name, said[name]):
                yield Difference("score", key, name, getattr(mine, name), said[name])


def same_score(mine: Score, name: str, said: Any) -> bool:
    value = getattr(mine, name)
    if name in {"tier", "is_vetoed"} and mine.state != "ranked":
        return True
    if value is None or said is None:
        return value is said
    return bool(Decimal(str(said)) == value) if name == "score" else bool(value == said)
