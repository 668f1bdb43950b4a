"""The OLE2 container of .xls and .et, and what else such a container may be."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import olefile

from etl.refusal import RefusedError

_STREAMS = ("Workbook", "Book")
_OTHERS = (
    ("EncryptedPackage", ""),
    ("WordDocument", "Word 文档 .doc 或 .wps"),
    ("PowerPoint Document", "演示文稿 .ppt 或 .dps"),
    ("__properties_version1.0", "Outlook 邮件"),
    ("VisioDocument", "Visio 图"),
    ("FileHeader", "韩文文档"),
)


def workbook_stream(path: Path) -> bytes:
    """The one stream of the container that holds the sheets."""
    try:
        with olefile.OleFileIO(BytesIO(path.read_bytes())) as ole:
            for name in _STREAMS:
                if ole.exists(name):
                    return bytes(ole.openstream(name).read())
            if not ole.listdir():
                raise RefusedError("truncated")
            for name, actual in _OTHERS:
                if ole.exists(name):
                    raise _other(actual)
    except (OSError, ValueError, IndexError, TypeError, struct.error) as error:
        raise RefusedError("truncated") from error
    raise RefusedError("not_xlsx", actual="不含表格的 OLE2 文件")


def _other(actual: str) -> RefusedError:
    return RefusedError("not_xlsx", actual=actual) if actual else RefusedError("encrypted")
