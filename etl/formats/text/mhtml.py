"""A single-file web page (MHTML) saved as .xls: every page in it that holds a table is a sheet."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path

from etl.formats.grid.text_sheets import TextWorkbook, check_size
from etl.formats.raw.file_type import text_of
from etl.formats.text.html import read_pages


def open_mhtml(path: Path) -> TextWorkbook:
    """Read the pages of the file; nothing they point at is fetched. Raises `RefusedError`."""
    check_size(path.stat().st_size)
    message = message_from_bytes(path.read_bytes(), policy=policy.compat32)
    parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    return read_pages([_page(part) for part in parts])


def _page(part: Message) -> str:
    content = part.get_payload(decode=True)
    body = content if isinstance(content, bytes) else b""
    return text_of(body, part.get_content_charset())
