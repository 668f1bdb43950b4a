"""A blank workbook: title, who and when, header, rows to fill in with lists, and 填表说明."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from etl.declarations.declarations import Context, Source
from etl.declarations.fields import Column
from etl.documents.entry_cells import Options, hint, number_format, validation
from etl.documents.templates.blank_form import Field, fields_of
from etl.documents.workbook_styles import (
    BOXED,
    HEAD,
    QUIET,
    Book,
    Sheet,
    first_page,
    lines_of,
    width_of,
)

ROWS = 30
"""Empty rows between header and footer; more are had by inserting rows."""

LABELS = ("填报单位：", "统计时段：", "填报日期：")
HEADER_ROW = 4
_UNIT = Column("unit", "填报单位", "actor", True, "", "")
_DAY = Column("day", "填报日期", "date", True, "", "")
_FOOTER = "制表人：　　　　　　　审核人：　　　　　　　联系电话：　　　　　　　（盖章）"
_NOTES = (
    "带 ★ 的列必须填。表头不要改，列不要删；行数不够时在表中间插入行，用不到的空行留着即可。",
    "没有发生的数量填 0，不知道的留空；不要写“约”“左右”，一格只填一个数。",
    "“填报单位”“统计时段”（如 2026年1—10月）“填报日期”三项必须填；同一时段重报，整段换掉原来的。",
    "黄色提示和下拉选项只是帮助，粘贴旧数据也可以；报送后认不出的行会退回，并写明哪一格、怎么改。",
)
_EXAMPLES = {
    "date": "2026-03-05",
    "month": "2026-03",
    "year": "2026",
    "count": "2",
    "amount": "12.5",
    "rate": "93.5%",
}


def write(path: Path, source: Source, context: Context, profile_dir: Path) -> None:
    """Write the blank form of one kind of report."""
    fields = fields_of(source, context)
    book = Book(path, is_synthetic=False)
    options = Options(book, profile_dir)
    _form(book.sheet(source.name_zh), source, fields, options)
    _notes(book.sheet("填表说明"), source, fields, options)
    book.close()


def _form(sheet: Sheet, source: Source, fields: Sequence[Field], options: Options) -> None:
    depth = max(len(field.levels) for field in fields)
    first, last = HEADER_ROW + depth, len(fields) - 1
    widths = [width_of(_widest(field, options), 11, 24) for field in fields]
    sheet.title(first_page(widths), source.name_zh)
    _says(sheet, options)
    _heads(sheet, fields, depth)
    for number, field in enumerate(fields):
        style = {"num_format": number_format(field.column)}
        for row in range(first, first + ROWS):
            sheet.text(row, number, "", BOXED, style)
        area = (first, number, first + ROWS - 1, number)
        sheet.sheet.data_validation(*area, validation(field.column, options))
    sheet.across(first + ROWS, 0, last, _FOOTER)
    sheet.sheet.freeze_panes(first, 0)
    for row in range(first, first + ROWS + 1):
        sheet.sheet.set_row(row, 20)
    sheet.print_setup(widths, HEADER_ROW, first + ROWS)
    sheet.sheet.repeat_rows(HEADER_ROW, first - 1)


def _widest(field: Field, options: Options) -> str:
    return max([field.levels[-1], *options.names(field.column)], key=len)


def _says(sheet: Sheet, options: Options) -> None:
    """Who reports, for which time, on which day: the value stands beside its label."""
    prompt = "写明时段，如 2026年10月 或 2026年1—10月"
    period = {"validate": "any", "input_title": "统计时段", "input_message": prompt}
    aids: tuple[dict[str, Any], ...] = (
        validation(_UNIT, options),
        period,
        validation(_DAY, options),
    )
    formats = ("@", "@", number_format(_DAY))
    for row, (label, aid, shown) in enumerate(zip(LABELS, aids, formats, strict=True), 1):
        sheet.sheet.set_row(row, 20)
        sheet.text(row, 0, label, {"align": "right"})
        sheet.text(row, 1, "", {"num_format": shown, "bottom": 1, "bg_color": "#FFF9E3"})
        sheet.sheet.data_validation(row, 1, row, 1, aid)


def _heads(sheet: Sheet, fields: Sequence[Field], depth: int) -> None:
    """Headers of up to `depth` rows, merged both ways."""
    number = 0
    for parents, group in groupby(fields, key=lambda field: field.levels[:-1]):
        members = list(group)
        for level, words in enumerate(parents):
            sheet.across(HEADER_ROW + level, number, number + len(members) - 1, words, HEAD)
        for offset, field in enumerate(members):
            row = HEADER_ROW + len(parents)
            rows = depth - len(parents)
            column = number + offset
            sheet.across(row, column, column, field.levels[-1], HEAD, rows=rows)
            note = f"{'必填。' if field.column.required else ''}{hint(field.column)}"
            sheet.sheet.write_comment(row, column, note, {"author": "", "font_size": 10})
        number += len(members)
    for row in range(HEADER_ROW, HEADER_ROW + depth):
        sheet.sheet.set_row(row, 30)


def _notes(sheet: Sheet, source: Source, fields: Sequence[Field], options: Options) -> None:
    sheet.title(6, f"{source.name_zh}填表说明")
    for row, words in enumerate(_NOTES, 1):
        sheet.across(row, 0, 6, f"{row}. {words}", {"text_wrap": True})
        sheet.sheet.set_row(row, 20)
    head = len(_NOTES) + 2
    names = ("填写项", "必填", "怎么填", "单位", "示例", "可选内容", "谁能看到")
    for column, name in enumerate(names):
        sheet.text(head, column, name, HEAD)
    for row, field in enumerate(fields, head + 1):
        choices = options.names(field.column)
        listed = "、".join(choices)
        example = choices[0] if choices else _EXAMPLES.get(field.column.type, "")
        told = (
            f"{field.column.name_zh}（表头：{'／'.join(field.levels).replace('★', '')}）",
            "是" if field.column.required else "",
            hint(field.column).split("（单位")[0],
            field.unit or field.column.unit,
            example,
            listed,
            field.visibility_zh,
        )
        for column, text in enumerate(told):
            sheet.text(row, column, text, BOXED, QUIET if column == 6 else {})
        lines = max(lines_of(told[0], 34), lines_of(listed, 60), lines_of(told[2], 26))
        sheet.sheet.set_row(row, 15.5 * lines + 4)
    sheet.print_setup([34, 6, 26, 7, 18, 60, 22], head, head + len(fields))
