"""One returned table as a sheet: what is wrong on the left, faulty cell beside its 更正 cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.declarations.cell_addresses import column_number
from etl.declarations.declarations import Source
from etl.declarations.fields import Column
from etl.declarations.text_keys import key
from etl.documents.entry_cells import Options, number_format, validation
from etl.documents.returned.open_rows import OpenRow, OpenTable
from etl.documents.workbook_styles import BOXED, HEAD, QUIET, Book, Sheet, lines_of, width_of
from etl.judge.returned_origin import NUMBER_HEADER, Asked, Origin

HOW = (
    "1. 红底粗框（带 ✗）的格有问题，原因和改法写在左边；请在它右边黄色的“更正”格里填正确内容，"
    "也可以直接改红格。\n2. 可以排序，改不了的行可以先不填或删掉；请不要改“退回编号”，不要删列。\n"
    "3. 保存后把本工作簿发回即可：只收这里的行，不影响已入库的数据，重复发回也不会重复计数。"
)
_LEAD = (NUMBER_HEADER, "原表行号", "问题和改法")
_LEAD_WIDTHS = (17.0, 7.0, 46.0)
_HEADER_ROW = 3
_RED = {"bg_color": "#FDE7E4", "border": 2, "border_color": "#B8232B"}
_YELLOW = {"bg_color": "#FFF3C4", "border": 1, "border_color": "#8A5200"}
_DONE = {"bg_color": "#DDF0E4"}
_COMMENTED = 2_000
"""Rows whose faulty cells carry a comment too; many more make Excel slow to open."""
_MIDNIGHT = re.compile(r"(?<=\d) 00:00:00$")
_PLAIN = frozenset({"text", "id_number"})


@dataclass(frozen=True)
class _Place:
    """One column of the sheet: a field's own, its correction, or another of the unit's columns."""

    header: str
    column: Column | None
    kind: str


def write(book: Book, table: OpenTable, source: Source, unit_zh: str, options: Options) -> Origin:
    """Write one table; returns what the hidden sheet must say of it."""
    places, origin = _places(table, source)
    rows = [table.rows[number] for number in sorted(table.rows)]
    sheet = book.sheet(source.name_zh)
    last_row, last = _HEADER_ROW + len(rows), len(places) - 1
    _top(sheet, table, source, unit_zh, last)
    widths = [*_LEAD_WIDTHS]
    for number, place in enumerate(places[len(_LEAD) :], len(_LEAD)):
        widths.append(max(width_of(_shown(row, place), 9, 26) for row in rows))
        widths[number] = max(widths[number], min(14, width_of(place.header, 9, 14)))
    for number, place in enumerate(places):
        style = _YELLOW if place.kind == "correction" else {}
        sheet.text(_HEADER_ROW, number, place.header, HEAD, style)
    sheet.sheet.set_row(_HEADER_ROW, 34)
    for down, row in enumerate(rows, _HEADER_ROW + 1):
        _row(sheet, down, row, places, table, origin)
        told = lines_of(_problems(row, table), _LEAD_WIDTHS[-1])
        cells = [lines_of(_shown(row, p), w) for p, w in zip(places[3:], widths[3:], strict=True)]
        sheet.sheet.set_row(down, min(400, 15.5 * max(told, *cells, 2) + 4))
    _aids(sheet, places, last_row, options)
    sheet.sheet.autofilter(_HEADER_ROW, 0, last_row, last)
    sheet.sheet.freeze_panes(_HEADER_ROW + 1, len(_LEAD))
    sheet.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
    sheet.print_setup(widths, _HEADER_ROW, last_row, len(_LEAD))
    return origin


def _places(table: OpenTable, source: Source) -> tuple[list[_Place], Origin]:
    """Faulty fields with their 更正 columns first, then the rest in the unit's own order."""
    columns = {c.field: c for c in source.columns}
    faulty = {fault["field"] for row in table.rows.values() for fault in row.faults}
    letters = {f: column_number(cell["column"]) for f, cell in table.sheet["columns"].items()}
    own = sorted(letters, key=lambda f: letters[f])
    names = _Names()
    headers = {f: names.unique(table.sheet["columns"][f]["header"]) for f in own}
    others = {h: None for row in table.rows.values() for h in row.others}
    asked, first, rest = [], [], []
    for field in [*own, *(f for f in columns if f in faulty and f not in letters)]:
        header, fix = headers.get(field, ""), ""
        place = _Place(header, columns[field], "own")
        if field in faulty:
            fix = names.unique(f"更正：{header or columns[field].name_zh}")
            first += [place] if header else []
            first.append(_Place(fix, columns[field], "correction"))
        else:
            rest.append(place)
        asked.append(Asked(field, header, fix, table.sheet["units"].get(field, "")))
    lead = [_Place(header, None, "lead") for header in _LEAD]
    spare = [_Place(names.unique(h), None, h) for h in others]
    return [*lead, *first, *rest, *spare], _origin(table, tuple(asked))


