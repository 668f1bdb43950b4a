"""SQL 工作台 in a browser: an analyst's way from a question to a file, and the editor itself."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.browser.test_scorecard import foreign_words

pytestmark = pytest.mark.browser

EDITOR = 'textarea[aria-label="SQL 语句"]'
NAMED = {"Ctrl", "Enter", "GB"}
EXAMPLE = {"select", "count", "from", "group", "by"}


def open_bench(watched: Watched, url: str) -> Page:
    page = watched.open(f"{url}/workbench")
    expect(page.locator(EDITOR)).to_be_visible()
    return page


def run_text(page: Page, text: str) -> None:
    page.locator(EDITOR).fill(text)
    page.keyboard.press("Control+Enter")


def test_from_a_question_to_a_file(app_url: str, watched: Watched, tmp_path: Path) -> None:
    page = open_bench(watched, app_url)
    page.get_by_text("问题", exact=True).click()
    page.get_by_text("重大隐患整改用了多少天", exact=True).click()
    expect(page.get_by_label("截止月份")).to_be_visible()
    page.get_by_role("button", name="运行").click()
    expect(page.locator(".ls .asked")).to_contain_text("未截断")
    rows = int(page.locator(".ls .asked b").inner_text().split()[1])
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV").click()
    assert taken.value.suggested_filename.startswith("模拟数据_重大隐患整改用了多少天_")
    taken.value.save_as(tmp_path / "taken.csv")
    with (tmp_path / "taken.csv").open(encoding="utf-8-sig", newline="") as stream:
        read = list(csv.reader(stream))
    assert read[0][0] == "属地"
    assert len(read) == rows + 1
    assert foreign_words(page) - NAMED - EXAMPLE == set()


def test_the_editor_completes_inserts_and_runs(app_url: str, watched: Watched) -> None:
    page = open_bench(watched, app_url)
    page.locator(EDITOR).click()
    page.keyboard.type("select 属")
    expect(page.get_by_role("option").first).to_contain_text("属地")
    page.keyboard.press("Tab")
    page.keyboard.type(", count(*) as 起数\nfrom ")
    page.locator('.ls .library [data-act="insert:事故"]').click()
    expect(page.locator(EDITOR)).to_have_value("select 属地, count(*) as 起数\nfrom 事故")
    page.keyboard.type("\ngroup by 1")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ls .asked b")).to_contain_text("19 行")
    page.get_by_text("图", exact=True).click()
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    page.locator(EDITOR).click()
    page.keyboard.press("Control+z")
    assert page.locator(EDITOR).input_value().startswith("select 属地")


def test_a_query_can_be_cancelled_and_a_fault_is_told(app_url: str, watched: Watched) -> None:
    page = open_bench(watched, app_url)
    run_text(page, "select sleep_ms(20000)")
    expect(page.get_by_text("正在运行")).to_be_visible()
    page.get_by_role("button", name="取消").click()
    expect(page.locator(".ls .state h3")).to_have_text("已取消")
    run_text(page, "select 死亡\nfrom 事故")
    expect(page.locator(".ls .state p")).to_contain_text("没有名为“死亡”的列，相近的有：死亡人数")
    expect(page.locator(EDITOR)).to_have_value("select 死亡\nfrom 事故")
    run_text(page, "select '<img src=x onerror=\"window.broken=1\">' as 标记")
    expect(page.locator(".ls .asked b")).to_contain_text("1 行")
    assert page.evaluate("window.broken") is None
