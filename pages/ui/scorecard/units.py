"""Units beside the figures, in administrative order, each a door to the page filtered to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from pages.ui.figure import cards
from pages.ui.figure.figure_links import to_figure
from pages.ui.kit.markup import Safe, door, escape, fill
from pages.ui.kit.tables import Column, panel, table
from reports import missing_ledgers
from reports.figure_text import phrase_tone
from warehouse import formats

Row = Mapping[str, Any]
Figure = Mapping[str, Any]
UNIT_ACTION = "unit"


def beside(
    figures: Sequence[Figure], missing: Sequence[Mapping[str, Any]], chosen_unit: str
) -> Safe:
    """One row per unit: amounts, verdict against last year, open levels, what is not reported."""
    owed = owed_by(missing, "unit_id")
    rows = [
        {"unit_id": unit_id, "name_zh": name, "figures": {f["indicator_code"]: f for f in group}}
        for (unit_id, name), group in groupby(
            figures, key=lambda f: (f["unit_id"], f["unit_name_zh"])
        )
    ]
    kinds = {f["indicator_code"]: f for f in figures}
    columns = [Column("单位", lambda row: row["name_zh"], "name")]
    columns += [_column(figure) for figure in kinds.values()]
    columns.append(Column("未报", lambda row: _owed(owed.get(row["unit_id"], []))))

    def attributes(row: Mapping[str, Any]) -> Safe:
        classes = ["chosen"] if row["unit_id"] == chosen_unit else []
        if any(f["unit_role"] == "total" for f in row["figures"].values()):
            classes.append("total")
        return fill(
            'class="{classes}" {door}',
            classes=" ".join(classes),
            door=door(UNIT_ACTION, row["unit_id"], f"只看{row['name_zh']}"),
        )

    note = "辖区内的数；点一行看该单位，点数字看来源"
    return panel("units", "各单位", note, table(columns, rows, attributes, "small"))


def owing(missing: Sequence[Row], month: date) -> Safe:
    """Every unit that owes a report for the month, departments included, with what it owes."""
    owed = owed_by(missing, "name_zh")
    columns = [
        Column("单位", lambda row: row["name"], "name"),
        Column("未报全的台账", lambda row: _owed(row["kinds"])),
    ]
    rows = [{"name": name, "kinds": kinds} for name, kinds in owed.items()]
    if not rows:
        return Safe("")
    return panel(
        "owing",
        f"{formats.month_zh(month)}未报全 {len(rows)} 个单位",
        "未报不等于零",
        table(columns, rows, kind="small"),
    )


def owed_by(missing: Sequence[Row], key: str) -> dict[str, list[str]]:
    """Names of the ledgers each unit owes, in the order of the rows."""
    owed: dict[str, list[str]] = {}
    for row in missing:
        owed.setdefault(row[key], []).append(missing_ledgers.ledger(row))
    return owed


def _column(kind: Figure) -> Column:
    code = kind["indicator_code"]
    if kind["value_form"] == "verdict":
        return Column("较去年", lambda row: _verdict(row["figures"].get(code)), "verdict")
    return Column(
        short_head(kind["name_zh"]),
        lambda row: _amount(row["figures"].get(code)),
        "num",
        lambda row: _door(row["figures"].get(code)),
    )


def short_head(name: str) -> str:
    """A column head of at most four characters: `事故起数`, `逾期…` keeps its first two."""
    return name if len(name) <= 4 else name[:2]


def _door(figure: Figure | None) -> Safe:
    if figure is None:
        return Safe("")
    return Safe(str(to_figure(figure, figure["name_zh"])).replace('tabindex="0"', 'tabindex="-1"'))


def _amount(figure: Figure | None) -> object:
    if figure is None:
        return formats.MISSING
    if figure["state"] == "not_reported":
        return fill('<span class="bad">{words}</span>', words=missing_ledgers.unheard(figure))
    if not cards.is_known(figure):
        return fill('<span class="quiet">{text}</span>', text=formats.MISSING)
    text = formats.number(figure["value"], figure["decimals"])
    if figure["value"] == 0:
        return Safe('<span class="quiet">0</span>')
    if figure["numerator_time"] == "stock" and figure["direction"] == "down":
        return fill('<b class="bad">{text}</b>', text=text)
    return text


def _verdict(figure: Figure | None) -> object:
    if figure is None or not figure["phrase_zh"] or figure["is_open"]:
        return fill('<span class="quiet">{text}</span>', text=formats.MISSING)
    return fill(
        '<span class="{tone}">{phrase}</span>', tone=phrase_tone(figure), phrase=figure["phrase_zh"]
    )


def _owed(datasets: list[str]) -> object:
    return (
        fill('<span class="bad">{names}</span>', names="、".join(datasets))
        if datasets
        else escape("")
    )
