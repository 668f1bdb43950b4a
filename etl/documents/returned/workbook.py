"""One 退回工作簿 per unit: a sheet per table, how to mend it, and files that were not read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from etl.declarations.declarations import Context
from etl.documents.entry_cells import Options
from etl.documents.returned import returned_sheets
from etl.documents.returned.open_rows import OpenTable
from etl.documents.returned.unread_workbooks import Unread
from etl.documents.workbook_styles import BOXED, HEAD, Book, lines_of
from etl.judge import returned_origin as origins

_STEPS = (
    "一、看：每张表的左边写着哪一行、哪一格、为什么退回、怎么改；有问题的格是红底粗框，前面带 ✗。",
    "二、改：在红格右边黄色的“更正”格里填正确内容，能选的请从下拉选项里选；填好后变绿。也可以直接改红格。",
    "三、发：保存后把本工作簿原样发回安委办。只收这里的行，改好几行算几行；没改好的会再退回，重复发回不会重复计数。",
)


def write(
    path: Path,
    unit_zh: str,
    tables: Sequence[OpenTable],
    unread: Sequence[Unread],
    context: Context,
    profile_dir: Path,
) -> None:
    """Write the workbook of one unit."""
    book = Book(path, is_synthetic=context.profile.get("is_synthetic") == "1")
    options = Options(book, profile_dir)
    said = [
        returned_sheets.write(
            book, table, context.sources[table.sheet["dataset"]], unit_zh, options
        )
        for table in tables
    ]
    if said:
        _how(book, unit_zh, tables, context)
    if unread:
        _unread(book, unit_zh, unread)
    if said:
        hidden = book.sheet(origins.SHEET, is_hidden=True)
        for row, (text, check) in enumerate(origins.lines(said)):
            hidden.text(row, 0, text)
            hidden.text(row, 1, check)
    book.close()


def _how(book: Book, unit_zh: str, tables: Sequence[OpenTable], context: Context) -> None:
    sheet = book.sheet("怎么改")
    sheet.title(3, f"退回工作簿怎么改（{unit_zh}）")
    for row, step in enumerate(_STEPS, 1):
        sheet.across(row, 0, 3, step, {"text_wrap": True, "font_size": 12})
        sheet.sheet.set_row(row, 36)
    for column, header in enumerate(("报表", "原工作簿", "原工作表", "退回行数")):
        sheet.text(5, column, header, HEAD)
    for row, table in enumerate(tables, 6):
        words = (
            context.sources[table.sheet["dataset"]].name_zh,
            table.submission["file_name"],
            table.sheet["sheet"],
        )
        for column, text in enumerate(words):
            sheet.text(row, column, text, BOXED)
        sheet.sheet.write_number(row, 3, len(table.rows), book.style(BOXED, {"align": "center"}))
        sheet.sheet.set_row(row, 15.5 * lines_of(words[1], 52) + 6)
    sheet.print_setup([24, 52, 24, 12], 5, 5 + len(tables))


def _unread(book: Book, unit_zh: str, unread: Sequence[Unread]) -> None:
    sheet = book.sheet("未读取的文件")
    sheet.title(2, f"未读取的文件（{unit_zh}）")
    words = "这些文件没有计入任何数据。请按原因处理后重新报送整个文件，不用在本工作簿里改。"
    sheet.across(1, 0, 2, words, {"text_wrap": True})
    for column, header in enumerate(("文件", "情况", "原因和改法")):
        sheet.text(3, column, header, HEAD)
    for row, file in enumerate(unread, 4):
        for column, text in enumerate((file.file_name, file.state, file.reason)):
            sheet.text(row, column, text, BOXED)
        lines = max(lines_of(file.file_name, 44), lines_of(file.reason, 70))
        sheet.sheet.set_row(row, 15.5 * lines + 6)
    sheet.print_setup([44, 12, 70], 3, 3 + len(unread))