class _Names:
    """Headers that stand once: a repeated one gets a number."""

    def __init__(self) -> None:
        self._used = {key(h) for h in _LEAD}

    def unique(self, header: str) -> str:
        name, number = header, 1
        while key(name) in self._used:
            number += 1
            name = f"{header}（{number}）"
        self._used.add(key(name))
        return name


def _origin(table: OpenTable, asked: tuple[Asked, ...]) -> Origin:
    sheet, submission, stated = table.sheet, table.submission, table.sheet["stated"]
    return Origin(
        sha256=submission["file_hash"],
        file_name=submission["file_name"],
        sheet_no=sheet["sheet_no"],
        sheet=sheet["sheet"],
        table_no=sheet["table_no"],
        dataset=sheet["dataset"],
        unit_id=submission["unit_id"],
        unit_text=sheet["unit_text"],
        as_of=sheet["stated"].get("limit") or "",
        last_day=submission["as_of_date"].isoformat(),
        period_from=stated["period_from"] or "",
        period_to=stated["period_to"] or "",
        is_since=stated["is_since"],
        markers=stated["markers"],
        asked=asked,
        cumulative=stated["cumulative"],
    )


def _top(sheet: Sheet, table: OpenTable, source: Source, unit_zh: str, last: int) -> None:
    shown = max(3, min(last, 9))
    sheet.title(shown, f"{source.name_zh}退回更正表（{unit_zh}）")
    said = f"原工作簿：{table.submission['file_name']}　　工作表：{table.sheet['sheet']}"
    words = f"{said}　　退回 {len(table.rows)} 行　　原表数据截至 {table.submission['as_of_date']}"
    sheet.across(1, 0, shown, words, QUIET, {"text_wrap": True})
    sheet.across(2, 0, shown, HOW, {"text_wrap": True, "valign": "top"})
    sheet.sheet.set_row(1, 20)
    sheet.sheet.set_row(2, 66)


def _row(
    sheet: Sheet,
    down: int,
    row: OpenRow,
    places: Sequence[_Place],
    table: OpenTable,
    origin: Origin,
) -> None:
    faults = {fault["field"]: fault["reason"] for fault in row.faults}
    sheet.text(down, 0, origin.token(row.number), BOXED, QUIET, {"num_format": "@"})
    sheet.sheet.write_number(down, 1, row.number, sheet.book.style(BOXED, {"align": "center"}))
    sheet.text(down, 2, _problems(row, table), BOXED, {"font_size": 10})
    for number, place in enumerate(places[len(_LEAD) :], len(_LEAD)):
        wrong = place.column is not None and place.column.field in faults
        style: Mapping[str, Any] = {"num_format": "@"}
        if wrong and place.column and place.kind == "own":
            style = {**_RED, "num_format": _marked(place.column)}
        elif wrong and place.column:
            style = {**_YELLOW, "num_format": number_format(place.column)}
        sheet.text(down, number, _shown(row, place), BOXED, style)
        is_marked = place.kind == "own" or (place.column and not _header_of(table, place.column))
        if wrong and place.column and is_marked and down < _COMMENTED:
            note = {"author": "", "x_scale": 1.8, "y_scale": 0.9, "font_size": 10}
            sheet.sheet.write_comment(down, number, faults[place.column.field], note)


def _marked(column: Column) -> str:
    """✗ before the value without being part of it; plain text where digits must not be lost."""
    if column.type in _PLAIN:
        return "@"
    shown = {"date": "yyyy-mm-dd"}.get(column.type, "General")
    return f'{shown};-{shown};{shown};"✗ "@'


def _header_of(table: OpenTable, column: Column) -> str:
    cell = table.sheet["columns"].get(column.field)
    return str(cell["header"]) if cell else ""


def _shown(row: OpenRow, place: _Place) -> str:
    if place.kind in ("lead", "correction"):
        return ""
    field = place.column.field if place.column else ""
    text = row.fields.get(field, "") if field else row.others.get(place.kind, "")
    return _MIDNIGHT.sub("", text)


def _problems(row: OpenRow, table: OpenTable) -> str:
    """Every fault with the cell of the original workbook, one a line."""
    said = []
    for number, fault in enumerate(row.faults, 1):
        cell = table.sheet["columns"].get(fault["field"])
        where = f"{cell['column']}{row.number} 格：" if cell else ""
        lead = f"{number}. " if len(row.faults) > 1 else ""
        said.append(f"{lead}{where}{fault['reason']}")
    return "\n".join(said)


def _aids(sheet: Sheet, places: Sequence[_Place], last_row: int, options: Options) -> None:
    """Lists and prompts on 更正 cells; a filled one turns green."""
    for number, place in enumerate(places):
        if place.kind == "correction" and place.column:
            area = (_HEADER_ROW + 1, number, last_row, number)
            sheet.sheet.data_validation(*area, validation(place.column, options))
            green = {"type": "no_blanks", "format": sheet.book.plain(_DONE)}
            sheet.sheet.conditional_format(*area, green)
