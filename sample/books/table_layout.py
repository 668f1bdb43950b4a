"""What a workbook holds before it is placed on the grid."""

from dataclasses import dataclass
from datetime import date

from sample.books.cell_styles import Cell
from sample.facts.declared_forms import Fact, Form


@dataclass
class Line:
    """One row of a table: the fact, its cells, and why it must be rejected, if it must."""

    fact: Fact
    cells: dict[str, Cell]
    reason: str = ""
    row_number: int = 0


@dataclass
class Table:
    """One ledger sheet before it is placed on the grid."""

    form: Form
    headers: dict[str, str]
    lines: list[Line]
    title: str
    as_of: date
    info: tuple[str, ...] = ()
    first_row: int = 1
    first_column: int = 1
    has_serial: bool = True
    has_unit_row: bool = False
    total: str = ""
    total_label: str = "合计"
    zero_note: str = ""
    header_padding: str = ""
    repeats_header_after: int = 0
    blank_text_after: int = 0
    spare_rows: int = 0
    footers: tuple[tuple[str, ...], ...] = ()

    @property
    def dataset(self) -> str:
        """Which dataset the sheet belongs to."""
        return self.form.dataset


@dataclass
class Sheet:
    """A sheet: a table, a list of texts, or nothing."""

    name: str
    table: Table | None = None
    grid: tuple[tuple[str, ...], ...] = ()
    is_hidden: bool = False


@dataclass
class Book:
    """A workbook to write: who sends it, and whether a newer one has replaced it."""

    file: str
    sheets: list[Sheet]
    reporter_id: str
    is_current: bool = True


@dataclass(frozen=True)
class RowVerdict:
    """What must become of one filled row."""

    file: str
    sheet: str
    row_number: int
    dataset: str
    verdict: str
    code: str
