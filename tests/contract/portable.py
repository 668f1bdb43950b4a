"""The lint that keeps a view portable: rules 2 to 14 for SQL that another engine must answer alike.

Each rule reads one file's syntax tree and yields the nodes that break it. The rules, their numbers
and the trials behind them are those of the project's notes on speed and growth; every rule has a
refused example in `refused/`, and the test there proves that it is refused by that rule alone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import sqlglot
from sqlglot import exp

Node = exp.Expr
Check = Callable[["View"], Iterator[Node]]

INTEGERS = {"TINYINT", "SMALLINT", "INT", "BIGINT", "INT128"}
FRACTIONS = (exp.Div, exp.Avg, exp.Ln, exp.Log, exp.Sqrt, exp.Exp, exp.Pow, exp.Median)
ROUNDERS = (exp.Round, exp.Floor, exp.Ceil, exp.Sign)
COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In)
WEEK_CALLS = (exp.DayOfWeek, exp.DayOfWeekIso, exp.Dayname, exp.Week, exp.WeekOfYear)
WEEK_WORDS = {"dow", "isodow", "dayofweek", "weekday", "week", "weekofyear", "yearweek", "isoyear"}
KEY_SUFFIXES = ("_id", "_key", "_seq", "_no", "_hash", "row_number")
DATE_TEXT = re.compile(r"\d{4}-\d{2}(-\d{2})?")
SNAKE_CASE = re.compile(r"[a-z_][a-z0-9_]*")
RATIO_NAME = re.compile(r"_(pct|rate)$|_per_")


@dataclass(frozen=True)
class View:
    """One SQL file: its words and its tree."""

    text: str
    tree: Node

    @classmethod
    def read(cls, text: str) -> "View":
        return cls(text, sqlglot.parse_one(text, dialect="duckdb"))


@dataclass(frozen=True)
class Finding:
    """A rule, and the words that break it."""

    rule: int
    words: str


RULES: dict[int, tuple[str, Check]] = {}


def rule(number: int, sentence: str) -> Callable[[Check], Check]:
    """Register a check under its number."""

    def register(check: Check) -> Check:
        RULES[number] = (sentence, check)
        return check

    return register


def findings(text: str) -> list[Finding]:
    """Everything in one file that another engine might answer otherwise."""
    view = View.read(text)
    return [
        Finding(number, node.sql(dialect="duckdb")[:120])
        for number, (_, check) in RULES.items()
        for node in check(view)
    ]


# --- what several rules ask ---------------------------------------------------------------------


def type_name(node: Node) -> str:
    """The target type of a cast."""
    return str(node.args["to"].this.value)


def settles(node: Node) -> bool:
    """Whether a node leaves a value that two engines hold alike: rounded, DECIMAL or whole."""
    if isinstance(node, exp.Cast):
        return type_name(node) in INTEGERS | {"DECIMAL"}
    return isinstance(node, ROUNDERS)


def unsettled(node: Node, kinds: tuple[type[Node], ...]) -> Iterator[Node]:
    """Nodes of some kinds below (or at) a node with nothing settling them on the way."""
    if settles(node):
        return
    if isinstance(node, kinds):
        yield node
    for child in node.iter_expressions():
        yield from unsettled(child, kinds)


def projections(view: View) -> Iterator[Node]:
    """Every item of every select list."""
    for select in view.tree.find_all(exp.Select):
        yield from select.expressions


def branches(query: Node) -> Iterator[exp.Select]:
    """The selects a query is a union of."""
    if isinstance(query, exp.SetOperation):
        yield from branches(query.left)
        yield from branches(query.right)
    elif isinstance(query, exp.Subquery):
        yield from branches(query.this)
    elif isinstance(query, exp.Select):
        yield query


def outputs(view: View) -> Iterator[tuple[exp.Select, Node]]:
    """Select-list items that reach the output, seen through `select *` from the file's own CTEs."""
    bodies = {cte.alias: cte.this for cte in view.tree.find_all(exp.CTE)}
    waiting, seen = [view.tree], set[str]()
    while waiting:
        for select in branches(waiting.pop()):
            source = select.args.get("from_")
            name = source.this.name if source else ""
            for item in select.expressions:
                own = isinstance(item, exp.Star) and name in bodies and not select.args.get("joins")
                if not own:
                    yield select, item
                elif name not in seen:
                    seen.add(name)
                    waiting.append(bodies[name])


# --- the rules ----------------------------------------------------------------------------------


