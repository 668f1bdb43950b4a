"""The sign-in form, the account in the corner, and the cookie that outlives a reload."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui.kit.block import OnAct, block
from pages.ui.kit.markup import Safe, door, fill
from warehouse.accounts import sessions
from warehouse.accounts.users import Refused, User
from warehouse.files.home import Home

HERE = Path(__file__).parent
MESSAGE = "sign_in_message"
EXPIRED = "登录已失效或超时，请重新登录。"

_cookie = st.components.v2.component(
    "cookie", js=(HERE / "cookie.js").read_text("utf-8"), isolate_styles=False
)


def form(home: Home, token_key: str, *, was_signed_in: bool) -> None:
    """Ask for name and password; the right ones put a token under `token_key` and run again."""
    st.html(HERE / "sign_in.css")
    with st.container(key="signin"):
        st.title("登录", anchor=False)
        message = st.session_state.pop(MESSAGE, EXPIRED if was_signed_in else "")
        with st.form("signin_form", border=False):
            name = st.text_input("用户名", autocomplete="username")
            word = st.text_input("密码", type="password", autocomplete="current-password")
            if st.form_submit_button("登录", type="primary", width="stretch"):
                message = _try(home, token_key, name.strip(), word)
        block(_told(message), key="signin_message")


def _try(home: Home, token_key: str, name: str, word: str) -> str:
    try:
        token = sessions.sign_in(home, name, word, address())
    except Refused as reason:
        return str(reason)
    st.session_state.clear()
    st.session_state[token_key] = token
    return st.rerun()


def _told(message: str) -> Safe:
    if message:
        return fill('<p class="told" role="alert">{message}</p>', message=message)
    return Safe('<p class="quiet">没有账户或忘记密码，请联系安委办管理员。</p>')


def account(user: User, sign_out: OnAct | None) -> None:
    """Who is signed in, and the way out, where signing in was done here."""
    st.html(HERE / "sign_in.css")
    leave = Safe("")
    if sign_out is not None:
        leave = fill(
            '<span class="button" {door}>退出</span>', door=door("signout", "now", "退出登录")
        )
    shown = fill(
        '<div class="account"><span class="who">{name} · {roles}</span>{leave}</div>',
        name=user.display_name,
        roles=user.roles_zh,
        leave=leave,
    )
    with st.container(key="account"):
        block(shown, key="account_block", on_act=sign_out)


def keep_cookie(name: str, token: str) -> None:
    """Have the browser keep the token until it is closed; told until it sends it."""
    if st.context.cookies.get(name) != token:
        with st.container(key="cookie"):
            _cookie(key="cookie_component", data={"name": name, "token": token})


def address() -> str:
    """Where the visitor's machine is; empty on this machine."""
    told = st.context.ip_address
    return told if isinstance(told, str) else ""
