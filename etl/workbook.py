"""One way into a workbook, whatever its format: its sheets as counted, and each as a grid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from etl.preflight import ScannedSheet, inspect
from etl.reader import Grid, WorkbookReader


class Workbook(Protocol):
    """An opened workbook that has passed its preflight."""

    @property
    def sheets(self) -> tuple[ScannedSheet, ...]:
        """Worksheets in the order of their tabs, counted by other code than `read`."""
        ...

    def read(self, scanned: ScannedSheet) -> Grid:
        """One sheet as columns of text; raises `RefusedError` when it cannot be read whole."""
        ...


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook]:
    """Open a workbook by its content, never by its name; raises `RefusedError`."""
    yield _Xlsx(path)


class _Xlsx:
    def __init__(self, path: Path) -> None:
        self.sheets = inspect(path)
        self._path = path
        self._reader: WorkbookReader | None = None

    def read(self, scanned: ScannedSheet) -> Grid:
        if self._reader is None:
            self._reader = WorkbookReader(self._path)
        return self._reader.read(scanned.sheet.sheet_no, scanned.scan)
