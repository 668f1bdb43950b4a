"""The second reading of an OpenDocument's cells: tags found by regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.declarations import limits
from etl.declarations.cell_addresses import Cell
from etl.formats.raw.raw_cells import NUMBER, TEXT, CellCollector
from etl.formats.xlsx.xml_texts import unescaped
from etl.formats.xml.ods_values import day_text, time_text

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
_VALUE = re.compile(r"\boffice:(date-|time-|boolean-|string-)?value=(?:\"([^\"]*)\"|'([^']*)')")
_TYPE = re.compile(r"\boffice:value-type=[\"'](\w+)[\"']")
_ERROR = re.compile(r"\bcalcext:value-type=[\"']error[\"']")
_FORMULA = re.compile(r"\btable:formula=")
_PARAGRAPH = re.compile(r"<text:[ph](?:\s[^>]*?)?(?:/>|>(.*?)</text:[ph]\s*>)", re.DOTALL)
_SPACE = re.compile(r"<text:(s|tab|line-break)(?=[\s/>])([^>]*)>")
_COUNT = re.compile(r"\btext:c=[\"'](\d{1,4})[\"']")
_ANY_TAG = re.compile(r"<[^>]*>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_NUMBERS = frozenset({"float", "percentage", "currency"})

Made = tuple[str, int]


def read_tables(content: str) -> Iterator[tuple[CellCollector, list[Cell]]]:
    """The filled cells of every table in order, and beside them formulas without a value."""
    walker = _Walker()
    body = _ASIDE.sub("", content)
    if "<![CDATA[" in body:
        body = _CDATA.sub(lambda m: m[1].replace("&", "&amp;").replace("<", "&lt;"), body)
    for match in _TAG.finditer(body):
        name, given, alone, ended = match.groups()
        if name == "table":
            if walker.tables:
                yield walker.tables.pop()
            walker.tables.append((CellCollector(), []))
            walker.row = 0
        elif name == "table-row":
            walker.start_row(given, bool(alone))
        elif ended == "table-row":
            walker.end_row()
        elif name:
            walker.given, walker.opened = given, match.end()
            if alone:
                walker.end_cell("")
        else:
            walker.end_cell(body[walker.opened : match.start()])
    yield from walker.tables


class _Walker:
    def __init__(self) -> None:
        self.tables: list[tuple[CellCollector, list[Cell]]] = []
        self.opened = self.row = 0
        self.given = ""
        self._repeat = 1
        self._column = 0
        self._filled: list[tuple[int, str, int]] = []
        self._waiting: list[int] = []

    def start_row(self, given: str, is_alone: bool) -> None:
        """A row begins; one without content ends at once."""
        self._repeat, self._column = _repeated(given), 0
        self._filled, self._waiting = [], []
        self.row += self._repeat if is_alone else 0

    def end_row(self) -> None:
        """A row has ended: its cells stand in every row it is repeated for."""
        if self._filled:
            cells, waiting = self.tables[-1]
            for row in range(self.row + 1, min(self.row + self._repeat, limits.MAX_ROWS) + 1):
                for column, text, kind in self._filled:
                    cells.add(row, column, text, kind)
                waiting += [(row, column) for column in self._waiting]
        self.row += self._repeat

    def end_cell(self, inner: str) -> None:
        """A cell has ended: filled when it has a value, or a text where its kind asks for one."""
        text, kind = _read(self.given, inner)
        repeat = _repeated(self.given)
        columns = range(self._column + 1, self._column + repeat + 1)
        self._column += repeat
        if text:
            self._filled += [(column, text, kind) for column in columns]
        elif _FORMULA.search(self.given):
            self._waiting += columns


def _read(given: str, inner: str) -> Made:
    """Text and kind of a cell by its attributes and what is inside."""
    shown = _shown(inner) if inner else ""
    if shown and _ERROR.search(given):
        return shown.strip(), TEXT
    typed = _TYPE.search(given) if given else None
    kind = typed[1] if typed else ""
    values = {name: unescaped(a or b) for name, a, b in _VALUE.findall(given)} if typed else {}
    if kind in _NUMBERS:
        return values.get("", ""), NUMBER
    if kind == "date":
        return day_text(values.get("date-", "")), TEXT
    if kind == "boolean":
        return values.get("boolean-", ""), TEXT
    if kind == "time":
        return time_text(values.get("time-", "")), TEXT
    return shown or values.get("string-", ""), TEXT


def _shown(inner: str) -> str:
    """The paragraphs as a person sees them."""
    return "\n".join(_plain(match[1] or "") for match in _PARAGRAPH.finditer(inner))


def _plain(paragraph: str) -> str:
    if "<" in paragraph:
        paragraph = _ANY_TAG.sub("", _SPACE.sub(_blank, paragraph))
    return unescaped(paragraph)


def _blank(match: re.Match[str]) -> str:
    if match[1] != "s":
        return "\t" if match[1] == "tab" else "\n"
    count = _COUNT.search(match[2])
    return " " * min(max(int(count[1]), 1), 1_000) if count else " "


def _repeated(attributes: str) -> int:
    match = _REPEATED.search(attributes) if attributes else None
    return max(int(match[1]), 1) if match else 1
