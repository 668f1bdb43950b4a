"""Every page for every role: its own content, or 没有权限 and nothing else; then in and out."""

from __future__ import annotations

import ast
import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui.access import access
from tests.pages.screen import APP, TIMEOUT, blocks, open_app, text
from warehouse.accounts import log, passwords, sessions, users
from warehouse.files.home import Home

WORD = "晾晒-2026-十月"
FRAME = {"frame_component", "account_block", "cookie_component", "signin_message", "denied"}


def listed() -> dict[str, str]:
    """Titles and files of the router's pages, as app.py writes them."""
    calls = (
        node.args
        for node in ast.walk(ast.parse(APP.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "access.page"
    )
    return {ast.literal_eval(args[1]): ast.literal_eval(args[0]) for args in calls}


@pytest.fixture
def home(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The sample's figures, and one user per role."""
    monkeypatch.setattr(passwords, "COST", (2**14, 8, 1))
    made = Home(tmp_path, "demo")
    made.folder.mkdir()
    shutil.copy(sample_home / "demo" / "CURRENT", made.folder)
    made.builds.symlink_to(sample_home / "demo" / "builds")
    for role in users.ROLES_ZH:
        users.add_user(made, f"the_{role}", [role], WORD)
    monkeypatch.setenv("LIANGSHAI_HOME", str(tmp_path))
    return made


def opened_as(home: Home, role: str, path: str = "") -> AppTest:
    """The app for a signed-in user of a role, at one of its pages."""
    app = AppTest.from_file(str(APP), default_timeout=TIMEOUT)
    app.session_state[access.TOKEN] = sessions.sign_in(home, f"the_{role}", WORD, "")
    if path:
        app.switch_page(path)
    return app.run()


def shown(app: AppTest) -> set[str]:
    """Keys of the blocks beside the frame: what could carry data."""
    return set(blocks(app)) - FRAME


def actions(home: Home) -> list[tuple[str, str]]:
    return [(entry.action, entry.target) for entry in log.entries(home)]


def test_every_page_has_its_roles_and_the_other_way_round() -> None:
    with access.ROLES_CSV.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["page"] for row in rows] == list(dict.fromkeys(row["page"] for row in rows))
    assert {row["page"] for row in rows} == set(listed())
    assert all(set(row) == {"page", *users.ROLES_ZH} for row in rows)
    assert {row[role] for row in rows for role in users.ROLES_ZH} <= {"0", "1"}
    assert "st.Page(" not in APP.read_text("utf-8")


@pytest.mark.parametrize("role", users.ROLES_ZH)
@pytest.mark.parametrize("title", listed())
def test_every_page_for_every_role(home: Home, title: str, role: str) -> None:
    app = opened_as(home, role, listed()[title])
    assert not app.exception
    is_open = role in access.page_roles()[title]
    assert ("没有权限" in text("".join(blocks(app).values()))) == (not is_open)
    assert actions(home)[-1] == ("page" if is_open else "denied", title)
    if not is_open:
        assert (shown(app), app.dataframe.len, app.get("download_button")) == (set(), 0, [])


@pytest.mark.parametrize("title", listed())
def test_a_page_without_rights_shows_no_data(
    home: Home, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "page_roles", dict)
    app = opened_as(home, "leader", listed()[title])
    assert not app.exception
    assert app.title[0].value == title
    assert "没有权限" in text(blocks(app)["denied"])
    assert shown(app) == set()


@pytest.mark.parametrize("path", listed().values(), ids=list(listed()))
def test_signed_out_every_page_is_the_sign_in_form(home: Home, path: str) -> None:
    app = AppTest.from_file(str(APP), default_timeout=TIMEOUT)
    app.switch_page(path)
    app.run()
    assert not app.exception
    assert [title.value for title in app.title] == ["登录"]
    assert shown(app) == set()
    assert actions(home) == []


def test_in_with_the_right_password_and_out_again(home: Home) -> None:
    app = open_app()
    for word in ("wrong-password", WORD):
        app.text_input[0].set_value("the_leader")
        app.text_input[1].set_value(word)
        app.button[0].click().run()
        if word != WORD:
            assert "用户名或密码不对" in text(blocks(app)["signin_message"])
    assert not app.exception
    assert "the_leader · 领导" in text(blocks(app)["account_block"])
    sessions.sign_out(home, app.session_state[access.TOKEN])
    app.run()
    assert "请重新登录" in text(blocks(app)["signin_message"])
    assert shown(app) == set()
    said = [action for action, _ in actions(home)]
    assert said == ["sign_in_failed", "sign_in", "page", "sign_out"]


def test_a_user_removed_while_looking_sees_nothing_more(home: Home) -> None:
    app = opened_as(home, "leader")
    assert "scorecard" in blocks(app)
    users.remove_user(home, "the_leader")
    assert shown(app.run()) == set()


def test_a_damaged_user_file_opens_nothing(home: Home) -> None:
    users.users_path(home).write_text("nonsense", "utf-8")
    app = open_app()
    assert not app.exception
    assert [title.value for title in app.title] == ["登录"]


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], bytes]:
    """Takes a file as the user of a token would, from the scorecard."""
    state: dict[str, str] = {access.PAGE: "月度计分卡"}
    monkeypatch.setattr(st, "session_state", state)

    def take(token: str) -> bytes:
        state[access.TOKEN] = token
        return access.export("行.csv", lambda: b"rows")()

    return take


def test_a_download_is_checked_and_noted(home: Home, build: Callable[[str], bytes]) -> None:
    token = sessions.sign_in(home, "the_staff", WORD, "")
    assert build(token) == b"rows"
    assert actions(home)[-1] == ("download", "月度计分卡：行.csv")
    sessions.sign_out(home, token)
    for gone in (token, "", "x" * 43):
        with pytest.raises(access.Forbidden):
            build(gone)


def test_a_download_of_a_page_for_others_is_refused(
    home: Home, build: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "page_roles", lambda: {"月度计分卡": frozenset({"admin"})})
    with pytest.raises(access.Forbidden, match="没有权限"):
        build(sessions.sign_in(home, "the_staff", WORD, ""))


def test_a_server_others_can_reach_is_never_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "get_option", lambda _: "10.0.0.7")
    assert access.is_required(Home(tmp_path, "demo"))
    monkeypatch.setattr(st, "get_option", lambda _: "127.0.0.1")
    assert not access.is_required(Home(tmp_path, "demo"))
