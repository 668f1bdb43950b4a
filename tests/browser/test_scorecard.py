"""月度计分卡 in a browser: cold links, doors, keyboard, language of the screen, phone, paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HOSTILE_NAME, PATIENCE_MS, FreshHome, Watched

pytestmark = pytest.mark.browser

ALLOWED_WORDS = {"GDP", "SQL", "CSV", "Excel", "Word", "xlsx"}
VISIBLE_WORDS = """() => {
    const skip = "code, pre, style, script, noscript, svg title, [data-testid=stIconMaterial]";
    const seen = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent && !parent.closest(skip)) seen.push(walker.currentNode.nodeValue);
    }
    for (const name of ["aria-label", "title", "placeholder", "alt"])
        for (const element of document.querySelectorAll(`[${name}]`))
            seen.push(element.getAttribute(name));
    return seen;
}"""
HOOKS = ["stMainBlockContainer", "stHeader", "stToolbar"]
KEYS = ["frame", "titlebar", "month", "unit", "span", "watch"]
URLS = [
    "/",
    "/?month=2026-03&span=month",
    "/?month=2026-10&unit=unassigned&span=rolling12",
    "/?month=2031-01",
    "/?figure=nonsense",
]


def foreign_words(page: Page) -> set[str]:
    words = re.findall(r"[A-Za-z]{2,}", "\n".join(page.evaluate(VISIBLE_WORDS)))
    return set(words) - ALLOWED_WORDS


def open_drawer(page: Page) -> Page:
    page.locator(".ls .card[data-act]").nth(1).click()
    expect(page.get_by_role("dialog")).to_contain_text("逐行相加一致")
    return page


@pytest.mark.parametrize("path", URLS)
def test_every_address_opens_cold(watched: Watched, app_url: str, path: str) -> None:
    page = watched.open(app_url + path)
    expect(page.locator("h1")).to_have_text("月度计分卡")
    expect(page.locator(".ls .board h2")).to_be_visible()


def test_before_anything_is_loaded(empty_url: str, watched: Watched) -> None:
    page = watched.open(empty_url)
    expect(page.get_by_text("还没有数据")).to_be_visible()
    assert foreign_words(page) == set()


def test_three_clicks_to_the_named_rows(opened: Page) -> None:
    town = opened.locator(".ls .units tr[data-act]").first
    name = town.locator("td").first.inner_text()
    town.locator("td").first.click()
    expect(opened.locator(".ls .verdict h2")).to_contain_text(name)
    opened.locator(".ls .verdict-rows .door").first.click()
    rows = opened.locator(".ls .behind tbody tr")
    expect(rows.first).to_contain_text(re.compile(r"\.xlsx.*第 \d+ 行", re.DOTALL))
    expect(opened.get_by_role("dialog")).to_contain_text(name)


def test_enter_opens_the_drawer_and_escape_shuts_it(opened: Page) -> None:
    opened.locator(".ls .card[data-act]").nth(1).focus()
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("dialog")).to_contain_text("逐行相加一致")
    assert "figure=" in opened.url
    opened.keyboard.press("Escape")
    expect(opened.get_by_role("dialog")).to_have_count(0)
    expect(opened).not_to_have_url(re.compile("figure="))


def test_a_link_to_a_figure_opens_it_again(watched: Watched, opened: Page) -> None:
    link = open_drawer(opened).url
    title = opened.locator(".ls .origin-head h2").inner_text()
    page = watched.open(link)
    expect(page.locator(".ls .origin-head h2")).to_have_text(title)


def test_a_units_figure_opens_its_own_rows(opened: Page) -> None:
    opened.locator(".ls .card[data-act]").last.click()
    drawer = opened.get_by_role("dialog")
    expect(drawer).to_contain_text("个单位")
    drawer.locator("td[data-act]").first.click()
    expect(drawer.locator(".behind tbody tr").first).to_contain_text(".xlsx")


def test_the_screen_is_chinese(opened: Page) -> None:
    assert opened.evaluate("document.documentElement.lang") == "zh-CN"
    opened.locator(".st-key-month [role=combobox], .st-key-month input").first.click()
    opened.wait_for_timeout(400)
    assert foreign_words(opened) == set()
    opened.keyboard.press("Escape")
    open_drawer(opened)
    opened.wait_for_timeout(400)
    assert foreign_words(opened) == set()


def test_names_from_workbooks_are_text(hostile_url: str, watched: Watched) -> None:
    page = watched.open(hostile_url)
    expect(page.locator(".ls .units")).to_contain_text(HOSTILE_NAME)
    open_drawer(page)
    expect(page.get_by_role("dialog").locator(".behind")).to_contain_text(HOSTILE_NAME)
    assert page.locator("img[onerror]").count() == 0
    assert page.evaluate("window.broken") is None


def test_the_hooks_our_stylesheet_hangs_on(opened: Page) -> None:
    assert [hook for hook in HOOKS if not opened.get_by_test_id(hook).count()] == []
    assert [key for key in KEYS if not opened.locator(f".st-key-{key}").count()] == []
    assert opened.locator(".st-key-frame").is_hidden()


def test_an_open_page_says_when_there_is_newer_data(fresh: FreshHome, watched: Watched) -> None:
    page = watched.open(fresh.url)
    fresh.publish_renamed("新名")
    notice = page.get_by_text("有新数据，点此刷新")
    expect(notice).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator(".ls .units")).not_to_contain_text("新名")
    notice.click()
    expect(page.locator(".ls .units")).to_contain_text("新名")
    expect(notice).to_have_count(0)


def test_the_filter_keeps_the_back_button(opened: Page) -> None:
    opened.get_by_role("radio", name="当月").or_(
        opened.get_by_text("当月", exact=True)
    ).first.click()
    expect(opened).to_have_url(re.compile("span=month"))
    opened.go_back()
    expect(opened).to_have_url(re.compile("span=ytd"))
    expect(opened.locator(".ls .verdict h2")).to_contain_text("1—10月")


def test_a_phone_scrolls_one_way_only(watched: Watched, app_url: str) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = watched.open(app_url)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    wide = page.evaluate(
        "[...document.querySelectorAll('.ls .panel, .ls .card')]"
        ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className)"
    )
    assert wide == []


def test_paper_takes_one_page(opened: Page) -> None:
    pdf = opened.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
