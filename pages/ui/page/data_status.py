"""The strip under the title: how far data reach, edition, sources, who has not reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.ui.kit.markup import Safe, fill, join
from reports import missing_ledgers, uncounted
from warehouse import formats

Row = Mapping[str, Any]
SHOWN_UNITS = 4


def strip(
    state: Row,
    edition: Safe,
    submissions: Sequence[Row],
    missing: Sequence[Row],
    cautions: Sequence[str] = (),
    beside: Sequence[Row] = (),
) -> Safe:
    """One line between two hairlines; it wraps on a phone."""
    parts = [
        fill("数据截至 <b>{day}</b>", day=formats.cutoff_zh(state["data_as_of_date"])),
        edition,
        fill("来源 {sources}", sources=_sources(submissions)),
        _missing(missing),
        _waiting(beside),
        _returned(beside),
        *[fill("{caution}", caution=caution) for caution in cautions],
    ]
    end = (
        Safe('<span class="end">演示数据（模拟数据）</span>') if state["is_synthetic"] else Safe("")
    )
    return fill(
        '<div class="strip">{parts}{end}</div>',
        parts=join(fill("<span>{part}</span>", part=part) for part in parts if part),
        end=end,
    )


def edition(version_zh: str, *, is_edition: bool, is_frozen: bool, revised: int) -> Safe:
    """Which version is shown; of a frozen month, how far the served build has left its edition."""
    told = Safe("未定稿")
    if is_frozen:
        now = fill("此后修订 <b>{n}</b> 个数", n=revised) if revised else Safe("现行数与定稿一致")
        told = now if is_edition else fill("本月已有定稿，{now}", now=now)
    return fill(
        '<span class="tag {kind}">{version}</span> {told}',
        kind="final" if is_edition else "quick",
        version=version_zh,
        told=told,
    )


def _waiting(beside: Sequence[Row]) -> Safe:
    """What waits for a person, with what can be read of it; the earlier figures stand."""
    told = uncounted.waiting(beside)
    if not told:
        return Safe("")
    return fill(
        '<span class="tag quick" title="{reasons}">待确认</span> {told}，原有数据未变',
        reasons=uncounted.waiting_reasons(beside),
        told=told,
    )


def _returned(beside: Sequence[Row]) -> Safe:
    """Rows handed back and not yet mended: they count nowhere."""
    told = uncounted.returned(beside)
    return fill('<span class="warn">{told}未计</span>', told=told) if told else Safe("")


def _sources(submissions: Sequence[Row]) -> Safe:
    if not submissions:
        return Safe("本月没有工作簿")
    books = sum(row["workbook_count"] for row in submissions)
    return fill("{kinds} 类台账 {books} 份工作簿", kinds=len(submissions), books=books)


def _missing(missing: Sequence[Row]) -> Safe:
    if not missing:
        return Safe("应报单位均已报")
    return join(
        (
            fill(
                '<span class="bad">{kind}单位 <b>{count}</b>：{names}</span>',
                kind=kind,
                count=len(names),
                names="、".join(names[:SHOWN_UNITS]) + ("等" if len(names) > SHOWN_UNITS else ""),
            )
            for kind, names in missing_ledgers.by_word(missing).items()
        ),
        "；",
    )
