"""Open items by name: where, whose, what, due when, how long overdue, who answers for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pages.ui.figure import cards
from pages.ui.figure.figure_links import to_figure
from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, fill
from pages.ui.kit.states import no_rows, not_reported
from warehouse import formats

Row = Mapping[str, Any]
SHOWN = 10


def open_items(figure: Row, rows: Sequence[Row], as_of: date) -> Safe:
    """The rows of a stock figure, longest overdue first, in a panel that opens all of them."""
    items = sorted(rows, key=lambda row: (row["due_date"] or as_of, row["row_id"]))
    more = len(items) - SHOWN
    body = tables.table(_columns(as_of), items[:SHOWN]) if items else _none(figure, as_of)
    if more > 0:
        body = fill(
            '{table}<p class="n"><span {door}>其余 {more} 项见全部明细</span></p>',
            table=body,
            door=to_figure(figure, "全部明细"),
            more=more,
        )
    title = f"{figure['name_zh']} {formats.quantity(figure['value'], figure['unit_zh'])}"
    return tables.panel(
        "list", title if items else figure["name_zh"], _note(figure, bool(items)), body
    )


def _columns(as_of: date) -> tuple[tables.Column, ...]:
    return (
        tables.Column("镇街", lambda row: row["territory_zh"], "name"),
        tables.Column("企业", lambda row: row["subject_zh"], "wide"),
        tables.Column("隐患", lambda row: row["detail_zh"]),
        tables.Column("整改期限", lambda row: formats.day_short(row["due_date"]), "num wide"),
        tables.Column("逾期", lambda row: _overdue(row, as_of), "num"),
        tables.Column("包保领导", lambda row: row["leader_zh"] or formats.MISSING, "name"),
    )


def _overdue(row: Row, as_of: date) -> Safe:
    days = formats.overdue_days(row, as_of)
    return fill('<b class="bad">{days} 天</b>', days=formats.number(days))


def _note(figure: Row, has_items: bool) -> Safe:
    if not has_items or figure["previous_change"] is None:
        return Safe("按逾期天数排列" if has_items else "")
    worse = {1: "bad", -1: "good"}.get(
        (figure["previous_change"] > 0) - (figure["previous_change"] < 0), ""
    )
    change = formats.change(figure["previous_change"], figure["unit_zh"])
    return fill(
        '较上月末 <b class="{tone}">{change}</b>；按逾期天数排列', tone=worse, change=change
    )


def _none(figure: Row, as_of: date) -> Safe:
    if figure["state"] == "not_reported":
        return not_reported(figure["name_zh"], formats.month_zh(figure["span_month"]))
    if not cards.is_known(figure):
        return no_rows(figure["name_zh"], cards.reason(figure))
    return no_rows("没有逾期事项", f"截至{formats.day_zh(as_of)}，到期的都已闭环。")
