"""Tables people take away as CSV and Excel: text stays text, whatever it begins with."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.document_files import SYNTHETIC_ZH
from warehouse import formats

#: A spreadsheet program may take a CSV cell that begins so for a formula (OWASP).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MOST_CHARACTERS = 32_767
WIDTHS = (6, 60)
FIRST_YEAR = 1900  # Excel counts days from here, one too many; older days go in as text
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
YES_NO = {True: "是", False: "否"}
#: Text goes in as text; a result of more rows than a sheet holds cannot come this far.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its column heads, its rows."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV that Excel opens in Chinese: BOM, text guarded, numbers as numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(guarded, heads))
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def cell(value: Any) -> Any:
    """A number as it is, a day as ISO text, a quote before text a program might execute."""
    if formats.is_missing(value):
        return ""
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, datetime):
        return formats.day_iso(value) if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return formats.day_iso(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 10**15 else value
    return guarded(value) if isinstance(value, str) else value


def guarded(text: str) -> str:
    """Text with a quote before it where a program might execute it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def workbook_bytes(sheets: Sequence[Sheet], *, is_synthetic: bool) -> bytes:
    """A workbook of plain sheets; of invented rows every sheet says so."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as workbook:
        styles = {
            "head": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#F0F3F6"}),
            "mark": workbook.add_format({"bold": True, "font_color": "#8A5200"}),
            "text": workbook.add_format({"text_wrap": False, "valign": "top"}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
            "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"}),
        }
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            _write(
                page, sheet, styles, [f"{SYNTHETIC_ZH}，不是实际发生的数据"] if is_synthetic else []
            )
    return out.getvalue()


def _write(
    page: Worksheet, sheet: Sheet, styles: Mapping[str, Format], marks: Sequence[str]
) -> None:
    for number, mark in enumerate(marks):
        page.write_string(number, 0, mark, styles["mark"])
    first = len(marks)
    for column, head in enumerate(sheet.heads):
        page.write_string(first, column, head, styles["head"])
    for number, row in enumerate(sheet.rows, first + 1):
        for column, value in enumerate(row):
            _write_cell(page, number, column, value, styles)
    for column in range(len(sheet.heads)):
        page.set_column(column, column, _width(sheet, column))
    page.freeze_panes(first + 1, 0)
    page.repeat_rows(first)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&C{''.join(marks)}　&A　第 &P 页，共 &N 页")


def _write_cell(
    page: Worksheet, row: int, column: int, value: Any, styles: Mapping[str, Format]
) -> None:
    if formats.is_missing(value):
        return
    if isinstance(value, bool):
        page.write_string(row, column, YES_NO[value], styles["text"])
    elif isinstance(value, date) and value.year <= FIRST_YEAR:
        page.write_string(row, column, str(cell(value)), styles["text"])
    elif isinstance(value, datetime):
        page.write_datetime(
            row, column, value, styles["moment" if value.time() != time() else "day"]
        )
    elif isinstance(value, date):
        page.write_datetime(row, column, value, styles["day"])
    elif isinstance(value, int | float):
        page.write_number(row, column, value)
    elif page.write_string(row, column, _CONTROL.sub("", str(value)), styles["text"]):
        raise ValueError(f"{MOST_CHARACTERS} characters fit in a cell")


def _width(sheet: Sheet, column: int) -> int:
    """Wide enough for the head and the first rows; a Chinese character takes two."""
    texts = [sheet.heads[column], *(str(cell(row[column])) for row in sheet.rows[:200])]
    longest = max(sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) for text in texts)
    return min(max(longest + 2, WIDTHS[0]), WIDTHS[1])
