"""Which kind of table a sheet holds and where: found by its header texts, never by its name.

Each possible header of one to three rows is spelled as paths (上级/下级, merges filled both ways)
and matched to every template of every source. The fit with most columns wins; when two kinds fit
and the title names neither the sheet is refused, when none does it is skipped as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl import limits
from etl.declarations import Context, Source, Template
from etl.headers import join_levels, split_unit
from etl.normalise import key
from etl.reader import Grid
from etl.refusal import RefusedError


@dataclass(frozen=True)
class HeaderCell:
    """A column of the table: its header as written, and the unit it states."""

    column: int
    header: str
    path: str
    unit: str


@dataclass(frozen=True)
class Table:
    """A recognised table: which source and template, and which column holds which field."""

    source: Source
    template: str
    first_header_row: int
    last_header_row: int
    fields: Mapping[str, HeaderCell]
    extra: tuple[HeaderCell, ...]
    doubled: tuple[HeaderCell, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Declared fields this sheet has no column for."""
        return tuple(c.field for c in self.source.columns if c.field not in self.fields)

    @property
    def is_complete(self) -> bool:
        """Whether every required field has a column."""
        return all(c.field in self.fields for c in self.source.columns if c.required)

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """More required, more columns, an earlier end, then more levels: the better reading."""
        depth = self.last_header_row - self.first_header_row
        return self.is_complete, len(self.fields), -self.last_header_row, depth


def recognise(grid: Grid, tab: str, context: Context, told: str | None = None) -> Table | None:
    """The table of this sheet, or None; raises `RefusedError` when two kinds fit equally.

    A told kind decides wherever its headers fit at all.
    """
    window = _Window(grid)
    best: dict[str, Table] = {}
    ends = window.rows_with(_lowest_headers(context), context.units)
    for row in window.rows:
        for depth in range(1, limits.HEADER_DEPTH + 1):
            if row + depth - 1 not in ends:
                continue
            cells = window.header(row, depth, context.units)
            top = window.texts(row)
            for source in context.sources.values():
                table = _fit(source, cells, row, depth)
                if table is None or not any(c.column in top for c in table.fields.values()):
                    continue
                known = best.get(source.dataset)
                if known is None or table.rank > known.rank:
                    best[source.dataset] = table
    if not best:
        return None
    if told in best:
        return best[told]
    first = max(best.values(), key=lambda table: table.rank)
    equal = [table for table in best.values() if table is first or _rivals(table, first)]
    return equal[0] if len(equal) == 1 else _named_in_title(equal, window, tab)


def _lowest_headers(context: Context) -> set[str]:
    """Every text that can stand in the last row of a header."""
    templates = [t for source in context.sources.values() for t in source.templates]
    return {path.rpartition("/")[2] for template in templates for path in template.headers}


def _rivals(table: Table, first: Table) -> bool:
    """Equally many columns, or complete as well and able to explain a column the first cannot."""
    if table.is_complete != first.is_complete:
        return False
    more = {c.column for c in table.fields.values()} - {c.column for c in first.fields.values()}
    return len(table.fields) == len(first.fields) or (table.is_complete and bool(more))


def _named_in_title(equal: list[Table], window: _Window, tab: str) -> Table:
    """Where two kinds fit, only the title may decide."""
    said = key(tab) + "".join(
        key(text)
        for row in window.rows
        if row < min(t.first_header_row for t in equal)
        for text in window.texts(row).values()
    )
    named = [t for t in equal if key(t.source.name_zh) in said]
    if len(named) != 1:
        kinds = "、".join(f"“{t.source.name_zh}”" for t in equal)
        refusal = RefusedError("two_kinds", sheet=tab, kinds=kinds)
        refusal.candidates = tuple(
            {"sheet": tab, "dataset": t.source.dataset, "name_zh": t.source.name_zh} for t in equal
        )
        raise refusal
    return named[0]


