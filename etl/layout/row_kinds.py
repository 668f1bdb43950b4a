"""What each filled row of a sheet is: title, header, unit row, total, note, blank, or a record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.declarations.declarations import Context
from etl.formats.grid.reader import Grid
from etl.layout.lone_totals import totals_alone
from etl.layout.row_words import (
    is_codes,
    is_example,
    is_note,
    is_numbering,
    is_remarks,
    is_total,
    is_zero_report,
    units_of,
)
from etl.layout.table_edges import EMPTY, RECORD, Edges, name_columns
from etl.recognise.coded_columns import Coded
from etl.recognise.header_matching import Table

TITLE, HEADER, UNIT_ROW, SUBTOTAL, NOTE, BLANK_TEXT = range(2, 8)
KIND_NAMES = {
    TITLE: "title",
    HEADER: "header",
    UNIT_ROW: "unit_row",
    SUBTOTAL: "subtotal",
    NOTE: "note",
    BLANK_TEXT: "blank_text",
}
_LEADING = 3
_NUMBERED = re.compile(r"\s*\d{1,7}(?:\.0)?\s*")
_CLAUSE = re.compile(r"^[(（]?[一二三四五六七八九十\d]{1,2}[)）.、．]")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]")
_WORDED = r"[^\s\x{3000}\x{a0}\x{200b}]"
_UNDER_HEADER = 8

Kinds = NDArray[np.uint8]


@dataclass(frozen=True)
class Rows:
    """Kind of every grid row, and the units a unit row stated."""

    kinds: Kinds
    units: Mapping[int, str]
    examples: tuple[int, ...] = ()
    """Rows that only show how to fill in the form."""

    beside: tuple[int, ...] = ()
    """Rows with cells only beside the columns of the table."""

    unfilled: tuple[int, ...] = ()
    """Rows with a number and a unit's name and nothing to say of them."""

    totals: tuple[int, ...] = ()
    """Records that are totals without the rows they add up."""


def classify(grid: Grid, table: Table, coded: Mapping[int, Coded], context: Context) -> Rows:
    """Tell every filled row apart; what is nothing else is a record and will be judged."""
    kinds = np.zeros(grid.height, np.uint8)
    kinds[grid.scan.rows - grid.first_row] = RECORD
    offsets = np.arange(grid.height)
    first, last = (r - grid.first_row for r in (table.first_header_row, table.last_header_row))
    kinds[(kinds == RECORD) & (offsets < first)] = TITLE
    kinds[[row - grid.first_row for row in table.page_titles]] = TITLE
    kinds[(kinds == RECORD) & (offsets >= first) & (offsets <= last)] = HEADER
    units, examples = _below_header(grid, kinds, last + 1, context)
    _repeated_headers(grid, table, coded, kinds)
    counts = _worded_cells(grid, coded)
    kinds[(kinds == RECORD) & (counts == 0)] = BLANK_TEXT
    _subtotals(table, coded, context, kinds)
    edges = Edges(grid, table, coded, context, kinds)
    kinds[edges.leading_totals()] = SUBTOTAL
    kinds[edges.footers() | edges.empty_lines()] = NOTE
    _sparse(grid, table, counts, context, kinds)
    beside = edges.beside()
    kinds[beside | edges.signature()] = NOTE
    unfilled = edges.unfilled()
    kinds[unfilled] = BLANK_TEXT
    totals, alone = totals_alone(grid, table, coded, context, kinds, kinds == SUBTOTAL)
    kinds[totals], kinds[alone] = SUBTOTAL, RECORD
    flags = (beside, unfilled, alone)
    told = ([int(n) + grid.first_row for n in np.flatnonzero(f)] for f in flags)
    return Rows(kinds, units, tuple(examples), *map(tuple, told))


def _row_texts(grid: Grid, row: int) -> dict[int, str]:
    texts = {c: grid.text(row, c) for c in grid.columns}
    return {c: t for c, t in texts.items() if t.strip()}


