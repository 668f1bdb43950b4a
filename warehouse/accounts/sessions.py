"""Signing in and staying signed in: a random token, of which only the hash is kept here.

Every question is answered from users.csv and state.sqlite, so a removed user, another role or
another password counts from the next click on, in every open tab.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import time

from warehouse.accounts import log, passwords
from warehouse.accounts.users import Refused, User, read_users
from warehouse.files import settings
from warehouse.files.home import Home
from warehouse.files.state import connected, state_path

TOKEN_BYTES = 32
SEEN_EVERY_SECONDS = 15
UNKNOWN = "（未知用户）"
WRONG = "用户名或密码不对"
SCHEMA = """
create table if not exists session (
    token_hash text primary key,
    user_name text not null,
    user_fingerprint text not null,
    address text not null,
    started_at real not null,
    seen_at real not null
) strict;
create table if not exists sign_in_failure (
    failure_id integer primary key,
    name_hash text not null,
    address text not null,
    failed_at real not null
) strict;
"""


def sign_in(home: Home, name: str, password: str, address: str) -> str:
    """A new token for the right password; Refused with a Chinese sentence else.

    A try is counted before the password is looked at, so many at once do not slip through.
    """
    user = read_users(home).get(name)
    said_name = user.name if user else UNKNOWN
    failure_id = _count_try(home, name, address)
    if failure_id is None:
        log.append(home, said_name, address, "locked")
        minutes = settings.value("lock_minutes", home)
        raise Refused(f"输错次数过多，请 {minutes} 分钟后再试，或联系管理员")
    if not passwords.matches(password, user.password if user else None) or user is None:
        log.append(home, said_name, address, "sign_in_failed")
        raise Refused(WRONG)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = time.time()
    with connected(home, SCHEMA) as state:
        _forget(state, name, address)
        oldest = now - settings.value("session_hours", home) * 3600
        state.execute("delete from session where started_at < ?", (oldest,))
        state.execute(
            "insert into session values (?, ?, ?, ?, ?, ?)",
            (_hashed(token), user.name, user.fingerprint, address, now, now),
        )
    log.append(home, user.name, address, "sign_in")
    return token


def identify(home: Home, token: str, *, is_active: bool = True) -> User | None:
    """Whose token this is; None when it is unknown, too old, or its user has changed.

    A page that only looks whether it may stay open asks with `is_active=False`.
    """
    if not token or not state_path(home).exists():
        return None
    with connected(home, SCHEMA, writes=False) as state:
        row = state.execute(
            "select * from session where token_hash = ?", (_hashed(token),)
        ).fetchone()
    if row is None:
        return None
    user = read_users(home).get(row["user_name"])
    now = time.time()
    if user is None or user.fingerprint != row["user_fingerprint"]:
        _end(home, token)
        return None
    if _is_expired(home, row, now):
        if _end(home, token):
            log.append(home, user.name, row["address"], "expired")
        return None
    if is_active and now - row["seen_at"] > SEEN_EVERY_SECONDS:
        with connected(home, SCHEMA) as state:
            state.execute(
                "update session set seen_at = ? where token_hash = ?", (now, _hashed(token))
            )
    return user


def sign_out(home: Home, token: str) -> None:
    """End a session everywhere; an ended one is no fault."""
    user = identify(home, token, is_active=False)
    if _end(home, token) and user is not None:
        log.append(home, user.name, "", "sign_out")


def _count_try(home: Home, name: str, address: str) -> int | None:
    """The number of a try taken for failed until it succeeds; None when the name is locked."""
    now = time.time()
    since = now - settings.value("lock_minutes", home) * 60
    tries = settings.value("sign_in_tries", home)
    anywhere = settings.value("tries_anywhere", home)
    with connected(home, SCHEMA) as state:
        state.execute("delete from sign_in_failure where failed_at < ?", (since,))
        here, everywhere = state.execute(
            "select count(*) filter (where address = ?), count(*) from sign_in_failure"
            " where name_hash = ?",
            (address, _hashed(name)),
        ).fetchone()
        if here >= tries or everywhere >= anywhere:
            return None
        added = state.execute(
            "insert into sign_in_failure (name_hash, address, failed_at) values (?, ?, ?)",
            (_hashed(name), address, now),
        )
        return added.lastrowid


def _forget(state: sqlite3.Connection, name: str, address: str) -> None:
    state.execute(
        "delete from sign_in_failure where name_hash = ? and address = ?", (_hashed(name), address)
    )


def _is_expired(home: Home, row: sqlite3.Row, now: float) -> bool:
    idle = now - row["seen_at"] > settings.value("idle_minutes", home) * 60
    old = now - row["started_at"] > settings.value("session_hours", home) * 3600
    # A clock set back must not make a session immortal.
    return bool(idle or old or now < row["started_at"] - 60)


def _end(home: Home, token: str) -> bool:
    with connected(home, SCHEMA) as state:
        ended = state.execute("delete from session where token_hash = ?", (_hashed(token),))
        return ended.rowcount > 0


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
