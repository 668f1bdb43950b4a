"""Hidden rows and columns: read like the others, and said so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from etl.declarations import limits
from etl.declarations.cell_addresses import column_letters

_ROW = re.compile(rb"<row\b(?=[^>]*\shidden=[\"'](?:1|true)[\"'])[^>]*?\sr=[\"'](\d{1,7})[\"']")
_COLUMN = re.compile(rb"<col\b(?=[^>]*\shidden=[\"'](?:1|true)[\"'])[^>]*>")
_BOUND = re.compile(rb"\b(min|max)=[\"'](\d{1,5})[\"']")
_NAMED = 5
"""Runs of rows a note names one by one."""


def note_hidden(text: bytes, starts: Sequence[int], rows: set[int], columns: set[int]) -> None:
    """Add the numbers of hidden rows and columns in a piece whose row tags begin at `starts`."""
    for start in starts:
        if text.find(b"hidden=", start, text.find(b">", start)) > 0:
            rows.update(int(match[1]) for match in [_ROW.match(text, start)] if match)
    before = text[: starts[0]] if starts else b""
    for match in _COLUMN.finditer(before) if b"hidden=" in before else ():
        bounds = {name: int(number) for name, number in _BOUND.findall(match[0])}
        first, last = bounds.get(b"min", 1), bounds.get(b"max", 0)
        columns.update(range(first, min(last, limits.MAX_COLUMNS) + 1))


def hidden_notes(rows: Iterable[int], columns: Iterable[int]) -> list[str]:
    """What of a table was hidden and counts all the same."""
    notes = []
    if found := sorted(rows):
        runs = [f"{a}—{b}" if b > a else str(a) for a, b in _runs(found)]
        more = " 等" if len(runs) > _NAMED else ""
        where = "、".join(runs[:_NAMED])
        notes.append(f"有 {len(found)} 行是隐藏的（第 {where} 行{more}），照常计入")
    if letters := [column_letters(column) for column in sorted(columns)]:
        notes.append(f"隐藏的列照常采用：{'、'.join(letters)}")
    return notes


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]
