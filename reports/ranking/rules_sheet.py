"""口径与依据: the scheme, its rules, every indicator's definition, the documents behind them."""

from __future__ import annotations

from collections.abc import Sequence

from reports import document_files
from reports.build_note import Built
from reports.print_sheet import BOXED, Paper
from reports.ranking import rank_cells, ranking_words
from reports.ranking.board import Board, Row
from reports.ranking.rank_cells import Cell
from reports.ranking.sheet_frame import HEAD, INDENT, WRAP, head_row, headed, put
from warehouse import formats

HEADS = (
    "项目",
    "指标",
    "分值",
    "计分办法",
    "少于此分母不参评",
    "口径",
    "分子",
    "分母",
    "提示",
)
WIDTHS = (18, 22, 8, 30, 11, 44, 22, 22, 30)
#: First and last column of each head.
SOURCE_HEADS = ((0, 0, "指标"), (1, 1, "条款"), (2, 3, "文件"), (4, 8, "原文"))


def remarks(board: Board) -> list[str]:
    """What stands under the table."""
    scheme = board.ranking
    return [
        f"数据来源：各单位报送台账，数据截至{formats.cutoff_zh(board.state['data_as_of_date'])}；"
        f"计分依据《{ranking_words.scheme(board)}》，分值由本办自定。",
        "得分相同的名次并列，下一名次顺延；并列内按行政区划顺序排列。升降与上月同一方案相比。",
        "某项分母过少或没有应计事项的，该项不参评，其分值由其余各项按比例分担；"
        f"参评分值不足 {formats.trimmed(scheme['minimum_points'])}% 的不排名。"
        + (
            "应报未报的不排名。" if scheme["missing_report"] == "out" else "应报未报的项按 0 分计。"
        ),
        f"等次：{tiers(scheme)}。红榜为前列单位，黑榜为末列单位。"
        f"{board.state['total_unit_name']}合计含未列入本表的单位。",
    ]


def tiers(scheme: Row) -> str:
    """`90 分及以上优秀，80 分及以上良好，60 分及以上合格，其余不合格`."""
    lines = [
        f"{formats.trimmed(scheme[f'tier{n}_from'])} 分及以上{scheme[f'tier{n}_zh']}"
        for n in (1, 2, 3)
    ]
    return "，".join([*lines, f"其余{scheme['tier4_zh']}"])


def write(paper: Paper, board: Board, built: Built, sources: Sequence[Row]) -> None:
    """口径与依据: the scheme, its rules, every indicator's definition, the documents behind."""
    row = headed(paper, board, built, "口径与依据", "", (), WIDTHS)
    for name, text in _facts(board, built).items():
        paper.text(row, 0, name, HEAD)
        paper.across(row, 1, len(HEADS) - 1, text, BOXED, WRAP, INDENT)
        paper.fitted(row, [(text, sum(WIDTHS[1:]))])
        row += 1
    row = head_row(paper, row + 1, HEADS)
    for item in board.items:
        rule = _rule(item)
        for column, cell in enumerate(rule):
            put(paper, row, column, cell, WRAP)
        paper.fitted(row, [(c.text, w) for c, w in zip(rule, WIDTHS, strict=True)])
        row += 1
    row += 1
    for first, last, head in SOURCE_HEADS:
        paper.across(row, first, last, head, HEAD)
    row += 1
    for source in sources:
        document = " ".join(filter(None, (source["issuer"], source["doc_no"])))
        told = (source["name_zh"], source["article"] or "", document, source["quote"])
        for (first, last, _), text in zip(SOURCE_HEADS, told, strict=True):
            paper.across(row, first, last, text, BOXED, WRAP, INDENT)
        places = [sum(WIDTHS[first : last + 1]) for first, last, _ in SOURCE_HEADS]
        paper.fitted(row, list(zip(told, places, strict=True)))
        row += 1


def _facts(board: Board, built: Built) -> dict[str, str]:
    scheme = board.ranking
    facts = {
        "方案": f"{ranking_words.scheme(board)}，版本 {scheme['version']}",
        "依据": f"{scheme['document']} {scheme['article']}：“{scheme['quote']}”",
        "说明": scheme["note"],
        "等次": f"{tiers(scheme)}；一票否决的定为{scheme['veto_tier_zh']}，得分和名次照列。",
        "统计期间": formats.span_with_year_zh("ytd", board.month),
        "数据截至": formats.cutoff_zh(board.state["data_as_of_date"]),
        "数据版本": built.words,
        "参评情况": ranking_words.counts(board),
    }
    if board.state["is_synthetic"]:
        facts["提示"] = f"{document_files.SYNTHETIC_ZH}，不是实际发生的数据"
    return facts


def _rule(item: Row) -> list[Cell]:
    least = item["minimum_denominator"]
    points = Cell.points(item["points"]) if item["mode"] != "veto" else rank_cells.NOTHING
    return [
        Cell(item["item_zh"]),
        Cell(item["name_zh"]),
        points,
        Cell(item["note"]),
        rank_cells.NOTHING if least is None else Cell(formats.trimmed(least), float(least), "0"),
        Cell(item["definition_zh"]),
        Cell(item["numerator_zh"]),
        Cell(item["denominator_zh"]),
        Cell(item["caveat_zh"]),
    ]
