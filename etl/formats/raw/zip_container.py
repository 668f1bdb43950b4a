"""The zip container of a workbook: what it is, whether it is safe to open, where its sheets are."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from etl.declarations import limits
from etl.declarations.refusal import RefusedError

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ODS_TYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)
_OTHERS = (
    ("word/document.xml", "Word 文档"),
    ("ppt/presentation.xml", "演示文稿"),
    ("content.xml", "OpenDocument 文字或演示文稿"),
    ("index/document.iwa", "Numbers 或 Pages 文档"),
    ("meta-inf/manifest.mf", "程序包"),
)


@dataclass(frozen=True)
class SheetPart:
    """A worksheet as the workbook lists it."""

    sheet_no: int
    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True)
class WorkbookIndex:
    """The worksheets, and the parts that hold the shared strings and the styles, if any."""

    sheets: tuple[SheetPart, ...]
    shared_strings: str | None
    is_1904: bool = False
    styles: str | None = None


@contextmanager
def open_container(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip after checking its directory; every fault is a refusal."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_directory(archive)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise RefusedError("truncated") from error
    except (RuntimeError, ParseError, UnicodeError, KeyError) as error:
        raise RefusedError("malformed") from error


def _check_directory(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(p.flag_bits & 1 for p in parts):
        raise RefusedError("encrypted")
    if len(parts) > limits.MAX_PARTS:
        raise RefusedError("zip_bomb", detail=f"{len(parts)} 个部件")
    if sum(p.file_size for p in parts) > limits.MAX_UNPACKED_BYTES:
        raise RefusedError("zip_bomb", detail="解压后超过 1 GB")
    seen: set[str] = set()
    for part in parts:
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > limits.RATIO_FREE_BYTES and ratio > limits.MAX_RATIO:
            raise RefusedError("zip_bomb", detail=f"压缩比 {ratio:.0f} 倍")
        _check_name(part.orig_filename, seen)


def _check_name(name: str, seen: set[str]) -> None:
    pure = PurePosixPath(name.replace("\\", "/"))
    if pure.is_absolute() or ".." in pure.parts or ":" in name or "\x00" in name:
        raise RefusedError("bad_part_name", detail="路径越界")
    folded = str(pure).lower()
    if folded in seen:
        raise RefusedError("bad_part_name", detail="部件重名")
    seen.add(folded)


def kind_in(path: Path) -> str:
    """xlsx, xlsb or ods; raises `RefusedError` with what else the zip holds."""
    with open_container(path) as archive:
        names = {name.lower() for name in archive.namelist()}
        if "[content_types].xml" in names and "_rels/.rels" in names:
            if "xl/workbook.bin" in names:
                return "xlsb"
            if not names & {"word/document.xml", "ppt/presentation.xml"}:
                return "xlsx"
        if "mimetype" in names and archive.read("mimetype").strip() in _ODS_TYPES:
            return "ods"
        if "[content_types].xml" in names and "xl\\workbook.xml" in names:
            raise RefusedError("malformed")
        found = [kind for name, kind in _OTHERS if name in names]
        raise RefusedError("not_xlsx", actual=found[0] if found else "压缩包")


def refuse_doctype(archive: zipfile.ZipFile) -> None:
    """No part may declare a document type; the declaration can only stand before the root."""
    for info in archive.infolist():
        if not info.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(info) as stream:
            head = stream.read(1 << 16)
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            head = head.decode("utf-16", errors="replace").encode()
        if _DOCTYPE.search(head.replace(b"\x00", b"")):
            raise RefusedError("doctype")


def _read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A small index part, whole."""
    info = archive.getinfo(name)
    if info.file_size > limits.MAX_INDEX_BYTES:
        raise RefusedError("zip_bomb", detail="索引部件过大")
    return archive.read(info)


def workbook_index(archive: zipfile.ZipFile) -> WorkbookIndex:
    """Worksheets in the order of the tabs; chart sheets count in the order but are left out."""
    workbook_part = _workbook_part(archive)
    folder, _, name = workbook_part.rpartition("/")
    base = f"{folder}/" if folder else ""
    relations = relations_of(archive, f"{base}_rels/{name}.rels", base)
    names = set(archive.namelist())
    sheets: list[SheetPart] = []
    root = _parse(archive, workbook_part)
    for number, element in enumerate((e for e in root.iter() if _local(e.tag) == "sheet"), 1):
        relation = next((v for k, v in element.attrib.items() if _local(k) == "id"), "")
        kind, part = relations.get(relation, ("", ""))
        if kind.endswith("/worksheet"):
            hidden = element.get("state", "visible") != "visible"
            sheets.append(SheetPart(number, element.get("name", ""), part, hidden))
    strings, styles = (
        next((p for kind, p in relations.values() if kind.endswith(end) and p in names), None)
        for end in ("/sharedStrings", "/styles")
    )
    is_1904 = any(
        _local(e.tag) == "workbookPr" and e.get("date1904") in ("1", "true") for e in root
    )
    return WorkbookIndex(tuple(sheets), strings, is_1904, styles)


def _workbook_part(archive: zipfile.ZipFile) -> str:
    for kind, part in relations_of(archive, "_rels/.rels", "").values():
        if kind.endswith("/officeDocument"):
            return part
    raise RefusedError("not_xlsx", actual="压缩包")


def relations_of(archive: zipfile.ZipFile, rels: str, base: str) -> dict[str, tuple[str, str]]:
    """Relation id → (type, part) as one relations part lists them."""
    found: dict[str, tuple[str, str]] = {}
    for element in _parse(archive, rels).iter():
        if _local(element.tag) == "Relationship":
            target = element.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else base + target
            found[element.get("Id", "")] = (element.get("Type", ""), part)
    return found


def _parse(archive: zipfile.ZipFile, name: str) -> Element:
    try:
        root: Element = fromstring(_read_part(archive, name))
    except DefusedXmlException as error:
        raise RefusedError("doctype") from error
    return root


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
