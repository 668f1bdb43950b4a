"""双下降, 重大隐患, 风险地图, 指标目录 in a browser: cold links, doors, filters, phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.browser.test_scorecard import foreign_words

pytestmark = pytest.mark.browser

URLS = {
    "/double_decline": "双下降",
    "/double_decline?by=sector&span=month": "双下降",
    "/double_decline?by=department&month=2026-03": "双下降",
    "/major_hazard": "重大隐患",
    "/major_hazard?month=2025-06&items=step~rectifying": "重大隐患",
    "/risk_map": "风险地图",
    "/risk_map?level=major&span=rolling12": "风险地图",
    "/catalogue": "指标目录",
    "/catalogue?indicator=no_such": "指标目录",
}


@pytest.mark.parametrize("path", URLS)
def test_every_address_opens_cold_and_in_chinese(watched: Watched, app_url: str, path: str) -> None:
    page = watched.open(app_url + path)
    expect(page.locator("h1")).to_have_text(URLS[path])
    expect(page.locator(".ls .panel").first).to_be_visible()
    expect(page.locator(".ls .state.failed")).to_have_count(0)
    assert foreign_words(page) == set()


@pytest.mark.parametrize("path", ["/double_decline", "/major_hazard", "/risk_map", "/catalogue"])
def test_a_phone_scrolls_one_way_only(watched: Watched, app_url: str, path: str) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = watched.open(app_url + path)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_number_opens_the_drawer(watched: Watched, app_url: str) -> None:
    page = watched.open(app_url + "/double_decline?by=sector")
    page.locator(".ls .compared td.now[data-act]").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("逐行相加一致")


def test_a_name_in_the_grid_opens_the_drawer(watched: Watched, app_url: str) -> None:
    page = watched.open(app_url + "/double_decline")
    name = page.locator(".ls svg.quadrants text[data-act]").first
    name.click()
    expect(page.get_by_role("dialog")).to_contain_text("逐行相加一致")


def test_a_cell_lists_its_hazards(watched: Watched, app_url: str) -> None:
    page = watched.open(app_url + "/major_hazard")
    cell = page.locator(".ls table.heat td[data-act]").first
    count = cell.inner_text()
    cell.click()
    expect(page.locator(".ls .late h3")).to_contain_text(f"{count} 项")
    expect(page.locator(".ls .late tbody tr")).to_have_count(int(count))


def chosen_unit(page: Page) -> None:
    expect(page).to_have_url(re.compile("unit=(?!total)"))
    expect(page.locator(".ls .risk-table tr.chosen")).to_have_count(1)


def test_a_tile_chooses_its_town(watched: Watched, app_url: str) -> None:
    page = watched.open(app_url + "/risk_map")
    page.locator(".ls .tile").first.click()
    chosen_unit(page)


def test_a_row_of_the_catalogue_opens_beside_it(watched: Watched, app_url: str) -> None:
    page = watched.open(app_url + "/catalogue")
    row = page.locator(".ls .index tbody tr").nth(5)
    name = row.locator("td").nth(1).inner_text()
    row.click()
    expect(page.locator(".ls .definition h3")).to_have_text(name)
