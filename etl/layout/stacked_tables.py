"""Several tables in one sheet: which rows are whose.

A row between two tables belongs to the nearer by what it is: footers (制表人, 说明) to the upper,
titles to the lower. A header printed again on a page is no new table, unless its title states
another month, unit or sender. A table nobody declared is kept apart, never read as the one above.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from etl.declarations import limits
from etl.declarations.declarations import Context
from etl.declarations.refusal import RefusedError
from etl.formats.grid.reader import Grid
from etl.formats.xlsx.sheet_scan import SheetScan
from etl.layout.sheet_statements import Statement, read_statement
from etl.layout.title_rows import FEW, Titles
from etl.layout.undeclared_tables import Strangers
from etl.recognise.find_tables import Found
from etl.recognise.header_matching import Table

_NAME_TEXT = 40
"""Letters of a title that are enough to name a table."""


@dataclass(frozen=True)
class Part:
    """Rows of a sheet that are one table; `table` is None where nobody declared its kind."""

    grid: Grid
    table: Table | None
    title: str = ""
    opening: tuple[Sequence[str], ...] = ()
    """Texts of the first rows, where nobody declared its kind."""


def split(grid: Grid, found: Found, context: Context) -> list[Part]:
    """The tables of a sheet, top down; every filled row is in exactly one."""
    titles = Titles(grid, context)
    strangers = Strangers(grid, titles)
    whole = (grid.first_row, grid.first_row + grid.height - 1)
    parts = []
    blocks = _Stack(grid, found, titles, context).blocks()
    if len(blocks) > limits.MAX_TABLES:
        raise RefusedError("many_tables", count=len(blocks))
    for start, end, table in blocks:
        for first, last, known in _apart(strangers, start, end, table):
            rows = grid if (first, last) == whole else rows_of(grid, first, last)
            opening: tuple[Sequence[str], ...] = ()
            if known is None:
                opening = tuple(titles.texts(row) for row in strangers.filled(first, last)[:FEW])
            title = "".join(opening[0][0].split()) if opening else ""
            parts.append(Part(rows, known, title[:_NAME_TEXT], opening))
    return parts


def _apart(
    strangers: Strangers, start: int, end: int, table: Table
) -> Iterable[tuple[int, int, Table | None]]:
    """The block with what is another table before or after its own cut off."""
    above, below = strangers.above(start, table), strangers.below(end, table)
    if above:
        yield start, above - 1, None
    first, last = above or start, (below or end + 1) - 1
    own = tuple(row for row in table.page_titles if first <= row <= last)
    yield first, last, replace(table, page_titles=own)
    if below:
        yield below, end, None


def rows_of(grid: Grid, first: int, last: int) -> Grid:
    """The grid of these rows alone, with what the raw XML says about them."""
    scan = grid.scan
    inside = (scan.rows >= first) & (scan.rows <= last)
    rows = scan.rows[inside]
    if not len(rows):
        return Grid(first, 0, {}, SheetScan(), frozenset())
    top, height = int(rows[0]), int(rows[-1] - rows[0]) + 1
    lead = top - grid.first_row
    columns = {c: cells.slice(lead, height) for c, cells in grid.columns.items()}
    cut = replace(
        scan,
        rows=rows,
        filled=scan.filled[inside],
        errors={cell: text for cell, text in scan.errors.items() if first <= cell[0] <= last},
        uncalculated={cell for cell in scan.uncalculated if first <= cell[0] <= last},
        doubtful={cell for cell in scan.doubtful if first <= cell[0] <= last},
        merges=tuple(m for m in scan.merges if first <= m[0] <= last),
        first_row=top,
        last_row=top + height - 1,
    )
    unread = frozenset(row for row in grid.unread if first <= row <= last)
    return Grid(top, height, columns, cut, unread)


@dataclass(frozen=True)
class _Stack:
    grid: Grid
    found: Found
    titles: Titles
    context: Context

    def blocks(self) -> list[tuple[int, int, Table]]:
        """First row, last row and table of each recognised table; the first begins the sheet."""
        blocks: list[tuple[int, Table]] = []
        said = Statement()
        top, bottom = self.grid.first_row, self.grid.first_row + self.grid.height - 1
        for table in self.found.tables:
            floor = blocks[-1][1].last_header_row if blocks else top - 1
            titles = self.titles.above(table.first_header_row, floor)
            own = read_statement([self.titles.texts(row) for row in titles], [], "", self.context)
            if blocks and self._is_page(blocks[-1][1], table, said, own):
                start, known = blocks[-1]
                pages = (*known.page_titles, *titles)
                blocks[-1] = (start, replace(known, page_titles=pages))
                continue
            start = min([table.first_header_row, *titles]) if blocks else top
            blocks.append((start, table))
            said = own
        starts = [start for start, _ in blocks[1:]]
        ends = [start - 1 for start in starts] + [bottom]
        return [(start, end, table) for (start, table), end in zip(blocks, ends, strict=True)]

    def _is_page(self, known: Table, table: Table, said: Statement, own: Statement) -> bool:
        """The same header, and no title above it that states something else."""
        depths = [t.last_header_row - t.first_header_row for t in (known, table)]
        window = self.found.window
        same = depths[0] == depths[1] and all(
            window.texts(known.first_header_row + n) == window.texts(table.first_header_row + n)
            for n in range(depths[0] + 1)
        )
        stated = [
            (own.unit_text, said.unit_text),
            (own.named_id, said.named_id),
            (own.months, said.months),
            ((own.period_from, own.period_to), (said.period_from, said.period_to)),
            (own.as_of, said.as_of),
            (own.filed, said.filed),
            (own.money, said.money),
        ]
        silent = ("", None, (None, None))
        return same and all(new in silent or new == old for new, old in stated)
