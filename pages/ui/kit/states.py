"""Designed states: what is the case, why and until when, one or two doors that lead on."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from logging.handlers import RotatingFileHandler

import streamlit as st

from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, door, fill, join, prose
from warehouse import formats
from warehouse.files.home import Home

LOG_BYTES = 2_000_000
MARKS = {"empty": "–", "waiting": "!", "failed": "✕"}
Button = tuple[str, str, str]


def state(kind: str, title: str, text: str = "", buttons: Iterable[Button] = ()) -> Safe:
    """One state; a button is (action, value, words)."""
    doors = join(
        fill(
            '<span class="button" {door}>{words}</span>', door=door(act, value, words), words=words
        )
        for act, value, words in buttons
    )
    return fill(
        '<div class="state {kind}"><span class="mark" aria-hidden="true">{mark}</span><div>'
        "<h3>{title}</h3><p>{text}</p>{doors}</div></div>",
        kind=kind,
        mark=MARKS[kind],
        title=prose(title),
        text=prose(text),
        doors=fill('<div class="buttons no-print">{doors}</div>', doors=doors) if doors else "",
    )


def no_warehouse() -> Safe:
    """Nothing has been loaded yet."""
    return state(
        "empty",
        "还没有数据",
        "到“报送”里的“数据报送”把工作簿拖进去，确认入库后，这里就有数。没有这个菜单的，请联系安委办管理员。",
    )


def alone(content: Safe) -> Safe:
    """A state that is all there is on the page."""
    return fill('<div class="panel">{content}</div>', content=content)


def unknown_month(asked: date | None, month: date) -> Safe:
    """A link asks for a month that has no data; nothing where it did not."""
    if asked is None:
        return Safe("")
    shown = formats.month_zh(month)
    title = f"{formats.month_zh(asked)}还没有数据"
    return fill(
        '<div class="panel notice">{state}</div>',
        state=state("empty", title, f"最近有数据的是{shown}，下面显示{shown}。"),
    )


def no_rows(title: str, text: str = "") -> Safe:
    """A list that is empty because nothing meets its condition."""
    return state("empty", title, text)


def not_reported(name: str, since: str) -> Safe:
    """A unit that owes a report."""
    return state("waiting", f"{name} {since}未报", "未报不等于零；报送后自动更新。")


def no_permission(role: str = "") -> Safe:
    """A page for another role."""
    whom = f"您现在的身份是{role}。" if role else ""
    return state("empty", "没有权限", f"这一页不对您开放。{whom}需要时请联系安委办管理员。")


def failed(number: str) -> Safe:
    """A block that could not be drawn; the details are in the log under this number."""
    return state(
        "failed",
        "这一块没能算出来",
        f"其余各块不受影响。已记入日志，编号 {number}；把编号告诉管理员即可。",
        [("retry", number, "重试")],
    )


def drawn(blocks: Mapping[str, Callable[[], Safe]], height: int) -> dict[str, Safe]:
    """Every block of a page, each on its own; a skeleton of the final size while it takes long."""
    with st.skeleton(height=height):
        return {name: guarded(draw) for name, draw in blocks.items()}


def guarded(build: Callable[[], Safe]) -> Safe:
    """What a block builds, or the failed state: one broken block leaves the others standing."""
    try:
        return build()
    except Exception:  # noqa: BLE001 - whatever went wrong belongs in the log, not on the screen
        return alone(failed(log_error()))


@contextmanager
def caught() -> Iterator[None]:
    """Around a whole page: what no block caught ends as the failed state, never as a trace."""
    try:
        yield
    except Exception:  # noqa: BLE001 - as above
        block(alone(failed(log_error())), key="failed_page")


def log_error() -> str:
    """Write the exception being handled to HOME's log; return the number a person can read out."""
    now = datetime.now(UTC).astimezone()
    number = f"E-{now:%Y%m%d-%H%M}-{secrets.randbelow(900) + 100}"
    logger().exception("%s %s", number, st.context.url or "")
    return number


def logger() -> logging.Logger:
    """The app's log file under HOME."""
    path = Home.find().log / "app.log"
    log = logging.getLogger(f"liangshai.app.{path}")
    if not log.handlers:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=3, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(handler)
        log.propagate = False
    return log
