"""The access log: who opened or took away what, when. Appended only; a lost row is noticed.

Each row carries the mark of the row before it and its own, an HMAC under the home's secret; the
head keeps the newest. Whoever holds the secret and the file can write a new history.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from warehouse.files.home import Home
from warehouse.files.state import connected, state_path

ACTIONS_ZH = {
    "sign_in": "登录",
    "sign_in_failed": "登录失败",
    "locked": "暂停登录",
    "sign_out": "退出",
    "expired": "超时退出",
    "page": "打开页面",
    "denied": "没有权限",
    "download": "下载",
    "query": "查询",
    "upload": "上传",
    "preview": "预览",
    "load": "入库",
    "undo": "撤销",
    "decide": "判定",
    "cancel": "取消",
    "remind": "催报",
    "user_add": "新增用户",
    "user_password": "换密码",
    "user_remove": "删除用户",
}
FIELDS = ("seq", "at", "user_name", "address", "action", "target")
LONGEST_TARGET = 4000
SCHEMA = """
create table if not exists access_log (
    seq integer primary key,
    at text not null,
    user_name text not null,
    address text not null,
    action text not null,
    target text not null,
    previous_mark text not null,
    mark text not null
) strict;
create table if not exists access_head (
    head_id integer primary key check (head_id = 1),
    seq integer not null,
    mark text not null
) strict;
create trigger if not exists access_log_keeps before delete on access_log
begin select raise(abort, 'access_log is append-only'); end;
create trigger if not exists access_log_stays before update on access_log
begin select raise(abort, 'access_log is append-only'); end;
"""


@dataclass(frozen=True)
class Entry:
    """One thing somebody did."""

    seq: int
    at: str
    user_name: str
    address: str
    action: str
    target: str


def append(home: Home, user_name: str, address: str, action: str, target: str = "") -> None:
    """Write one row; the caller's work must not go on if this raises."""
    if action not in ACTIONS_ZH:
        raise ValueError(action)
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    key = _key(home)
    with connected(home, SCHEMA) as state:
        head = _head(state)
        entry = Entry(head[0] + 1, at, user_name, address, action, target[:LONGEST_TARGET])
        mark = _mark(key, entry, head[1])
        state.execute(
            "insert into access_log values (?, ?, ?, ?, ?, ?, ?, ?)",
            (*_values(entry), head[1], mark),
        )
        state.execute("insert or replace into access_head values (1, ?, ?)", (entry.seq, mark))


def entries(home: Home, newest: int = 100) -> list[Entry]:
    """The newest rows, oldest first."""
    if not state_path(home).exists():
        return []
    with connected(home, SCHEMA, writes=False) as state:
        rows = state.execute(
            "select seq, at, user_name, address, action, target from access_log"
            " order by seq desc limit ?",
            (newest,),
        ).fetchall()
    return [Entry(*row) for row in reversed(rows)]


def faults(home: Home) -> list[str]:
    """What is wrong with the log, each with the number of the row; empty when it is whole."""
    if not state_path(home).exists():
        return []
    key = _key(home)
    with connected(home, SCHEMA, writes=False) as state:
        rows = state.execute("select * from access_log order by seq").fetchall()
        head = _head(state)
    return list(_faults(key, rows, head))


def _faults(key: bytes, rows: list[sqlite3.Row], head: tuple[int, str]) -> Iterator[str]:
    seq, mark = 0, ""
    for row in rows:
        if row["seq"] != seq + 1:
            yield f"缺少第 {_range(seq + 1, row['seq'] - 1)} 条"
        elif row["previous_mark"] != mark:
            yield f"第 {row['seq']} 条接不上前一条"
        entry = Entry(*(row[name] for name in FIELDS))
        if not hmac.compare_digest(_mark(key, entry, row["previous_mark"]), row["mark"]):
            yield f"第 {row['seq']} 条被改动"
        seq, mark = row["seq"], row["mark"]
    if head[0] > seq:
        yield f"缺少第 {_range(seq + 1, head[0])} 条"
    elif head != (seq, mark):
        yield f"第 {seq} 条与末尾标记不符"


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"


def _head(state: sqlite3.Connection) -> tuple[int, str]:
    row = state.execute("select seq, mark from access_head").fetchone()
    return (row["seq"], row["mark"]) if row else (0, "")


def _key(home: Home) -> bytes:
    return hmac.digest(home.secret(), b"access log", hashlib.sha256)


def _mark(key: bytes, entry: Entry, previous: str) -> str:
    said = json.dumps([previous, *_values(entry)], ensure_ascii=False).encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()


def _values(entry: Entry) -> tuple[int | str, ...]:
    return tuple(getattr(entry, name) for name in FIELDS)
