"""数据报送 as a clerk does it: hand in, look, confirm, see the scorecard change, take it back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE_MS, Watched, serving
from tests.browser.test_scorecard import foreign_words
from tests.lifecycle.tiny import year_ledger
from warehouse.files.home import Home

pytestmark = pytest.mark.browser

NAME = "事故台账（更正）.xlsx"
COLUMN = re.compile("[A-Z]{2}")  # a column of the workbook: AA
JOB_MS = 300_000
DEATHS = ".ls .verdict-rows [data-act^='figure:death_count~ytd']"


@pytest.fixture
def url(small_copy: Home) -> Iterator[str]:
    """The app over two ledgers: eight cases of 2026 with one dead each."""
    with serving(small_copy.root) as address:
        yield address


def messy(path: Path) -> Path:
    """A wrong number of deaths put right in full width, an unreadable one put in."""
    return year_ledger(path, 甲={"deaths": " ３ "}, 乙={"deaths": "约两人"})


def deaths(page: Page, url: str) -> int:
    """Deaths of 1—10月 as the scorecard prints them."""
    page.goto(url)
    shown = page.locator(f"{DEATHS} .figure").first
    expect(shown).to_be_visible(timeout=PATIENCE_MS)
    return int(shown.inner_text().split()[0].removesuffix("人"))


def open_submission(page: Page, url: str) -> None:
    page.goto(f"{url}/submission")
    page.wait_for_selector("html[lang=zh-CN]", state="attached", timeout=PATIENCE_MS)
    expect(page.locator(".ls section.history")).to_be_visible(timeout=PATIENCE_MS)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def look(page: Page, workbook: Path) -> None:
    """Hand one workbook in and read what would happen."""
    page.set_input_files("input[type=file]", workbook)
    press(page, "预览 1 份")
    expect(page.locator(".ls .course h3")).to_have_text("正在试算", timeout=PATIENCE_MS)
    expect(page.locator(".ls section.books")).to_contain_text(NAME, timeout=JOB_MS)
    expect(page.locator(".ls section.books")).to_contain_text("生产安全事故台账")
    expect(page.locator(".ls .reject-list")).to_contain_text("约两人")
    expect(page.locator(".ls .reject-list td").first).to_contain_text("F5")
    expect(page.locator(".ls section.effects")).to_contain_text("死亡人数")
    assert {word for word in foreign_words(page) if not COLUMN.fullmatch(word)} == set()


def test_from_a_workbook_to_the_scorecard_and_back(
    url: str, watched: Watched, tmp_path: Path
) -> None:
    page, book = watched.page, messy(tmp_path / NAME)
    before = deaths(page, url)
    open_submission(page, url)
    look(page, book)
    assert deaths(page, url) == before
    open_submission(page, url)
    press(page, "接着看")
    press(page, "确认入库")
    expect(page.locator(".ls .told h2")).to_contain_text("已入库 5 行，退回 1 行", timeout=JOB_MS)
    # Two dead more; the row handed back keeps its older version, so its death stays.
    assert deaths(page, url) == before + 2
    open_submission(page, url)
    page.locator(".ls table.history tbody tr").first.click()
    press(page, "撤销这一批（1 份）")
    page.get_by_label("撤销的理由").fill("报错了", timeout=JOB_MS)
    press(page, "确认撤销")
    expect(page.locator(".ls .told h2")).to_contain_text("已撤销", timeout=JOB_MS)
    assert deaths(page, url) == before
