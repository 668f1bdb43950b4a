"""月度计分卡: is it 双下降, which figures miss their target, what is overdue and whose it is."""

from __future__ import annotations

from pages.ui import boards, cards, filters, frame, named, panel, states, strips, units, verdicts
from pages.ui.block import block
from pages.ui.cache import Row, rows
from pages.ui.doors import FigureKey
from pages.ui.markup import Safe, fill, join
from pages.ui.printing import offer as offer_copy
from pages.ui.tables import panel as titled
from reports.figures import is_listed, tally
from reports.trends import Trends
from warehouse import formats

TITLE = "月度计分卡"
LAYOUT = """<div class="print-only">{place}　{scope}</div>{strip}
<div class="board">{notice}{verdict}<div class="cards">{deck}</div>{named}
<div class="side">{beside}{owing}</div><div class="lines">{lines}{support}</div></div>"""

frame.open_page(TITLE)
chosen = filters.bar(TITLE, [row["month"] for row in rows("months")], "units_and_groups")
state = chosen.state
as_of = min(formats.last_day(chosen.month), state["data_as_of_date"])
other_span = {"span_kind": "ytd" if chosen.span_kind == "month" else "month"}


def query(name: str, **other: str) -> list[Row]:
    return rows(name, **{**chosen.params, **other})


def placed(placement: str) -> list[Row]:
    return [figure for figure in query("figures") if figure["placement"] == placement]


def drawn(placement: str, draw: cards.Draw) -> Safe:
    trends = Trends(query("figure_trends"))
    return join(draw(figure, trends.spark(figure)) for figure in placed(placement))


def strip() -> Safe:
    sources, missing = query("submissions"), query("missing_reports")
    held = query("held_submissions")
    return strips.strip(state, boards.edition(chosen.month), sources, missing, held=held)


def verdict() -> Safe:
    trends = Trends(query("figure_trends"))
    return verdicts.panel(
        query("figures"), query("figures", **other_span), trends, chosen.part_name
    )


def open_items() -> Safe:
    levels = [figure for figure in query("figures") if is_listed(figure)]
    behind = [rows("figure_rows", **FigureKey.of(figure).params()) for figure in levels]
    return join(named.open_items(*pair, as_of) for pair in zip(levels, behind, strict=True))


def act(action: str, value: str) -> None:
    """Doors of this page: a figure opens its drawer, a unit or month refilters the page."""
    (filters.choose if action in filters.KEYS else panel.act)(action, value)


blocks = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": strip,
    "verdict": verdict,
    "deck": lambda: drawn("card", cards.card),
    "named": open_items,
    "beside": lambda: units.beside(query("unit_figures"), query("missing_reports"), chosen.unit_id),
    "owing": lambda: units.owing(query("missing_reports"), chosen.month),
    "lines": lambda: titled("", "其他指标", tally(placed("line")), drawn("line", cards.line)),
    "support": lambda: titled("", "依据数", "只作其他指标的依据", drawn("support", cards.line)),
}
parts = states.drawn(blocks, height=620)
place = state["profile_name_zh"]
block(fill(LAYOUT, place=place, scope=chosen.scope_zh, **parts), key="scorecard", on_act=act)
offer_copy(chosen)
panel.open_from_address(bool(state["is_synthetic"]))
