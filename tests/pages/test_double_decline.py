"""双下降 over the sample warehouse: verdicts equal the marts, sectors open their rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.pages.screen import address, blocks, figures, open_page, text
from warehouse import queries
from warehouse.files.home import Home

PAGE = "pages/leaders/double_decline.py"
MONTH = {"month": "2026-10", "unit": "total", "span": "ytd"}
OCTOBER = date(2026, 10, 1)


@pytest.mark.usefixtures("home")
def test_the_page_opens_on_the_towns() -> None:
    app = open_page(PAGE)
    assert not app.exception
    assert app.title[0].value == "双下降"
    assert {box.label: box.value for box in app.selectbox} == {"月份": "2026-10", "单位": "total"}
    assert address(app) == {**MONTH, "by": "territory"}


@pytest.mark.parametrize("by", ["territory", "department", "sector"])
def test_amounts_and_verdicts_are_those_of_the_marts(home: Home, by: str) -> None:
    markup = blocks(open_page(PAGE, **MONTH, by=by))["double_decline"]
    params: dict[str, Any] = {"span_kind": "ytd", "span_month": OCTOBER, "unit_role": by}
    stored = queries.run("verdict_figures", home=home, **params)
    total = stored[stored.unit_role == "total"]
    said = text(markup)
    for row in total.to_dict("records"):
        words = row["phrase_zh"] if row["value_form"] == "verdict" else f"{row['value']:.0f}"
        assert words in said
    for name in stored[stored.value > 0].unit_name_zh.unique():
        assert name in said


@pytest.mark.parametrize("span", ["month", "ytd", "rolling12"])
def test_sectors_add_up_to_the_whole_area(home: Home, span: str) -> None:
    params: dict[str, Any] = {"span_kind": span, "span_month": OCTOBER, "unit_role": "sector"}
    stored = queries.run("verdict_figures", home=home, **params)
    amounts = stored[stored.value_form == "count"]
    sums = amounts.groupby([amounts.unit_role == "total", "indicator_code"]).value.sum()
    assert sums[True].to_dict() == sums[False].to_dict()


@pytest.mark.usefixtures("home")
def test_a_sectors_number_opens_its_rows() -> None:
    markup = blocks(open_page(PAGE, **MONTH, by="sector"))["double_decline"]
    for figure in dict.fromkeys(key for key in figures(markup) if "~sector~" in key):
        app = open_page(PAGE, **MONTH, by="sector", figure=figure)
        assert not app.exception
        drawer = "".join(html for key, html in blocks(app).items() if key.startswith("origin"))
        assert "相加一致" in text(drawer), figure


def test_the_chosen_unit_is_marked(home: Home) -> None:
    units = queries.run("units", home=home)
    unit = units[units.is_territory].iloc[0]
    markup = blocks(open_page(PAGE, month="2026-10", unit=unit.unit_id))["double_decline"]
    row = next(
        part
        for part in markup.split("<tr ")
        if part.startswith('class="') and "chosen" in part[:30]
    )
    assert unit.name_zh in row


@pytest.mark.usefixtures("home")
def test_switching_writes_the_address() -> None:
    app = open_page(PAGE, **MONTH)
    app.button_group(key="by").set_value("sector").run()
    assert not app.exception
    assert address(app)["by"] == "sector"
    assert "各行业与去年同期" in text(blocks(app)["double_decline"])
