"""A browser on the served app: every page watched for foreign requests and console lines."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import run
from manual.camera import CHROMIUM, SETTLED, SWITCHES
from warehouse.files.home import DEFAULT_PROFILE, Home
from warehouse.versions.versions import current_number, point_to, serve_path, served_file

PATIENCE_MS = 120_000  # a machine may be four times slower than this one, and busy
HOSTILE_NAME = '<img src=x onerror="window.broken=1">'
#: A cold deep link asks for these two beside the page; Streamlit then finds them at the root.
KNOWN_404 = ("/_stcore/health", "/_stcore/host-config")


@dataclass
class Watched:
    """A page and what it did beside showing itself."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def open(self, url: str) -> Page:
        """Load an address and wait until the last block stands."""
        self.page.goto(url)
        self.page.wait_for_selector(".ls .board, .ls .state", timeout=PATIENCE_MS)
        self.page.wait_for_selector("html[lang=zh-CN]", state="attached", timeout=PATIENCE_MS)
        self.page.wait_for_selector(SETTLED, state="attached")
        return self.page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A cold page, 1366×768, that must stay on this machine and keep its console clean."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    context.set_default_timeout(PATIENCE_MS)
    seen = Watched(context.new_page())
    seen.page.on("request", lambda request: note_foreign(seen, request.url))
    seen.page.on("console", lambda line: note_console(seen, line.type, line.text, line.location))
    seen.page.on("pageerror", lambda error: seen.console.append(str(error)))
    yield seen
    context.close()
    assert seen.foreign == []
    assert seen.console == []


def note_foreign(seen: Watched, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != run.HOST:
        seen.foreign.append(url)


def note_console(seen: Watched, kind: str, text: str, location: object) -> None:
    is_known = "404" in text and any(path in str(location) for path in KNOWN_404)
    if kind in ("error", "warning") and not is_known:
        seen.console.append(f"{kind}: {text}")


@pytest.fixture
def opened(watched: Watched, app_url: str) -> Page:
    """The scorecard of the sample, cold."""
    return watched.open(app_url)


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """A second server over another home."""
    port = run.free_port()
    with run.serving(port, home):
        yield run.url_of(port)


@pytest.fixture
def hostile_url(sample_home: Path, tmp_path: Path) -> Iterator[str]:
    """The app over a warehouse in which every town is named like an attack."""
    root = tmp_path / "home"
    shutil.copytree(sample_home, root)
    with duckdb.connect(str(served_file(Home(root, DEFAULT_PROFILE)))) as connection:
        connection.execute(
            "update core.dim_unit set name_zh = ? where is_territory", [HOSTILE_NAME]
        )
        connection.execute("update core.fct_source_row set subject_zh = ?", [HOSTILE_NAME])
    with serving(root) as url:
        yield url


@dataclass
class FreshHome:
    """A served home of one's own, into which a newer build can be published."""

    home: Home
    url: str

    def publish_renamed(self, name: str) -> None:
        """A copy of the current build in which every town is called `name`."""
        number = current_number(self.home) or 0
        newer = serve_path(self.home, number + 1)
        shutil.copyfile(serve_path(self.home, number), newer)
        with duckdb.connect(str(newer)) as connection:
            connection.execute("update core.dim_unit set name_zh = ? where is_territory", [name])
        point_to(self.home, number + 1)


@pytest.fixture
def fresh(sample_home: Path, tmp_path: Path) -> Iterator[FreshHome]:
    """The app over a copy of the sample."""
    root = tmp_path / "home"
    shutil.copytree(sample_home, root)
    with serving(root) as url:
        yield FreshHome(Home(root, DEFAULT_PROFILE), url)


@pytest.fixture
def empty_url(tmp_path: Path) -> Iterator[str]:
    """The app before anything was loaded."""
    with serving(tmp_path) as url:
        yield url
