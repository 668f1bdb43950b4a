"""What 数据质量 is about: filters kept in the address, doors of the page, files taken away."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.ui.access import access, cache
from pages.ui.access.cache import rows
from pages.ui.duplicates import decision_steps
from pages.ui.duplicates.decision_list import DECIDED
from pages.ui.duplicates.pair_table import PAIR
from pages.ui.kit import downloads
from pages.ui.kit.block import block
from pages.ui.page import filters, page_head
from pages.ui.quality import quality_tables
from reports.build_note import Built
from reports.quality import document, facts
from reports.quality.facts import Asked, Quality

FINDING_HEADS = {
    "check_zh": "检查",
    "scope_zh": "处理",
    "unit_zh": "单位",
    "month": "月份",
    "detail_zh": "问题",
    "file_name": "工作簿",
    "sheet_name": "工作表",
    "row_number": "行",
}


def asked(month: date) -> Asked:
    """Unit, check and span beside the month."""
    units = {row["unit_id"]: row["name_zh"] for row in rows("units")}
    checks = {facts.EVERY_CHECK: "各项检查"}
    checks |= {row["check_code"]: row["name_zh"] for row in rows("quality_checks")}
    unit_id = filters.choice("单位", "unit", list(units), units.__getitem__, 160)
    check = filters.choice("检查", quality_tables.CHECK, list(checks), checks.__getitem__, 180)
    span = filters.segmented(
        "月份范围", "within", list(facts.SPANS), facts.SPANS.__getitem__, "rolling12"
    )
    return Asked(month, span, unit_id, check)


def exports(found: Quality) -> None:
    """The list of what is shown, the document, the page on paper."""
    is_synthetic = bool(found.state["is_synthetic"])
    listed = downloads.file_name(
        [found.state["profile_name_zh"], found.unit_zh, "质量问题清单", found.asked.span_zh,
         cache.shown_zh()],
        ".csv", is_synthetic,
    )  # fmt: skip
    st.download_button(
        "导出清单",
        data=access.export(listed, lambda: downloads.csv_bytes(FINDING_HEADS, found.findings)),
        file_name=listed,
        mime="text/csv",
        key="export_findings",
        on_click="ignore",
        disabled=not found.findings,
    )
    built = Built.of(cache.build_file())
    whole = facts.load(rows, Asked(found.asked.month, found.asked.span))
    name = document.file_name(whole, built.label)
    st.download_button(
        "质量报告",
        data=access.export(name, lambda: document.html(whole, built).encode("utf-8")),
        file_name=name,
        mime="text/html",
        key="export_quality",
        on_click="ignore",
    )
    block(filters.PRINT, key="print_button", width="content")


def act(action: str, value: str) -> None:
    """A cell chooses its check and unit; chosen again, a check or unit is let go."""
    if action == "cell":
        check, _, unit = value.partition("~")
        filters.choose(quality_tables.CHECK, check)
        filters.choose(quality_tables.UNIT, unit)
    elif action in (quality_tables.CHECK, quality_tables.UNIT):
        all_of_it = facts.EVERY_CHECK if action == quality_tables.CHECK else facts.WHOLE_AREA
        filters.choose(action, all_of_it if st.session_state.get(action) == value else value)
    elif action in (PAIR, DECIDED):
        decision_steps.turn_to(action, value)
    else:
        page_head.act(action, value)
