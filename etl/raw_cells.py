"""The other reading of a sheet: every filled cell as the raw file has it, by other code.

What the reader hands over is held against it cell by cell; see `etl.agreement`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.addresses import Cell

Ints = NDArray[np.int32]
Kinds = NDArray[np.uint8]

TEXT, NUMBER, DAY = range(3)
"""What a cell holds: a text to the letter, a number, a number whose format shows a day."""


@dataclass(frozen=True)
class RawCells:
    """Filled cells in no order: address, kind, and the number of its text among `texts`.

    An error value and a formula without value are filled cells of which no text is expected.
    """

    rows: Ints
    columns: Ints
    kinds: Kinds
    codes: Ints
    texts: pa.BinaryArray


def no_cells() -> RawCells:
    """A sheet without any cell."""
    return RawCells(
        np.empty(0, np.int32),
        np.empty(0, np.int32),
        np.empty(0, np.uint8),
        np.empty(0, np.int32),
        pa.array([], pa.binary()),
    )


class CellCollector:
    """Takes cells one by one."""

    def __init__(self) -> None:
        self._rows, self._columns, self._kinds = array("i"), array("i"), array("B")
        self._texts: list[str] = []

    def add(self, row: int, column: int, text: str, kind: int = TEXT) -> None:
        """One filled cell; an empty text where the reader must have none."""
        self._rows.append(row)
        self._columns.append(column)
        self._kinds.append(kind)
        self._texts.append(text)

    def filled_rows(self) -> set[int]:
        """The rows with a cell."""
        return set(self._rows)

    def silence(self, cells: Iterable[tuple[Cell, str | None]]) -> None:
        """Of these cells no text is expected, where theirs is as said, or any for None."""
        wanted = dict(cells)
        if not wanted:
            return
        for index, cell in enumerate(zip(self._rows, self._columns, strict=True)):
            if cell in wanted and wanted[cell] in (None, self._texts[index].strip()):
                self._texts[index] = ""

    def finish(self) -> RawCells:
        """All of them as columns."""
        encoded = (text.encode("utf-8", "surrogatepass") for text in self._texts)
        return RawCells(
            np.array(self._rows, np.int32),
            np.array(self._columns, np.int32),
            np.array(self._kinds, np.uint8),
            np.arange(len(self._texts), dtype=np.int32),
            pa.array(encoded, pa.binary()),
        )
