"""月度计分卡: is it 双下降, which figures miss their target, what is overdue and whose it is."""

from pages.ui.access.cache import Row, rows
from pages.ui.figure import cards, drawer
from pages.ui.figure.figure_links import FigureKey
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill, join
from pages.ui.page import data_status, filters, frame, page_head
from pages.ui.scorecard import named_items, print_copy, units, verdict_panel
from reports import figure_text as words
from reports.trends import Trends
from warehouse import formats

TITLE = "月度计分卡"
STRIP = ("submissions", "missing_reports", "uncounted")
LAYOUT = """<div class="print-only">{scope}</div>{strip}
<div class="board">{notice}{verdict}<div class="cards">{deck}</div>{named}
<div class="side">{beside}{owing}</div><div class="lines">{lines}{support}{own}</div></div>"""

frame.open_page(TITLE)
chosen = filters.bar(TITLE, rows("months"), "units_and_groups")
state = chosen.state
as_of = min(formats.last_day(chosen.month), state["data_as_of_date"])
other_span = {"span_kind": "ytd" if chosen.span_kind == "month" else "month"}


def query(name: str, **other: str) -> list[Row]:
    return rows(name, **{**chosen.params, **other})


def placed(placement: str) -> list[words.Figure]:
    return words.placed(query("figures"), placement)


def trends() -> Trends:
    return Trends(query("figure_trends"))


def strip() -> Safe:
    sources, missing, beside = map(query, STRIP)
    return data_status.strip(state, page_head.edition(chosen.month), sources, missing, (), beside)


def verdict() -> Safe:
    spans = query("figures"), query("figures", **other_span)
    return verdict_panel.panel(*spans, trends(), chosen.part_name)


def open_items() -> Safe:
    levels = [figure for figure in query("figures") if words.is_listed(figure)]
    behind = [rows("figure_rows", **FigureKey.of(figure).params()) for figure in levels]
    return join(named_items.open_items(*pair, as_of) for pair in zip(levels, behind, strict=True))


def lines(title: str, note: str, figures: list[words.Figure]) -> Safe:
    return cards.lines(title, note, figures, trends()) if figures else Safe("")


def act(action: str, value: str) -> None:
    """Doors of this page: a figure opens its drawer, a unit or month refilters the page."""
    (filters.choose if action in filters.KEYS else drawer.act)(action, value)


blocks = {
    "notice": lambda: states.unknown_month(chosen.unknown_month, chosen.month),
    "strip": strip,
    "verdict": verdict,
    "deck": lambda: cards.deck(placed("card"), trends()),
    "named": open_items,
    "beside": lambda: units.beside(query("unit_figures"), query("missing_reports"), chosen.unit_id),
    "owing": lambda: units.owing(query("missing_reports"), chosen.month),
    "lines": lambda: lines("其他指标", words.tally(placed("line")), placed("line")),
    "support": lambda: lines("依据数", "只作其他指标的依据", placed("support")),
    "own": lambda: lines(words.OWN_ZH, words.OWN_NOTE_ZH, words.own(query("figures"))),
}
parts = states.drawn(blocks, height=620)
block(fill(LAYOUT, scope=page_head.scope(chosen, state), **parts), key="scorecard", on_act=act)
print_copy.offer(chosen)
drawer.open_from_address(bool(state["is_synthetic"]))
