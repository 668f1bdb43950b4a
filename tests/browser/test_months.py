"""Each user's month, acted as the person would: from opening the page to the file in hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Download, Page, expect
from python_calamine import CalamineWorkbook

from manual.camera import SETTLED
from tests.browser.conftest import PATIENCE_MS, Watched
from tests.browser.test_scorecard import foreign_words

pytestmark = pytest.mark.browser

TABLE = """(selector) => [...document.querySelectorAll(selector)]
    .map((row) => [...row.children].map((cell) => cell.innerText.trim()))"""
RANKED = ".ls table.ranking tbody tr:not(.total)"
ASKED = ("事故起数", "去年同期起数", "死亡人数", "去年同期死亡")
EMPTY = ["0"] * len(ASKED)  # 未归属 is listed on the screen only with something in it
SCREEN_COLUMNS = 5  # 名次, 升降, 单位, 得分, bar; then the items, then 距前一名, 等次, 备注
BOOK_FIRST_ROW, BOOK_FIRST_ITEM = 5, 6


def go(page: Page, name: str) -> None:
    """Turn to a page by the menu on top, as with a mouse."""
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.locator("h1")).to_have_text(name)


def saved(taken: Download, folder: Path) -> Path:
    path = folder / taken.suggested_filename
    taken.save_as(path)
    return path


def test_the_month_of_a_leader(
    watched: Watched, browser: Browser, app_url: str, tmp_path: Path
) -> None:
    """Is it 双下降, what is overdue and whose is it; then one page to sign."""
    page = watched.open(app_url)
    headline = page.locator(".ls .verdict h2").inner_text()
    count = overdue_behind_the_card(page)
    go(page, "重大隐患")
    assert len(overdue_and_named(page)) == count
    go(page, "月度计分卡")
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载一页打印件").click()
    shown = page.locator(".ls .card .figure, .ls .lines .line .figure").all_inner_texts()
    numbers = [re.split(r"\s|(?<=\d)(?=[^\d.,])", text)[0] for text in shown]
    printed = words_of(browser, saved(taken.value, tmp_path))
    assert headline in printed.replace("\n", "")
    assert "模拟数据" in printed
    assert [number for number in numbers if number not in printed] == []


def overdue_behind_the_card(page: Page) -> int:
    """The figure on the card is the number of rows behind it."""
    card = page.locator(".ls .card", has_text="逾期未整改重大隐患")
    count = int(re.findall(r"\d+", card.locator(".figure").inner_text())[0])
    card.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text(f"逐行相加一致 {count} 行")
    expect(drawer.locator(".behind tbody tr")).to_have_count(count)
    page.keyboard.press("Escape")
    return count


def overdue_and_named(page: Page) -> list[list[str]]:
    """Rows of the overdue list; each names the leader responsible."""
    expect(page.locator(".ls .panel.late")).to_be_visible()
    rows = [row for row in page.evaluate(TABLE, ".ls .panel.late tbody tr") if "逾期" in row[0]]
    assert [row for row in rows if row[-1] in {"", "—"}] == []
    return rows


def words_of(browser: Browser, path: Path) -> str:
    """What a file says when it is opened without a server."""
    page = browser.new_page()
    page.goto(path.as_uri())
    text = page.locator("body").inner_text()
    page.close()
    return text


def test_the_month_of_an_analyst(watched: Watched, app_url: str, tmp_path: Path) -> None:
    """A reviewed question gives the leaders' own figures, and Excel what the database gave."""
    page = watched.open(f"{app_url}/double_decline?span=ytd")
    rows = page.evaluate(TABLE, ".ls .compared tbody tr")
    on_screen = {row[-7]: [*row[-6:-4], *row[-3:-1]] for row in rows if len(row) >= 7}
    book = openpyxl.load_workbook(asked_and_exported(page, app_url, tmp_path), read_only=True)
    head, *rows = [r for r in book.worksheets[0].values if sum(c is not None for c in r) > 2]
    exported = [dict(zip(head, row, strict=True)) for row in rows]
    assert exported
    for row in exported:
        cells = on_screen.get(str(row["单位"]), EMPTY)
        now = [0 if cell == "未发生" else int(cell) for cell in cells]
        assert now == [row[name] for name in ASKED], row
    assert any("select" in str(cell).lower() for row in book.worksheets[-1].values for cell in row)


def asked_and_exported(page: Page, app_url: str, folder: Path) -> Path:
    """The first reviewed question, run and taken home as a workbook."""
    page.goto(f"{app_url}/workbench")
    page.get_by_text("问题", exact=True).click()
    page.get_by_text("各镇街事故起数、死亡人数与去年同期比", exact=True).click()
    page.get_by_role("button", name="运行").click()
    expect(page.locator(".ls .asked")).to_contain_text("未截断")
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Excel").click()
    path = saved(taken.value, folder)
    assert path.name.startswith("模拟数据_")
    return path


