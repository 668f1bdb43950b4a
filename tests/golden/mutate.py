"""Mutants of a SQL model: each condition dropped, each comparison flipped, one at a time."""

from collections.abc import Iterator
from dataclasses import replace

import sqlglot
from sqlglot import exp

from warehouse.models.sql_models import Model

FLIPS: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.LT: exp.GTE,
    exp.LTE: exp.GT,
    exp.GT: exp.LTE,
    exp.GTE: exp.LT,
}
BOUNDARIES: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
}


def mutants(model: Model) -> Iterator[tuple[str, Model]]:
    """Every mutant of the model with a name that says what was changed."""
    tree = sqlglot.parse_one(model.sql, dialect="duckdb")
    for index, node in enumerate(list(tree.walk())):
        for label, changed in _changes(node):
            copy = tree.copy()
            target = list(copy.walk())[index]
            target.replace(changed)
            yield (
                f"{label} {node.sql(dialect='duckdb')}",
                replace(model, sql=copy.sql(dialect="duckdb")),
            )


def _changes(node: exp.Expr) -> Iterator[tuple[str, exp.Expr]]:
    if _is_condition(node):
        yield "drop", exp.true()
    for label, table in (("flip", FLIPS), ("shift", BOUNDARIES)):
        if type(node) in table and not _is_join_equality(node):
            yield label, table[type(node)](this=node.this.copy(), expression=node.expression.copy())


def _is_condition(node: exp.Expr) -> bool:
    """A whole WHERE, or one member of an AND or OR inside it."""
    parent = node.parent
    if isinstance(parent, exp.Where):
        return not isinstance(node, (exp.And, exp.Or))
    return (
        isinstance(parent, (exp.And, exp.Or))
        and node.find_ancestor(exp.Where) is not None
        and not isinstance(node, (exp.And, exp.Or))
    )


def _is_join_equality(node: exp.Expr) -> bool:
    """Column = column in a join: flipping it makes a cross product and proves nothing."""
    return (
        isinstance(node, exp.EQ)
        and isinstance(node.this, exp.Column)
        and isinstance(node.expression, exp.Column)
        and node.find_ancestor(exp.Where) is None
    )
