"""One way into a workbook, whatever its format: its sheets as counted, and each as a grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from etl.formats.binary.xls import open_xls
from etl.formats.binary.xlsb import open_xlsb
from etl.formats.grid.calamine_sheets import FastWorkbook
from etl.formats.grid.reader import Grid
from etl.formats.raw.file_type import kind_of
from etl.formats.raw.zip_container import kind_in
from etl.formats.text.delimited import open_delimited
from etl.formats.text.html import open_html
from etl.formats.text.mhtml import open_mhtml
from etl.formats.xlsx.preflight import ScannedSheet, inspect
from etl.formats.xml.ods import open_ods
from etl.formats.xml.xml2003 import open_xml2003


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
    kind = kind_of(path)
    yield _OPENERS[kind_in(path) if kind == "zip" else kind](path)


def _open_xlsx(path: Path) -> Workbook:
    return FastWorkbook(path, inspect(path))


_OPENERS: dict[str, Callable[[Path], Workbook]] = {
    "xlsx": _open_xlsx,
    "xlsb": open_xlsb,
    "ods": open_ods,
    "ole2": open_xls,
    "html": open_html,
    "mhtml": open_mhtml,
    "xml2003": open_xml2003,
    "text": open_delimited,
}
