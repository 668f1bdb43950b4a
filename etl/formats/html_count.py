"""The second count of a page's rows and filled cells: tags found by one regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from etl.formats.texts import BLANKS

_TAG = re.compile(
    r"<(/?)(table|tr|td|th|p|div|h[1-6]|li|ul|ol|center|caption|form|body|br|hr)"
    r"(?=[\s/>])(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[a-zA-Z/!?](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")


def count_rows(body: str) -> Iterator[tuple[int, int]]:
    """(row, filled cells), rows numbered as they stand in the page."""
    counter, place = _Counter(), 0
    for match in _TAG.finditer(body):
        counter.tag(match[2].lower(), bool(match[1]), body[place : match.start()])
        place = match.end()
    counter.tag("table", True, body[place:])
    yield from counter.filled.items()


class _Counter:
    def __init__(self) -> None:
        self.filled: dict[int, int] = {}
        self._row = 0
        self._is_worded = self._in_row = self._in_cell = False

    def tag(self, name: str, is_end: bool, before: str) -> None:
        """One tag of the structure and the text before it."""
        self._is_worded = self._is_worded or _has_words(before)
        is_cell = name in ("td", "th")
        if not is_cell and name not in ("tr", "table"):
            if not self._in_cell:
                self._end()
            return
        self._end()
        if is_cell:
            if not is_end and not self._in_row:
                self._start()
            self._in_cell = not is_end
        else:
            self._in_row = False
            if name == "tr" and not is_end:
                self._start()

    def _start(self) -> None:
        self._row += 1
        self._in_row = True

    def _end(self) -> None:
        if self._is_worded:
            if not self._in_cell:
                self._start()
                self._in_row = False
            self.filled[self._row] = self.filled.get(self._row, 0) + 1
        self._is_worded = self._in_cell = False


def _has_words(text: str) -> bool:
    if not text or text.isspace():
        return False
    if "<" in text:
        text = _ANY_TAG.sub("", text)
    return bool(unescape(text).strip(BLANKS))
