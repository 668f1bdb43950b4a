"""A sheet as a grid of cells with its merges and what is hidden."""

from dataclasses import dataclass, field

from tests.ledgers.dress import Cell


@dataclass
class Grid:
    """One sheet; rows and columns count from 0."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    freeze: int | None = None
    filter_row: int | None = None
    visible: bool = True

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def add(self, *values: str | None, at: int = 0, merge_to: int | None = None) -> int:
        """Append a row of texts; merged from `at` to a column when asked. Its number."""
        self.rows.append([*[Cell()] * at, *(Cell(value) for value in values)])
        row = len(self.rows) - 1
        if merge_to is not None and merge_to > at:
            self.merges.append((row, at, row, merge_to))
        return row

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a rectangle of more than one cell."""
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))
