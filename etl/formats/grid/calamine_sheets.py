"""Formats that calamine reads once their sheets have been read by other code."""

from __future__ import annotations

from pathlib import Path

from etl.formats.grid.reader import Grid, WorkbookReader
from etl.formats.xlsx.preflight import ScannedSheet


class FastWorkbook:
    """A scanned workbook whose values the fast reader supplies, opened when first asked.

    `content` stands for the file where the reader must not see it as it is.
    """

    def __init__(
        self, path: Path, sheets: tuple[ScannedSheet, ...], content: bytes | None = None
    ) -> None:
        self.sheets = sheets
        self._path = path
        self._content = content
        self._reader: WorkbookReader | None = None

    def read(self, scanned: ScannedSheet) -> Grid:
        """One sheet; raises `RefusedError` when the two readings have little in common."""
        if self._reader is None:
            self._reader = WorkbookReader(self._content or self._path.read_bytes())
        return self._reader.read(scanned.sheet.sheet_no, scanned.scan)
