"""Before any reader touches a workbook: is it one, is it whole, is it safe, what is in it.

The raw XML is counted here by other code than the reader's, so that judging can prove that
every filled row and cell was seen (`rows = loaded + rejected + skipped`).
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from etl import limits
from etl.container import SheetPart, open_container, refuse_doctype, workbook_index
from etl.refusal import RefusedError
from etl.sheet_scan import SheetScan, scan_sheet

_ITEM = re.compile(rb"<si\s*/>|<si>(.*?)</si>", re.DOTALL)
_EMPTY_ITEM_HINTS = (
    *b'<t/> <t></t> <si/> <si></si> "preserve"></t> "preserve"/> "preserve" />'.split(),
    *(b"<t> ", b"<t>\n", b"<t>\t", b"<t>\r"),
)
_ITEM_TEXT = re.compile(rb"<t>\s*[^<\s]|<t\s[^>/]*>[^<]")
"""White space alone is a text only where xml:space keeps it."""


@dataclass(frozen=True)
class ScannedSheet:
    """A worksheet and what its raw XML says."""

    sheet: SheetPart
    scan: SheetScan


def inspect(path: Path) -> tuple[ScannedSheet, ...]:
    """Check the whole workbook and count each sheet; raises `RefusedError`."""
    with open_container(path) as archive:
        refuse_doctype(archive)
        index = workbook_index(archive)
        empty = _empty_strings(archive, index.shared_strings)
        scanned = tuple(ScannedSheet(s, _scan(archive, s, empty)) for s in index.sheets)
    for sheet in scanned:
        sheet.scan.is_1904 = index.is_1904
    return scanned


def _scan(archive: zipfile.ZipFile, sheet: SheetPart, empty: frozenset[int]) -> SheetScan:
    try:
        with archive.open(sheet.part) as stream:
            return scan_sheet(stream, empty)
    except RefusedError as refusal:
        refusal.details.setdefault("sheet", sheet.name)
        raise


def _empty_strings(archive: zipfile.ZipFile, part: str | None) -> frozenset[int]:
    """Numbers of shared strings without any text: cells that point at them are not filled."""
    if part is None:
        return frozenset()
    with archive.open(part) as stream:
        hinted, rest = False, b""
        while block := stream.read(limits.RATIO_FREE_BYTES):
            hinted = hinted or any(h in rest + block for h in _EMPTY_ITEM_HINTS)
            rest = block[-64:]
    if not hinted:
        return frozenset()
    with archive.open(part) as stream:
        return _numbers_of_empty(stream.read())


def _numbers_of_empty(strings: bytes) -> frozenset[int]:
    items = enumerate(_ITEM.finditer(strings))
    return frozenset(n for n, item in items if not _ITEM_TEXT.search(item[1] or b""))
