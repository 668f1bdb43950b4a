"""OpenDocument .ods: the cells are read from content.xml here, and calamine counts them again.

calamine alone would lose times, booleans and error values; it confirms how many filled cells each
row has. Repeated rows and cells are expanded only within the limits, before calamine sees the file.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import fastexcel
import numpy as np
import pyarrow.compute as pc
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from numpy.typing import NDArray

from etl.addresses import Cell
from etl.container import open_container, refuse_doctype
from etl.formats.ods_cells import OdsTarget
from etl.formats.texts import TextSheet, TextWorkbook
from etl.preflight import ScannedSheet
from etl.reader import Grid, load_texts, open_fast
from etl.refusal import RefusedError

_CHUNK = 1 << 20
_MANIFEST = "META-INF/manifest.xml"
Counts = NDArray[np.int64]


def open_ods(path: Path) -> TextWorkbook:
    """Read every table; raises `RefusedError`."""
    with open_container(path) as archive:
        refuse_doctype(archive)
        if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
            raise RefusedError("encrypted")
        target = _parse(archive)
    return _Ods(path, target.finish(), target.unseen)


def _parse(archive: zipfile.ZipFile) -> OdsTarget:
    target = OdsTarget()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        with archive.open("content.xml") as stream:
            while block := stream.read(_CHUNK):
                parser.feed(block)
        parser.close()
    except DefusedXmlException as error:
        raise RefusedError("doctype") from error
    except ParseError as error:
        raise RefusedError("truncated") from error
    return target


class _Ods(TextWorkbook):
    def __init__(self, path: Path, sheets: list[TextSheet], unseen: list[set[Cell]]) -> None:
        super().__init__(sheets, [sheet.counts() for sheet in sheets])
        self._path = path
        self._unseen = unseen
        self._reader: fastexcel.ExcelReader | None = None

    def read(self, scanned: ScannedSheet) -> Grid:
        """One sheet; rows of which calamine has another count are not read whole."""
        grid = super().read(scanned)
        if not grid.height:
            return grid
        if self._reader is None:
            self._reader = open_fast(self._path)
        batch = load_texts(self._reader, scanned.sheet.sheet_no)
        theirs = np.zeros(batch.num_rows, np.int64)
        for column in batch.columns:
            theirs += pc.fill_null(pc.binary_length(column), 0).to_numpy() > 0
        most = np.zeros(grid.height, np.int64)
        most[grid.scan.rows - grid.first_row] = grid.scan.filled
        least = most.copy()
        aside = [*grid.scan.errors, *grid.scan.uncalculated]
        for row, _ in [*aside, *self._unseen[scanned.sheet.sheet_no - 1]]:
            least[row - grid.first_row] -= 1
        starts = {int(np.flatnonzero(counts)[0]) for counts in (most, least) if counts.any()}
        found = [_differing(least, most, theirs, start) for start in starts]
        unread = min(found, key=len) + grid.first_row
        if len(unread) * 2 > len(grid.scan.rows):
            raise RefusedError("unbalanced", sheet=scanned.sheet.name, detail=f"{len(unread)} 行")
        return Grid(
            grid.first_row, grid.height, grid.columns, grid.scan, frozenset(unread.tolist())
        )


def _differing(least: Counts, most: Counts, theirs: Counts, start: int) -> Counts:
    """Rows whose count is outside the bounds when calamine's first filled row is `start`."""
    seen = np.flatnonzero(theirs)
    shifted = np.zeros(len(most), np.int64)
    if len(seen):
        part = theirs[seen[0] : seen[-1] + 1][: len(most) - start]
        shifted[start : start + len(part)] = part
    found: Counts = np.flatnonzero((shifted < least) | (shifted > most))
    return found
