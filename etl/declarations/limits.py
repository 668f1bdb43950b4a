"""What a workbook may cost: every limit of intake in one place, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MAX_PARTS: Final = 5_000
"""Parts in the container; real workbooks have a few hundred, bombs tens of thousands."""

MAX_UNPACKED_BYTES: Final = 1 << 30
"""All parts together; a full 1 048 576-row sheet of twenty columns stays below it."""

MAX_RATIO: Final = 150
"""Unpacked to packed size of one part; the most repetitive sound workbook measured was near 90."""

RATIO_FREE_BYTES: Final = 1 << 20
"""Parts up to this size may have any ratio: an empty styled sheet packs extremely well."""

MAX_BOX_CELLS: Final = 32_000_000
"""Rows × columns between the outermost filled cells; readers reserve memory for all of them."""

MAX_SCATTERED_COLUMNS: Final = 1_024
MAX_SCATTER: Final = 200
"""Past so many columns at least one cell in 200 of the box must be filled."""

MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384
"""The sheet of the file format; a reference outside it is not a workbook a person made."""

MAX_ROW_BYTES: Final = 64 << 20
"""Raw text of one sheet row, or of what follows the rows."""

MAX_INDEX_BYTES: Final = 16 << 20
"""Workbook, relation and content-type parts, which are read whole."""

MAX_TEXT_BYTES: Final = 200 << 20
"""A CSV or HTML table, which is read whole; a full sheet of twenty columns has about 150 MB."""

MAX_TEXT_CELLS: Final = 6_000_000
"""Filled cells of a text format or ods, which are read one by one; 100 000 × 20 has two million."""

MAX_CELL_CHARACTERS: Final = 1 << 18
"""One cell of a text format; Excel holds 32 767."""

MAX_COLUMN_SPAN: Final = 1_000
MAX_ROW_SPAN: Final = 65_534
"""What one HTML cell may cover; browsers cut larger claims to the same numbers."""

HEADER_SEARCH_ROWS: Final = 40
"""How far down the header of a table is looked for."""

HEADER_DEPTH: Final = 4
"""Rows a header may have, unit row not counted."""

MAX_TITLE_ROWS: Final = 8
"""Rows above a header that may be its titles; official forms have four at most."""

MAX_TABLES: Final = 500
"""Tables stacked in one sheet; a block per town and month of three years stays below it."""

MIN_HEADER_SHARE: Final = 0.6
"""Share of the form's or the sheet's columns to be found when a required one is missing."""


@dataclass(frozen=True)
class Walls:
    """What one judging child may use before it is stopped and the workbook refused."""

    memory_bytes: int = 3 << 30
    """Address space; 100 000 × 20 needs about a quarter of it."""

    cpu_seconds: int = 90
    """Processor time; 100 000 × 20 needs about three seconds."""

    wall_seconds: float = 120
    """Waiting time of the parent, for a child that neither works nor ends."""


WALLS: Final = Walls()

CHILD_COUNT: Final = 2
"""Workbooks judged at the same time: an office machine has two cores to give."""

EARLIEST_YEAR: Final = 1990
LATEST_YEAR: Final = 2099
"""Years a date of this business can have; anything outside is a slip of the pen."""