def _below_header(
    grid: Grid, kinds: Kinds, offset: int, context: Context
) -> tuple[dict[int, str], list[int]]:
    """Units, column numbers, remarks and examples directly under the header."""
    units: dict[int, str] = {}
    examples: list[int] = []
    last = min(grid.height, offset + _UNDER_HEADER)
    while offset < last and kinds[offset] in (RECORD, EMPTY):
        texts = _row_texts(grid, grid.first_row + offset)
        if kinds[offset] == RECORD and texts:
            words = [texts[c] for c in sorted(texts)]
            if stated := units_of(texts, context):
                kinds[offset] = UNIT_ROW
                units.update(stated)
            elif is_numbering(words) or is_remarks(words, context) or is_codes(words):
                kinds[offset] = HEADER
            elif is_example(words[0], context):
                kinds[offset] = NOTE
                examples.append(grid.first_row + offset)
            else:
                break
        offset += 1
    return units, examples


def _repeated_headers(grid: Grid, table: Table, coded: Mapping[int, Coded], kinds: Kinds) -> None:
    """Header rows printed again on every page."""
    for header_row in range(table.first_header_row, table.last_header_row + 1):
        written = _row_texts(grid, header_row)
        if len(written) < 2:
            continue
        column, text = next(iter(written.items()))
        number = pc.index(coded[column].texts, text).as_py()
        same = np.flatnonzero((coded[column].codes == number) & (kinds == RECORD))
        for offset in same.tolist():
            if _row_texts(grid, grid.first_row + offset) == written:
                kinds[offset] = HEADER


def _worded_cells(grid: Grid, coded: Mapping[int, Coded]) -> NDArray[np.int64]:
    """Cells per row that hold more than white space."""
    counts = np.zeros(grid.height, np.int64)
    for column in coded.values():
        worded = np.append(pc.match_substring_regex(column.texts, _WORDED), False)
        counts += worded[column.codes]
    for row, _ in [*grid.scan.errors, *grid.scan.uncalculated]:
        counts[row - grid.first_row] += 1
    return counts


def _subtotals(table: Table, coded: Mapping[int, Coded], context: Context, kinds: Kinds) -> None:
    """合计, 小计, 平均 … in one of the leading columns or where a unit's name belongs."""
    columns = name_columns(table)
    leading = sorted(c.column for c in (*table.fields.values(), *table.extra, *table.doubled))
    pattern = _total_pattern(context)
    for column in coded.keys() & (columns | set(leading[:_LEADING])):
        texts = coded[column].texts
        found = np.zeros(len(texts) + 1, bool)
        for number in pc.indices_nonzero(pc.match_substring_regex(texts, pattern)).to_pylist():
            found[number] = is_total(texts[number].as_py(), context)
        kinds[found[coded[column].codes] & (kinds == RECORD)] = SUBTOTAL


def _total_pattern(context: Context) -> str:
    """Texts short enough and with the letters of a total word, so that few need a closer look."""
    words = {
        *context.words["total"],
        *context.words["total_suffix"],
        *context.words["total_prefix"],
    }
    spaced = (r"[\s\x{3000}]*".join(word.rstrip(":")) for word in sorted(words))
    return rf"^.{{0,16}}(?:{'|'.join(spaced)}).{{0,24}}$"


def _sparse(
    grid: Grid, table: Table, counts: NDArray[np.int64], context: Context, kinds: Kinds
) -> None:
    """Footers, remarks, headings of groups, totals far right and empty rows: all have few cells."""
    serial = {c.column for c in table.extra if c.path in context.words["serial"]}
    spread = {(top, left) for top, left, _, right in grid.scan.merges if right > left}
    limit = max(3, len(table.fields) // 4)
    noted = False
    for offset in np.flatnonzero((kinds == RECORD) & (counts <= limit)).tolist():
        row = grid.first_row + offset
        texts = _row_texts(grid, row)
        if not texts or counts[offset] > len(texts):
            continue
        column, text = min(texts.items())
        alone = len(texts) == 1
        if set(texts) <= serial and all(_NUMBERED.fullmatch(t) for t in texts.values()):
            kinds[offset] = BLANK_TEXT
        elif any(is_total(t, context) for t in texts.values()):
            kinds[offset] = SUBTOTAL
        elif alone and _HEADING.match(text.strip()):
            kinds[offset] = NOTE
        elif is_note(text, context) or (alone and (row, column) in spread):
            kinds[offset], noted = NOTE, True
        elif alone and (is_zero_report(text, context) or (noted and _CLAUSE.match(text.strip()))):
            kinds[offset] = NOTE
