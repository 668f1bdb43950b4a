"""The briefing as one offline file: the slides of the page with their style and keys inside."""

from __future__ import annotations

import json
from datetime import date

from reports import files
from reports.markup import Safe
from reports.slides import deck
from reports.source import Rows
from warehouse import formats

TITLE = "投影汇报"
START = "projector({{parentElement:document.body,data:{data}}});"


def data(ask: Rows, month: date, version_zh: str) -> dict[str, object]:
    """What the projector needs: slides, start screen, style."""
    shown = deck.slides(ask, month)
    return {
        "deck": str(deck.layer(shown, deck.footer(ask, month, version_zh))),
        "start": str(deck.contents(shown)),
        "style": deck.STYLE.read_text("utf-8"),
    }


def html(ask: Rows, month: date, version_zh: str) -> str:
    """The file; it opens on the first slide."""
    state = ask("data_state")[0]
    words = f"{state['office_zh']} {formats.month_zh(month)}{TITLE}"
    # "</" would end the script element from inside a string.
    told = json.dumps({**data(ask, month, version_zh), "is_open": True}, ensure_ascii=False)
    script = deck.SCRIPT.read_text("utf-8") + START.format(data=told.replace("</", "<\\/"))
    style = "body{margin:40px;font-family:'Microsoft YaHei','Noto Sans CJK SC',sans-serif}"
    title = files.title(words, bool(state["is_synthetic"]))
    return files.document(title, style, Safe(""), script)


def file_name(ask: Rows, month: date) -> str:
    """`模拟数据_示例市_投影汇报_2026年10月.html`."""
    state = ask("data_state")[0]
    parts = [state["profile_name_zh"], TITLE, formats.month_zh(month)]
    return files.file_name(parts, ".html", bool(state["is_synthetic"]))
