"""A printed sheet of a workbook: text stays text, styles by name, A4 across, one page wide.

Used by documents whose layout is an office form; plain tables are `reports.table_files`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.document_files import SYNTHETIC_ZH
from reports.table_files import OPTIONS

A4 = 9
#: Excel takes another Chinese typeface of the same family where the named one is not installed.
FONT = {"font_name": "仿宋_GB2312", "font_family": 1, "font_charset": 134, "font_size": 12}
TITLE_FONT = {**FONT, "font_name": "方正小标宋简体", "font_size": 22}
HEAD_FONT = {**FONT, "font_name": "黑体", "font_family": 3}
TONES: Mapping[str, Mapping[str, Any]] = {
    "": {},
    "quiet": {"font_color": "#5F6B7A"},
    "good": {"font_color": "#1C7348", "bold": True},
    "bad": {"font_color": "#B8232B", "bold": True},
    "warn": {"font_color": "#8A5200", "bold": True},
    "red": {"bg_color": "#1C7348", "font_color": "#FFFFFF", "bold": True},
    "black": {"bg_color": "#1A2330", "font_color": "#FFFFFF", "bold": True},
}
BOXED = {"border": 1, "border_color": "#8D98A5"}
#: Height of a line of 12 points, and how much wider it is than the 11 of column widths.
LINE, WIDER = 16.5, 1.12
#: Characters XML cannot hold.
UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


class Workbook:
    """A workbook in memory whose styles are made once; `content` after it is closed."""

    def __init__(self, *, is_synthetic: bool, created: datetime | None = None) -> None:
        self.is_synthetic = is_synthetic
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, OPTIONS)
        self._styles: dict[tuple[tuple[str, Any], ...], Format] = {}
        if created is not None:  # the build's time, so that equal builds give equal files
            self._book.set_properties({"created": created.replace(tzinfo=None)})

    def __enter__(self) -> Workbook:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._book.close()

    @property
    def content(self) -> bytes:
        """The file."""
        return self._out.getvalue()

    def style(self, *parts: Mapping[str, Any]) -> Format:
        """One style from several, the later ones winning."""
        merged: dict[str, Any] = {**FONT, "valign": "vcenter"}
        for part in parts:
            merged |= part
        key = tuple(sorted(merged.items()))
        if key not in self._styles:
            self._styles[key] = self._book.add_format(merged)
        return self._styles[key]

    def paper(self, name: str) -> Paper:
        """A new sheet, set up for printing."""
        return Paper(self, self._book.add_worksheet(name))


class Paper:
    """One sheet; rows and columns count from 0."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self.book, self.sheet = book, sheet
        mark = f"&R{SYNTHETIC_ZH}，不是实际发生的数据" if book.is_synthetic else ""
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(mark)
        sheet.set_footer("&C第 &P 页 共 &N 页")

    def text(self, row: int, column: int, words: str, *styles: Mapping[str, Any]) -> None:
        """Text, whatever it begins with."""
        clean = words.translate(UNPRINTABLE)
        if self.sheet.write_string(row, column, clean, self.book.style(*styles)):
            raise ValueError("单元格放不下这段文字")

    def number(self, row: int, column: int, value: float, *styles: Mapping[str, Any]) -> None:
        """A number; its format is in the style."""
        self.sheet.write_number(row, column, value, self.book.style(*styles))

    def across(
        self, row: int, first: int, last: int, words: str, *styles: Mapping[str, Any], rows: int = 1
    ) -> None:
        """Text over several cells."""
        if first < last or rows > 1:
            style = self.book.style(*styles)
            self.sheet.merge_range(row, first, row + rows - 1, last, "", style)
        self.text(row, first, words, *styles)

    def fitted(self, row: int, texts: Sequence[tuple[str, float]]) -> None:
        """A row high enough for wrapped texts, each with the width it wraps at."""
        lines = max((_lines(words, width) for words, width in texts), default=1)
        self.sheet.set_row(row, LINE * lines + 4)

    def widths(self, widths: Sequence[float]) -> None:
        """Column widths from the left."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)


def _lines(words: str, width: float) -> int:
    """Lines a text wraps to; a Chinese character takes two places."""
    places = sum(2 if ord(sign) > 0x2E80 or sign in "“”—…" else 1 for sign in words)
    return max(1, -(-int(places * WIDER) // int(width)))
