"""Signing in and out as a person does: form, reload, second tab, way out, idle time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE_MS, Watched, serving
from tests.browser.test_scorecard import foreign_words
from warehouse.accounts import log, users
from warehouse.files.home import Home

pytestmark = pytest.mark.browser

WORD = "晾晒-2026-十月"


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Home:
    """The sample's figures, and one leader."""
    made = Home(tmp_path, "demo")
    made.folder.mkdir()
    shutil.copy(sample_home / "demo" / "CURRENT", made.folder)
    made.builds.symlink_to(sample_home / "demo" / "builds")
    users.add_user(made, "zhang", ["leader"], WORD, "张三")
    return made


@pytest.fixture
def url(home: Home) -> Iterator[str]:
    """The app with accounts."""
    with serving(home.root) as address:
        yield address


@pytest.fixture
def form(url: str, watched: Watched) -> Page:
    """The sign-in form, from a link to a month."""
    watched.page.goto(f"{url}/?month=2026-03&span=month")
    expect(watched.page.get_by_role("heading", name="登录")).to_be_visible(timeout=PATIENCE_MS)
    watched.page.wait_for_selector("html[lang=zh-CN]", state="attached", timeout=PATIENCE_MS)
    return watched.page


def sign_in(page: Page, word: str) -> None:
    page.get_by_label("用户名").fill("zhang")
    page.get_by_label("密码", exact=True).fill(word)
    page.get_by_label("密码", exact=True).press("Enter")


def test_the_form_is_chinese_and_shows_no_figure(form: Page) -> None:
    assert foreign_words(form) == set()
    assert form.locator(".ls .board").count() == 0
    assert form.locator("[data-testid=stTopNavLink]").count() == 0


def test_in_reload_second_tab_and_out(form: Page) -> None:
    sign_in(form, "wrong-password")
    expect(form.get_by_role("alert").filter(has_text="用户名或密码不对")).to_be_visible()
    sign_in(form, WORD)
    expect(form.locator(".ls .verdict h2")).to_be_visible(timeout=PATIENCE_MS)
    assert "month=2026-03" in form.url
    expect(form.locator(".account")).to_contain_text("张三 · 领导")
    kept = [one for one in form.context.cookies() if one["name"].startswith("liangshai_")]
    assert [one["sameSite"] for one in kept] == ["Strict"]
    form.reload()
    expect(form.locator(".ls .verdict h2")).to_be_visible(timeout=PATIENCE_MS)
    second = form.context.new_page()
    second.goto(form.url)
    expect(second.locator(".ls .verdict h2")).to_be_visible(timeout=PATIENCE_MS)
    form.get_by_role("button", name="退出登录").click()
    expect(form.get_by_text("已退出登录。")).to_be_visible()
    assert form.locator(".ls .board").count() == 0
    expect(second.get_by_role("heading", name="登录")).to_be_visible(timeout=PATIENCE_MS)
    assert second.locator(".ls .board").count() == 0


def test_an_idle_page_shuts_itself(form: Page, home: Home) -> None:
    sign_in(form, WORD)
    expect(form.locator(".ls .verdict h2")).to_be_visible(timeout=PATIENCE_MS)
    users.change_password(home, "zhang", "another-password")
    expect(form.get_by_text("请重新登录")).to_be_visible(timeout=PATIENCE_MS)
    assert form.locator(".ls .board").count() == 0


def test_a_taken_file_is_in_the_log(form: Page, home: Home) -> None:
    sign_in(form, WORD)
    form.locator(".ls .verdict-rows .door").first.click(timeout=PATIENCE_MS)
    with form.expect_download() as taken:
        form.get_by_role("button", name="导出这些行").click()
    assert taken.value.suggested_filename.endswith(".csv")
    last = log.entries(home)[-1]
    assert (last.user_name, last.action) == ("zhang", "download")
    assert taken.value.suggested_filename in last.target
    assert log.faults(home) == []