def test_the_month_of_the_one_who_ranks(watched: Watched, app_url: str, tmp_path: Path) -> None:
    """What is exported is the screen, cell for cell, in both orders and by two readers."""
    page = opened_ranking(watched, app_url)
    assert foreign_words(page) == set()
    by_rank = page.evaluate(TABLE, RANKED)
    page.get_by_text("按行政区划", exact=True).click()
    expect(page.locator(".ls .rank-table h3")).to_contain_text("按行政区划")
    by_order = page.evaluate(TABLE, RANKED)
    assert sorted(by_order) == sorted(by_rank)
    assert by_order != by_rank
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出晾晒表").click()
    path = saved(taken.value, tmp_path)
    assert path.name.startswith("模拟数据_")
    for sheet, rows in (("排名", by_rank), ("行政区划顺序", by_order)):
        for reader in (by_openpyxl, by_calamine):
            assert reader(path, sheet, len(rows)) == [screen_row(row) for row in rows]


def test_trial_points_are_not_exported_and_can_be_taken_back(
    watched: Watched, app_url: str
) -> None:
    page = opened_ranking(watched, app_url)
    scheme = page.evaluate(TABLE, RANKED)
    page.get_by_text("试算分值").click()
    page.locator("[data-testid=stPopoverBody] input").first.fill("5")
    page.keyboard.press("Enter")
    expect(page.locator(".ls .what-if")).to_contain_text("试算不导出")
    expect(page.get_by_role("button", name="导出晾晒表")).to_be_disabled()
    assert page.evaluate(TABLE, RANKED) != scheme
    page.get_by_role("button", name="恢复方案分值").click()
    expect(page.locator(".ls .what-if")).to_have_count(0)
    assert page.evaluate(TABLE, RANKED) == scheme


def opened_ranking(watched: Watched, app_url: str) -> Page:
    page = watched.page
    page.goto(f"{app_url}/ranking")
    page.wait_for_selector(RANKED, timeout=PATIENCE_MS)
    page.wait_for_selector(SETTLED, state="attached")
    return page


def screen_row(row: list[str]) -> list[str]:
    """名次, 升降, 单位, 得分, the items, 距前一名, 等次, 备注."""
    return [*row[: SCREEN_COLUMNS - 1], *row[SCREEN_COLUMNS:]]


def by_openpyxl(path: Path, sheet: str, count: int) -> list[list[str]]:
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(
        min_row=BOOK_FIRST_ROW, max_row=BOOK_FIRST_ROW + count - 1, values_only=True
    )
    return [book_row(list(row)) for row in rows]


def by_calamine(path: Path, sheet: str, count: int) -> list[list[str]]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
    cells = rows.to_python(skip_empty_area=False)
    return [book_row(row) for row in cells[BOOK_FIRST_ROW - 1 : BOOK_FIRST_ROW - 1 + count]]


def book_row(row: list[Any]) -> list[str]:
    """The same columns; each item has its points, then its value."""
    rank, moved, unit, score = row[1:5]
    points = row[BOOK_FIRST_ITEM:-3:2]
    return [
        whole(rank),
        str(moved),
        str(unit),
        *map(pointed, (score, *points, row[-3])),
        *tail(row),
    ]


def tail(row: list[Any]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in row[-2:]]


def whole(cell: Any) -> str:
    return f"{cell:.0f}" if isinstance(cell, int | float) else str(cell)


def pointed(cell: Any) -> str:
    return f"{cell:.2f}" if isinstance(cell, int | float) else ("" if cell is None else str(cell))


def test_the_month_of_the_one_who_presents(
    watched: Watched, browser: Browser, app_url: str, tmp_path: Path
) -> None:
    """Every slide is turned by key; the file for the meeting room shows the same, unplugged."""
    page = watched.page
    page.goto(f"{app_url}/briefing?month=2026-10")
    page.locator(".projector-start .go").wait_for(timeout=PATIENCE_MS)
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载离线文件").click()
    page.locator(".projector-start .go").click()
    live = turned(page)
    offline = browser.new_context(offline=True).new_page()
    offline.goto(saved(taken.value, tmp_path).as_uri())
    kept = turned(offline)
    offline.context.close()
    assert len(live) > 4
    assert kept == live


def turned(page: Page) -> list[str]:
    """The words of all slides, first to last, by the right arrow."""
    texts = []
    for _ in range(page.locator(".deck .slide").count()):
        texts.append(page.locator(".deck .slide:visible").inner_text())
        page.keyboard.press("ArrowRight")
    return texts
