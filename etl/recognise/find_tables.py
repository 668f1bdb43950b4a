"""Which kinds of table a sheet holds and where: found by their header texts, never by its name.

Each possible header of one to four rows is spelled as paths (上级/下级, merges filled both ways)
and matched to every template of every source. Where readings overlap, the fit with most columns
wins; when two kinds fit and the title names neither the sheet is refused. Readings that do not
overlap are headers of several tables, or of one whose header is printed on each page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.declarations import limits
from etl.declarations.cell_addresses import column_letters
from etl.declarations.declarations import Context
from etl.declarations.header_paths import split_unit
from etl.declarations.refusal import RefusedError
from etl.declarations.text_keys import key
from etl.formats.grid.reader import Grid
from etl.recognise.coded_columns import Coded
from etl.recognise.header_matching import HeaderCell, Table, fit, side_by_side
from etl.recognise.header_window import Window
from etl.recognise.nearest_kind import nearest

_MAX_HEADER_BYTES = 240
_NUMBER_LENGTH = 4
_SPACES = r"\s\x{3000}\x{a0}"
_NUMBERS = "(（0123456789０１２３４５６７８９一二三四五六七八九十"
_Fits = Mapping[str, Table]


@dataclass(frozen=True)
class Found:
    """The tables of a sheet, top down, and the texts of the rows around their headers."""

    tables: tuple[Table, ...]
    window: Window
    nearest: str = ""
    """Where nothing was found: which kind comes closest and what it lacks, in words."""


def find_tables(
    grid: Grid, coded: Mapping[int, Coded], tab: str, context: Context, told: str | None = None
) -> Found:
    """Every header that fits a declared kind; raises `RefusedError` when two kinds fit equally.

    A told kind decides wherever its headers fit at all.
    """
    ends = _likely_ends(grid, coded, context)
    near = range(1 - limits.HEADER_DEPTH - limits.MAX_TITLE_ROWS, 2)
    top = range(grid.first_row, grid.first_row + limits.HEADER_SEARCH_ROWS)
    window = Window(grid, {*top, *(end + step for end in ends for step in near)})
    tables = []
    for group in _overlapping(_fits(window, ends, context), window):
        tables.append(_choose(group, window, tab, told))
    used = {row for t in tables for row in range(t.first_header_row, t.last_header_row + 1)}
    _refuse_side_by_side(window, [end for end in ends if end not in used], tab, context)
    return Found(tuple(tables), window, "" if tables else nearest(window, ends, context))


def _likely_ends(grid: Grid, coded: Mapping[int, Coded], context: Context) -> list[int]:
    """Rows a header may end in: one known word near the top, or near a row with two of them."""
    known = _KnownWords(context)
    hits = np.zeros(grid.height, np.int64)
    for column in coded.values():
        if numbers := known.among(column.texts):
            found = np.zeros(len(column.texts) + 1, bool)
            found[numbers] = True
            hits += found[column.codes]
    strong = np.flatnonzero(hits >= 2)
    wide = np.zeros(grid.height, bool)
    wide[: limits.HEADER_SEARCH_ROWS] = True
    for step in range(1 - limits.HEADER_DEPTH, limits.HEADER_DEPTH):
        moved = strong + step
        wide[moved[(moved >= 0) & (moved < grid.height)]] = True
    ends: list[int] = (np.flatnonzero(wide & (hits > 0)) + grid.first_row).tolist()
    return ends


class _KnownWords:
    """Every text a header of a declared kind can consist of, found among very many texts."""

    def __init__(self, context: Context) -> None:
        self._units = context.units
        self._notes = tuple(context.words["header_note"])
        sources = context.sources.values()
        paths = [path for source in sources for t in source.templates for path in t.headers]
        paths += [path for source in sources for path in source.synonyms]
        self._words = {word for path in paths for word in path.split("/")}
        self._longest = max(map(len, self._words)) + _NUMBER_LENGTH
        firsts = {word[0] for word in self._words}
        self._firsts = pa.array(
            [*firsts, *(c.upper() for c in firsts), *" \n\t\r\u3000\xa0*★※", *_NUMBERS]
        )
        pairs = "|".join(sorted({re.escape(word[:2]) for word in self._words}))
        number = rf"(?:[(（]?[{_NUMBERS[2:]}]{{1,3}}[)）.．、])?"
        self._start = rf"(?i)^[{_SPACES}*★※]*{number}[{_SPACES}]*(?:{pairs}|\S[{_SPACES}])"

    def among(self, texts: pa.StringArray) -> list[int]:
        """Numbers of the texts that are such a word, cheap tests first."""
        short = pc.less_equal(pc.binary_length(texts), _MAX_HEADER_BYTES)
        begun = pc.is_in(pc.utf8_slice_codeunits(texts, 0, 1), value_set=self._firsts)
        plain = pc.less_equal(pc.utf8_length(texts), self._longest)
        marked = pc.match_substring_regex(texts, rf"[{_SPACES}(（\[［*★※必选]")
        numbers = pc.indices_nonzero(pc.and_(pc.and_(short, begun), pc.or_(plain, marked)))
        numbers = numbers.filter(pc.match_substring_regex(texts.take(numbers), self._start))
        return [n for n in numbers.to_pylist() if self._is_known(texts[n].as_py())]

    def _is_known(self, text: str) -> bool:
        return split_unit(text, self._units, self._notes)[0] in self._words


def _fits(window: Window, ends: Iterable[int], context: Context) -> list[_Fits]:
    """Every reading of every possible header, by dataset; equal texts are read once."""
    groups = tuple(context.words["group"])
    known: dict[object, _Fits] = {}
    found: list[_Fits] = []
    for end in ends:
        for depth in range(1, limits.HEADER_DEPTH + 1):
            row = end - depth + 1
            if not window.texts(row):
                continue
            written = (window.written(row, depth), window.has_group(row))
            if written not in known:
                known[written] = _readings(window, row, depth, groups, context)
            moved = {
                name: replace(
                    table,
                    first_header_row=row,
                    last_header_row=end,
                    is_whole=window.is_whole(row, depth),
                )
                for name, table in known[written].items()
            }
            if moved:
                found.append(moved)
    return found


def _readings(
    window: Window, row: int, depth: int, groups: Sequence[str], context: Context
) -> _Fits:
    if window.repeats(row, depth):
        return {}
    cells, top = window.header(row, depth, context), window.texts(row)
    tables = (fit(s, cells, row, depth, groups) for s in context.sources.values())
    is_group = window.has_group(row)
    return {t.source.dataset: t for t in tables if t and (is_group or not t.width.isdisjoint(top))}


def _overlapping(found: list[_Fits], window: Window) -> list[dict[str, Table]]:
    """Readings of the same rows together, the best of each dataset, top down."""
    groups: list[dict[str, Table]] = []
    last = -1
    for fits in sorted(found, key=lambda f: next(iter(f.values())).first_header_row):
        table = next(iter(fits.values()))
        if table.first_header_row > last:
            groups.append({})
        last = max(last, window.tied_to(table.last_header_row))
        for name, table in fits.items():
            if name not in groups[-1] or table.rank > groups[-1][name].rank:
                groups[-1][name] = table
    return groups


def _choose(best: Mapping[str, Table], window: Window, tab: str, told: str | None) -> Table:
    if told and told in best:
        return best[told]
    first = max(best.values(), key=lambda table: table.rank)
    equal = [table for table in best.values() if table is first or _rivals(table, first)]
    if len(equal) == 1:
        return first
    for table in equal:
        if table.is_complete and first.is_complete and table.width.isdisjoint(first.width):
            spans = [(min(t.width), max(t.width)) for t in (first, table)]
            _refuse_beside(tab, first.first_header_row, sorted(spans))
    return _named_in_title(equal, window, tab)


def _rivals(table: Table, first: Table) -> bool:
    """Equally many columns, or complete as well and able to explain a column the first cannot.

    One that explains far fewer of the same columns is none: hazard ledgers say who checked, too.
    """
    if table.is_complete != first.is_complete:
        return False
    if len(table.fields) == len(first.fields):
        return True
    if not table.is_complete or table.width <= first.width:
        return False
    return table.width.isdisjoint(first.width) or 3 * len(table.fields) > 2 * len(first.fields)


def _named_in_title(equal: list[Table], window: Window, tab: str) -> Table:
    """Where two kinds fit, only the title may decide."""
    header = min(t.first_header_row for t in equal)
    said = key(tab) + "".join(
        key(text)
        for row in range(header - limits.MAX_TITLE_ROWS, header)
        for text in window.texts(row).values()
    )
    named = [t for t in equal if key(t.source.name_zh) in said]
    named = named or [t for t in equal if any(word in said for word in t.source.title_words)]
    if len(named) != 1:
        kinds = "、".join(f"“{t.source.name_zh}”" for t in equal)
        refusal = RefusedError("two_kinds", sheet=tab, kinds=kinds)
        refusal.candidates = tuple(
            {"sheet": tab, "dataset": t.source.dataset, "name_zh": t.source.name_zh} for t in equal
        )
        raise refusal
    return named[0]


def _refuse_side_by_side(window: Window, ends: Iterable[int], tab: str, context: Context) -> None:
    """Two records in one row cannot be told apart by row: such a sheet goes back."""
    seen: set[object] = set()
    for end in ends:
        for depth in range(1, limits.HEADER_DEPTH + 1):
            written = window.written(end - depth + 1, depth)
            if written in seen:
                continue
            seen.add(written)
            cells: list[HeaderCell] = window.header(end - depth + 1, depth, context)
            every = (side_by_side(source, cells) for source in context.sources.values())
            if spans := max(every, key=lambda found: sum(b - a for a, b in found)):
                _refuse_beside(tab, end - depth + 1, spans)


def _refuse_beside(tab: str, row: int, spans: Sequence[tuple[int, int]]) -> NoReturn:
    columns = "、".join(f"{column_letters(a)}–{column_letters(b)} 列" for a, b in spans)
    raise RefusedError("side_by_side", sheet=tab, row=row, columns=columns)
