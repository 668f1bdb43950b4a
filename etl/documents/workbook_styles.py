"""Workbooks handed to the units: text stays text, styles by name, printed across."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

SYNTHETIC = "模拟数据"
FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
TITLE = {"font_name": "黑体", "font_size": 18, "align": "center"}
HEAD = {
    "font_name": "黑体",
    "bold": True,
    "align": "center",
    "text_wrap": True,
    "bg_color": "#E8EDF3",
    "border": 1,
    "border_color": "#8D98A5",
}
BOXED = {"border": 1, "border_color": "#8D98A5", "text_wrap": True}
QUIET = {"font_color": "#5F6B7A"}
A4 = 9
_A4_UNITS = 165
"""Column widths that still print legibly on one A4 page across."""
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_UNSAFE = re.compile(r'[\\/:*?"<>|\[\]\s\x00-\x1f\']+')
_LONGEST = 32_767
_TAB_LENGTH = 31


class Book:
    """A workbook whose styles are made once; equal contents give equal styles."""

    def __init__(self, path: Path, *, is_synthetic: bool) -> None:
        self.is_synthetic = is_synthetic
        self._book = xlsxwriter.Workbook(
            str(path), {"strings_to_formulas": False, "strings_to_urls": False}
        )
        self._styles: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._tabs: set[str] = set()

    def close(self) -> None:
        """Write the file."""
        self._book.close()

    def style(self, *parts: Mapping[str, Any]) -> Format:
        """One style from several, the later ones winning."""
        merged: dict[str, Any] = dict(FONT)
        for part in parts:
            merged |= part
        name = tuple(sorted(merged.items()))
        if name not in self._styles:
            self._styles[name] = self._book.add_format(merged)
        return self._styles[name]

    def plain(self, part: Mapping[str, Any]) -> Format:
        """A style of these properties alone, for a conditional format."""
        return self._book.add_format(dict(part))

    def sheet(self, name: str, *, is_hidden: bool = False) -> Sheet:
        """A new sheet under a name no other has."""
        safe = _UNSAFE.sub(" ", name).strip() or "表"
        tab, number = safe[:_TAB_LENGTH], 1
        while tab in self._tabs:
            number += 1
            tab = f"{safe[: _TAB_LENGTH - 3]}{number}"
        self._tabs.add(tab)
        sheet = self._book.add_worksheet(tab)
        if is_hidden:
            sheet.hide()
        return Sheet(self, sheet, tab)


class Sheet:
    """A sheet that writes text as text."""

    def __init__(self, book: Book, sheet: Worksheet, name: str) -> None:
        self.book, self.sheet, self.name = book, sheet, name

    def text(self, row: int, column: int, words: str, *styles: Mapping[str, Any]) -> None:
        """One cell of text, whatever it looks like; empty text is an empty styled cell."""
        clean = words.translate(_UNPRINTABLE)[:_LONGEST]
        if clean:
            self.sheet.write_string(row, column, clean, self.book.style(*styles))
        else:
            self.sheet.write_blank(row, column, None, self.book.style(*styles))

    def across(
        self, row: int, first: int, last: int, words: str, *styles: Mapping[str, Any], rows: int = 1
    ) -> None:
        """One text over several columns and rows."""
        if last > first or rows > 1:
            self.sheet.merge_range(row, first, row + rows - 1, last, "", self.book.style(*styles))
        self.text(row, first, words, *styles)

    def title(self, last: int, words: str) -> None:
        """The first row; of invented rows it says so first."""
        said = f"【{SYNTHETIC}】{words}" if self.book.is_synthetic else words
        self.sheet.set_row(0, 30)
        self.across(0, 0, last, said, TITLE)

    def print_setup(
        self, widths: list[float], header_row: int, last_row: int, lead: int = 1
    ) -> None:
        """Columns wide as given; across on A4, header on each page, pages numbered.

        A table too wide for one legible page takes several, the first columns on each.
        """
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        pages = max(1, round(sum(widths) / _A4_UNITS))
        self.sheet.fit_to_pages(pages, 0)
        if pages > 1:
            self.sheet.repeat_columns(0, lead - 1)
        self.sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        self.sheet.repeat_rows(header_row)
        mark = f"{SYNTHETIC}　" if self.book.is_synthetic else ""
        self.sheet.set_footer(f"&C{mark}第 &P 页　共 &N 页")
        self.sheet.print_area(0, 0, last_row, len(widths) - 1)


def first_page(widths: Sequence[float]) -> int:
    """The last column that still prints on the first page."""
    used = [sum(widths[: number + 1]) for number in range(len(widths))]
    return max(1, sum(width <= _A4_UNITS for width in used) - 1)


def lines_of(words: str, width: float) -> int:
    """How many lines a text takes in a column of this width, a Chinese letter counting two."""
    return sum(
        max(1, -(-sum(2 if ord(c) > 255 else 1 for c in line) // max(1, int(width) - 1)))
        for line in words.split("\n")
    )


def width_of(words: str, least: float, most: float) -> float:
    """A column width for this text between the bounds."""
    longest = max((sum(2 if ord(c) > 255 else 1 for c in p) for p in words.split("\n")), default=0)
    return min(most, max(least, longest + 2))


def file_name(parts: list[str], *, is_synthetic: bool) -> str:
    """`退回_云沐街道_重大事故隐患台账_2026-11-21.xlsx`: nothing a file system refuses."""
    named = [*parts, *([SYNTHETIC] if is_synthetic else [])]
    return _UNSAFE.sub("-", "_".join(named)) + ".xlsx"
