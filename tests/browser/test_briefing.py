"""投影汇报 in a browser: everything fits at every size, keys turn slides, no server is needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reports.slides import briefing
from reports.source import Source
from tests.browser.conftest import PATIENCE_MS, Watched, serving
from warehouse.files.home import DEFAULT_PROFILE, Home

pytestmark = pytest.mark.browser

SIZES = [(1024, 768), (1280, 800), (1366, 768), (1920, 1080), (3840, 2160)]
SMALLEST = 20
#: Elements wider than themselves, standing out of their parent or the screen, or too small to read.
MISFITS = """(smallest) => {
    const slide = document.querySelector(".deck .slide:not([hidden])");
    const footer = document.querySelector(".deck footer");
    const found = [];
    for (const element of [slide, ...slide.querySelectorAll("*"), footer, ...footer.children]) {
        const style = getComputedStyle(element);
        if (element.closest("svg") || !element.getClientRects().length) continue;
        const box = element.getBoundingClientRect();
        const around = element.parentElement.getBoundingClientRect();
        const isBox = style.display !== "inline";
        const says = `${element.tagName} ${element.className} ${element.textContent.slice(0, 30)}`;
        if (isBox && element.scrollWidth > element.clientWidth + 1) found.push("wide " + says);
        if (isBox && style.position === "static"
            && (box.bottom > around.bottom + 1.5 || box.right > around.right + 1.5))
            found.push("out of parent " + says);
        if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1
            || box.left < -1 || box.top < -1)
            found.push("off screen " + says);
        const texts = [...element.childNodes].filter((node) => node.nodeType === 3);
        const isRead = texts.some((node) => node.nodeValue.trim());
        if (isRead && parseFloat(style.fontSize) < smallest) found.push("small " + says);
    }
    return found;
}"""


def started(watched: Watched, url: str, query: str = "month=2026-10") -> Page:
    """The page with its slides open."""
    page = watched.page
    page.goto(f"{url}/briefing?{query}")
    page.locator(".projector-start .go").wait_for(timeout=PATIENCE_MS)
    page.locator(".projector-start .go").click()
    expect(page.locator(".deck .slide:visible")).to_have_count(1)
    return page


def shown(page: Page) -> str:
    return page.locator(".deck .page").inner_text()


def count(page: Page) -> int:
    return page.locator(".deck .slide").count()


@pytest.fixture(scope="module")
def offline(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The briefing as a file."""
    source = Source.of(Home(sample_home, DEFAULT_PROFILE))
    month = source.rows("months")[0]["month"]
    asked = (source.rows, month, source.version_zh)
    run = briefing.data(*asked)
    path = tmp_path_factory.mktemp("offline") / briefing.file_name(
        source.rows, month, source.version_zh
    )
    path.write_text(briefing.html(run, briefing.title(*asked)), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_slide_fits(browser: Browser, offline: Path, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(offline.as_uri())
    misfits = []
    for number in range(count(page)):
        misfits += [f"{number + 1}: {words}" for words in page.evaluate(MISFITS, SMALLEST)]
        page.keyboard.press("ArrowRight")
    page.close()
    assert misfits == []


def test_keys_turn_the_slides(watched: Watched, app_url: str) -> None:
    page = started(watched, app_url)
    last = count(page)
    for key, number in [
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("ArrowLeft", 2),
        ("PageUp", 1),
        ("ArrowLeft", 1),
        ("End", last),
        ("ArrowRight", last),
        ("Home", 1),
    ]:
        page.keyboard.press(key)
        assert shown(page) == f"{number}／{last}", key
        assert f"slide={number}" in page.url
    page.keyboard.press("Escape")
    expect(page.locator(".deck")).to_have_count(0)
    assert "slide=" not in page.url


def test_black_dark_and_the_clock(watched: Watched, app_url: str) -> None:
    page = started(watched, app_url)
    deck = page.locator(".deck")
    page.keyboard.press("b")
    expect(deck.locator("h1").first).not_to_be_visible()
    page.keyboard.press("ArrowRight")
    assert shown(page).startswith("1／")
    page.keyboard.press("d")
    expect(deck).to_have_class(re.compile("dark"))
    page.evaluate("document.querySelectorAll('.deck .slide').forEach(s => s.dataset.seconds = 1)")
    page.keyboard.press("p")
    expect(deck.locator(".mode")).to_contain_text("自动")
    expect(deck.locator(".page")).to_contain_text("2／")
    page.keyboard.press("p")
    expect(deck.locator(".mode")).to_have_text("已暂停")


def test_a_link_opens_its_slide(watched: Watched, app_url: str) -> None:
    watched.page.goto(f"{app_url}/briefing?month=2026-10&slide=3")
    expect(watched.page.locator(".deck .page")).to_contain_text("3／", timeout=PATIENCE_MS)


def test_a_run_outlives_its_server(browser: Browser, sample_home: Path) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    with serving(sample_home) as url:
        page.goto(f"{url}/briefing?month=2026-10")
        page.locator(".projector-start .go").click()
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(1500)
    page.keyboard.press("ArrowRight")
    assert shown(page).startswith("3／")
    page.close()


def test_the_file_asks_for_nothing(watched: Watched, offline: Path) -> None:
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url))
    watched.page.goto(offline.as_uri())
    watched.page.keyboard.press("End")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert offline.name.startswith("模拟数据")
    assert watched.page.title().startswith("【模拟数据】")
