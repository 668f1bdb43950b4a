"""Header cells against the templates of one source: which column holds which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.declarations import limits
from etl.declarations.declarations import Source, Template
from etl.declarations.header_paths import other_readings

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

    contested: Mapping[str, tuple[HeaderCell, ...]] = field(default_factory=dict)
    """Fields without a column that several columns could be: none of them is taken."""

    answers: Mapping[int, str] = field(default_factory=dict)
    """Columns a person has said something of, and what (`etl.recognise.column_answers`)."""

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
    table = closest(source, cells, row, depth, groups)
    if len(table.fields) < min(3, len(source.columns)):
        return None
    template = next(t for t in source.templates if t.name == table.template)
    return table if table.is_complete or _nearly(table, template, len(cells)) else None


def closest(
    source: Source, cells: Sequence[HeaderCell], row: int, depth: int, groups: Sequence[str]
) -> Table:
    """These header cells by the template of one source that knows most of them, few or many."""
    paths: dict[str, list[HeaderCell]] = {}
    for cell in cells:
        paths.setdefault(cell.path, []).append(cell)
    matches = [(_matched(t, paths, groups), t) for t in source.templates]
    fields, template = max(matches, key=lambda match: len(match[0]))
    fields |= _from_other_templates(source, template, paths, fields, groups)
    fields |= _from_synonyms(source, paths, fields, groups)
    used = {c.column for c in fields.values()}
    twice = [group for p, group in paths.items() if p in template.headers and len(group) > 1]
    doubled = [cell for group in twice for cell in group if cell.column not in used]
    extra = [c for c in cells if c.column not in used and c not in doubled]
    return Table(
        *(source, template.name, row, row + depth - 1, fields, tuple(extra), tuple(doubled)),
        contested=_contested(source, extra, fields, groups),
    )


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
    others = {path: field for path, field in shared.items() if path not in template.headers}
    unknown = {path: cells for path, cells in paths.items() if path not in template.headers}
    return _one_each(others, unknown, fields, groups)


def _from_synonyms(
    source: Source, paths: _Paths, fields: Mapping[str, HeaderCell], groups: Sequence[str]
) -> dict[str, HeaderCell]:
    """Fields no form's header names, by what clerks call them; two such columns name neither."""
    forms = {path for template in source.templates for path in template.headers}
    unknown = {path: cells for path, cells in paths.items() if path not in forms}
    return _one_each(source.synonyms, unknown, fields, groups)


def _contested(
    source: Source,
    extra: Sequence[HeaderCell],
    fields: Mapping[str, HeaderCell],
    groups: Sequence[str],
) -> dict[str, tuple[HeaderCell, ...]]:
    """Columns left over that mean the same field, each by another name."""
    meanings = {**source.synonyms, **_shared_headers(source)}
    found: dict[str, list[HeaderCell]] = {}
    for cell in extra:
        readings = (meanings.get(r) for r in (cell.path, *other_readings(cell.path, groups)))
        if (name := next(filter(None, readings), None)) and name not in fields:
            found.setdefault(name, []).append(cell)
    return {name: tuple(cells) for name, cells in found.items() if len(cells) > 1}


def _one_each(
    meanings: Mapping[str, str],
    paths: _Paths,
    fields: Mapping[str, HeaderCell],
    groups: Sequence[str],
) -> dict[str, HeaderCell]:
    """Fields not found yet that exactly one unused column means."""
    used = {cell.column for cell in fields.values()}
    found: dict[str, list[HeaderCell]] = {}
    for path, cells in paths.items():
        readings = (meanings.get(reading) for reading in (path, *other_readings(path, groups)))
        field = next((f for f in readings if f and f not in fields), None)
        if field:
            found.setdefault(field, []).extend(c for c in cells if c.column not in used)
    return {field: cells[0] for field, cells in found.items() if len(cells) == 1}


def _shared_headers(source: Source) -> dict[str, str]:
    """Header paths that mean one field in every template of the source that knows them."""
    meanings: dict[str, set[str]] = {}
    for template in source.templates:
        for path, name in template.headers.items():
            meanings.setdefault(path, set()).add(name)
    return {path: fields.pop() for path, fields in meanings.items() if len(fields) == 1}
