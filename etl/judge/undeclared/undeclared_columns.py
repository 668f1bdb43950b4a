"""Columns no declared header names that may be a field on which it hangs whether a row counts.

A column is likened by the words of its header (columns.csv `looks_like`, or a header that differs
little), and by its values: places are known by themselves. What is likened is asked, never taken,
and never passed over as if nothing stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from etl.declarations.cell_addresses import column_letters
from etl.declarations.declarations import Context
from etl.declarations.fields import Column
from etl.declarations.text_keys import key
from etl.judge.undeclared.column_drift import close_field
from etl.layout.row_kinds import Rows
from etl.layout.table_edges import RECORD
from etl.recognise.coded_columns import Coded
from etl.recognise.header_matching import HeaderCell, Table

_SHOWN = 3
_SHOWN_TEXT = 12
_MOST = 0.8
_FEWEST_PLACES = 2
_NUMERIC = frozenset({"count", "amount", "rate", "date", "month", "year"})
_DATED = frozenset({"date", "month", "year"})
_PLACES = frozenset({"place", "department", "actor"})
_DIGIT = re.compile(r"\d|[一二三四五六七八九十两]")


@dataclass(frozen=True)
class Question:
    """A column, the fields it may be, and a few of its values."""

    cell: HeaderCell
    fields: tuple[Column, ...]
    samples: tuple[str, ...]

    def choices(self, sheet: str, dataset: str) -> list[dict[str, str]]:
        """One entry for each field it may be, as a person is asked."""
        letter = column_letters(self.cell.column)
        common = {"sheet": sheet, "dataset": dataset, "column": letter, "header": self.cell.header}
        shown = "、".join(self.samples)
        return [
            {**common, "answer": c.field, "name_zh": c.name_zh, "samples": shown}
            for c in self.fields
        ]


def questions(
    table: Table,
    coded: Mapping[int, Coded],
    rows: Rows,
    context: Context,
    known: Iterable[str] = (),
) -> list[Question]:
    """What must be asked about the columns of a table; `known` are fields the sheet says at all."""
    said = {*table.fields, *known}
    missing = [c for c in table.source.columns if c.is_asked and c.field not in said]
    if not missing:
        return []
    serial = context.words["serial"]
    found = []
    for cell in (*table.extra, *table.doubled):
        if cell.column in table.answers or cell.path in serial:
            continue
        texts = record_texts(coded[cell.column], rows) if cell.column in coded else []
        if texts and (fields := _may_be(cell, texts, missing, table, context)):
            found.append(Question(cell, fields, tuple(t[:_SHOWN_TEXT] for t in texts[:_SHOWN])))
    return found


def record_texts(coded: Coded, rows: Rows) -> list[str]:
    """The distinct texts of a column in the records, as they come."""
    used = coded.codes[rows.kinds == RECORD]
    distinct = pa.array(used[used >= 0]).unique()
    texts = coded.texts.take(distinct).to_pylist()
    return [text.strip() for text in texts if text.strip()]


def _may_be(
    cell: HeaderCell,
    texts: Sequence[str],
    missing: Sequence[Column],
    table: Table,
    context: Context,
) -> tuple[Column, ...]:
    """The missing fields a column looks like; those its header names before those it holds."""
    if _is_aside(cell, context):
        return ()
    contested = {name for name, cells in table.contested.items() if cell in cells}
    close = close_field(cell, table, context)
    named = [
        column
        for column in missing
        if column.field in (close, *contested) or _is_named(cell, column, context)
    ]
    if fitting := tuple(c for c in named if _holds(c, texts, context)):
        return fitting
    place = next((c for c in missing if c.type == "place"), None)
    is_place = place and not _has_place(table) and _are_places(texts, context)
    return (place,) if place and is_place else ()


def _is_named(cell: HeaderCell, column: Column, context: Context) -> bool:
    """A word of the field stands in the header, and its end says nothing else."""
    written = key(cell.header)
    if not any(key(word) in written for word in column.looks_like):
        return False
    ends = [*context.words["aside_end"]]
    ends += [] if column.type in _DATED else context.words["aside_day"]
    return not any(text.endswith(tuple(ends)) for text in (cell.path, written.rstrip(")]")))


def _is_aside(cell: HeaderCell, context: Context) -> bool:
    """The header speaks of another time, as 去年同期 does."""
    return any(word in cell.path for word in context.words["aside"])


def _holds(column: Column, texts: Sequence[str], context: Context) -> bool:
    """Whether values are of the kind of the field; words may say yes or no in any way."""
    if column.type in _NUMERIC:
        return 2 * sum(bool(_DIGIT.search(text)) for text in texts) >= len(texts)
    if column.type in _PLACES:
        names = tuple(context.places)
        alike = sum(key(text).startswith(names) for text in texts)
        return 2 * alike >= len(texts)
    return True


def _has_place(table: Table) -> bool:
    return any(c.type == "place" and c.field in table.fields for c in table.source.columns)


def _are_places(texts: Sequence[str], context: Context) -> bool:
    """Hardly anything but names of places, at least two of them."""
    known = [context.places.get(key(text)) for text in texts]
    units = {p.unit.unit_id for p in known if p and p.unit and p.unit.is_territory}
    found = sum(1 for p in known if p and p.unit and p.unit.is_territory)
    return len(units) >= _FEWEST_PLACES and found >= _MOST * len(texts)


def situations(
    table: Table,
    faults: Mapping[str, int],
    asked: Iterable[Question],
    known: Iterable[str] = (),
) -> dict[str, dict[str, object]]:
    """Of each field: its class, whether it was read, and how many of its cells could not be."""
    unread = {column.field for question in asked for column in question.fields}
    said = set(known)
    found: dict[str, dict[str, object]] = {}
    for column in table.source.columns:
        name = column.field
        situation = "read" if name in table.fields else "said" if name in said else "absent"
        found[name] = {
            "class": column.field_class,
            "is_deciding": column.is_deciding,
            "situation": "unread" if situation == "absent" and name in unread else situation,
            "bad_count": faults.get(name, 0) if name in table.fields else 0,
        }
    return found
