"""The raw XML of a sheet in pieces that end after a row, so that none is held whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from etl.declarations import limits
from etl.declarations.refusal import RefusedError

_CHUNK = 1 << 20
_ROOT = re.compile(rb"<(?:(\w+):)?(\w+)[\s>/]")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


def chunks(stream: IO[bytes], unit: bytes = b"row") -> Iterator[tuple[bytes, bool]]:
    """Pieces that end after a row; the last holds what follows the rows. Prefixes are removed.

    With another `unit` they end after that element.
    """
    rest, prefix = b"", None
    while block := stream.read(_CHUNK):
        rest += block
        if prefix is None:
            root = next((m for m in _ROOT.finditer(rest)), None)
            prefix = (root[1] or b"") if root else None
        last = b"</" + (prefix + b":" if prefix else b"") + unit + b">"
        cut = rest.rfind(last)
        if cut < 0 and len(rest) > limits.MAX_ROW_BYTES:
            raise RefusedError("huge_sheet", detail="一行超过 64 MB")
        if cut >= 0:
            yield _plain(rest[: cut + len(last)], prefix), False
            rest = rest[cut + len(last) :]
    yield _plain(rest, prefix), True


def _plain(text: bytes, prefix: bytes | None) -> bytes:
    if prefix:
        text = text.replace(b"<" + prefix + b":", b"<").replace(b"</" + prefix + b":", b"</")
    if b"<!" in text:
        text = _CDATA.sub(_escaped, _COMMENT.sub(b"", text))
        if b"<!" in text:
            raise RefusedError("doctype")
    return text


def _escaped(cdata: re.Match[bytes]) -> bytes:
    return cdata[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
