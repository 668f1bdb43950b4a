"""What the sheets behind the rank table share: title, heads, cells in boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports import document_files
from reports.build_note import Built
from reports.print_sheet import BOXED, HEAD_FONT, LINE, TONES, Paper
from reports.ranking import ranking_words
from reports.ranking.board import Board
from reports.ranking.rank_cells import Cell

HEAD = {**HEAD_FONT, **BOXED, "align": "center", "text_wrap": True, "bg_color": "#F0F3F6"}
TITLE = {**HEAD_FONT, "font_size": 16}
WRAP = {"text_wrap": True, "valign": "top"}
INDENT = {"indent": 1}


def headed(
    paper: Paper,
    board: Board,
    built: Built,
    name: str,
    explained: str,
    heads: Sequence[str],
    widths: Sequence[float],
) -> int:
    """Title, explanation and heads; the first free row."""
    last = len(widths) - 1
    title = document_files.title(
        f"{ranking_words.title(board, built)}　{name}", bool(board.state["is_synthetic"])
    )
    paper.sheet.set_row(0, 28)
    paper.across(0, 0, last, title, TITLE)
    row = 1
    if explained:
        paper.across(1, 0, last, explained)
        row = 2
    paper.widths(widths)
    if not heads:
        return row
    paper.sheet.freeze_panes(row + 1, 0)
    paper.sheet.repeat_rows(row)
    return head_row(paper, row, heads)


def head_row(paper: Paper, row: int, heads: Sequence[str]) -> int:
    """Heads in a row; the first free row."""
    paper.sheet.set_row(row, 2 * LINE)
    for column, head in enumerate(heads):
        paper.text(row, column, head, HEAD)
    return row + 1


def put(paper: Paper, row: int, column: int, cell: Cell, *styles: Mapping[str, Any]) -> None:
    """A cell: a number with its format, else text; its tone as colour."""
    if cell.number is None:
        where = {"align": "center"} if cell.tone else INDENT
        paper.text(row, column, cell.text, BOXED, where, *styles, TONES[cell.tone])
    else:
        form = {"num_format": cell.number_format}
        paper.number(row, column, cell.number, BOXED, form, *styles, TONES[cell.tone])
