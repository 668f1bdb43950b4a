"""数据质量 as the clerk does it: what a check found and where; two rows decided to be one case."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from manual.camera import SETTLED
from tests.browser.conftest import PATIENCE_MS, Watched, serving
from tests.browser.test_months import TABLE, saved
from tests.browser.test_scorecard import foreign_words
from tests.lifecycle.tiny import ROAD, road_ledger, send, standing
from warehouse.files.home import Home

pytestmark = pytest.mark.browser

JOB_MS = 300_000
CODES = re.compile("[A-Z]{2}")  # numbers of hazards and credit codes begin so
FIGURE = "事故起数"
SHOWN = ".ls .verdict-rows [data-act^='figure:incident_count~ytd'] .figure"
WHY = "电话核实，两行说的是同一起"
FINDINGS = ".ls .findings"


@pytest.fixture
def doubted_url(small_copy: Home, tmp_path: Path) -> Iterator[str]:
    """The app over eight cases; of the police's one may be 甲处事故 under another name."""
    send(small_copy, road_ledger(tmp_path / ROAD, 壬={"place": "甲镇", "type": "坍塌"}))
    assert standing(small_copy) == (8, 8)
    with serving(small_copy.root) as url:
        yield url


def opened(watched: Watched, url: str) -> Page:
    page = watched.open(f"{url}/quality")
    page.wait_for_selector(".ls .checks", timeout=PATIENCE_MS)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def count_of(page: Page) -> int:
    """What the list of findings says it holds."""
    page.wait_for_selector(SETTLED, state="attached")
    return int(re.findall(r"\d+", page.locator(f"{FINDINGS} h3").inner_text())[0])


def test_a_check_and_a_cell_lead_to_the_rows_that_are_exported(
    watched: Watched, app_url: str, tmp_path: Path
) -> None:
    page = opened(watched, app_url)
    every = count_of(page)
    row = page.locator(".ls .checks tbody tr", has_text="有提示").first
    check = row.locator("td").first.inner_text()
    row.click()
    expect(page).to_have_url(re.compile("check=[a-z_]+"))
    line = page.locator(".ls table.heat tbody tr", has_text=check)
    expect(page.locator(f"{FINDINGS} .note")).to_contain_text(check)
    assert 0 < count_of(page) == int(line.locator("td.sum").inner_text()) < every
    cell = line.locator("td[data-act]").first
    shown, unit = cell.inner_text(), cell.get_attribute("title") or ""
    cell.click()
    expect(page.locator(f"{FINDINGS} h3")).to_contain_text(f"{shown} 处")
    rows = page.evaluate(TABLE, f"{FINDINGS} tbody tr")
    assert len(rows) == int(shown) == len(listed(page, tmp_path, rows))
    assert {row[0].split("\n")[0] for row in rows} == {check}
    assert all(unit.startswith(row[1]) for row in rows)


def listed(page: Page, folder: Path, rows: list[list[str]]) -> list[dict[str, str]]:
    """The exported list, which must say what the rows on the screen say."""
    with page.expect_download() as download:
        press(page, "导出清单")
    path = saved(download.value, folder)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    said = [[one["检查"], one["单位"], one["月份"][:7], one["问题"]] for one in found]
    assert said == [[row[0].split("\n")[0], *row[1:4]] for row in rows]
    return found


def test_the_report_says_offline_what_the_screen_says(
    watched: Watched, browser: Browser, app_url: str, tmp_path: Path
) -> None:
    page = opened(watched, app_url)
    headline = page.locator(".ls .told h2").inner_text()
    balance = page.locator(".ls .told .lead").inner_text()
    with page.expect_download() as download:
        press(page, "质量报告")
    alone = browser.new_context(offline=True).new_page()
    alone.goto(saved(download.value, tmp_path).as_uri())
    said = alone.locator("body").inner_text()
    alone.context.close()
    for words in (headline, balance, "模拟数据"):
        assert words in said
    heads = page.locator(".ls .checks td.name:first-child").all_inner_texts()
    assert heads
    assert [name for name in heads if name not in said] == []


def figure(page: Page, url: str) -> str:
    """The figure on the scorecard that the doubted pair touches."""
    page.goto(url)
    shown = page.locator(SHOWN).first
    expect(shown).to_be_visible(timeout=PATIENCE_MS)
    return shown.inner_text().split()[0]


def looked(page: Page) -> list[str]:
    """Before and after of that figure, as the look tells them."""
    line = page.locator(".ls section.effects tr", has_text=FIGURE).first
    expect(line).to_contain_text("1—10月", timeout=JOB_MS)
    return [cell.strip("▲▼ ").replace(" ", "") for cell in line.locator("td.num").all_inner_texts()]


def confirmed(page: Page, label: str, why: str, name: str) -> None:
    """A reason is asked for before the button may be pressed."""
    expect(page.get_by_role("button", name=name)).to_be_disabled()
    page.get_by_label(label).fill(why)
    press(page, name)
    expect(page.locator(".ls .told .why")).to_contain_text("现行第", timeout=JOB_MS)


def test_two_rows_are_decided_to_be_one_and_taken_back(doubted_url: str, watched: Watched) -> None:
    page = watched.page
    before = figure(page, doubted_url)
    assert before == "8起"
    opened(watched, doubted_url).locator(".ls .pairs tbody tr").click()
    expect(page.locator(".ls .compared-rows tr.differs").first).to_contain_text("≠")
    press(page, "同一起，保留左边一行")
    told = looked(page)
    assert told == [before, "7起"]
    assert {word for word in foreign_words(page) if not CODES.fullmatch(word)} == set()
    confirmed(page, "判定的理由", WHY, "确认判定")
    assert figure(page, doubted_url) == told[1]
    expect(opened(watched, doubted_url).locator(".ls .pairs")).to_have_count(0)
    decided = page.locator(".ls .decided tbody tr")
    expect(decided).to_contain_text(WHY)
    decided.click()
    press(page, "撤销判定")
    assert looked(page) == told[::-1]
    confirmed(page, "撤销的理由", "核对原表，是两起", "确认撤销")
    assert figure(page, doubted_url) == before
    expect(opened(watched, doubted_url).locator(".ls .pairs tbody tr")).to_have_count(1)
