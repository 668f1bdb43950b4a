"""晾晒: score, rank and tier of a scheme's units, for 1—N月."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tests.recount.model.coverage import Coverage
from tests.recount.model.figures import Figure, Recount, rounded
from tests.recount.model.measures import NEVER, done_day, due_day, month_or_never, place_of
from tests.recount.model.spans import Span, span
from tests.recount.model.world import UNASSIGNED, Month, month_of, read_month, records

CLOSURE, RECTIFIED = "major_hazard_closure_rate", "major_hazard_rectified_rate"
OVERDUE = "major_hazard_overdue_count"


@dataclass(frozen=True)
class Line:
    """One item of one unit: what it earned and why."""

    item: str
    state: str
    share: Decimal | None = None
    points: Fraction = Fraction(0)
    earned: Decimal = Decimal(0)


@dataclass(frozen=True)
class Score:
    """One unit in one list."""

    state: str
    score: Decimal | None = None
    rank: int | None = None
    tier: str = ""
    is_vetoed: bool = False
    lines: tuple[Line, ...] = ()


#: scheme, version, last month, list, unit
ScoreKey = tuple[str, str, Month, str, str]
Row = dict[str, str]


@dataclass(frozen=True)
class LeftOut:
    """A row that leaves out what an item reads: from which month it counts, and until when."""

    sender: str
    month: Month
    done: Month = NEVER

    def counts_in(self, at: Span, indicator: str) -> bool:
        """While it may be open; what an item asks of the year, in the year it began too."""
        is_of_year = indicator != OVERDUE and self.month >= at.first
        return self.month <= at.last and (self.done > at.last or is_of_year)


def against(coverage: Coverage) -> dict[str, list[LeftOut]]:
    """Left-out rows by the indicator they count against."""
    found: dict[str, list[LeftOut]] = {CLOSURE: [], OVERDUE: [], RECTIFIED: []}
    for entry in coverage.force.lost("hazard"):
        if entry.row.values.get("hazard_grade_code", "major") == "major":
            one = LeftOut(entry.source.sender, entry.may_lie.start)
            for rows in found.values():
                rows.append(one)
    for entry in coverage.force.entries("hazard"):
        values = entry.row.values
        if values.get("hazard_grade_code") == "major":
            has_place = place_of(values, "").territory != UNASSIGNED
            begun, done = month_of(values["found_date"]), month_or_never(done_day(entry))
            one = LeftOut(entry.source.sender, begun, done)
            if not has_place:
                found[RECTIFIED].append(one)
            if not has_place or due_day(values) is None:
                found[CLOSURE].append(one)
                found[OVERDUE].append(one)
    return found


class Scores:
    """The lists of every scheme, month by month."""

    def __init__(self, recount: Recount) -> None:
        self.recount = recount
        self.against = against(recount.coverage)
        self.items: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for item in records(recount.world.profile.items):
            self.items[item["scheme_code"], item["version"]].append(item)

    def all(self) -> dict[ScoreKey, Score]:
        found: dict[ScoreKey, Score] = {}
        for scheme in records(self.recount.world.profile.schemes):
            first, last = read_month(scheme["month_from"]), scheme["month_to"]
            for month in self.recount.months:
                if month >= first and (not last or month <= read_month(last)):
                    found.update(self.of_month(scheme, month))
        return found

    def of_month(self, scheme: Row, month: Month) -> dict[ScoreKey, Score]:
        groups = scheme["group_codes"].split(";")
        group_of = self.recount.world.profile.group_of
        scores = {
            unit: self.of_unit(scheme, unit, month)
            for unit, group in group_of.items()
            if group in groups
        }
        lists = {"*": set(groups)} | {group: {group} for group in groups}
        return {
            (scheme["scheme_code"], scheme["version"], month, name, unit): one
            for name, members in lists.items()
            for unit, one in ranked(
                {u: s for u, s in scores.items() if group_of[u] in members}
            ).items()
        }

    def of_unit(self, scheme: Row, unit: str, month: Month) -> Score:
        at = span("ytd", month)
        mine = self.items[scheme["scheme_code"], scheme["version"]]
        lines = tuple(self.line(scheme, item, at, unit) for item in mine if at)
        counted = sum((line.points for line in lines), Fraction(0))
        if any(line.state == "missing" for line in lines):
            return Score("not_reported", lines=lines)
        if counted < Fraction(scheme["minimum_points"] or 0) or not counted:
            return Score("below_base", lines=lines)
        earned = sum((Fraction(line.earned) for line in lines), Fraction(0))
        score = rounded(earned * 100 / counted, 2)
        is_vetoed = any(self.vetoes(item, at, unit) for item in mine if at)
        return Score("ranked", score, None, tier(scheme, score, is_vetoed), is_vetoed, lines)

    def counts(self, item: Row, at: Span, unit: str) -> tuple[Figure, Fraction, Fraction]:
        """Figure, numerator and denominator of an item, left-out rows counted against."""
        code = item["indicator_code"]
        figure = self.recount.base(code, at, item["unit_role"], unit)
        left_out = self.against.get(code, [])
        extra = sum(one.sender == unit and one.counts_in(at, code) for one in left_out)
        top, bottom = Fraction(figure.numerator or 0), Fraction(figure.denominator or 0)
        return (figure, top + extra, bottom) if code == OVERDUE else (figure, top, bottom + extra)

    def line(self, scheme: Row, item: Row, at: Span, unit: str) -> Line:
        figure, top, bottom = self.counts(item, at, unit)
        name, points = item["item_code"], Fraction(item["points"] or 0)
        if figure.coverage not in {"whole", "incomplete"}:
            if scheme["missing_report"] == "zero":
                return Line(name, "zeroed", Decimal(0), points)
            return Line(name, "missing")
        if item["mode"] == "deduct":
            share = rounded(deducted(item, points, top) / points, 4)
            return Line(name, "counted", share, points, rounded(points * Fraction(share), 2))
        if not bottom:
            return Line(name, "none")
        if bottom < int(item["minimum_denominator"] or 0):
            return Line(name, "small")
        share = rounded(share_of(item, top * 100 / bottom), 4)
        return Line(name, "counted", share, points, rounded(points * Fraction(share), 2))

    def vetoes(self, item: Row, at: Span, unit: str) -> bool:
        if not item["veto_comparator"]:
            return False
        figure, top, bottom = self.counts(item, at, unit)
        value = top * 100 / bottom if bottom else top
        limit = Fraction(item["veto_value"])
        tests = {">=": value >= limit, ">": value > limit, "<": value < limit, "<=": value <= limit}
        return figure.value is not None and tests[item["veto_comparator"]]


def deducted(item: Row, points: Fraction, count: Fraction) -> Fraction:
    lost = (count - Fraction(item["full_at"] or 0)) * Fraction(item["unit_points"] or 0)
    return max(Fraction(item["floor_points"] or 0), points - max(lost, Fraction(0)))


def share_of(item: Row, value: Fraction) -> Fraction:
    """得分率 of a rate: in proportion between two marks, or by steps."""
    if item["mode"] == "completion":
        full, zero = Fraction(item["full_at"]), Fraction(item["zero_at"] or 0)
        return min(Fraction(1), max(Fraction(0), (value - zero) / (full - zero)))
    for step in ("step1", "step2", "step3"):
        if item[f"{step}_at"] and value >= Fraction(item[f"{step}_at"]):
            return Fraction(item[f"{step}_share"])
    return Fraction(0)


def tier(scheme: Row, score: Decimal, is_vetoed: bool) -> str:
    if is_vetoed:
        return scheme["veto_tier_zh"]
    for name in ("tier1", "tier2", "tier3"):
        if scheme[f"{name}_from"] and score >= Decimal(scheme[f"{name}_from"]):
            return scheme[f"{name}_zh"]
    return scheme["tier4_zh"]


def ranked(scores: dict[str, Score]) -> dict[str, Score]:
    """Places by the printed score; ties share one and the next is skipped."""
    printed = [one.score for one in scores.values() if one.score is not None]
    return {
        unit: one
        if one.score is None
        else replace(one, rank=1 + sum(other > one.score for other in printed))
        for unit, one in scores.items()
    }
