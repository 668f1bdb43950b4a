"""The other reading of a sheet: every filled cell as the raw file has it, by other code.

What the reader hands over is held against it cell by cell; see `etl.formats.grid.two_readings`.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.declarations.cell_addresses import Cell

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
    """Takes cells one by one: texts as they stand, numbers as such."""

    def __init__(self) -> None:
        self._rows, self._columns, self._kinds = array("i"), array("i"), array("B")
        self._texts: list[str] = []
        self._number_rows, self._number_columns = array("i"), array("i")
        self._number_kinds, self._numbers = array("B"), array("d")

    def add(self, row: int, column: int, text: str, kind: int = TEXT) -> None:
        """One filled cell; an empty text where the reader must have none."""
        self._rows.append(row)
        self._columns.append(column)
        self._kinds.append(kind)
        self._texts.append(text)

    def number(self, row: int, column: int, value: float, kind: int = NUMBER) -> None:
        """One cell with a number or a day."""
        self._number_rows.append(row)
        self._number_columns.append(column)
        self._number_kinds.append(kind)
        self._numbers.append(value)

    def filled_rows(self) -> set[int]:
        """The rows with a cell."""
        return {*self._rows, *self._number_rows}

    def silence(self, cells: Mapping[Cell, str | None]) -> None:
        """Of these cells no text is expected, where theirs is as said, or any for None."""
        if not cells:
            return
        for index, cell in enumerate(zip(self._number_rows, self._number_columns, strict=True)):
            if cells.get(cell, "") is None:
                self.add(*cell, "")
                self._number_rows[index] = 0
        for index, cell in enumerate(zip(self._rows, self._columns, strict=True)):
            if cell in cells and cells[cell] in (None, self._texts[index].strip()):
                self._texts[index] = ""

    def finish(self) -> RawCells:
        """All of them as columns."""
        numbers = pa.array(np.array(self._numbers)).cast(pa.string()).cast(pa.binary())
        pairs = [
            (self._rows, self._number_rows),
            (self._columns, self._number_columns),
            (self._kinds, self._number_kinds),
        ]
        rows, columns, kinds = (np.concatenate([np.array(a), np.array(b)]) for a, b in pairs)
        kept = np.flatnonzero(rows)
        return RawCells(
            rows[kept].astype(np.int32),
            columns[kept].astype(np.int32),
            kinds[kept].astype(np.uint8),
            kept.astype(np.int32),
            pa.concat_arrays([_binary(self._texts), numbers]),
        )


def _binary(texts: list[str]) -> pa.BinaryArray:
    try:
        return pa.array(texts, pa.string()).cast(pa.binary())
    except UnicodeEncodeError:
        return pa.array([text.encode("utf-8", "surrogatepass") for text in texts], pa.binary())
