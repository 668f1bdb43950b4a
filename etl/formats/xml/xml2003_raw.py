"""The second reading of XML Spreadsheet 2003: tags found by one regular expression."""

from __future__ import annotations

import re

from etl.formats.raw.raw_cells import NUMBER, TEXT, CellCollector
from etl.formats.xlsx.xml_texts import unescaped

_TAG = re.compile(
    r"<!--.*?-->|<(?:\w+:)?Comment\b.*?</(?:\w+:)?Comment\s*>"
    r"|<(/?)(?:\w+:)?(Worksheet|Row|Cell|Data)(?=[\s/>])((?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_NUMBERED = re.compile(r"\b(?:\w+:)?(Index|MergeAcross)\s*=\s*[\"'](\d{1,7})[\"']")
_TYPE = re.compile(r"\b(?:\w+:)?Type\s*=\s*[\"'](\w+)[\"']")
_ANY_TAG = re.compile(r"<[^>]*>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


def read_again(text: str) -> list[CellCollector]:
    """The filled cells of every worksheet, told from the raw tags alone."""
    walker = _Walker()
    if "<![CDATA[" in text:
        text = _CDATA.sub(lambda m: m[1].replace("&", "&amp;").replace("<", "&lt;"), text)
    for match in _TAG.finditer(text):
        if match[2] == "Data" and match[1]:
            walker.end_data(text, match.start())
        elif match[2] and not match[1]:
            walker.start(match[2], match[3], match.end())
    return walker.sheets


class _Walker:
    def __init__(self) -> None:
        self.sheets: list[CellCollector] = []
        self._row = self._column = self._across = 0
        self._type, self._opened = "", -1

    def start(self, name: str, given: str, end: int) -> None:
        """A worksheet, row, cell or its data begins."""
        if name == "Data":
            typed = _TYPE.search(given)
            self._type = typed[1] if typed else "String"
            self._opened = -1 if given.endswith("/") else end
            return
        numbers = {n: int(d) for n, d in _NUMBERED.findall(given)} if "=" in given else {}
        if name == "Worksheet":
            self.sheets.append(CellCollector())
            self._row = 0
        elif name == "Row":
            self._row = numbers.get("Index") or self._row + 1
            self._column = self._across = 0
        else:
            self._column = numbers.get("Index") or self._column + self._across + 1
            self._across = numbers.get("MergeAcross", 0)

    def end_data(self, text: str, end: int) -> None:
        """The data of a cell has ended; rich text is marked by tags inside it."""
        if self._opened < 0 or not self.sheets:
            return
        inner = text[self._opened : end]
        plain = unescaped(_ANY_TAG.sub("", inner) if "<" in inner else inner)
        self._opened = -1
        if plain:
            kind = NUMBER if self._type == "Number" else TEXT
            self.sheets[-1].add(self._row, self._column, _value(self._type, plain), kind)


def _value(kind: str, text: str) -> str:
    if kind == "DateTime":
        return text.partition(".")[0].replace("T", " ")
    if kind == "Boolean":
        return "true" if text.strip() == "1" else "false"
    return text
