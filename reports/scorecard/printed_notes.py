"""The foot of the printed scorecard: what is missing or waits, sources, documents."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from reports import missing_ledgers, uncounted
from reports.safe_html import Safe, fill, join
from reports.scorecard.printed_lists import documents
from reports.source import Row
from warehouse import formats

OWING_NAMED = 10


def notes(about: Callable[[str], list[Row]]) -> Safe:
    """What is not in it, what it is made from, and the documents its targets rest on."""
    missing, not_counted = about("missing_reports"), about("uncounted")
    owed = [
        f"{name}（{'、'.join(map(missing_ledgers.ledger, rows))}）"
        for name, rows in groupby(missing, key=lambda row: row["name_zh"])
    ]
    submissions = about("submissions")
    books = sum(row["workbook_count"] for row in submissions)
    lines = [
        ("未报全", formats.listed_zh(owed, OWING_NAMED) if owed else "应报单位均已报"),
        ("待确认", _and_stays(uncounted.waiting(not_counted))),
        ("退回未计", uncounted.returned(not_counted)),
        ("来源", f"{len(submissions)} 类台账 {books} 份工作簿；同期数按现有记录重算"),
    ]
    return fill(
        '<section class="notes">{lines}'
        '<p class="documents"><b>目标依据</b>　{documents}</p></section>',
        lines=join(
            fill("<p><b>{name}</b>　{text}</p>", name=name, text=text)
            for name, text in lines
            if text
        ),
        documents=documents(about("figure_documents")) or "本单位未设目标",
    )


def _and_stays(waiting: str) -> str:
    return f"{waiting}，原有数据未变" if waiting else ""
