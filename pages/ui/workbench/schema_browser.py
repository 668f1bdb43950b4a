"""Beside the editor: the views with their columns, the questions, what one has asked before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from pages.ui.access.access import person
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, door, fill, join
from pages.ui.workbench.editor import Word
from pages.ui.workbench.session import desk
from reports.source import Row
from warehouse import formats
from warehouse.files.home import Home
from warehouse.guard import query_log, questions

TABS = ("数据", "问题", "历史")
TYPES = {
    "VARCHAR": "文字",
    "DATE": "日期",
    "TIMESTAMP": "时间",
    "BOOLEAN": "是否",
    "INTEGER": "整数",
    "BIGINT": "整数",
}
OUTCOMES = {
    "ok": "✓",
    "cancelled": "已取消",
    "timeout": "超时",
    "memory": "内存超限",
    "running": "未结束",
}


def panel(columns: Sequence[Row]) -> None:
    """The left side; a click inserts a name or loads a text."""
    tab = st.segmented_control(
        "左侧内容",
        TABS,
        key="library_tab",
        default=TABS[0],
        required=True,
        width="stretch",
        label_visibility="collapsed",
    )
    sought = (
        st.text_input(
            "查找",
            key="library_sought",
            placeholder="查找表、列、含义",
            live=True,
            label_visibility="collapsed",
            icon=":material/search:",
        )
        if tab == TABS[0]
        else ""
    )
    drawn = {
        TABS[0]: lambda: views(columns, (sought or "").strip()),
        TABS[1]: question_list,
        TABS[2]: history,
    }[tab or TABS[0]]
    block(states.guarded(drawn), key="library", on_act=act)


def words(columns: Sequence[Row]) -> list[Word]:
    """What the editor's completion offers."""
    tables = {row["view_zh"]: Word(row["view_zh"], "表", row["grain_zh"]) for row in columns}
    held: dict[str, list[Row]] = {}
    for row in columns:
        held.setdefault(row["column_zh"], []).append(row)
    return [*tables.values(), *(_column_word(name, rows) for name, rows in held.items())]


def _column_word(name: str, rows: Sequence[Row]) -> Word:
    views = tuple(row["view_zh"] for row in rows)
    return Word(name, "列", f"{formats.listed_zh(list(views), 2)}．{type_zh(rows[0])}", views)


def type_zh(column: Row) -> str:
    """The unit of a column, else what kind of value it holds."""
    kind = str(column["data_type"]).split("(")[0]
    return column["unit_zh"] or TYPES.get(kind, "数")


def views(columns: Sequence[Row], sought: str) -> Safe:
    """Every view, folded; open where the search found a column."""
    drawn = []
    for _, group in groupby(columns, key=lambda row: row["view_zh"]):
        rows = list(group)
        is_named = sought in rows[0]["view_zh"] + rows[0]["view_meaning_zh"]
        fitting = [r for r in rows if is_named or sought in r["column_zh"] + r["meaning_zh"]]
        if fitting:
            drawn.append(_view(fitting, is_open=bool(sought) and not is_named))
    if not drawn:
        return states.no_rows(f"没有“{sought}”", "换个词，或清空查找。")
    return fill('<div class="library">{views}</div>', views=join(drawn))


def _view(columns: Sequence[Row], *, is_open: bool) -> Safe:
    first = columns[0]
    return fill(
        '<details {open}><summary title="{meaning}"><b {door}>{name}</b><span>{grain}</span>'
        "<i>{count}</i></summary><ul>{columns}</ul></details>",
        open="open" if is_open else "",
        meaning=first["view_meaning_zh"],
        door=door("insert", first["view_zh"], f"插入 {first['view_zh']}"),
        name=first["view_zh"],
        grain=first["grain_zh"],
        count=formats.number(first["row_count"]),
        columns=join(
            fill(
                '<li {door} title="{meaning}">{name}<span>{kind}</span></li>',
                door=door("insert", row["column_zh"], f"插入 {row['column_zh']}"),
                meaning=row["meaning_zh"],
                name=row["column_zh"],
                kind=type_zh(row),
            )
            for row in columns
        ),
    )


def question_list() -> Safe:
    """The delivered questions, then those colleagues kept."""
    kept = query_log.saved(Home.find())
    own = person()
    delivered = join(
        _entry("question", question.code, question.title, question.meaning)
        for question in questions.delivered()
    )
    mine = join(
        _entry("saved", str(saved.key), saved.title, saved.person, saved.person == own)
        for saved in kept
    )
    return fill(
        '<div class="library"><h3>常用问题</h3>{delivered}{mine}</div>',
        delivered=delivered,
        mine=fill("<h3>存下的问题</h3>{mine}", mine=mine) if kept else "",
    )


def _entry(action: str, code: str, name: str, note: str, is_removable: bool = False) -> Safe:
    remove = door("remove", code, f"删除 {name}")
    return fill(
        '<div class="entry"><p {door}><b>{name}</b><span>{note}</span></p>{remove}</div>',
        door=door(action, code, f"打开 {name}"),
        name=name,
        note=note,
        remove=fill("<a {remove}>删除</a>", remove=remove) if is_removable else "",
    )


def history() -> Safe:
    """One's own queries, newest first."""
    found = query_log.recent(Home.find(), person())
    if not found:
        return states.no_rows("还没有查询", "运行过的语句会列在这里，点一下重新打开。")
    return fill(
        '<div class="library">{entries}</div>',
        entries=join(
            _entry("history", str(one.key), _first_line(one.sql), _ended(one)) for one in found
        ),
    )


def _first_line(sql: str) -> str:
    title = questions.title_of(sql)
    return title or " ".join(sql.split())[:60]


def _ended(one: query_log.Asked) -> str:
    rows = f" {formats.number(one.rows)} 行" if one.outcome == "ok" else ""
    day = one.asked_at.astimezone()
    return f"{day:%m-%d %H:%M}　{OUTCOMES.get(one.outcome, '✕ 未成功')}{rows}"


def act(action: str, value: str) -> None:
    """What a click on the left side does."""
    home, mine = Home.find(), desk()
    if action == "insert":
        mine.put(value)
    elif action == "question":
        mine.load(next(q.sql for q in questions.delivered() if q.code == value))
    elif action == "remove":
        query_log.remove(home, person(), int(value))
    else:
        kept = query_log.saved(home) if action == "saved" else query_log.recent(home, person())
        for one in kept:  # a colleague may have taken it off the list meanwhile
            if str(one.key) == value:
                mine.load(one.sql)
