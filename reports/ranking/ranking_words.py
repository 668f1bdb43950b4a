"""What a ranking says in words: the sentence above it, movement, gaps, reasons, states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from reports import missing_ledgers as standing_words
from reports.build_note import Built
from reports.ranking.board import Board, Row
from warehouse import formats

SHARP = 3  # places from which a move is worth a word and a colour
STATES_ZH = {"not_reported": "未报", "below_base": "不参评"}
LINE_STATES_ZH = {"missing": "未报", "none": "不参评", "small": "不参评"}
MARKS_ZH = {"red": "红榜", "black": "黑榜"}


def points(value: object) -> str:
    """Points as printed: two decimals."""
    return formats.number(value, 2)


def movement(unit: Row) -> str:
    """`↑ 3`, `↓ 2`, `—`, `新`, `上月未排`."""
    if unit["movement_state"] == "new":
        return "新"
    if unit["movement_state"] == "unranked_before":
        return "上月未排"
    if not unit["movement"]:
        return formats.MISSING
    return f"{'↑' if unit['movement'] > 0 else '↓'} {abs(int(unit['movement']))}"


def gap(unit: Row) -> str:
    """Points behind the unit before it, `并列` where there are none, nothing for the first."""
    if unit["gap"] is None:
        return ""
    return "并列" if unit["gap"] == 0 else points(unit["gap"])


def tier(unit: Row) -> str:
    """`优秀`; a veto is said beside the tier it forces."""
    words = unit["tier_zh"] or ""
    return f"{words}（一票否决）" if words and unit["is_vetoed"] else words


def standing(board: Board, unit: Row) -> str:
    """Why a unit is not ranked, or what is special about its score."""
    if unit["state"] == "not_reported":
        return f"{_why_missing(board, unit)}，不排名"
    counted = formats.trimmed(unit["counted_points"])
    if unit["state"] == "below_base":
        return f"参评分值 {counted}，不足 {formats.trimmed(minimum(board, unit))}，不参评"
    if unit["counted_points"] < unit["full_points"]:
        return f"参评 {counted} 分，折算"
    return ""


def state(board: Board, unit: Row) -> str:
    """In place of a score: 未报, 已送退回, 待确认, 不参评."""
    owed = board.owed.get(unit["unit_id"], []) if unit["state"] == "not_reported" else []
    return standing_words.word(owed) or STATES_ZH[unit["state"]]


def _why_missing(board: Board, unit: Row) -> str:
    """What the unit owes of the month, else what earlier months lack."""
    if owed := board.owed.get(unit["unit_id"]):
        return standing_words.sentence(owed)
    lines = board.lines_of(unit)
    return next((r["reason_zh"] for r in lines if r["line_state"] == "missing"), "未报")


def line_state(line: Row) -> str:
    """In place of an item's points: 未报, 待确认, 已送退回 n 行, 不参评; empty where it counts."""
    words = LINE_STATES_ZH.get(line["line_state"], "")
    return standing_words.sent(line["reason_zh"]) or words if words == "未报" else words


def minimum(board: Board, unit: Row) -> float:
    """Points that must count for a unit to be ranked."""
    return float(board.ranking["minimum_points"]) * float(unit["full_points"]) / 100


def losses(board: Board, unit: Row) -> list[Row]:
    """A unit's lines that lost points, the largest loss first."""
    lost = [line for line in board.lines_of(unit) if line["lost_points"]]
    return sorted(lost, key=lambda line: -line["lost_points"])


def loss(line: Row) -> str:
    """`持证 −10.00`."""
    return f"{line['item_zh']} {points(-line['lost_points'])}"


def merit(board: Board, unit: Row) -> str:
    """Why a unit stands on the 红榜 or the 黑榜."""
    veto = "一票否决；" if unit["is_vetoed"] else ""
    lost = losses(board, unit)
    if unit["mark"] == "black":
        return veto + "失分最多：" + "、".join(map(loss, lost[:2]))
    full = [line["item_zh"] for line in board.lines_of(unit) if line["share"] == 1]
    if not lost:
        return "各项满分"
    return f"{formats.listed_zh(full, 3)}满分；失分最多：{loss(lost[0])}" if full else loss(lost[0])


