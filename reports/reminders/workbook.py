"""The 催报单 as a workbook: who owes which ledger since when, and the text to each unit."""

from __future__ import annotations

from reports import document_files
from reports.build_note import Built
from reports.print_sheet import BOXED, HEAD_FONT, TITLE_FONT, TONES, Paper, Workbook
from reports.reminders import owed_reports
from reports.reminders.owed_reports import Chase
from reports.source import Row
from warehouse import formats
from warehouse.files.reminder_log import Reminded

HEADS = ("序号", "单位", "未报台账", "报送期限", "天数", "近12个月未报次数", "已催报", "备注")
WIDTHS = (6, 18, 22, 17, 14, 14, 26, 18)
HEAD = {**HEAD_FONT, **BOXED, "align": "center", "text_wrap": True, "bg_color": "#F0F3F6"}
CENTER = {"align": "center"}
WRAP = {"text_wrap": True}
FORM = ("制表人：", "审核人：", "联系电话：", "填报日期：　　年　　月　　日")


def workbook_bytes(chase: Chase, built: Built, reminded: dict[str, list[Reminded]]) -> bytes:
    """The whole workbook; equal builds, days and logs give equal bytes."""
    is_synthetic = bool(chase.state["is_synthetic"])
    with Workbook(is_synthetic=is_synthetic, created=built.published_at) as book:
        _list(book.paper("催报单"), chase, built, reminded)
        _texts(book.paper("催报文字"), chase)
    return book.content


def file_name(chase: Chase, version_zh: str, ending: str = ".xlsx") -> str:
    """`模拟数据_示例市_催报单_2026年10月_快报第3版.xlsx`."""
    month = formats.month_zh(chase.month)
    parts = [chase.state["profile_name_zh"], "催报单", month, version_zh]
    return document_files.file_name(parts, ending, bool(chase.state["is_synthetic"]))


def reminded_zh(before: list[Reminded]) -> str:
    """`2 次，最近 11月4日`, by the office's clock; nothing where nobody was urged."""
    if not before:
        return ""
    last = max(one.reminded_at for one in before).astimezone(formats.BEIJING)
    return f"{len(before)} 次，最近 {last.month}月{last.day}日"


def _list(paper: Paper, chase: Chase, built: Built, reminded: dict[str, list[Reminded]]) -> None:
    last = len(HEADS) - 1
    row = _top(paper, chase, last)
    number = 0
    for unit in chase.units:
        for item in unit.items:
            number += 1
            _line(paper, row, number, chase, item, reminded.get(unit.unit_id, []))
            row += 1
    paper.sheet.set_row(row, 24)
    total = f"合计：{len(chase.units)} 个单位，{number} 份台账"
    paper.across(row, 0, last, total, BOXED, {"bold": True, "top": 2, "indent": 1})
    row = _notes(paper, row + 1, last, chase, built)
    paper.widths(WIDTHS)
    paper.sheet.freeze_panes(3, 0)
    paper.sheet.repeat_rows(2)
    paper.sheet.print_area(0, 0, row, last)


def _top(paper: Paper, chase: Chase, last: int) -> int:
    month = formats.month_zh(chase.month)
    name = f"{chase.state['profile_name_zh']}{month}台账报送催报单"
    paper.sheet.set_row(0, 36)
    title = document_files.title(name, bool(chase.state["is_synthetic"]))
    paper.across(0, 0, last, title, TITLE_FONT, CENTER)
    paper.sheet.set_row(1, 22)
    paper.across(1, 0, 3, f"填报单位：{chase.state['office_zh']}")
    right = f"单位：份、天、次　　天数计至：{chase.until_zh}"
    paper.across(1, 4, last, right, {"align": "right"})
    paper.sheet.set_row(2, 34)
    for column, head in enumerate(HEADS):
        paper.text(2, column, head, HEAD)
    return 3


def _line(
    paper: Paper, row: int, number: int, chase: Chase, item: Row, before: list[Reminded]
) -> None:
    paper.sheet.set_row(row, 24)
    whole = {"num_format": "0"}
    tone = TONES["bad"] if item["due_date"] < chase.until else TONES["warn"]
    paper.number(row, 0, number, BOXED, CENTER, whole)
    paper.text(row, 1, item["unit_zh"], BOXED, {"indent": 1})
    paper.text(row, 2, item["dataset_zh"] + owed_reports.came_zh(item), BOXED, {"indent": 1})
    paper.text(row, 3, formats.day_zh(item["due_date"]), BOXED, CENTER)
    paper.text(row, 4, owed_reports.days_zh(item["due_date"], chase.until), BOXED, CENTER, tone)
    paper.number(row, 5, chase.missing_before.get(item["unit_id"], 0), BOXED, CENTER, whole)
    paper.text(row, 6, reminded_zh(before), BOXED, {"indent": 1})
    paper.text(row, 7, "", BOXED)


def _notes(paper: Paper, row: int, last: int, chase: Chase, built: Built) -> int:
    """备注 and the line for names; the last row used."""
    end = formats.cutoff_zh(chase.state["data_as_of_date"])
    notes = (
        f"备注：1.数据截至{end}，{built.words}；待确认的报送已收到，不在此列。",
        "　　　2.近12个月未报次数含本月，按台账逐份计；未报不等于零。",
    )
    for note in notes:
        paper.sheet.set_row(row, 20)
        paper.across(row, 0, last, note, {"font_size": 11}, WRAP)
        row += 1
    paper.sheet.set_row(row, 26)
    for part, words_zh in enumerate(FORM):
        paper.across(row, 2 * part, 2 * part + 1, words_zh)
    return row


def _texts(paper: Paper, chase: Chase) -> None:
    title = document_files.title("催报文字（可直接复制发送）", bool(chase.state["is_synthetic"]))
    paper.sheet.set_row(0, 28)
    paper.across(0, 0, 1, title, {**HEAD_FONT, "font_size": 16})
    paper.widths((18, 110))
    for column, head in enumerate(("单位", "文字")):
        paper.text(1, column, head, HEAD)
    for row, unit in enumerate(chase.units, 2):
        words = owed_reports.text(chase, unit)
        paper.fitted(row, [(line, 106) for line in [words]])
        paper.text(row, 0, unit.unit_zh, BOXED, {"valign": "top", "indent": 1})
        paper.text(row, 1, words, BOXED, WRAP, {"valign": "top"})
