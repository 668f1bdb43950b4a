"""The 晾晒 workbook: rank table, administrative order, how points came about, rules, flat data."""

from __future__ import annotations

from collections.abc import Sequence

from reports import document_files
from reports.build_note import Built
from reports.print_sheet import BOXED, TITLE_FONT, Paper, Workbook
from reports.ranking import flat_data, rank_cells, ranking_words, rules_sheet, score_steps
from reports.ranking.board import Board, Row
from reports.ranking.rank_cells import Cell
from reports.ranking.sheet_frame import HEAD, put
from warehouse import formats

HEAD_ROWS = (2, 3)
CENTER = {"align": "center", "indent": 0}
WRAP = {"text_wrap": True}
FORM = ("制表人：", "审核人：", "联系电话：", "填报日期：　　年　　月　　日")


def workbook_bytes(board: Board, built: Built, sources: Sequence[Row]) -> bytes:
    """The whole workbook; equal builds give equal bytes."""
    is_synthetic = bool(board.state["is_synthetic"])
    with Workbook(is_synthetic=is_synthetic, created=built.published_at) as book:
        _table(book.paper("排名"), board, built, board.by_rank)
        _table(book.paper("行政区划顺序"), board, built, board.by_order)
        score_steps.write(book.paper("算分过程"), board, built)
        rules_sheet.write(book.paper("口径与依据"), board, built, sources)
        flat_data.write(book.paper("数据"), board, built)
    return book.content


def file_name(board: Board, built: Built) -> str:
    """`模拟数据_示例市_镇街_晾晒表_2026年1—10月_快报第3版.xlsx`."""
    place, span = board.state["profile_name_zh"], formats.span_with_year_zh("ytd", board.month)
    parts = [place, board.ranking["list_zh"], "晾晒表", span, built.label]
    return document_files.file_name(parts, ".xlsx", bool(board.state["is_synthetic"]))


def _table(paper: Paper, board: Board, built: Built, units: Sequence[Row]) -> None:
    last = _columns(board) - 1
    _top(paper, board, built, last)
    _heads(paper, board)
    row = HEAD_ROWS[-1] + 1
    for number, unit in enumerate(units, 1):
        _unit(paper, row, number, board, unit)
        row += 1
    _averages(paper, row, board)
    _whole_area(paper, row + 1, board)
    row = _footer(paper, row + 2, last, board)
    paper.widths([5, 6, 9, 14, 9, *[8, 7.5] * len(board.scored), 8, 8, 28])
    paper.sheet.repeat_rows(*HEAD_ROWS)
    paper.sheet.freeze_panes(HEAD_ROWS[-1] + 1, 4)
    paper.sheet.print_area(0, 0, row, last)


def _columns(board: Board) -> int:
    return 5 + 2 * len(board.scored) + 3


def _top(paper: Paper, board: Board, built: Built, last: int) -> None:
    name = document_files.title(
        ranking_words.title(board, built), bool(board.state["is_synthetic"])
    )
    paper.sheet.set_row(0, 36)
    paper.across(0, 0, last, name, TITLE_FONT, CENTER)
    paper.sheet.set_row(1, 22)
    units = list(dict.fromkeys([item["unit_zh"] for item in board.scored] + ["分"]))
    until = min(formats.last_day(board.month), board.state["data_as_of_date"])
    middle = last // 2
    office = board.state["office_zh"]
    paper.across(1, 0, middle, f"填报单位：{office}　　版本：{ranking_words.edition(board, built)}")
    right = f"单位：{'、'.join(units)}　　截止日期：{formats.day_zh(until)}"
    paper.across(1, middle + 1, last, right, {"align": "right"})


def _heads(paper: Paper, board: Board) -> None:
    first, second = HEAD_ROWS
    paper.sheet.set_row(first, 22)
    paper.sheet.set_row(second, 32)
    for column, head in enumerate(("序号", "名次", "升降", board.ranking["list_zh"], "得分")):
        paper.across(first, column, column, head, HEAD, rows=2)
    column = 5
    for item, (name, points) in zip(board.scored, rank_cells.heads(board), strict=True):
        paper.across(first, column, column + 1, f"{name}（{points} 分）", HEAD)
        paper.text(second, column, f"数值\n（{item['unit_zh']}）", HEAD)
        paper.text(second, column + 1, "得分", HEAD)
        column += 2
    for head in ("距前一名", "等次", "备注"):
        paper.across(first, column, column, head, HEAD, rows=2)
        column += 1


def _unit(paper: Paper, row: int, number: int, board: Board, unit: Row) -> None:
    rank, moved, name, score, *middle, gap, tier, note = rank_cells.row(board, unit)
    paper.sheet.set_row(row, 22)
    paper.number(row, 0, number, BOXED, CENTER, {"num_format": "0"})
    put(paper, row, 1, rank, CENTER)
    put(paper, row, 2, moved, CENTER)
    put(paper, row, 3, name)
    put(paper, row, 4, score, {"bold": True})
    column = 5
    for item, earned in zip(board.scored, middle, strict=True):
        put(paper, row, column, rank_cells.reached(board.line(unit, item), item))
        put(paper, row, column + 1, earned)
        column += 2
    put(paper, row, column, gap, {"align": "right"})
    put(paper, row, column + 1, tier, CENTER)
    put(paper, row, column + 2, note, {"font_size": 11})


def _averages(paper: Paper, row: int, board: Board) -> None:
    shown: list[Cell] = []
    for item in board.scored:
        shown += [Cell(""), rank_cells.average_points(item)]
    label = f"平均（{len(board.ranked)} 个参评）"
    _summary(paper, row, label, rank_cells.average(board), shown)


def _whole_area(paper: Paper, row: int, board: Board) -> None:
    shown: list[Cell] = []
    for item in board.scored:
        shown += [rank_cells.whole_area(item), Cell("")]
    _summary(paper, row, f"{board.state['total_unit_name']}合计", Cell(""), shown)


def _summary(paper: Paper, row: int, label: str, score: Cell, shown: Sequence[Cell]) -> None:
    bold = {"bold": True, "top": 2}
    paper.sheet.set_row(row, 22)
    paper.across(row, 0, 3, label, BOXED, CENTER, bold)
    for column, cell in enumerate([score, *shown, *[Cell("")] * 3], 4):
        put(paper, row, column, cell, bold)


def _footer(paper: Paper, row: int, last: int, board: Board) -> int:
    """备注 and the line for names; the last row used."""
    notes = rules_sheet.remarks(board)
    for number, note in enumerate(notes, 1):
        words_before = "备注：" if number == 1 else "　　　"
        paper.sheet.set_row(row, 20)
        paper.across(row, 0, last, f"{words_before}{number}.{note}", {"font_size": 11}, WRAP)
        row += 1
    paper.sheet.set_row(row, 26)
    width = (last + 1) // len(FORM)
    for part, words_zh in enumerate(FORM):
        first = part * width
        end = last if part == len(FORM) - 1 else first + width - 1
        paper.across(row, first, end, words_zh)
    return row
