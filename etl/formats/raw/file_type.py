"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from etl.declarations.refusal import RefusedError

_HEAD_BYTES = 4096
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_OLD_BIFF = re.compile(rb"\x09[\x00\x02\x04]\x04\x00|\x09\x00\x06\x00|\x09\x04\x06\x00")
_MHTML = re.compile(rb"^(?:MIME-Version|Content-Type)\s*:", re.IGNORECASE | re.MULTILINE)
_XML_WORKBOOK = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet[\"']|Excel\.Sheet")
_FLAT_ODS = "urn:oasis:names:tc:opendocument"
_TAG = re.compile(
    r"<(?:html|head|body|table|meta|style|tr|td|div|center|!doctype\s+html)(?=[\s/>])",
    re.IGNORECASE,
)
_JSON = re.compile(r"[\[{]\s*[\"\[{}\]]")
_TEXTS = (
    (re.compile(r"(?:(?:From|To|Received|Return-Path|Subject|Date|X-[\w-]+): .*\r?\n){2}"), "邮件"),
    (re.compile(r"ID;P\w*\r?\n"), "SYLK 文件 .slk"),
    (re.compile(r"TABLE\r?\n0,1\r?\n"), "DIF 文件 .dif"),
    (re.compile(r"BEGIN:VC"), "名片或日历文件"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SIGNATURES = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "写字板文档 .rtf"),
    (b"MZ", "程序文件"),
    (b"SQLite format 3", "数据库文件"),
    (b"\x00\x01\x00\x00Standard ", "Access 数据库"),
)


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def kind_of(path: Path) -> str:
    """zip, ole2, mhtml, xml2003, html or text; raises `RefusedError` with what else it is."""
    if not path.is_file():
        raise RefusedError("not_found")
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(_OLE2):
        return "ole2"
    if _MHTML.search(head) and b"multipart/" in head.lower():
        return "mhtml"
    encoding = encoding_of(head) or _foreign_encoding(head)
    if encoding is None:
        raise RefusedError("not_xlsx", actual=_name_of(head))
    return _kind_of_text(head, head.decode(encoding, "replace"))


def _name_of(head: bytes) -> str:
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if not head:
        return "空文件"
    return "Excel 4.0 或更早的工作表" if _OLD_BIFF.match(head) else "无法识别的内容"


def _kind_of_text(raw: bytes, text: str) -> str:
    start = text.lstrip("\ufeff \r\n\t")
    if raw.startswith((b"%PDF", b"{\\rtf")):
        raise RefusedError("not_xlsx", actual=_name_of(raw))
    if not start:
        raise RefusedError("not_xlsx", actual="空文件")
    if start.startswith("<"):
        return _kind_of_markup(start)
    for pattern, name in _TEXTS:
        if pattern.match(start):
            raise RefusedError("not_xlsx", actual=name)
    if _JSON.match(start):
        raise RefusedError("not_xlsx", actual="JSON 数据文件")
    return "html" if re.search(r"<table[\s>]", text, re.IGNORECASE) else "text"


def _kind_of_markup(start: str) -> str:
    if _XML_WORKBOOK.search(start) and re.search(r"<(?:\w+:)?Workbook\b|mso-application", start):
        return "xml2003"
    if _TAG.search(start):
        return "html"
    if _FLAT_ODS in start:
        raise RefusedError("not_xlsx", actual="单个 XML 的 OpenDocument 文件 .fods")
    if start.startswith("<?xml"):
        raise RefusedError("not_xlsx", actual="XML 文件")
    return "text"


def encoding_of(head: bytes) -> str | None:
    """The encoding of a text; a character cut by the end of `head` is forgiven."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if not head or b"\x00" in head:
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            head.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4:
                continue
        return encoding
    return None


def _foreign_encoding(head: bytes) -> str | None:
    """A text in an encoding nobody here uses: its structure can be told, its letters cannot."""
    is_known = any(head.startswith(signature) for signature, _ in _SIGNATURES)
    return None if is_known or not head or _CONTROLS.search(head) else "latin-1"


def text_of(content: bytes, declared: str | None = None) -> str:
    """A whole text in its encoding: BOM, else UTF-8, else as declared, else GB18030.

    A file in none of these is refused: a letter guessed wrongly is a name guessed wrongly.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        choices = ["utf-16"]
    else:
        choices = ["utf-8-sig", "gb18030"]
        if declared and declared.lower() not in ("utf-8", "utf8", "gb2312", "gbk", "gb18030"):
            choices.insert(1, declared)
    for encoding in choices:
        try:
            return content.decode(encoding)
        except (ValueError, LookupError):
            continue
    raise RefusedError("bad_encoding")
