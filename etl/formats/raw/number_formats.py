"""Number formats that show a day although the reader takes them for a number.

The built-in formats of Chinese, Japanese and Korean Excel have numbers but no code in the file
(ECMA-376 part 1, 18.8.30), and years written with e or weekdays with aaa carry no y, m or d.
"""

from __future__ import annotations

import re

_BUILT_IN = frozenset([*range(27, 37), *range(50, 59)])
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]|general', re.IGNORECASE)
_KNOWN = re.compile(r"[ymdhs]", re.IGNORECASE)
_MISSED = re.compile(r"e(?![+-])|a{3}", re.IGNORECASE)
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs\s*>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_NUMBER = re.compile(rb"\bnumFmtId\s*=\s*[\"'](\d{1,6})[\"']")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_CODE = re.compile(rb"\bformatCode\s*=\s*[\"']([^\"']*)[\"']")


def is_missed(number: int, code: str) -> bool:
    """Whether the format shows a day and the reader does not know it."""
    plain = _LITERAL.sub("", code.partition(";")[0])
    return number in _BUILT_IN or (not _KNOWN.search(plain) and bool(_MISSED.search(plain)))


def missed_styles(styles: bytes) -> frozenset[int]:
    """Numbers of the cell styles in a styles part with such a format."""
    codes = {}
    for element in _FORMAT.findall(styles):
        number, code = _NUMBER.search(element), _CODE.search(element)
        if number and code:
            codes[int(number[1])] = code[1].decode("utf-8", "replace").replace("&quot;", '"')
    found = _STYLES.search(styles)
    formats = [_NUMBER.search(e) for e in _STYLE.findall(found[0])] if found else []
    numbers = [int(match[1]) if match else 0 for match in formats]
    return frozenset(i for i, n in enumerate(numbers) if is_missed(n, codes.get(n, "")))