@rule(2, "round or cast to DECIMAL before ranking, comparing or a threshold")
def raw_order(view: View) -> Iterator[Node]:
    for key in view.tree.find_all(exp.Ordered):
        yield from unsettled(key.this, (exp.Div, exp.Avg, exp.Sum))
    for comparison in view.tree.find_all(*COMPARISONS):
        for side in comparison.iter_expressions():
            yield from unsettled(side, (exp.Div, exp.Avg))


@rule(3, "every denominator is nullif(x, 0)")
def bare_denominator(view: View) -> Iterator[Node]:
    for division in view.tree.find_all(exp.Div, exp.IntDiv, exp.Mod):
        below = division.expression.unnest()
        guarded = isinstance(below, exp.Nullif) and below.expression.name == "0"
        literal = isinstance(below, exp.Literal) and float(below.name) != 0
        if not guarded and not literal:
            yield division


@rule(4, "ratios end in cast(… as decimal(18, n))")
def untyped_ratio(view: View) -> Iterator[Node]:
    for item in projections(view):
        uncast = [node for node in item.find_all(exp.Div) if not _within_decimal(node, item)]
        yield from uncast
        if RATIO_NAME.search(item.alias_or_name) and not uncast and not _is_decimal(item.unalias()):
            yield item


def _within_decimal(node: Node, item: Node) -> bool:
    while node is not item and node.parent is not None:
        node = node.parent
        if isinstance(node, exp.Cast) and _is_decimal(node):
            return True
    return False


def _is_decimal(node: Node) -> bool:
    if isinstance(node, exp.Case):
        results = [branch.args["true"] for branch in node.args["ifs"]]
        return all(map(_is_decimal, [*results, node.args.get("default") or exp.null()]))
    if isinstance(node, exp.Cast):
        sizes = [size.name for size in node.args["to"].expressions]
        return type_name(node) == "DECIMAL" and sizes[:1] == ["18"]
    return isinstance(node, (exp.Column, exp.Null))


@rule(5, "every order by says where nulls go; row_number ends with a unique key")
def open_order(view: View) -> Iterator[Node]:
    keys = list(view.tree.find_all(exp.Ordered))
    words = [token.text.lower() for token in sqlglot.tokenize(view.text, read="duckdb")]
    said = sum(pair in {("nulls", "first"), ("nulls", "last")} for pair in pairwise(words))
    if said != len(keys):
        yield from keys[:1]
    for window in view.tree.find_all(exp.Window):
        order = window.args.get("order")
        last = order.expressions[-1].this if order else None
        unique = isinstance(last, exp.Column) and last.name.endswith(KEY_SUFFIXES)
        if isinstance(window.this, exp.RowNumber) and not unique:
            yield window


@rule(6, "only date_diff('day'); months between are counted from year and month")
def other_difference(view: View) -> Iterator[Node]:
    for call in view.tree.find_all(exp.DateDiff):
        if call.args["unit"].name.upper() != "DAY":
            yield call
    yield from view.tree.find_all(exp.MonthsBetween)
    for minus in view.tree.find_all(exp.Sub):
        sides = (minus.this, minus.expression)
        if all(isinstance(side, exp.Column) and side.name.endswith("_date") for side in sides):
            yield minus


@rule(7, "weekdays, weeks and series come from calendar tables")
def calendar_call(view: View) -> Iterator[Node]:
    yield from view.tree.find_all(*WEEK_CALLS, exp.GenerateSeries, exp.GenerateDateArray)
    for call in view.tree.find_all(exp.Extract, exp.TimestampTrunc, exp.DateTrunc):
        part = call.this if isinstance(call, exp.Extract) else call.args["unit"]
        if part.name.lower() in WEEK_WORDS:
            yield call
    for source in view.tree.find_all(exp.From, exp.Join):
        if isinstance(source.this, exp.Unnest):
            yield source


@rule(8, "DOUBLE to integer by floor or round; logarithms by ln or log10")
def loose_integer(view: View) -> Iterator[Node]:
    for cast_node in view.tree.find_all(exp.Cast):
        if type_name(cast_node) in INTEGERS and any(_fractional(cast_node.this)):
            yield cast_node
    for log in view.tree.find_all(exp.Log):
        if log.args.get("expression") is None or log.this.name != "10":
            yield log


