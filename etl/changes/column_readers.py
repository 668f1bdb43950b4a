"""Which indicators a column of a source is read by, told from the SELECTs themselves.

A column is followed through the models of its dataset: a column made from it stands for it, so an
indicator that reads `is_penalised` reads `is_unit_penalised`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from warehouse.models.sql_models import SQL_DIR, Model, downstream, load_models, upstream

_COMMENT: Final = re.compile(r"--[^\n]*")
_BREAK: Final = re.compile(r"[(),]|\b(?:select|distinct|from)\b")
_NAMED: Final = re.compile(r"(.*\S)\s+as\s+(\w+)\s*", re.DOTALL)


@cache
def indicators_reading(dataset: str, field: str) -> tuple[str, ...]:
    """Names of the indicators that read this column of the dataset, as the catalogue lists them."""
    models = load_models()
    table = f"core.fct_{dataset}"
    own = downstream(models, f"staging.stg_{dataset}")
    names = _made_from(field, upstream(own, table))
    column = re.compile(rf"\.(?:{'|'.join(sorted(names))})\b")
    found = {
        model.name.removeprefix("ind_")
        for model in models
        if model.schema == "indicators" and table in model.reads and column.search(model.sql)
    }
    derived = (m for m in models if m.schema == "derived")
    found |= {m.name for m in derived if any(f"'{code}'" in m.sql for code in found)}
    path = SQL_DIR / "catalogue" / "indicators.csv"
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return tuple(row["name_zh"] for row in rows if row["indicator_code"] in found)


def _made_from(field: str, models: Iterable[Model]) -> set[str]:
    """The column, and every column of the models that one of them is made from."""
    made = [pair for model in models for pair in _items(model.sql)]
    names = {field}
    while True:
        column = re.compile(rf"\.(?:{'|'.join(sorted(names))})\b")
        more = {alias for expression, alias in made if column.search(expression)} - names
        if not more:
            return names
        names |= more


def _items(sql: str) -> Iterator[tuple[str, str]]:
    """Expression and name of every item of every SELECT."""
    text = _COMMENT.sub("", sql)
    starts = [0]
    for mark in _BREAK.finditer(text):
        if mark[0] == "(":
            starts.append(mark.end())
            continue
        if item := _NAMED.fullmatch(text[starts[-1] : mark.start()]):
            yield item[1], item[2]
        if mark[0] == ")":
            starts.pop()
        else:
            starts[-1] = mark.end()
