"""Lists of the printed scorecard: open items by name, units in bands of one line per amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate, groupby

from reports import figure_text as words
from reports import missing_ledgers
from reports.figure_text import Figure
from reports.safe_html import Safe, fill, join
from reports.source import Row
from warehouse import formats

LINES = 7
LETTERS_A_LINE = 34  # of enterprise and hazard together; more take a second line
UNITS_A_BAND = 12


def open_items(figure: Figure, rows: Sequence[Row], as_of: date) -> Safe:
    """The longest overdue first; what does not fit on the page is counted."""
    items = sorted(rows, key=lambda row: (row["due_date"] or as_of, row["row_id"]))
    amount = formats.quantity(figure["value"], figure["unit_zh"], figure["decimals"])
    shown = _fitting(items)
    more = len(items) - len(shown)
    note = f"按逾期天数排列，另有 {more} 项" if more else ""
    if not items:
        known = "没有逾期事项" if words.is_known(figure) else words.reason(figure)
        return fill("<section><h2>{n}<span>{k}</span></h2></section>", n=figure["name_zh"], k=known)
    return fill(
        "<section><h2>{name} {amount}<span>{note}</span></h2><table><tr><th>镇街</th><th>企业</th>"
        '<th>隐患</th><th>主管部门</th><th class="num">整改期限</th><th class="num">逾期</th>'
        "<th>包保领导</th></tr>{rows}</table></section>",
        name=figure["name_zh"],
        amount=amount,
        note=note,
        rows=join(_item(row, as_of) for row in shown),
    )


def _fitting(items: Sequence[Row]) -> list[Row]:
    """As many items as the page has lines for."""
    lengths = [len(f"{row['subject_zh'] or ''}{row['detail_zh'] or ''}") for row in items]
    used = accumulate(1 + length // LETTERS_A_LINE for length in lengths)
    return [row for row, lines in zip(items, used, strict=True) if lines <= LINES]


def _item(row: Row, as_of: date) -> Safe:
    days = formats.overdue_days(row, as_of)
    return fill(
        '<tr><td class="name">{place}</td><td>{firm}</td><td>{what}</td>'
        '<td class="name">{department}</td><td class="num">{due}</td>'
        '<td class="num bad"><b>{days} 天</b></td><td class="name">{leader}</td></tr>',
        place=row["territory_zh"],
        firm=row["subject_zh"],
        what=row["detail_zh"],
        department=row["department_zh"] or formats.MISSING,
        due=formats.day_short(row["due_date"]),
        days=formats.number(days),
        leader=row["leader_zh"] or formats.MISSING,
    )


def unit_bands(figures: Sequence[Figure], short: Mapping[str, str]) -> Safe:
    """Units across in administrative order, amounts down; the whole area has its own table."""
    units = [
        (unit_id, {figure["indicator_code"]: figure for figure in group})
        for unit_id, group in groupby(figures, key=lambda figure: figure["unit_id"])
        if unit_id in short
    ]
    kinds = list({figure["indicator_code"]: figure for figure in figures}.values())
    bands = [units[i : i + UNITS_A_BAND] for i in range(0, len(units), UNITS_A_BAND)]
    return fill(
        "<section><h2>各单位<span>辖区内的数，{span}，括号内为去年同期</span></h2>{bands}</section>",
        span=formats.span_zh(figures[0]["span_kind"], figures[0]["span_month"]) if figures else "",
        bands=join(_band(band, kinds, short) for band in bands),
    )


def _band(
    units: Sequence[tuple[str, Mapping[str, Figure]]],
    kinds: Sequence[Figure],
    short: Mapping[str, str],
) -> Safe:
    blanks = UNITS_A_BAND - len(units)
    return fill(
        '<table class="units"><tr><th></th>{heads}{blank}</tr>{rows}</table>',
        heads=join(fill("<th>{name}</th>", name=short[unit_id]) for unit_id, _ in units),
        blank=Safe("<th></th>" * blanks),
        rows=join(
            fill(
                "<tr><td>{name}</td>{cells}{blank}</tr>",
                name=_row_head(kind),
                cells=join(
                    fill("<td>{cell}</td>", cell=_cell(found.get(kind["indicator_code"])))
                    for _, found in units
                ),
                blank=Safe("<td></td>" * blanks),
            )
            for kind in kinds
        ),
    )


def _row_head(kind: Figure) -> str:
    if kind["value_form"] == "verdict":
        return "较去年"
    return str(kind["name_zh"]) if len(kind["name_zh"]) <= 4 else str(kind["name_zh"])[:2]


def _cell(figure: Figure | None) -> object:
    if figure is None:
        return formats.MISSING
    if figure["state"] == "not_reported":
        return fill('<span class="bad">{words}</span>', words=missing_ledgers.unheard(figure))
    if figure["value_form"] == "verdict":
        phrase = figure["phrase_zh"] or formats.MISSING
        return fill('<span class="{t}">{p}</span>', t=words.phrase_tone(figure), p=phrase)
    if not words.is_known(figure):
        return formats.MISSING
    amount = formats.number(figure["value"], figure["decimals"])
    if figure["numerator_time"] == "stock":
        return fill('<b class="bad">{n}</b>', n=amount) if figure["value"] else amount
    prior = formats.number(figure["prior_value"], figure["decimals"])
    return fill("{now}<small>（{prior}）</small>", now=amount, prior=prior)


def documents(rows: Sequence[Row]) -> str:
    """Each document once, with the words that set each target."""
    told = []
    for document, targets in groupby(
        sorted(rows, key=lambda row: (row["document"], row["sort_no"])),
        key=lambda row: row["document"],
    ):
        quotes: dict[str, list[str]] = {}
        for row in targets:
            place = (
                f"（{row['article']}）“{row['quote']}”" if row["article"] else f"“{row['quote']}”"
            )
            quotes.setdefault(place, []).append(row["name_zh"])
        told.append(
            document + "；".join(f"{'、'.join(names)}：{place}" for place, names in quotes.items())
        )
    return "　".join(told)
