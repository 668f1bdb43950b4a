"""The second count of an OpenDocument's filled cells: tags found by regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl import limits

_ATTRIBUTES = r"((?:[^\"'>]|\"[^\"]*\"|'[^']*')*?)"
_TAG = re.compile(
    rf"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>]){_ATTRIBUTES}(/?)>"
    r"|</table:(table-row|table-cell|covered-table-cell)\s*>"
)
_ASIDE = re.compile(
    r"<!--.*?-->|<(office:annotation|table:shapes|table:tracked-changes|table:dde-links"
    r"|text:ruby-text|draw:[\w-]+)(?=[\s/>])(?:[^\"'>]|\"[^\"]*\"|'[^']*')*?(?:/>|>.*?</\1\s*>)",
    re.DOTALL,
)
_REPEATED = re.compile(r"\btable:number-(?:rows|columns)-repeated=[\"'](\d{1,9})[\"']")
_VALUE = re.compile(r"\boffice:(?:date-|time-|boolean-|string-)?value=[\"'][^\"']")
_TYPE = re.compile(r"\boffice:value-type=[\"'](float|percentage|currency|date|time|boolean)[\"']")
_FORMULA = re.compile(r"\btable:formula=")
_PARAGRAPH = re.compile(r"<text:[ph](?=[\s>])[^>]*?[^/]?>(.*?)</text:[ph]\s*>", re.DOTALL)
_SPACE = re.compile(r"<text:(?:s|tab|line-break)(?=[\s/>])")
_ANY_TAG = re.compile(r"<[^>]*>")


Counts = dict[int, int]


def count_tables(content: str) -> Iterator[tuple[Counts, Counts]]:
    """Filled cells per row of every table in order, and beside them formulas without a value."""
    counter = _Counter()
    body = _ASIDE.sub("", content)
    for match in _TAG.finditer(body):
        name, attributes, alone, ended = match.groups()
        if name == "table" and counter.tables:
            yield counter.tables.pop()
        counter.tag(name or ended, attributes or "", bool(ended), bool(alone))
        if name in ("table-cell", "covered-table-cell") and not alone:
            counter.opened = match.end()
        elif ended and ended != "table-row":
            counter.end_cell(body[counter.opened : match.start()])
    yield from counter.tables


class _Counter:
    def __init__(self) -> None:
        self.tables: list[tuple[Counts, Counts]] = []
        self.opened = 0
        self._row = 0
        self._repeat = 1
        self._filled = self._waiting = 0
        self._cell = ""

    def tag(self, name: str, attributes: str, is_end: bool, is_alone: bool) -> None:
        """A table, row or cell begins, or a row ends."""
        if name == "table":
            self.tables.append(({}, {}))
            self._row = 0
        elif name == "table-row" and not is_end:
            self._repeat, self._filled, self._waiting = _repeated(attributes), 0, 0
            self._row += self._repeat if is_alone else 0
        elif name == "table-row":
            if self._filled:
                last = min(self._row + self._repeat, limits.MAX_ROWS)
                rows = range(self._row + 1, last + 1)
                self.tables[-1][0].update(dict.fromkeys(rows, self._filled))
                self.tables[-1][1].update(dict.fromkeys(rows, self._waiting))
            self._row += self._repeat
        elif not is_end:
            self._cell = attributes
            if is_alone:
                self.end_cell("")

    def end_cell(self, inner: str) -> None:
        """A cell has ended: filled when it has a value, or a text where its kind asks for one."""
        typed = _TYPE.search(self._cell)
        worded = any(_has_text(p[1]) for p in _PARAGRAPH.finditer(inner))
        if _VALUE.search(self._cell) or (worded and (not typed or "error" in self._cell)):
            self._filled += _repeated(self._cell)
        elif _FORMULA.search(self._cell):
            self._waiting += _repeated(self._cell)


def _has_text(paragraph: str) -> bool:
    return bool(_SPACE.search(paragraph) or _ANY_TAG.sub("", paragraph))


def _repeated(attributes: str) -> int:
    match = _REPEATED.search(attributes)
    return max(int(match[1]), 1) if match else 1
