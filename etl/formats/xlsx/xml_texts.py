"""Character references and runs of text in raw XML, as a reader of workbooks understands them."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_VALUE = re.compile(rb"<v\b[^>]*?(?<!/)>([^<]*)</v\s*>")
_RUN = re.compile(rb"<t(?=[\s>])([^>]*?)(?<!/)>([^<]*)</t\s*>")
_ASIDE = re.compile(rb"<rPh\b.*?</rPh\s*>", re.DOTALL)
_BLANKS = " \t\r\n"


def unescaped(text: str) -> str:
    """Character references resolved, line ends as XML has them."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if code < 0x110000 else "\ufffd"


def cell_text(xml: bytes) -> bytes:
    """The text of one cell: its value, or the runs of its own text."""
    if b"<is" in xml:
        return runs_text(xml)
    match = _VALUE.search(xml)
    return _encoded(unescaped(_decoded(match[1]))) if match else b""


def runs_text(xml: bytes) -> bytes:
    """The runs of a rich text without what says how it is pronounced."""
    parts = []
    for given, run in _RUN.findall(_ASIDE.sub(b"", xml) if b"<rPh" in xml else xml):
        text = _decoded(run)
        parts.append(unescaped(text if b"preserve" in given else text.strip(_BLANKS)))
    whole = "".join(parts)
    if "_x" in whole:
        whole = _CODED.sub(lambda match: chr(int(match[1], 16)), whole)
    return _encoded(whole)


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
