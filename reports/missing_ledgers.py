"""Ledgers a month still waits for, in words: 未报, 未报全, 已送退回 n 行, 待确认."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

Row = Mapping[str, Any]

_KINDS: Final = {
    "missing": "未报",
    "partial": "未报全",
    "returned": "已送退回",
    "held": "待确认",
}
"""By what weighs more: a unit that owes several is counted by the first."""

_GAPS: Final = ("hole", "open", "carried")
"""States of coverage in which a figure is shown and not compared."""

_SENT: Final = ("待确认", "已送退回")


def ledger(row: Row) -> str:
    """`隐患`, of one that did come also what became of it: `隐患（已送退回 2 行）`."""
    if row["state"] == "missing":
        return str(row["dataset_zh"])
    return f"{row['dataset_zh']}（{row['standing_zh']}）"


def sentence(rows: Iterable[Row]) -> str:
    """`未报隐患、执法，培训已送退回 2 行`: what one unit owes."""
    owed = list(rows)
    missing = [str(row["dataset_zh"]) for row in owed if row["state"] == "missing"]
    told = [f"未报{'、'.join(missing)}"] if missing else []
    told += [f"{r['dataset_zh']}{r['standing_zh']}" for r in owed if r["state"] != "missing"]
    return "，".join(told)


def word(rows: Iterable[Row]) -> str:
    """`未报`, `已送退回`: the weightiest of what one unit owes, nothing where it owes nothing."""
    found = {row["state"] for row in rows}
    return next((words for kind, words in _KINDS.items() if kind in found), "")


def by_word(rows: Iterable[Row]) -> dict[str, list[str]]:
    """`未报` → names of the units, and so on; each unit once, by what weighs most."""
    by_unit: dict[str, list[Row]] = {}
    for row in rows:
        by_unit.setdefault(row["name_zh"], []).append(row)
    told = {name: word(owed) for name, owed in by_unit.items()}
    return {
        kind: names
        for kind in _KINDS.values()
        if (names := [name for name, said in told.items() if said == kind])
    }


def counted(rows: Sequence[Row]) -> str:
    """`未报 2 个单位，已送退回 1 个单位`, or that all have reported."""
    found = by_word(rows)
    return "，".join(f"{kind} {len(names)} 个单位" for kind, names in found.items()) or "应报均已报"


def unheard(figure: Row) -> str:
    """Why a figure nobody spoke for is not there: 未报, 待确认, 已送退回 n 行."""
    return sent(figure.get("coverage_zh")) or "未报"


def sent(words: str | None) -> str:
    """What became of a ledger that did come, where these words begin with it."""
    first = (words or "").partition("；")[0]
    return first if first.startswith(_SENT) else ""


def no_base(figure: Row) -> str:
    """Why a figure is not compared although last year's is known in part: `去年缺6月`."""
    if figure.get("coverage_state") in _GAPS:
        return "台账未报全"
    if figure.get("prior_coverage_state") in _GAPS:
        return f"去年{str(figure.get('prior_coverage_zh') or '未报全').partition('；')[0]}"
    return ""


def gaps(figure: Row) -> str:
    """What is missing in a figure, without what already stands in the place of its value."""
    words = str(figure.get("coverage_zh") or "")  # a sector's row has no such cell
    if figure["state"] == "not_reported":
        words = words.removeprefix(unheard(figure)).lstrip("；")
    return words
