"""Before any reader touches a workbook: is it one, is it whole, is it safe, what is in it.

The raw XML is read here by other code than the reader's, so that judging can prove that every
filled row and cell was seen as it stands (`rows = loaded + rejected + skipped`).
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from etl.declarations.refusal import RefusedError
from etl.formats.raw.number_formats import missed_styles
from etl.formats.raw.zip_container import SheetPart, open_container, refuse_doctype, workbook_index
from etl.formats.xlsx.shared_strings import empty_numbers, shared_strings
from etl.formats.xlsx.sheet_scan import SheetScan, scan_sheet
from etl.formats.xlsx.sheet_texts import CellTexts


@dataclass(frozen=True)
class ScannedSheet:
    """A worksheet and what its raw XML says."""

    sheet: SheetPart
    scan: SheetScan


def inspect(path: Path) -> tuple[ScannedSheet, ...]:
    """Check the whole workbook and read each sheet's raw cells; raises `RefusedError`."""
    with open_container(path) as archive:
        refuse_doctype(archive)
        index = workbook_index(archive)
        strings = _strings(archive, index.shared_strings)
        styles = missed_styles(archive.read(index.styles)) if index.styles else frozenset()
        empty = empty_numbers(strings)
        scanned = []
        for sheet in index.sheets:
            scan = _scan(archive, sheet, CellTexts(strings, styles), empty)
            scan.is_1904 = index.is_1904
            scanned.append(ScannedSheet(sheet, scan))
    return tuple(scanned)


def _scan(
    archive: zipfile.ZipFile, sheet: SheetPart, texts: CellTexts, empty: frozenset[int]
) -> SheetScan:
    try:
        with archive.open(sheet.part) as stream:
            return scan_sheet(stream, texts, empty)
    except RefusedError as refusal:
        refusal.details.setdefault("sheet", sheet.name)
        raise


def _strings(archive: zipfile.ZipFile, part: str | None) -> pa.BinaryArray:
    if part is None:
        return pa.array([], pa.binary())
    with archive.open(part) as stream:
        return shared_strings(stream)
