"""Formats that calamine reads once their sheets have been counted by other code."""

from __future__ import annotations

from pathlib import Path

from etl.preflight import ScannedSheet
from etl.reader import Grid, WorkbookReader


class FastWorkbook:
    """A counted workbook whose values the fast reader supplies, opened when first asked."""

    def __init__(self, path: Path, sheets: tuple[ScannedSheet, ...]) -> None:
        self.sheets = sheets
        self._path = path
        self._reader: WorkbookReader | None = None

    def read(self, scanned: ScannedSheet) -> Grid:
        """One sheet; raises `RefusedError` when reader and count have little in common."""
        if self._reader is None:
            self._reader = WorkbookReader(self._path)
        return self._reader.read(scanned.sheet.sheet_no, scanned.scan)
