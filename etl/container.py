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

from etl import limits
from etl.refusal import RefusedError

_ZIP = b"PK\x03\x04"
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SIGNATURES = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
)
_ZIP_KINDS = (
    ("xl/workbook.bin", "二进制工作簿 .xlsb"),
    ("word/document.xml", "Word 文档"),
    ("ppt/presentation.xml", "演示文稿"),
    ("content.xml", "OpenDocument 文件"),
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
    """The worksheets and the part that holds the shared strings, if any."""

    sheets: tuple[SheetPart, ...]
    shared_strings: str | None
    is_1904: bool = False


@contextmanager
def open_container(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a workbook after checking magic bytes and the directory; every fault is a refusal."""
    if not path.is_file():
        raise RefusedError("not_found")
    _sniff(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_directory(archive)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise RefusedError("truncated") from error
    except (RuntimeError, ParseError, UnicodeError, KeyError) as error:
        raise RefusedError("crashed") from error


def _sniff(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(_ZIP):
            return
        if head.startswith(_OLE2):
            file.seek(0)
            names = file.read(limits.MAX_INDEX_BYTES)
            if "EncryptedPackage".encode("utf-16-le") in names:
                raise RefusedError("encrypted")
            raise RefusedError("not_xlsx", actual="旧版 .xls、.et 或 .doc 文件")
    raise RefusedError("not_xlsx", actual=_name_of(head))


def _name_of(head: bytes) -> str:
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if not head:
        return "空文件"
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return "网页或 XML 文件"
    return "文本文件" if _is_text(head) else "无法识别的内容"


def _is_text(head: bytes) -> bool:
    """Decodes as UTF-8 or GB18030; the last character may have been cut by the read."""
    if b"\x00" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            head.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4:
                continue
        return True
    return False


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
    _check_kind(archive)


def _check_name(name: str, seen: set[str]) -> None:
    pure = PurePosixPath(name.replace("\\", "/"))
    if pure.is_absolute() or ".." in pure.parts or ":" in name or "\x00" in name:
        raise RefusedError("bad_part_name", detail="路径越界")
    folded = str(pure).lower()
    if folded in seen:
        raise RefusedError("bad_part_name", detail="部件重名")
    seen.add(folded)


def _check_kind(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names and "_rels/.rels" in names:
        for name, kind in _ZIP_KINDS[:3]:
            if name in names:
                raise RefusedError("not_xlsx", actual=kind)
        return
    kinds = [kind for name, kind in _ZIP_KINDS if name in names]
    raise RefusedError("not_xlsx", actual=kinds[0] if kinds else "压缩包")


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
    relations = _relations(archive, f"{base}_rels/{name}.rels", base)
    sheets: list[SheetPart] = []
    root = _parse(archive, workbook_part)
    for number, element in enumerate((e for e in root.iter() if _local(e.tag) == "sheet"), 1):
        relation = next((v for k, v in element.attrib.items() if _local(k) == "id"), "")
        kind, part = relations.get(relation, ("", ""))
        if kind.endswith("/worksheet"):
            hidden = element.get("state", "visible") != "visible"
            sheets.append(SheetPart(number, element.get("name", ""), part, hidden))
    strings = [part for kind, part in relations.values() if kind.endswith("/sharedStrings")]
    present = [part for part in strings if part in archive.namelist()]
    is_1904 = any(
        _local(e.tag) == "workbookPr" and e.get("date1904") in ("1", "true") for e in root
    )
    return WorkbookIndex(tuple(sheets), present[0] if present else None, is_1904)


def _workbook_part(archive: zipfile.ZipFile) -> str:
    for kind, part in _relations(archive, "_rels/.rels", "").values():
        if kind.endswith("/officeDocument"):
            return part
    raise RefusedError("not_xlsx", actual="压缩包")


def _relations(archive: zipfile.ZipFile, rels: str, base: str) -> dict[str, tuple[str, str]]:
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
