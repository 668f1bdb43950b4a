"""A web page saved as .xls: tables below each other, as Excel shows them when it opens the page.

The standard library's parser reads; a second reading walks the raw tags with regular expressions.
Nothing is fetched and no entity is resolved but the character entities of HTML. Rows are taken in
the order they stand in: a table inside a cell ends the row it stands in, text outside the tables
(titles, 填报单位) is a row of its own.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from etl.declarations import limits
from etl.declarations.refusal import RefusedError
from etl.formats.grid.text_sheets import BLANKS, TextSheet, TextWorkbook, check_size
from etl.formats.raw.file_type import text_of
from etl.formats.text.html_raw import read_again

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>([^<]{1,60})", re.IGNORECASE)
_SHEET_TAB = re.compile(r"<x:Name>([^<]{1,60})</x:Name>", re.IGNORECASE)
_TABLE = re.compile(r"<table(?=[\s/>])", re.IGNORECASE)
_NO_TEXT = re.compile(
    r"<!--.*?-->|<!\[.*?\]>|<(script|style|title|xml|template|comment)\b.*?</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_LINES = re.compile(r" *\n[ \n]*")
BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 li ul ol center caption form body br hr".split())


def open_html(path: Path) -> TextWorkbook:
    """Read the tables of a page as one sheet; raises `RefusedError`."""
    check_size(path.stat().st_size)
    content = path.read_bytes()
    declared = _CHARSET.search(content[:4096])
    return read_pages([text_of(content, declared[1].decode() if declared else None)])


def read_pages(pages: list[str]) -> TextWorkbook:
    """One sheet per page that has a table; refused, with the page's title, when none has."""
    names, bodies = [], []
    for page in pages:
        body = _NO_TEXT.sub(" ", page)
        if _TABLE.search(body):
            tab = _SHEET_TAB.search(page)
            bodies.append(body)
            names.append(unescape(tab[1]) if tab and len(pages) == 1 else f"表{len(bodies)}")
    if not bodies:
        title = next((t[1] for page in pages if (t := _TITLE.search(page))), "").strip()
        name = f"，标题“{unescape(title)}”" if title else ""
        raise RefusedError("not_xlsx", actual=f"没有表格的网页{name}")
    sheets = [_read(body, name) for body, name in zip(bodies, names, strict=True)]
    return TextWorkbook(sheets, [read_again(body) for body in bodies])


def _read(body: str, name: str) -> TextSheet:
    reader = _Reader(name)
    reader.feed(body)
    reader.close()
    reader.end_text()
    reader.sheet.take_errors()
    return reader.sheet


class _Reader(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sheet = TextSheet(name)
        self._covered: list[dict[int, int]] = []
        self._text: list[str] = []
        self._row = 0
        self._column = 0
        self._span: tuple[int, int] | None = None
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th"):
            self.end_text()
            if not self._in_row:
                self._start_row()
            given = dict(attrs)
            self._span = (
                _span(given.get("rowspan"), limits.MAX_ROW_SPAN),
                _span(given.get("colspan"), limits.MAX_COLUMN_SPAN),
            )
        elif tag == "tr":
            self.end_row()
            self._start_row()
            style = dict(attrs).get("style") or ""
            if _HIDDEN.search(style):
                self.sheet.hidden_rows.add(self._row)
        elif tag == "table":
            self.end_row()
            self._covered.append({})
        elif tag in BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.end_text()
        elif tag == "tr":
            self.end_row()
        elif tag == "table":
            self.end_row()
            if self._covered:
                self._covered.pop()
        elif tag in BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def _break(self) -> None:
        if self._span:
            self._text.append("\x00")
        else:
            self.end_text()

    def end_row(self) -> None:
        """End what is open; the next cell begins a row."""
        self.end_text()
        self._in_row = False

    def _start_row(self) -> None:
        self._next_row()
        self._in_row, self._column = True, 1
        if self._covered:
            above = self._covered[-1]
            for column in [c for c, left in above.items() if not left]:
                del above[column]
            self._covered[-1] = {column: left - 1 for column, left in above.items()}

    def _next_row(self) -> None:
        self._row += 1
        if self._row > limits.MAX_ROWS:
            raise RefusedError("huge_sheet", sheet=self.sheet.name, detail="超出工作表的行数")

    def end_text(self) -> None:
        """A cell's text goes to its place, loose text to a row of its own."""
        text = _plain("".join(self._text))
        self._text = []
        if self._span:
            self._place(text, *self._span)
            self._span = None
        elif text:
            self._in_row = False
            self._next_row()
            self.sheet.rows[self._row] = {1: text}

    def _place(self, text: str, down: int, right: int) -> None:
        covered = self._covered[-1] if self._covered else {}
        while covered.get(self._column, -1) >= 0:
            self._column += 1
        row, column = self._row, self._column
        self._column += right
        if self._column > limits.MAX_COLUMNS + 1:
            raise RefusedError("huge_sheet", sheet=self.sheet.name, detail="超出工作表的列数")
        if down > 1:
            covered.update(dict.fromkeys(range(column, column + right), down - 1))
        if down > 1 or right > 1:
            self.sheet.merges.append((row, column, row + down - 1, column + right - 1))
        if text:
            self.sheet.spend()
            self.sheet.rows.setdefault(row, {})[column] = text


def _span(text: str | None, most: int) -> int:
    digits = (text or "").strip()[:9]
    return min(max(int(digits), 1), most) if digits.isascii() and digits.isdigit() else 1


def _plain(text: str) -> str:
    """White space as a browser shows it; a break inside a cell stays a line break."""
    if not text or text.isspace():
        return ""
    lines = _SPACES.sub(" ", text).replace("\x00", "\n")
    return _LINES.sub("\n", lines).strip(BLANKS)
