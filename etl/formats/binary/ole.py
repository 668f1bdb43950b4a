"""The OLE2 container of .xls and .et, and what else such a container may be."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import olefile

from etl.declarations.refusal import RefusedError

_STREAMS = ("Workbook", "Book")
_OTHERS = (
    ("EncryptedPackage", ""),
    ("WordDocument", "Word 文档 .doc 或 .wps"),
    ("PowerPoint Document", "演示文稿 .ppt 或 .dps"),
    ("__properties_version1.0", "Outlook 邮件"),
    ("VisioDocument", "Visio 图"),
    ("FileHeader", "韩文文档"),
)


def workbook_stream(content: bytes) -> bytes:
    """The one stream of the container that holds the sheets."""
    with _opened(content) as ole:
        for name in _STREAMS:
            if ole.exists(name):
                return bytes(ole.openstream(name).read())
        if not ole.listdir():
            raise RefusedError("truncated")
        for name, actual in _OTHERS:
            if ole.exists(name):
                raise _other(actual)
    raise RefusedError("not_xlsx", actual="不含表格的 OLE2 文件")


def with_stream(content: bytes, stream: bytes) -> bytes:
    """The container with that stream changed in place; its length must be the same."""
    target = BytesIO(content)
    with _opened(target) as ole:
        ole.write_stream(next(name for name in _STREAMS if ole.exists(name)), stream)
        return target.getvalue()


@contextmanager
def _opened(content: bytes | BytesIO) -> Iterator[olefile.OleFileIO[str]]:
    source = BytesIO(content) if isinstance(content, bytes) else content
    try:
        with olefile.OleFileIO(source, write_mode=source is content) as ole:
            yield ole
    except (OSError, ValueError, IndexError, TypeError, struct.error) as error:
        raise RefusedError("truncated") from error


def _other(actual: str) -> RefusedError:
    return RefusedError("not_xlsx", actual=actual) if actual else RefusedError("encrypted")
