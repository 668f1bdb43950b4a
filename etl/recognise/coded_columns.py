"""Columns as numbers of their distinct texts: what is said of a text is said once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.formats.grid.reader import Grid


@dataclass(frozen=True)
class Coded:
    """A column as numbers of its distinct texts; -1 where there is no cell."""

    texts: pa.StringArray
    codes: NDArray[np.int32]


def encode(grid: Grid) -> dict[int, Coded]:
    """Every column of the grid as distinct texts and their numbers."""
    coded = {}
    for column, cells in grid.columns.items():
        pairs = cells.dictionary_encode()
        codes = pc.fill_null(pairs.indices, -1).to_numpy().astype(np.int32, copy=False)
        coded[column] = Coded(pairs.dictionary, codes)
    return coded