def reasons(board: Board, unit: Row) -> list[str]:
    """Item by item, what was lost or left out and why."""
    told = []
    for line in board.lines_of(unit):
        if line["lost_points"]:
            told.append(f"{loss(line)}（{line['reason_zh']}）")
        elif line["line_state"] in LINE_STATES_ZH or line["is_veto"]:
            told.append(f"{line['item_zh']}（{line['reason_zh']}）")
    return told


def headline(board: Board) -> str:
    """`甲街道升至第1，乙镇连续两月末位；甲、丙各上升 3 位`."""
    ranked = board.ranked
    if not ranked:
        return "没有单位参评"
    told = [_first(ranked), _last(board)]
    text = "，".join(part for part in told if part)
    return "；".join(part for part in (text, _risers(ranked), _vetoed(ranked)) if part)


def _first(ranked: Sequence[Row]) -> str:
    first = [unit for unit in ranked if unit["rank_no"] == 1]
    names = formats.listed_zh([unit["unit_zh"] for unit in first], 3)
    if len(first) > 1:
        return f"{names}并列第1"
    return f"{names}{'升至第1' if (first[0]['movement'] or 0) > 0 else '居首'}"


def _last(board: Board) -> str:
    last = board.ranked[-1]
    if last["rank_no"] == 1:
        return ""
    months = sorted({place["span_month"] for place in board.places}, reverse=True)
    count = len(list(takewhile(lambda month: _was_last(board, last, month), months)))
    return f"{last['unit_zh']}{f'连续 {count} 个月' if count > 1 else '居'}末位"


def _was_last(board: Board, unit: Row, month: object) -> bool:
    ranks = {p["unit_id"]: p["rank_no"] for p in board.places if p["span_month"] == month}
    known = [rank for rank in ranks.values() if rank is not None]
    return bool(known) and ranks.get(unit["unit_id"]) == max(known)


def _risers(ranked: Sequence[Row]) -> str:
    most = max((unit["movement"] or 0 for unit in ranked), default=0)
    if most < SHARP:
        return ""
    names = [unit["short_zh"] for unit in ranked if unit["movement"] == most]
    each = "各" if len(names) > 1 else ""
    return f"{formats.listed_zh(names, 3)}{each}上升 {int(most)} 位"


def _vetoed(ranked: Sequence[Row]) -> str:
    names = [unit["unit_zh"] for unit in ranked if unit["is_vetoed"]]
    return f"{formats.listed_zh(names, 3)}一票否决" if names else ""


def lead(board: Board) -> str:
    """Range and average of the scores, and how many units take part."""
    counted = counts(board)
    ranked = board.ranked
    if not ranked:
        return counted
    low, high = points(min(u["score"] for u in ranked)), points(max(u["score"] for u in ranked))
    scores = f"{low}—{high}" if low != high else low
    return f"综合得分 {scores} 分，平均 {points(ranked[0]['average_score'])} 分；{counted}。"


def counts(board: Board) -> str:
    """`10 个参评，3 个不参评，2 个未报`."""
    told = [f"{len(board.ranked)} 个参评"]
    unranked = Counter(state(board, unit) for unit in board.unranked)
    told += [f"{number} 个{words}" for words, number in _below_first(unranked)]
    return "，".join(told)


def _below_first(unranked: Counter[str]) -> list[tuple[str, int]]:
    return sorted(unranked.items(), key=lambda pair: pair[0] != STATES_ZH["below_base"])


def comparability(board: Board) -> str:
    """Whether ranks may be compared with the month before."""
    return "上月同一方案，升降可比" if board.is_comparable else "本年上月没有同一版方案，不比升降"


def scheme(board: Board) -> str:
    """Name of the scheme, once with its version."""
    return str(board.ranking["scheme_zh"])


def title(board: Board, built: Built) -> str:
    """Title of the workbook: place, span, who is ranked, from which build or edition."""
    place, span = board.state["profile_name_zh"], formats.span_with_year_zh("ytd", board.month)
    return f"{place}{span}{board.ranking['list_zh']}安全生产工作晾晒表（{built.label}）"


def edition(board: Board, built: Built) -> str:
    """`快报 第 3 版（数据截至2026年10月31日24时）`: what every sheet says it is made from."""
    return f"{built.label}（数据截至{formats.cutoff_zh(board.state['data_as_of_date'])}）"
