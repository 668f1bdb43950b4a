"""Header cells against the templates of one source: which column holds which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl import limits
from etl.declarations import Source, Template
from etl.headers import other_readings

_Paths = Mapping[str, Sequence["HeaderCell"]]


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
    page_titles: tuple[int, ...] = ()
    """Title rows printed again above a repeated header."""

    is_whole: bool = True
    """Whether no merged cell of the header reaches above its first row."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Declared fields this sheet has no column for."""
        return tuple(c.field for c in self.source.columns if c.field not in self.fields)

    @property
    def is_complete(self) -> bool:
        """Whether every required field has a column."""
        return all(c.field in self.fields for c in self.source.columns if c.required)

    @property
    def rank(self) -> tuple[bool, bool, int, int, int]:
        """More required, no group cut off, more columns, an earlier end, more levels: better."""
        depth = self.last_header_row - self.first_header_row
        return self.is_complete, self.is_whole, len(self.fields), -self.last_header_row, depth

    @property
    def width(self) -> frozenset[int]:
        """The columns that hold its fields."""
        return frozenset(cell.column for cell in self.fields.values())


def fit(
    source: Source, cells: Sequence[HeaderCell], row: int, depth: int, groups: Sequence[str]
) -> Table | None:
    """The best template of one source for these header cells, if it fits at all."""
    paths: dict[str, list[HeaderCell]] = {}
    for cell in cells:
        paths.setdefault(cell.path, []).append(cell)
    matches = [(_matched(t, paths, groups), t) for t in source.templates]
    fields, template = max(matches, key=lambda match: len(match[0]))
    if len(fields) < min(3, len(source.columns)):
        return None
    fields |= _from_other_templates(source, template, paths, fields, groups)
    used = {c.column for c in fields.values()}
    twice = [group for p, group in paths.items() if p in template.headers and len(group) > 1]
    doubled = [cell for group in twice for cell in group if cell.column not in used]
    extra = [c for c in cells if c.column not in used and c not in doubled]
    table = Table(source, template.name, row, row + depth - 1, fields, tuple(extra), tuple(doubled))
    return table if table.is_complete or _nearly(table, template, len(cells)) else None


def side_by_side(source: Source, cells: Sequence[HeaderCell]) -> list[tuple[int, int]]:
    """First and last column of each table, where the headers of one kind stand side by side."""
    columns: dict[str, list[int]] = {}
    for cell in cells:
        if any(cell.path in template.headers for template in source.templates):
            columns.setdefault(cell.path, []).append(cell.column)
    twice = [found for found in columns.values() if len(found) > 1]
    if len(twice) < min(3, len(source.columns)):
        return []
    times = min(map(len, twice))
    return [(min(c[n] for c in twice), max(c[n] for c in twice)) for n in range(times)]


def _nearly(table: Table, template: Template, width: int) -> bool:
    """A known form that lacks a required column: its rows are rejected, not overlooked."""
    required = [c.field for c in table.source.columns if c.required]
    found = sum(field in table.fields for field in required)
    wanted = min(len(set(template.headers.values())), width) * limits.MIN_HEADER_SHARE
    return len(table.fields) >= wanted and found * 2 >= len(required)


def _matched(template: Template, paths: _Paths, groups: Sequence[str]) -> dict[str, HeaderCell]:
    """Field → column; a header that stands twice, or two headers of one field, match nothing."""
    found: dict[str, list[HeaderCell]] = {}
    other: dict[str, list[HeaderCell]] = {}
    for path, cells in paths.items():
        if path in template.headers:
            found.setdefault(template.headers[path], []).extend(cells)
        elif "/" in path:
            readings = (template.headers.get(r) for r in other_readings(path, groups))
            if field := next((f for f in readings if f), None):
                other.setdefault(field, []).extend(cells)
    return {field: cells[0] for field, cells in (other | found).items() if len(cells) == 1}


def _from_other_templates(
    source: Source,
    template: Template,
    paths: _Paths,
    fields: Mapping[str, HeaderCell],
    groups: Sequence[str],
) -> dict[str, HeaderCell]:
    """Fields not found yet whose header another version of the form knows without ambiguity."""
    shared = _shared_headers(source)
    found: dict[str, list[HeaderCell]] = {}
    for path, cells in paths.items():
        if path in template.headers:
            continue
        for reading in (path, *other_readings(path, groups)):
            field = shared.get(reading)
            if field and field not in fields and reading not in template.headers:
                found.setdefault(field, []).extend(cells)
                break
    used = {cell.column for cell in fields.values()}
    alone = {field: cells[0] for field, cells in found.items() if len(cells) == 1}
    return {field: cell for field, cell in alone.items() if cell.column not in used}


def _shared_headers(source: Source) -> dict[str, str]:
    """Header paths that mean one field in every template of the source that knows them."""
    meanings: dict[str, set[str]] = {}
    for template in source.templates:
        for path, field in template.headers.items():
            meanings.setdefault(path, set()).add(field)
    return {path: fields.pop() for path, fields in meanings.items() if len(fields) == 1}
