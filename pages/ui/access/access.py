"""Who is here and what they may open: asked by the router, and again where rows and files leave.

Without accounts on a server that listens to this machine alone, everything is open.
"""

from __future__ import annotations

import csv
import hashlib
import sqlite3
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.ui.access import sign_in
from pages.ui.kit import states
from pages.ui.kit.block import block
from warehouse.accounts import log, proxy, sessions
from warehouse.accounts.users import Refused, User, read_users
from warehouse.files.home import Home

ROLES_CSV = Path(__file__).parents[2] / "roles.csv"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
WATCH_SECONDS = 10
FRESH_SECONDS = 1.0
TOKEN, PAGE, CHECKED, LOGGED = "access_token", "access_page", "access_checked", "access_logged"


ALONE = "本机用户"


def person() -> str:
    """Who asks, as the log and a kept question name it."""
    user = visitor()
    return user.name if user else ALONE


class Forbidden(PermissionError):
    """A file asked for by somebody who may not have it."""


@cache
def page_roles() -> dict[str, frozenset[str]]:
    """Roles by page title; a page without a row is for the admin alone."""
    with ROLES_CSV.open(encoding="utf-8", newline="") as stream:
        return {
            row["page"]: frozenset(role for role in row if role != "page" and row[role] == "1")
            for row in csv.DictReader(stream)
        }


def is_required(home: Home) -> bool:
    """Somebody has an account, or other machines may reach this server."""
    if st.get_option("server.address") not in LOOPBACK:
        return True
    try:
        return bool(read_users(home))
    except (Refused, OSError):
        return True


def visitor(*, is_active: bool = True) -> User | None:
    """The signed-in user of this session; None when there is none, or no longer.

    What cannot be read opens nothing: the sign-in form then says what is broken.
    """
    home = Home.find()
    try:
        named = proxy.user_of(home, headers())
        return named or sessions.identify(home, token(), is_active=is_active)
    except (Refused, ValueError, OSError, sqlite3.Error):
        states.log_error()
        return None


def headers() -> dict[str, str]:
    """What the browser, or a proxy before us, sent when this tab connected."""
    return {str(name): str(value) for name, value in st.context.headers.items()}


def token() -> str:
    """The token of this tab, else the one the browser kept."""
    kept = st.session_state.get(TOKEN) or st.context.cookies.get(cookie_name())
    return kept if isinstance(kept, str) else ""


def cookie_name() -> str:
    """Homes served from one machine do not share a cookie, though browsers ignore the port."""
    return "liangshai_" + hashlib.sha256(str(Home.find().folder).encode()).hexdigest()[:8]


def may_open(title: str, *, is_active: bool = False) -> bool:
    """Whether this visitor may see the page of this title."""
    if not is_required(Home.find()):
        return True
    user = visitor(is_active=is_active)
    return user is not None and is_for(user, title)


def is_for(user: User, title: str) -> bool:
    """Whether the page is for one of the user's roles."""
    return bool(user.roles & page_roles().get(title, frozenset({"admin"})))


def page(path: str, title: str, *, default: bool = False) -> StreamlitPage:
    """A page of the navigation; hidden there from whom it is not for."""
    return st.Page(
        path, title=title, default=default, visibility="visible" if may_open(title) else "hidden"
    )


def has_entered() -> bool:
    """Whether pages may be offered at all."""
    return not is_required(Home.find()) or visitor() is not None


def enter(chosen: StreamlitPage) -> bool:
    """True when the page may run; else the sign-in form or 没有权限 stands in its place."""
    st.session_state.pop(PAGE, None)
    st.session_state.pop(CHECKED, None)
    home = Home.find()
    if not is_required(home):
        st.session_state[PAGE] = chosen.title
        return True
    user = visitor()
    if user is None:
        sign_in.form(home, TOKEN, was_signed_in=bool(token()))
        return False
    sign_in.account(user, _sign_out if token() else None)
    if token():
        st.session_state[TOKEN] = token()
        sign_in.keep_cookie(cookie_name(), token())
    watch()
    if not is_for(user, chosen.title):
        _note_once(user, "denied", chosen.title)
        st.title(chosen.title, anchor=False)
        block(states.alone(states.no_permission(user.roles_zh)), key="denied")
        return False
    st.session_state[PAGE] = chosen.title
    st.session_state[CHECKED] = time.monotonic()
    _note_once(user, "page", chosen.title)
    return True


def renew() -> None:
    """Before rows reach a page: whoever has been signed out meanwhile gets none."""
    if time.monotonic() - st.session_state.get(CHECKED, 0.0) < FRESH_SECONDS:
        return
    title = st.session_state.get(PAGE)
    if title is not None and may_open(title, is_active=True):
        st.session_state[CHECKED] = time.monotonic()
        return
    if title is None and not is_required(Home.find()):
        return
    if st.session_state.pop(PAGE, None) is None:
        st.stop()
    st.rerun(scope="app")


@st.fragment(run_every=WATCH_SECONDS)
def watch() -> None:
    """Shut an open page when its session has ended; looking on does not keep it alive."""
    if visitor(is_active=False) is None:
        st.rerun(scope="app")


def note(action: str, target: str) -> None:
    """Write what this visitor does to the access log; without accounts nothing is kept."""
    user = visitor() if is_required(Home.find()) else None
    if user is not None:
        log.append(Home.find(), user.name, sign_in.address(), action, target)


def export(what: str, build: Callable[[], bytes]) -> Callable[[], bytes]:
    """A file for `st.download_button`, built on the click after asking and noting who takes it.

    The click comes in outside the page's run, so what it needs to know is taken along.
    """
    home, title = Home.find(), st.session_state.get(PAGE, "")
    kept, where, told = token(), sign_in.address(), headers()
    required = is_required(home)

    def checked() -> bytes:
        if required or read_users(home):
            user = proxy.user_of(home, told) or sessions.identify(home, kept)
            if user is None or not is_for(user, title):
                raise Forbidden("请重新登录后再导出" if user is None else "没有权限")
            log.append(home, user.name, where, "download", f"{title}：{what}")
        return build()

    return checked


def _note_once(user: User, action: str, title: str) -> None:
    if st.session_state.get(LOGGED) != (action, title):
        log.append(Home.find(), user.name, sign_in.address(), action, title)
        st.session_state[LOGGED] = (action, title)


def _sign_out(*_: str) -> None:
    sessions.sign_out(Home.find(), token())
    st.session_state.clear()
    st.session_state[sign_in.MESSAGE] = "已退出登录。"
