"""Month, unit and span of a page, kept in the address: a link or the back button reopens the view.

Streamlit's own `bind="query-params"` writes the printed option, and `1—10月` is another option
once the month changes; so the address holds codes, and this module keeps both in step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st

from pages.ui.access import cache
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe
from reports.source import version_zh
from warehouse import formats
from warehouse.versions.versions import build_id

KEYS = ("month", "unit", "span")
SPAN_KINDS = ("month", "ytd", "rolling12")
WHOLE_AREA = "total"
NOW = "now"
DEFAULT_SPAN = "ytd"
PRINT = Safe('<span class="button" data-act="print:" tabindex="0" role="button">打印</span>')

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Switch:
    """A choice of a page beside month, unit and span; the first option is what it opens on."""

    label: str
    key: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Chosen:
    """What the page is about."""

    month: date
    unit_id: str
    unit_name: str
    span_kind: str
    unknown_month: date | None = None
    switched: Mapping[str, str] = field(default_factory=dict)

    @property
    def part_name(self) -> str:
        """Name of the unit, empty for the whole area: what a sentence begins with."""
        return "" if self.unit_id == WHOLE_AREA else self.unit_name

    @property
    def state(self) -> cache.Row:
        """What the shown build or edition is of."""
        return cache.rows("data_state")[0]

    @property
    def scope_zh(self) -> str:
        """Month, unit and version, for paper, where the filters are gone."""
        return f"{formats.month_zh(self.month)}　{self.unit_name}　{cache.shown_zh()}"

    @property
    def params(self) -> dict[str, Any]:
        """Parameters of the queries of a page."""
        return {
            "span_kind": self.span_kind,
            "span_month": self.month,
            "month": self.month,
            "unit_id": self.unit_id,
        }


def bar(
    title: str, months: Sequence[Row], units_query: str, switches: Sequence[Switch] = ()
) -> Chosen:
    """Title on the left, filters on the right; what follows reads the chosen version."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
        st.title(title, anchor=False, width="stretch")
        chosen, unknown = month_choice(months)
        month_code = formats.month_code(chosen)
        version(month_code)
        names = {unit["unit_id"]: unit["name_zh"] for unit in cache.rows(units_query)}
        unit_id = choice("单位", "unit", list(names), lambda unit: names[unit], 170)
        span_kind = segmented(
            "统计期间",
            "span",
            SPAN_KINDS,
            lambda kind: formats.span_choice_zh(kind, chosen),
            DEFAULT_SPAN,
        )
        switched = {
            s.key: segmented(s.label, s.key, list(s.words), s.words.__getitem__) for s in switches
        }
        block(PRINT, key="print_button", width="content")
    return Chosen(chosen, unit_id, names[unit_id], span_kind, unknown, switched)


def month(months: Sequence[Row], total_name: str) -> Chosen:
    """The month alone, of the whole area, for pages without unit and span."""
    chosen, unknown = month_choice(months)
    return Chosen(chosen, WHOLE_AREA, total_name, DEFAULT_SPAN, unknown)


def month_choice(months: Sequence[Row]) -> tuple[date, date | None]:
    """The month of the address, else the newest known in full; and a month asked for in vain.

    Months not known in full say up to which day they are.
    """
    by_code = {formats.month_code(row["month"]): row for row in months}
    asked = st.query_params.get("month", "")
    first = formats.month_code(opening(months))
    code = choice("月份", "month", list(by_code), lambda c: month_words(by_code[c]), 140, first)
    found: date = by_code[code]["month"]
    return found, None if asked in by_code else month_of(asked)


def opening(months: Sequence[Row]) -> date:
    """The newest month known in full, else the newest."""
    found: date = next((row["month"] for row in months if row["is_whole"]), months[0]["month"])
    return found


def month_words(row: Row) -> str:
    """`2026年10月`, `2026年11月（截至11月3日）`, `2026年11月（未完）`."""
    words, until = formats.month_zh(row["month"]), formats.as_date(row["known_to_date"])
    if row["is_whole"]:
        return words
    return f"{words}（截至{until.month}月{until.day}日）" if until else f"{words}（未完）"


def version(month_code: str) -> None:
    """定稿 or 快报 of a month that has both, the 定稿 first; the run reads it from here on."""
    if month_code not in cache.editions():
        cache.show(None)
        return
    final, served = f"edition-{month_code}", build_id(cache.current_file())
    words = {final: version_zh(final), NOW: version_zh(served)}
    chosen = choice("版本", "version", list(words), words.__getitem__, 170)
    cache.show(None if chosen == NOW else month_code)


def month_of(text: str) -> date | None:
    """The month a code names, whether or not there are data for it."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def choice(
    label: str,
    key: str,
    options: list[str],
    words: Callable[[str], str],
    width: int,
    default: str | None = None,
) -> str:
    """A dropdown kept in the address."""
    first = default or options[0]
    seed(key, options, first)
    value = st.selectbox(
        label,
        options,
        key=key,
        format_func=words,
        width=width,
        label_visibility="collapsed",
        required=True,
        filter_mode="contains",
        placeholder="请选择",
    )
    return keep(key, value or first)


def segmented(
    label: str,
    key: str,
    options: Sequence[str],
    words: Callable[[str], str],
    default: str | None = None,
) -> str:
    """Up to five choices side by side, kept in the address."""
    first = default or options[0]
    seed(key, options, first)
    value = st.segmented_control(
        label,
        options,
        key=key,
        required=True,
        label_visibility="collapsed",
        format_func=words,
    )
    return keep(key, value or first)


def seed(key: str, options: Sequence[str], default: str) -> None:
    """Give a widget its value: a new address, else what it holds, else what it held elsewhere."""
    told, kept = st.query_params.get(key), st.session_state.get(f"{key}_kept")
    value = told if told is not None and told != kept else st.session_state.get(key, kept)
    st.session_state[key] = value if value in options else default


def keep(key: str, value: str) -> str:
    """Write a widget's value to the address and remember it for the next page."""
    st.session_state[f"{key}_kept"] = value
    if st.query_params.get(key) != value:
        st.query_params[key] = value
    return value


def choose(key: str, value: str) -> None:
    """Set a filter from a door on the page; for callbacks, which run before the widgets."""
    st.session_state[key] = value
