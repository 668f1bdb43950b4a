"""重大隐患 over the sample warehouse: the stock balances, lists and cells equal the marts."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.pages.screen import blocks, open_page, text
from warehouse import queries
from warehouse.files.home import Home

PAGE = "pages/leaders/major_hazard.py"
MONTH = {"month": "2026-10", "unit": "total", "span": "ytd"}
OCTOBER = date(2026, 10, 1)


def page(**changed: str) -> str:
    app = open_page(PAGE, **{**MONTH, **changed})
    assert not app.exception
    return blocks(app)["major_hazard"]


def test_the_identity_is_the_marts(home: Home) -> None:
    flow = queries.run("hazard_flows", home=home, unit_id="total", month=OCTOBER).iloc[-1]
    terms = re.search(r'class="equation stock">(.+?)</div></div>', page())
    assert terms is not None
    shown = [int(n) for n in re.findall(r"<b>(\d+)</b>", terms[1])]
    assert shown == [flow.opening_count, flow.found_count, flow.closed_count, flow.closing_count]
    assert shown[0] + shown[1] - shown[2] == shown[3]


def test_steps_and_cells_add_up_to_the_stock(home: Home) -> None:
    stock = queries.run("hazard_flows", home=home, unit_id="total", month=OCTOBER).iloc[-1]
    states = queries.run("hazard_states", home=home, unit_id="total", month=OCTOBER)
    cells = queries.run("hazard_cells", home=home, month=OCTOBER)
    items = queries.run("hazard_items", home=home, unit_id="total", month=OCTOBER)
    sums = {states.item_count.sum(), cells.item_count.sum(), len(items), stock.closing_count}
    assert len(sums) == 1


def test_the_overdue_are_those_of_the_indicator(home: Home) -> None:
    items = queries.run("hazard_items", home=home, unit_id="total", month=OCTOBER)
    levels = queries.run(
        "figures", home=home, span_kind="month", span_month=OCTOBER, unit_id="total"
    )
    level = levels[(levels.numerator_time == "stock") & (levels.placement == "card")].iloc[0]
    assert items.is_overdue.sum() == level.value
    markup = page()
    assert f"逾期未整改 {level.value:.0f} 项" in text(markup)
    late = markup.split('class="panel late"')[1].split("</section>")[0]
    assert late.count('<b class="bad">逾期') == level.value


def test_a_step_lists_its_items(home: Home) -> None:
    states = queries.run("hazard_states", home=home, unit_id="total", month=OCTOBER)
    for row in states[states.item_count > 0].itertuples():
        late = page(items=f"step~{row.status_code}").split('class="panel late"')[1]
        assert f"{row.name_zh} {row.item_count} 项" in text(late)


def test_a_cell_lists_its_items(home: Home) -> None:
    cells = queries.run("hazard_cells", home=home, month=OCTOBER)
    cell = cells[cells.item_count > 0].iloc[0]
    late = page(items=f"cell~{cell.unit_id}~{cell.sector_code}").split('class="panel late"')[1]
    assert f"{cell.unit_name_zh}{cell.sector_zh} {cell.item_count} 项" in text(late)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "changed", [{"month": "2022-01"}, {"items": "nonsense"}, {"span": "month"}]
)
def test_odd_addresses_leave_a_whole_page(changed: dict[str, str]) -> None:
    assert "这一块没能算出来" not in page(**changed)


def test_every_unit_has_a_page(home: Home) -> None:
    for unit in queries.run("units", home=home).unit_id:
        assert "这一块没能算出来" not in page(unit=unit), unit