def _fractional(node: Node) -> Iterator[bool]:
    if isinstance(node, ROUNDERS):
        return
    if isinstance(node, exp.Literal):
        yield not node.is_string and not node.name.isdigit()
    elif isinstance(node, exp.Cast):
        yield type_name(node) in {"DOUBLE", "FLOAT", "DECIMAL"}
    else:
        yield isinstance(node, FRACTIONS)
        for child in node.iter_expressions():
            yield from _fractional(child)


@rule(9, "date_trunc inside cast(… as date); dates are never compared with text")
def loose_date(view: View) -> Iterator[Node]:
    for call in view.tree.find_all(exp.TimestampTrunc, exp.DateTrunc):
        around = call.parent
        while isinstance(around, (exp.Add, exp.Sub, exp.Paren)):
            around = around.parent
        if not isinstance(around, exp.Cast) or type_name(around) != "DATE":
            yield call
    for comparison in view.tree.find_all(*COMPARISONS):
        sides = list(comparison.iter_expressions())
        texts = [side.name for side in sides if isinstance(side, exp.Literal) and side.is_string]
        dated = any(isinstance(s, exp.Column) and _is_date_name(s.name) for s in sides)
        if any(dated or DATE_TEXT.fullmatch(text) for text in texts):
            yield comparison


def _is_date_name(name: str) -> bool:
    return name == "month" or name.endswith(("_date", "_month"))


@rule(10, "as-of is a join and row_number; pivot is case or has a fixed list")
def moving_shape(view: View) -> Iterator[Node]:
    for join in view.tree.find_all(exp.Join):
        if join.args.get("method") == "ASOF":
            yield join
    for pivot in view.tree.find_all(exp.Pivot):
        fields = pivot.args.get("fields") or []
        fixed = fields and all(isinstance(f, exp.In) and f.expressions for f in fields)
        if not pivot.args.get("unpivot") and not fixed:
            yield pivot


@rule(11, "no construct that only DuckDB knows, no macro, no list whose order matters")
def own_dialect(view: View) -> Iterator[Node]:
    only_here = (exp.Columns, exp.JSONExtract, exp.JSONExtractScalar, exp.ToMap, exp.Map)
    macros = (exp.Anonymous, exp.AnonymousAggFunc, exp.Dot)
    yield from view.tree.find_all(*only_here, *macros)
    yield from (star for star in view.tree.find_all(exp.Star) if star.args.get("replace"))
    yield from (u for u in view.tree.find_all(exp.SetOperation) if u.args.get("by_name"))
    joins = view.tree.find_all(exp.Join)
    yield from (join for join in joins if join.args.get("method") == "POSITIONAL")
    quantiles = view.tree.find_all(exp.PercentileCont, exp.PercentileDisc, exp.Quantile)
    yield from (call for call in quantiles if not isinstance(call.parent, exp.WithinGroup))
    yield from (group for group in view.tree.find_all(exp.ArrayAgg) if group.find(exp.Order))


@rule(12, "identifiers are ASCII snake_case, or quoted")
def loose_identifier(view: View) -> Iterator[Node]:
    for word in view.tree.find_all(exp.Identifier):
        if not word.quoted and not SNAKE_CASE.fullmatch(word.name):
            yield word


@rule(13, "every expression has a name, no two outputs one name; no where on an alias")
def unnamed_output(view: View) -> Iterator[Node]:
    for select, item in outputs(view):
        plain = isinstance(item, exp.Column) and not isinstance(item.this, exp.Star)
        if not plain and not isinstance(item, exp.Alias):
            yield select if isinstance(item, exp.Star) else item
    for select in view.tree.find_all(exp.Select):
        named = [item for item in select.expressions if item.alias_or_name not in ("", "*")]
        names = [item.alias_or_name for item in named]
        yield from (item for item, name in zip(named, names, strict=True) if names.count(name) > 1)
    for where in view.tree.find_all(exp.Where):
        items = where.parent.expressions if where.parent else []
        aliases = {item.alias for item in items if isinstance(item, exp.Alias)}
        for column in where.find_all(exp.Column):
            if not column.table and column.name in aliases:
                yield column


@rule(14, "a sum leaves a view under a cast: HUGEINT is DuckDB's alone")
def wide_sum(view: View) -> Iterator[Node]:
    for _, item in outputs(view):
        for total in item.find_all(exp.Sum):
            if not _below_cast(total, item):
                yield total


def _below_cast(node: Node, item: Node) -> bool:
    while node is not item and node.parent is not None:
        node = node.parent
        if isinstance(node, exp.Cast):
            return True
    return False
