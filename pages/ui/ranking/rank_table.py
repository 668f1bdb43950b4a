"""The rank table, the 红榜 and 黑榜, the reasons: a board as markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pages.ui.access.cache import rows
from pages.ui.figure.figure_links import to_figure
from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, fill, join, prose
from pages.ui.page import filters
from reports.ranking import rank_cells, ranking_words
from reports.ranking.board import Board, Row, choices
from reports.ranking.rank_cells import Cell
from warehouse import formats

ORDERS = {"rank": "按名次", "order": "按行政区划"}
DOTTED = {"": "", "red": "mark red", "black": "mark black"}


@dataclass(frozen=True)
class Asked:
    """What the page is about: month, ranking (None where nothing is ranked), order of rows."""

    chosen: filters.Chosen
    ranking: Row | None
    is_by_rank: bool


def asked(months: Sequence[Row], total_name: str) -> Asked:
    """Filters of the page, to stand in its title row."""
    month, unknown = filters.month_choice(months)
    filters.version(formats.month_code(month))
    found = {f"{r['scheme_code']}~{r['list_code']}": r for r in choices(rows, month)}
    ranking, order = None, "rank"
    if found:
        picked = filters.segmented("榜单", "list", list(found), lambda c: found[c]["list_zh"])
        ranking = found[picked]
        order = filters.segmented("顺序", "order", list(ORDERS), ORDERS.__getitem__)
    chosen = filters.Chosen(month, filters.WHOLE_AREA, total_name, "ytd", unknown)
    return Asked(chosen, ranking, order == "rank")


def cautions(board: Board) -> list[str]:
    """What the strip adds: scheme, who takes part, whether ranks may be compared."""
    return [
        f"方案 {ranking_words.scheme(board)}",
        ranking_words.counts(board),
        ranking_words.comparability(board),
    ]


def table(board: Board, is_by_rank: bool, moved_head: str = "升降") -> Safe:
    """Every unit with rank, movement, score, points by item, gap, tier; the average last."""
    units = board.by_rank if is_by_rank else board.by_order
    top = max((float(unit["score"]) for unit in board.ranked), default=100.0)
    columns = [
        tables.Column("名次", lambda u: _rank(rank_cells.rank(u)), "mid"),
        tables.Column(moved_head, lambda u: _toned(rank_cells.movement(u)), "mid"),
        tables.Column(board.ranking["list_zh"], lambda u: u["unit_zh"], "name"),
        tables.Column("得分", lambda u: _toned(rank_cells.score(board, u), "score"), "num"),
        tables.Column("", lambda u: _bar(u["score"], top), "bar"),
        *(_item(board, item) for item in board.scored),
        tables.Column("距前一名", lambda u: rank_cells.gap(u).text, "num quiet"),
        tables.Column("等次", ranking_words.tier, "name"),
        tables.Column("备注", lambda u: rank_cells.note(board, u).text, "remark"),
    ]
    body = tables.table(columns, units, lambda u: _attributes(board, u, is_by_rank), "ranking")
    note = "点得分看这个数怎么来的；橙色为本单位失分最多的一项"
    title = f"{board.ranking['list_zh']}排名，{ORDERS['rank' if is_by_rank else 'order']}"
    return tables.panel("rank-table", title, note, _with_average(body, board))


def _item(board: Board, item: Row) -> tables.Column:
    head = fill(
        '{name}<div class="n">{points}</div>',
        name=item["item_zh"],
        points=formats.trimmed(item["points"]),
    )

    def shown(unit: Row) -> Safe:
        line = board.line(unit, item)
        share = max(0.0, min(1.0, float(line["share"] or 0)))
        return fill(
            '{value}<i class="under"><i style="width:{share}%"></i></i>',
            value=_toned(rank_cells.earned(line, is_ranked=unit["state"] == "ranked")),
            share=f"{share * 100:.0f}",
        )

    def attributes(unit: Row) -> Safe:
        line = board.line(unit, item)
        door = to_figure(line, f"{unit['unit_zh']}{item['name_zh']}")
        return fill('title="{why}" {door}', why=line["reason_zh"], door=door)

    return tables.Column(head, shown, "num part", attributes)


def _with_average(body: Safe, board: Board) -> Safe:
    shown = [rank_cells.average(board), *map(rank_cells.average_points, board.scored)]
    score, *points = [fill('<td class="num">{text}</td>', text=cell.text) for cell in shown]
    row = fill(
        '<tr class="total"><td></td><td></td><td class="name">平均（{count} 个）</td>{score}'
        '<td class="bar"></td>{points}<td></td><td></td><td></td></tr></tbody>',
        count=len(board.ranked),
        score=score,
        points=join(points),
    )
    return Safe(body.replace("</tbody>", row))


def _attributes(board: Board, unit: Row, is_by_rank: bool) -> Safe:
    """A rule after the 红榜 and before the 黑榜, grey rows for units without a rank."""
    kinds = [] if unit["state"] == "ranked" else ["out"]
    if is_by_rank and unit["mark"] == "red" and _next_mark(board, unit) != "red":
        kinds.append("cut")
    if is_by_rank and unit["mark"] != "black" and _next_mark(board, unit) == "black":
        kinds.append("cut")
    return fill('class="{kinds}"', kinds=" ".join(kinds))


def _next_mark(board: Board, unit: Row) -> str | None:
    ranked = board.ranked
    after = ranked.index(unit) + 1 if unit in ranked else len(ranked)
    return ranked[after]["mark"] if after < len(ranked) else None


def _rank(cell: Cell) -> Safe:
    return fill(
        '<span class="{kind}">{text}</span>', kind=DOTTED.get(cell.tone, ""), text=cell.text
    )


def _toned(cell: Cell, kind: str = "") -> Safe:
    return fill(
        '<span class="{kind} {tone}">{text}</span>', kind=kind, tone=cell.tone, text=cell.text
    )


def _bar(score: float | None, top: float) -> Safe:
    if score is None:
        return Safe("")
    width = f"{float(score) / max(top, 1.0) * 100:.1f}"
    return fill('<i style="width:{width}%"></i>', width=width)


def marked(board: Board) -> Safe:
    """红榜 and 黑榜 side by side, each unit with its reason."""
    halves = join(_half(board, mark) for mark in ("red", "black"))
    if not any(unit["mark"] for unit in board.units):
        return Safe("")
    return fill('<section class="panel marks">{halves}</section>', halves=halves)


def _half(board: Board, mark: str) -> Safe:
    units = [unit for unit in board.ranked if unit["mark"] == mark]
    entries = join(
        fill(
            "<li>{rank}<div><b>{name}</b><p>{why}</p></div></li>",
            rank=_rank(rank_cells.rank(unit)),
            name=unit["unit_zh"],
            why=_unbroken(ranking_words.merit(board, unit)),
        )
        for unit in units
    )
    return fill(
        "<div><h3>{title}</h3><ul>{entries}</ul></div>",
        title=ranking_words.MARKS_ZH[mark],
        entries=entries,
    )


def _unbroken(text: str) -> Safe:
    """A list of losses that breaks between its parts only."""
    parts = re.split(r"(?<=[、；：])", text)
    return join(fill('<span class="nb">{part}</span>', part=part) for part in parts)


def reasons(board: Board, is_by_rank: bool) -> Safe:
    """Why points were lost or items left out, unit by unit."""
    columns = [
        tables.Column(board.ranking["list_zh"], lambda u: u["unit_zh"], "name"),
        tables.Column(
            "失分与不参评的项",
            lambda u: prose("；".join(ranking_words.reasons(board, u)) or "各项满分"),
        ),
    ]
    units = board.by_rank if is_by_rank else board.by_order
    return tables.panel(
        "why", "为什么", "逐项说明失分和不参评的原因", tables.table(columns, units, kind="small")
    )


def no_ranking(month: date, as_of: date) -> tuple[str, str]:
    """Title and text of the state without a ranking."""
    if formats.last_day(month) > as_of:
        return (
            f"{formats.month_zh(month)}还不能排名",
            f"数据截至{formats.day_zh(as_of)}，未到月末。",
        )
    return (
        f"{formats.month_zh(month)}没有生效的晾晒方案",
        "方案写在辖区配置里，怎样写见操作手册。",
    )
