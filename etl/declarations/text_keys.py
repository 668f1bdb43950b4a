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
    [
        *(*_CONTROLS, 0x00AD, 0x180E, 0xFEFF),
        *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
    ]
)
_LOOKALIKE = str.maketrans("−∶", "-:")
_SPACE = re.compile(r"\s+")
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_WIDE_ALNUM = {code: text for code, text in _WIDE.items() if text.isalnum()}
_SPACED_NAME = re.compile(r"[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff·]){1,5}")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_SPOKEN_ALIKE = str.maketrans(
    dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True))
    | {"廿": "二十", "卅": "三十"}
)
_CUT_SHORT = re.compile("[百千万][一二三四五六七八九两]$")
_DIGITS_APART = re.compile(r"[\d.]\s+\d")
_THOUSANDS_APART = re.compile(r"\d{1,3}(?:[^\S\n]\d{3})+(?![\s\d])")


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
    flat = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return _SPACE.sub("", flat).translate(_LOOKALIKE)


def stands_apart(text: str) -> bool:
    """Whether digits have space between them (3 1) other than that of thousands (1 234)."""
    flat = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).strip()
    return _DIGITS_APART.search(_THOUSANDS_APART.sub("", flat)) is not None


def plain_spoken(text: str) -> str:
    """壹佰 → 一百, 廿三 → 二十三: the numerals of bills and old style in everyday ones."""
    return text.translate(_SPOKEN_ALIKE)


def chinese_number(text: str) -> int | None:
    """三 → 3, 十二 → 12, 一百零五 → 105, 二〇二六 → 2026; None when it is not such a number.

    一百五 and 一万二 may mean 150 and 12000 or be cut short: they are none.
    """
    text = plain_spoken(text)
    if _CUT_SHORT.search(text):
        return None
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
