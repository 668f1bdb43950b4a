"""数据: one row per unit and item, for whoever wants to calculate on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from reports.build_note import Built
from reports.print_sheet import Paper
from reports.ranking.board import Board
from reports.ranking.rank_cells import Cell
from reports.ranking.sheet_frame import headed, put
from warehouse import formats

HEADS: Mapping[str, str] = {
    "scheme_code": "方案代码",
    "version": "版本",
    "span_month": "月份",
    "list_code": "榜单代码",
    "unit_id": "单位代码",
    "unit_zh": "单位",
    "state_zh": "状态",
    "rank_no": "名次",
    "score": "总分",
    "counted_points": "参评分值",
    "bonus_points": "加分",
    "tier_zh": "等次",
    "is_vetoed": "一票否决",
    "previous_rank_no": "上月名次",
    "movement": "升降",
    "item_code": "项目代码",
    "item_zh": "项目",
    "indicator_code": "指标代码",
    "mode_zh": "计分方式",
    "numerator": "分子",
    "denominator": "分母",
    "value": "数值",
    "line_state_zh": "项目状态",
    "points": "分值",
    "share": "得分率",
    "earned_points": "得分",
    "lost_points": "失分",
    "reason_zh": "说明",
}


def write(paper: Paper, board: Board, built: Built) -> None:
    """数据: one row per unit and item, for whoever wants to calculate on."""
    row = headed(paper, board, built, "数据", "", tuple(HEADS.values()), [12] * len(HEADS))
    paper.sheet.autofilter(row - 1, 0, row - 1 + len(board.lines), len(HEADS) - 1)
    for unit in board.by_order:
        for item in board.items:
            joined = {**unit, **board.line(unit, item)}
            for column, name in enumerate(HEADS):
                put(paper, row, column, _plain(joined[name]))
            row += 1


def _plain(value: Any) -> Cell:
    if formats.is_missing(value):
        return Cell("")
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, int | float):
        return Cell(str(value), float(value), "General")
    return Cell(formats.month_code(value) if isinstance(value, date) else str(value))
