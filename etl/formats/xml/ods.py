"""OpenDocument .ods: a streaming parser reads content.xml, and its raw tags are read again.

calamine is left out here: it loses times, booleans and error values. Repeated rows and cells are
expanded only within the limits.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from etl.declarations.cell_addresses import Cell
from etl.declarations.refusal import RefusedError
from etl.formats.grid.text_sheets import TextSheet, TextWorkbook, check_size
from etl.formats.raw.file_type import text_of
from etl.formats.raw.raw_cells import CellCollector
from etl.formats.raw.zip_container import open_container, refuse_doctype
from etl.formats.xml.ods_cells import OdsTarget
from etl.formats.xml.ods_raw import read_tables

_CHUNK = 1 << 20
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"


def open_ods(path: Path) -> TextWorkbook:
    """Read every table; raises `RefusedError`."""
    with open_container(path) as archive:
        refuse_doctype(archive)
        if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
            raise RefusedError("encrypted")
        check_size(archive.getinfo(_CONTENT).file_size)
        target = _parse(archive)
        tables = read_tables(text_of(archive.read(_CONTENT)))
        sheets = target.finish()
        return TextWorkbook(sheets, [_whole(*pair) for pair in zip(sheets, tables, strict=False)])


def _whole(sheet: TextSheet, table: tuple[CellCollector, list[Cell]]) -> CellCollector:
    """Formulas without a value count as filled where they were found never calculated."""
    cells, waiting = table
    for row, column in waiting if sheet.uncalculated else ():
        cells.add(row, column, "")
    return cells


def _parse(archive: zipfile.ZipFile) -> OdsTarget:
    target = OdsTarget()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        with archive.open(_CONTENT) as stream:
            while block := stream.read(_CHUNK):
                parser.feed(block)
        parser.close()
    except DefusedXmlException as error:
        raise RefusedError("doctype") from error
    except ParseError as error:
        raise RefusedError("truncated") from error
    return target
