"""One spelling for matching: what two people would call the same text compares equal here.

The result is only ever compared; what is stored or shown keeps the writer's own spelling.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DASHES = dict.fromkeys(map(ord, "–—―‐‑‒−－─～~至"), "-")
_QUOTES = {ord(c): '"' for c in "“”„«»＂"} | {ord(c): "'" for c in "‘’＇"}
_CONTROLS = [
    code for code in range(0xA0) if not chr(code).isprintable() and not chr(code).isspace()
]
_INVISIBLE = dict.fromkeys(
    [*_CONTROLS, 0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF]
)
_SPACE = re.compile(r"\s+")
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_WIDE_ALNUM = {code: text for code, text in _WIDE.items() if text.isalnum()}
_SPACED_NAME = re.compile(r"[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff·]){1,5}")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10000}


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """The spelling used for comparing: width, case, brackets, dashes and inner spaces unified."""
    folded = unicodedata.normalize("NFKC", text.translate(_DASHES).translate(_QUOTES))
    return _SPACE.sub("", folded.translate(_INVISIBLE)).translate(_DASHES).lower()


def tidy(text: str) -> str:
    """The spelling that is stored: edges trimmed, digits and letters half-width, 张　三 → 张三."""
    flat = _SPACE.sub(" ", text.translate(_INVISIBLE)).strip().translate(_WIDE_ALNUM)
    return _SPACE.sub("", flat) if _SPACED_NAME.fullmatch(flat) else flat


def compact(text: str) -> str:
    """Full width to half width, no white space at all: the start of every number or date."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_INVISIBLE))


def chinese_number(text: str) -> int | None:
    """三 → 3, 十二 → 12, 一百零五 → 105, 二〇二六 → 2026; None when it is not such a number."""
    if not text or any(c not in _DIGITS and c not in _PLACES for c in text):
        return None
    if not any(c in _PLACES for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, section, digit = 0, 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            continue
        place = _PLACES[char]
        if place == 10000:
            total, section, digit = (total + section + digit) * place, 0, 0
        else:
            section, digit = section + (digit or 1) * place, 0
    return total + section + digit
