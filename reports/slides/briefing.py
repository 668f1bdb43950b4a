"""The briefing as one offline file: the slides of the page with their style and keys inside."""

from __future__ import annotations

import json
from datetime import date

from reports import document_files
from reports.safe_html import Safe
from reports.slides import deck
from reports.source import Rows
from warehouse import formats

TITLE = "投影汇报"
BODY = "body{margin:40px;font-family:'Microsoft YaHei','Noto Sans CJK SC',sans-serif}"
START = "projector({{parentElement:document.body,data:{data}}});"


def data(ask: Rows, month: date, version_zh: str) -> dict[str, object]:
    """What the projector needs: slides, start screen, style."""
    shown = deck.slides(ask, month)
    return {
        "deck": str(deck.layer(shown, deck.footer(ask, month, version_zh))),
        "start": str(deck.contents(shown)),
        "style": deck.STYLE.read_text("utf-8"),
    }


def html(run: dict[str, object], title: str) -> str:
    """The file; it opens on the first slide."""
    # "</" would end the script element from inside a string.
    told = json.dumps({**run, "is_open": True}, ensure_ascii=False).replace("</", "<\\/")
    script = deck.SCRIPT.read_text("utf-8") + START.format(data=told)
    return document_files.document(title, BODY, Safe(""), script)


def title(ask: Rows, month: date, version_zh: str) -> str:
    """`【模拟数据】示例市安全生产委员会办公室 2026年10月投影汇报（2026年10月定稿）`."""
    state = ask("data_state")[0]
    words = f"{state['office_zh']} {formats.month_zh(month)}{TITLE}（{version_zh}）"
    return document_files.title(words, bool(state["is_synthetic"]))


def file_name(ask: Rows, month: date, version_zh: str) -> str:
    """`模拟数据_示例市_投影汇报_2026年10月_快报第3版.html`."""
    state = ask("data_state")[0]
    parts = [state["profile_name_zh"], TITLE, formats.month_zh(month), version_zh]
    return document_files.file_name(parts, ".html", bool(state["is_synthetic"]))
