"""报送情况 as the clerk who chases does it: whose month, who owes what, the 催报单, the note."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooLate

from manual.camera import SETTLED
from tests.browser.conftest import FreshHome, Watched
from tests.browser.test_months import TABLE, saved
from tests.browser.test_scorecard import foreign_words

pytestmark = pytest.mark.browser

MONTH, DAY = "2025年12月", "2026-01-20"
OWING = ".ls .owing tbody tr"
BOOK_FIRST_ROW = 4
CHOICES = 3


def opened(watched: Watched, url: str) -> Page:
    """Another month than the page opens on, with days counted to a day the clerk types."""
    page = watched.open(f"{url}/reporting")
    head = page.locator(".ls .told h2", has_text=re.compile("^12月应报"))
    for _ in range(CHOICES):  # on a busy machine a choice can meet a rerun; a person chooses again
        page.locator(".st-key-month input").click()
        page.get_by_role("option", name=MONTH, exact=True).click()
        with suppress(TooLate):
            head.wait_for(timeout=20_000)
            break
    expect(head).to_be_visible()
    for part, typed in enumerate(DAY.split("-")):
        page.locator(".st-key-to [role=spinbutton]").nth(part).click()
        page.keyboard.type(typed)
    page.locator("h1").click()
    expect(page.locator(".ls .told .why")).to_contain_text(f"{due_zh(DAY)}（指定日期）")
    page.wait_for_selector(SETTLED, state="attached")
    return page


def taken(page: Page, folder: Path) -> list[list[str]]:
    """The rows of the exported 催报单: unit, ledger, due, days, times missing, urged."""
    with page.expect_download() as download:
        page.get_by_role("button", name="导出催报单").click()
    path = saved(download.value, folder)
    assert path.name.startswith("模拟数据_") and MONTH in path.name
    book = openpyxl.load_workbook(path)
    listed: list[list[str]] = []
    for row in book["催报单"].iter_rows(min_row=BOOK_FIRST_ROW, values_only=True):
        if not isinstance(row[0], int | float):
            break
        unit, ledger, due, days, times, urged = row[1:7]
        cells = (unit, ledger, due, days, times, urged)
        listed.append(["" if cell is None else str(cell) for cell in cells])
    written = [row[0] for row in book["催报文字"].iter_rows(min_row=3, values_only=True)]
    assert written == list(dict.fromkeys(row[0] for row in listed))
    return listed


def due_zh(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"


def overdue_zh(text: str) -> str:
    return f"逾期 {(date.fromisoformat(DAY) - date.fromisoformat(text)).days} 天"


def test_who_has_not_sent_is_what_is_exported(
    watched: Watched, app_url: str, tmp_path: Path
) -> None:
    page = opened(watched, app_url)
    rows = page.evaluate(TABLE, OWING)
    assert rows
    assert foreign_words(page) == set()
    head = page.locator(".ls .told h2").inner_text()
    due, done, missing = map(int, re.findall(r"(\d+) 份", head)[:3])
    assert missing == len(rows) == page.locator(".ls table.sent td", has_text="✕").count()
    assert due - done == missing
    assert [row[3] for row in rows] == [overdue_zh(row[2]) for row in rows]
    on_screen = [
        [unit, ledger, due_zh(when), days, times.split()[0], "" if urged == "未催" else urged]
        for unit, ledger, when, days, times, urged in rows
    ]
    assert taken(page, tmp_path) == on_screen


def test_a_cell_names_the_workbook_that_came(watched: Watched, app_url: str) -> None:
    page = opened(watched, app_url)
    row = page.locator(".ls table.sent tbody tr", has=page.get_by_text("✓ 已报")).first
    unit = row.locator("td").first.inner_text()
    row.locator("td", has_text="✓ 已报").first.click()
    expect(page.get_by_role("dialog")).to_contain_text(unit)
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(r"\.xlsx"))


def test_urging_is_noted_on_screen_and_in_the_next_list(
    fresh: FreshHome, watched: Watched, tmp_path: Path
) -> None:
    page = opened(watched, fresh.url)
    unit, ledger, *_ = page.evaluate(TABLE, OWING)[0]
    page.get_by_role("button", name="催报", exact=True).click()
    drawer = page.get_by_role("dialog")
    words = drawer.locator("code").first
    expect(words).to_contain_text(f"贵单位{MONTH}{ledger}")
    expect(words).to_contain_text(unit)
    drawer.get_by_role("button", name="记入催报记录").click()
    expect(page.locator(OWING).first).to_contain_text("1 次，最近")
    page.keyboard.press("Escape")
    page.wait_for_selector(SETTLED, state="attached")
    assert {row[5][:3] for row in taken(page, tmp_path)} == {"1 次"}
