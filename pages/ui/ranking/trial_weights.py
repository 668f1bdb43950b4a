"""试算分值: what the ranking would be under other points; kept in the address, never published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.ui.kit.markup import Safe, fill
from reports.ranking.board import Row
from warehouse import formats

KEY = "points"
MOST = 100.0
NOTICE = (
    '<div class="panel notice what-if"><b>试算</b>：分值改为 {points}，合计 {total} 分，按 100 分'
    "折算。“较方案”是与方案名次相比；试算不导出，不作公布依据。</div>"
)


def asked(items: Sequence[Row], scope: str) -> dict[str, float] | None:
    """A drawer of points, item by item; None while they are those of the scheme."""
    own = {item["item_code"]: float(item["points"]) for item in items}
    _seed(own, scope)
    with st.popover("试算分值", key="trial"):
        st.caption("改动分值，看名次怎样变；只在本页试算，不影响方案。")
        given = {
            item["item_code"]: st.number_input(
                f"{item['item_zh']}（方案 {formats.trimmed(item['points'])} 分）",
                min_value=0.0,
                max_value=MOST,
                step=5.0,
                format="%.1f",
                key=_key(scope, item["item_code"]),
            )
            for item in items
        }
        st.button("恢复方案分值", on_click=_restore, args=(own, scope), disabled=given == own)
    return _keep(own, given)


def notice(items: Sequence[Row], given: dict[str, float] | None) -> Safe:
    """The amber line that says this is not the scheme's ranking."""
    if given is None:
        return Safe("")
    words = "、".join(f"{i['item_zh']} {formats.trimmed(given[i['item_code']])}" for i in items)
    return fill(NOTICE, points=words, total=formats.trimmed(sum(given.values())))


def _key(scope: str, item_code: str) -> str:
    return f"{KEY}_{scope}_{item_code}"


def _seed(own: dict[str, float], scope: str) -> None:
    """Points from a link, else what the fields hold, else the scheme's."""
    linked = _parsed(st.query_params.get(KEY, ""), len(own))
    for index, (code, points) in enumerate(own.items()):
        start = linked[index] if linked else points
        st.session_state[_key(scope, code)] = st.session_state.get(_key(scope, code), start)


def _parsed(text: str, count: int) -> list[float]:
    try:
        points = [float(part) for part in text.split("-")]
    except ValueError:
        return []
    is_whole = len(points) == count and all(0 <= value <= MOST for value in points)
    return points if is_whole else []


def _keep(own: dict[str, float], given: dict[str, float]) -> dict[str, float] | None:
    if given == own or not sum(given.values()):
        st.query_params.pop(KEY, None)
        return None
    st.query_params[KEY] = "-".join(f"{value:g}" for value in given.values())
    return given


def _restore(own: dict[str, Any], scope: str) -> None:
    st.query_params.pop(KEY, None)
    for code, points in own.items():
        st.session_state[_key(scope, code)] = points
