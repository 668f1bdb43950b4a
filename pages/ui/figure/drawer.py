"""这个数怎么来的: the drawer with a figure's equation, definition, target, checks, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.ui.access import access, cache
from pages.ui.figure import figure_facts, source_rows
from pages.ui.figure.figure_links import ACTION, FigureKey
from pages.ui.figure.figure_rows import Behind, Tally, tally, tally_members
from pages.ui.kit import downloads, states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, join
from reports.figure_text import of_unit
from warehouse import formats

Row = Mapping[str, Any]
TITLE = "这个数怎么来的"


def act(action: str, value: str) -> None:
    """Open the drawer on a figure; for the callbacks of doors."""
    if action == ACTION:
        st.query_params[ACTION] = value


def close() -> None:
    """Forget the figure; the drawer has been shut."""
    st.query_params.pop(ACTION, None)


def open_from_address(is_synthetic: bool) -> None:
    """Open the drawer when the address names a figure; a page calls this last."""
    if ACTION in st.query_params:
        _drawer(is_synthetic)


@st.dialog(TITLE, position="right", width=720, on_dismiss=close)
def _drawer(is_synthetic: bool) -> None:
    try:
        _figure(FigureKey.parse(st.query_params.get(ACTION, "")), is_synthetic)
    except Exception:  # noqa: BLE001 - the drawer says a number, the log holds the rest
        block(states.failed(states.log_error()), key="origin_failed")


def _figure(key: FigureKey | None, is_synthetic: bool) -> None:
    figure = cache.row(key.query, **key.params()) if key else None
    if key is None or figure is None:
        note = states.no_rows("没有这个数", "链接里的期间或单位不在现有数据里。")
        block(note, key="origin_none")
    elif figure["kind"] == "derived":
        _derived(key, figure, is_synthetic)
    else:
        _base(key, figure, is_synthetic)


def _base(key: FigureKey, figure: Row, is_synthetic: bool) -> None:
    """A figure whose parts are rows of workbooks."""
    behind = Behind.of(cache.rows("figure_rows", **key.params()))
    rows = behind.numerator + behind.denominator
    _head(key, figure, tally(figure, behind), _sources(figure, rows))
    views = behind.views()
    if any(views.values()):
        names = list(views)
        name = st.segmented_control(
            "看哪些行",
            names,
            default=names[0],
            required=True,
            key=f"rows_{key}",
            format_func=lambda view: f"{view} {len(views[view])} 行",
            label_visibility="collapsed",
        )
        shown = views[name or names[0]]
        block(source_rows.records_table(shown), key="origin_rows", on_act=act)
        exported = source_rows.exported(shown)
        _download(key, figure, exported, source_rows.EXPORT_HEADS, is_synthetic)
    _sql(figure)


def _derived(key: FigureKey, figure: Row, is_synthetic: bool) -> None:
    """A figure whose rows are units, each with figures that open their own rows."""
    members = cache.rows("figure_members", **key.params())
    found = tally_members(figure, members)
    sources = Safe("由下面各单位的数推算，点数字看各自的来源")
    _head(key, figure, found, sources, members)
    block(source_rows.members_table(members), key="origin_members", on_act=act)
    _download(key, figure, members, source_rows.MEMBER_HEADS, is_synthetic)
    _sql(figure)


def _head(
    key: FigureKey, figure: Row, found: Tally, sources: Safe, members: Sequence[Row] = ()
) -> None:
    checks = cache.rows("figure_checks", indicator_code=key.indicator_code)
    doubts = cache.rows("figure_doubts", **key.params())
    published = _published(key)
    block(
        join(
            [
                figure_facts.head(figure),
                figure_facts.equation(figure, members),
                figure_facts.facts(figure, checks, sources, published),
                figure_facts.verified(figure, found),
                figure_facts.doubted(figure, doubts),
            ]
        ),
        key="origin_head",
    )


def _published(key: FigureKey) -> Row | None:
    """The same span last year as an edition printed it then, where one was frozen."""
    prior = key.span_month.replace(year=key.span_month.year - 1)
    edition = formats.month_code(prior)
    if edition not in cache.editions():
        return None
    found = cache.edition_rows(edition, "figure", **{**key.params(), "span_month": prior})
    return found[0] if found else None


def _sources(figure: Row, rows: Sequence[Row]) -> Safe:
    books = sorted({row["file_name"] for row in rows if row["file_name"]})
    given = [row for row in rows if row["time_rule"] == "given"]
    told = [f"{len(books)} 份工作簿：{formats.listed_zh(books, 3)}"] if books else ["没有记录"]
    expected, reported = figure["expected_unit_count"], figure["reported_unit_count"]
    if expected:
        told.append(f"应报 {expected} 个单位，已报 {reported} 个")
    told += [
        f"{row['subject_zh']}（{row['status_zh']}）{row['detail_zh'] or ''}".strip()
        for row in given
    ]
    return join(told, "；")


def _download(
    key: FigureKey, figure: Row, rows: Sequence[Row], heads: Mapping[str, str], is_synthetic: bool
) -> None:
    span = formats.span_with_year_zh(key.span_kind, key.span_month)
    whose = of_unit(figure["unit_name_zh"], figure)
    parts = [whose, figure["name_zh"], span, cache.shown_zh()]
    name = downloads.file_name(parts, ".csv", is_synthetic)
    st.download_button(
        "导出这些行",
        data=access.export(name, lambda: downloads.csv_bytes(heads, rows)),
        file_name=name,
        mime="text/csv",
        on_click="ignore",
        disabled=not rows,
    )


def _sql(figure: Row) -> None:
    if figure["sql_text"]:
        with st.expander("算法原文（SQL）"):
            st.code(figure["sql_text"], language="sql", wrap_lines=True)
