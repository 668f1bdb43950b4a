"""What a preview leaves to a person: whose, of which kind, really so; and the two ways on."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.ui.intake import intake_jobs
from pages.ui.kit import states
from pages.ui.kit.block import block
from warehouse.files import uploads
from warehouse.files.home import Home
from warehouse.files.jobs import Job

ASKED_WIDTH = 520
NOT_USED = "-"
TAKEN = ("loaded", "loaded_with_rejects", "held")


def ask(job: Job, document: dict[str, Any]) -> None:
    """What the workbooks do not say: unit, kind of a sheet that fits two, what a column is."""
    files = document.get("files", [])
    if any(entry.get("asks") == "unit" for entry in files):
        _ask_unit(job)
    doubts = [doubt for entry in files for doubt in entry.get("candidates", ())]
    if of_kinds := [doubt for doubt in doubts if "header" not in doubt]:
        _ask_kinds(job, of_kinds)
    if of_columns := [doubt for doubt in doubts if "header" in doubt]:
        _ask_columns(job, of_columns)


def _ask_unit(job: Job) -> None:
    units = uploads.reporting_units(Home.find())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="ask_unit"):
        unit = st.selectbox(
            "没有写明填报单位的工作簿，是哪个单位的？（几个单位的请分开报送）",
            list(units),
            format_func=units.__getitem__,
            index=None,
            placeholder="请选择单位",
            key="asked_unit",
            width=ASKED_WIDTH,
            filter_mode="contains",
        )
        if st.button("按此单位再看", key="ask_unit_button", disabled=unit is None):
            intake_jobs.look_again(job, unit=unit)
            st.rerun()


def _ask_kinds(job: Job, doubts: list[dict[str, str]]) -> None:
    """One choice per sheet that fits several kinds."""
    told = {}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="ask_kind"):
        for sheet in dict.fromkeys(doubt["sheet"] for doubt in doubts):
            names = {d["dataset"]: d["name_zh"] for d in doubts if d["sheet"] == sheet}
            told[sheet] = st.selectbox(
                f"工作表“{sheet}”像几种报表，是哪一种？",
                list(names),
                format_func=names.__getitem__,
                index=None,
                placeholder="请选择报表",
                key=f"asked_kind_{sheet}",
                width=ASKED_WIDTH,
            )
        chosen = {sheet: kind for sheet, kind in told.items() if kind}
        if st.button("按此报表再看", key="ask_kind_button", disabled=len(chosen) < len(told)):
            intake_jobs.look_again(job, kinds=chosen)
            st.rerun()


def _ask_columns(job: Job, doubts: list[dict[str, str]]) -> None:
    """One choice per column that may be one on which it hangs whether or where a row counts."""
    told = {}
    with st.container(border=True, key="ask_column"):
        for header in dict.fromkeys(doubt["header"] for doubt in doubts):
            mine = [d for d in doubts if d["header"] == header]
            names = {d["answer"]: d["name_zh"] for d in mine} | {NOT_USED: "都不是，不采用这一列"}
            told[header] = st.selectbox(
                f"工作表“{mine[0]['sheet']}”{mine[0]['column']} 列“{header}”"
                f"（如：{mine[0]['samples']}）没有认出，是什么？",
                list(names),
                format_func=names.__getitem__,
                index=None,
                placeholder="请选择",
                key=f"asked_column_{header}",
                width=ASKED_WIDTH,
            )
        chosen = {header: answer for header, answer in told.items() if answer}
        if st.button("按此再看", key="ask_column_button", disabled=len(chosen) < len(told)):
            before = job.about.get("options", {}).get("columns", {})
            intake_jobs.look_again(job, columns={**before, **chosen})
            st.rerun()


def decide(job: Job, document: dict[str, Any]) -> None:
    """Confirm or give up; rows or lives that would be lost ask for a written reason first."""
    does = job.about.get("options", {}).get("does", "撤销")
    is_undo = job.kind in ("undo", intake_jobs.DECIDE)
    files = document.get("files", [])
    held = [entry for entry in files if entry["status"] == "held"]
    needs_reason = is_undo or bool(held and document["effects"]["if_accepted"])
    if held:
        block(states.alone(_held(held)), key="held")
    why = ""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="decide"):
        if needs_reason:
            why = (
                st.text_input(
                    f"{does}的理由" if is_undo else "仍要入库的理由（记入决定记录）",
                    key=f"why_{job.id}",
                    placeholder="例如：报错了月份" if is_undo else "例如：经核实，两起事故已核销",
                    max_chars=200,
                    width=ASKED_WIDTH,
                    live=True,
                )
                or ""
            )
        if is_undo or any(entry["status"] in TAKEN for entry in files):
            st.button(
                f"确认{does}" if is_undo else "确认少行，入库" if needs_reason else "确认入库",
                type="primary",
                key="confirm",
                disabled=bool(document.get("stops")) or (needs_reason and not why.strip()),
                on_click=intake_jobs.confirm,
                args=(job, why.strip()),
            )
        st.button(
            f"不{does}" if is_undo else "放弃",
            key="give_up",
            on_click=intake_jobs.give_up,
            args=(job,),
        )


def _held(held: list[dict[str, Any]]) -> Any:
    names = "、".join(entry["name"] for entry in held)
    reasons = "；".join(dict.fromkeys(entry["reason"] for entry in held))
    title = f"{len(held)} 份须确认：{names}"
    return states.state(
        "waiting", title, f"{reasons}。核实无误再写明理由入库；不确认则原来的数不动。"
    )