def _fit(source: Source, cells: Sequence[HeaderCell], row: int, depth: int) -> Table | None:
    """The best template of one source for these header cells, if it fits at all."""
    paths: dict[str, list[HeaderCell]] = {}
    for cell in cells:
        paths.setdefault(cell.path, []).append(cell)
    matches = [(_matched(t, paths), t) for t in source.templates]
    fields, template = max(matches, key=lambda match: len(match[0]))
    if len(fields) < min(3, len(source.columns)):
        return None
    for path, field in _shared_headers(source).items():
        if field not in fields and len(paths.get(path, ())) == 1 and path not in template.headers:
            fields[field] = paths[path][0]
    used = {c.column for c in fields.values()}
    twice = [group for p, group in paths.items() if p in template.headers and len(group) > 1]
    doubled = [cell for group in twice for cell in group if cell.column not in used]
    extra = [c for c in cells if c.column not in used and c not in doubled]
    table = Table(source, template.name, row, row + depth - 1, fields, tuple(extra), tuple(doubled))
    return table if table.is_complete or _nearly(table, template, len(cells)) else None


def _nearly(table: Table, template: Template, width: int) -> bool:
    """A known form that lacks a required column: its rows are rejected, not overlooked."""
    required = [c.field for c in table.source.columns if c.required]
    found = sum(field in table.fields for field in required)
    wanted = min(len(set(template.headers.values())), width) * limits.MIN_HEADER_SHARE
    return len(table.fields) >= wanted and found * 2 >= len(required)


def _matched(template: Template, paths: Mapping[str, list[HeaderCell]]) -> dict[str, HeaderCell]:
    """Field → column; a header that stands twice, or two headers of one field, match nothing."""
    found: dict[str, list[HeaderCell]] = {}
    for path, cells in paths.items():
        if path in template.headers:
            found.setdefault(template.headers[path], []).extend(cells)
    return {field: cells[0] for field, cells in found.items() if len(cells) == 1}


def _shared_headers(source: Source) -> dict[str, str]:
    """Header paths that mean one field in every template of the source that knows them."""
    meanings: dict[str, set[str]] = {}
    for template in source.templates:
        for path, field in template.headers.items():
            meanings.setdefault(path, set()).add(field)
    return {path: fields.pop() for path, fields in meanings.items() if len(fields) == 1}


class _Window:
    """The top of a sheet as texts, merged cells filled both ways."""

    def __init__(self, grid: Grid) -> None:
        self._cells: dict[int, dict[int, str]] = {}
        last = min(grid.height, limits.HEADER_SEARCH_ROWS)
        for column, cells in grid.columns.items():
            for offset, text in enumerate(cells.slice(0, last).to_pylist()):
                if text and text.strip():
                    self._cells.setdefault(grid.first_row + offset, {})[column] = text
        self._fill_merges(grid, grid.first_row + last)
        self.rows = sorted(self._cells)

    def _fill_merges(self, grid: Grid, end: int) -> None:
        for top, left, bottom, right in grid.scan.merges:
            text = self._cells.get(top, {}).get(left)
            if text is None:
                continue
            for row in range(top, min(bottom + 1, end)):
                for column in range(left, min(right, max(grid.columns)) + 1):
                    self._cells.setdefault(row, {})[column] = text

    def texts(self, row: int) -> dict[int, str]:
        """Column → text of one row."""
        return self._cells.get(row, {})

    def rows_with(self, headers: set[str], units: frozenset[str]) -> set[int]:
        """Rows in which at least one of these header texts stands."""
        return {
            row
            for row in self.rows
            if any(split_unit(text, units)[0] in headers for text in set(self.texts(row).values()))
        }

    def header(self, row: int, depth: int, units: frozenset[str]) -> list[HeaderCell]:
        """The header cells if the header began at `row` and had `depth` rows."""
        rows = [self.texts(r) for r in range(row, row + depth)]
        columns = sorted({c for texts in rows for c in texts})
        cells = []
        for column in columns:
            written = [texts[column] for texts in rows if column in texts]
            path, unit = join_levels(written, units)
            if path:
                header = "/".join(dict.fromkeys("".join(t.split()) for t in written))
                cells.append(HeaderCell(column, header, path, unit))
        return cells
