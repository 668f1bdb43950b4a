"""The slide of the 晾晒 ranking: places, movement, scores, the two boards, who is not ranked."""

from __future__ import annotations

from collections.abc import Sequence

from reports.safe_html import Safe, fill, join
from reports.slides.slide_source import Stage
from reports.source import Row
from warehouse import formats

PLACES = {"red": "first", "black": "last"}
BOARDS = {"red": "红榜", "black": "黑榜"}
WHY = {
    "not_reported": ("未报，不参评", "bad"),
    "below_base": ("可评分值不足，不参评", "quiet"),
}
FULL_SCORE = 100


def find(stage: Stage) -> tuple[Row, list[Row]] | None:
    """The first ranking of the month and its units; None where no scheme is in force."""
    rankings = stage.ask("rankings", month=stage.month)
    if not rankings:
        return None
    chosen = {name: rankings[0][name] for name in ("scheme_code", "list_code")}
    return rankings[0], stage.ask("ranking", month=stage.month, **chosen)


def title(ranking: Row, rows: Sequence[Row]) -> Safe:
    """`镇街晾晒：望岫街道升至第1，杏浦镇末位`."""
    name = f"{ranking['list_zh']}晾晒"
    ranked = [row for row in rows if row["rank_no"]]
    if len(ranked) < 2 or ranked[-1]["rank_no"] == 1:
        return fill("{name}：{why}", name=name, why="得分相同" if ranked else "没有参评单位")
    first = [row["unit_zh"] for row in ranked if row["rank_no"] == 1]
    last = [row["unit_zh"] for row in ranked if row["rank_no"] == ranked[-1]["rank_no"]]
    return fill(
        '{name}：{first}{verb}第1，<b class="bad nb">{last}末位</b>',
        name=name,
        first=formats.listed_zh(first, 2),
        verb=_verb(ranked[0]) if len(first) == 1 else "并列",
        last=formats.listed_zh(last, 2),
    )


def _verb(row: Row) -> str:
    if row["movement"]:
        return "升至"
    return "保持" if row["previous_rank_no"] == 1 else "列"


def board(ranking: Row, rows: Sequence[Row], shown: Sequence[Row]) -> Safe:
    """Units in rank order with a bar from zero to the full score; beside them the two boards."""
    return fill(
        '<div class="beside"><ol class="ranks" style="--n:{n}">{rows}</ol>'
        '<aside class="wide">{boards}<p class="source">{note}</p></aside></div>',
        n=max(len(shown), 1),
        rows=join(map(_line, shown)),
        boards=join(_board(rows, mark) for mark in BOARDS),
        note=_note(ranking, rows),
    )


def _line(row: Row) -> Safe:
    if not row["rank_no"]:
        why, tone = WHY.get(row["state"], ("不参评", "quiet"))
        return fill(
            '<li><i class="place">—</i><i></i><b class="unit">{name}</b>'
            '<span class="why {tone}">{why}</span></li>',
            name=row["unit_zh"],
            tone=tone,
            why=why,
        )
    return fill(
        '<li><i class="place {place}">{rank}</i>{move}<b class="unit">{name}</b>'
        '<span class="bar"><u style="width:{width}%"></u></span>'
        '<span class="value">{score}</span><span class="n">{tier}</span></li>',
        place=PLACES.get(row["mark"] or "", ""),
        rank=row["rank_no"],
        move=_move(row["movement"]),
        name=row["unit_zh"],
        width=f"{min(float(row['score']) / FULL_SCORE, 1) * 100:.1f}",
        score=formats.number(row["score"], 2),
        tier=row["tier_zh"] or "",
    )


def _move(movement: int | None) -> Safe:
    if movement is None:
        return Safe('<i class="move quiet">新</i>')
    if not movement:
        return Safe('<i class="move quiet">—</i>')
    tone, mark = ("good", "↑") if movement > 0 else ("bad", "↓")
    return fill('<i class="move {tone}">{mark}{n}</i>', tone=tone, mark=mark, n=abs(movement))


def _board(rows: Sequence[Row], mark: str) -> Safe:
    names = [row["unit_zh"] for row in rows if row["mark"] == mark]
    if not names:
        return Safe("")
    return fill(
        '<section class="panel"><h2>{name}</h2><p class="names">{names}</p></section>',
        name=BOARDS[mark],
        names="、".join(names),
    )


def _note(ranking: Row, rows: Sequence[Row]) -> str:
    average = rows[0]["average_score"] if rows else None
    told = [ranking["scheme_zh"]]
    if average is not None:
        told.append(f"平均 {formats.number(average, 2)} 分")
    return "；".join([*told, "↑↓ 为比上月名次，“新”为上月未参评"])
