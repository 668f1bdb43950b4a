"""算分过程: unit by unit, item by item, so that a town can check its rank by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reports.build_note import Built
from reports.print_sheet import BOXED, Paper
from reports.ranking import rank_cells, ranking_words
from reports.ranking.board import Board, Row
from reports.ranking.rank_cells import Cell
from reports.ranking.sheet_frame import INDENT, headed, put
from warehouse import formats

HEADS = (
    "名次",
    "单位",
    "项目",
    "指标",
    "分值",
    "分子",
    "分母",
    "数值",
    "单位",
    "得分率",
    "得分",
    "失分",
    "说明",
)
WIDTHS = (6, 15, 10, 22, 7, 8, 8, 9, 6, 10, 8, 8, 52)


def write(paper: Paper, board: Board, built: Built) -> None:
    """算分过程: unit by unit, item by item, and the sum that gives the score."""
    explained = (
        "得分＝分值×得分率（得分率取四位小数，得分取两位小数，四舍五入）；"
        "总分＝各项得分合计÷参评分值×100＋加分，取两位小数。"
    )
    row = headed(paper, board, built, "算分过程", explained, HEADS, WIDTHS)
    for unit in board.by_rank:
        for item in board.items:
            _course_row(paper, row, board, unit, item)
            row += 1
        _sum_row(paper, row, board, unit)
        row += 1


def _course_row(paper: Paper, row: int, board: Board, unit: Row, item: Row) -> None:
    line = board.line(unit, item)
    lost = line["lost_points"]
    shown = [
        replace(rank_cells.rank(unit), tone=""),
        Cell(unit["unit_zh"]),
        Cell(item["item_zh"]),
        Cell(item["name_zh"]),
        Cell.points(item["points"]) if item["mode"] != "veto" else rank_cells.NOTHING,
        *(_amount(line[part]) for part in ("numerator", "denominator")),
        rank_cells.reached(line, item),
        Cell(item["unit_zh"]),
        rank_cells.NOTHING if line["share"] is None else _share(line["share"]),
        rank_cells.earned(line) if item["mode"] != "veto" else rank_cells.NOTHING,
        rank_cells.NOTHING if lost is None else Cell.points(lost),
        Cell(line["reason_zh"]),
    ]
    for column, cell in enumerate(shown):
        put(paper, row, column, cell)
    paper.fitted(row, [(line["reason_zh"], WIDTHS[-1])])


def _sum_row(paper: Paper, row: int, board: Board, unit: Row) -> None:
    counted, earned = (
        ranking_words.points(unit["counted_points"]),
        ranking_words.points(unit["earned_points"]),
    )
    text = ranking_words.standing(board, unit)
    if unit["score"] is not None:
        bonus = f"＋{ranking_words.points(unit['bonus_points'])}" if unit["bonus_points"] else ""
        result = f"{ranking_words.points(unit['score'])} 分，第 {int(unit['rank_no'])} 名"
        tied = "（并列）" if unit["tied_count"] > 1 else ""
        text = f"{earned}÷{counted}×100{bonus}＝{result}{tied}，{ranking_words.tier(unit)}"
    bold = {"bold": True, "bottom": 2}
    paper.across(row, 0, 3, f"{unit['unit_zh']}合计", BOXED, bold, INDENT)
    paper.number(row, 4, float(unit["counted_points"]), BOXED, {"num_format": "0.00"}, bold)
    paper.across(row, 5, 9, "参评分值、各项得分合计", BOXED, bold, {"align": "right"})
    paper.number(row, 10, float(unit["earned_points"]), BOXED, {"num_format": "0.00"}, bold)
    paper.across(row, 11, 12, text, BOXED, bold, INDENT)
    paper.fitted(row, [(text, sum(WIDTHS[11:]))])


def _amount(value: Any) -> Cell:
    return (
        rank_cells.NOTHING
        if value is None
        else Cell(formats.trimmed(value), float(value), "General")
    )


def _share(value: Any) -> Cell:
    return Cell(formats.quantity(float(value) * 100, "%", 2), float(value), "0.00%")
