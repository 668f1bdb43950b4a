"""The screen of 判定疑似重复: the question, the two rows, the verdicts, what they change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui.duplicates import decision_list, decision_steps, pair_table
from pages.ui.intake import changed_figures, intake_jobs, job_progress
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill, join, prose
from pages.ui.kit.moments import when
from pages.ui.page import page_head
from warehouse.files import jobs
from warehouse.files.jobs import Job

Row = Mapping[str, Any]
STYLE = Path(intake_jobs.__file__).with_suffix(".css")
HOW = "保留的一行计入，另一行并入、不再单独计；原表和存档都不动，随时可以撤销。"
REASONS = {"undo": "例如：核对原表，是两处不同的隐患", "": "例如：电话核实，两个部门报的是同一处"}
GONE = "可能已经判定，或刚被重报的台账替换。返回看现在的清单。"


def show(title: str) -> bool:
    """Draw the pair that is looked at; False where none is."""
    job = decision_steps.current()
    if not decision_steps.is_asked(job):
        return False
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
        st.title(title, anchor=False, width="stretch")
        st.button("返回数据质量", key="leave_pair", on_click=decision_steps.leave)
    shown = decision_steps.pair(job)
    document = intake_jobs.result_of(job) if job is not None else {}
    block(states.guarded(lambda: _told(job, shown, document)), key="pair_told")
    if shown is None:
        _alone(job, document)
        return True
    left, right = st.columns([58, 42], gap="small")
    with left:
        drawn = states.guarded(lambda: pair_table.compared(shown, decision_steps.fields(shown)))
        block(drawn, key="pair_compared")
    with right:
        _beside(job, shown, document)
    return True


def _alone(job: Job | None, document: Row) -> None:
    """A pair that is gone: because it was decided just now, or by somebody else."""
    if job is None:
        return
    if job.state == jobs.DONE:
        block(states.guarded(lambda: _effects(job, document)), key="pair_effects")
    else:
        _course(job)


def _told(job: Job | None, shown: Row | None, document: Row) -> Safe:
    """The question, or what has come of it."""
    if job is not None and job.state == jobs.DONE:
        return _result(job, document)
    if shown is None:
        return page_head.told(Safe("这一对已不在清单里"), GONE) if job is None else Safe("")
    measure, thing = pair_table.KINDS[shown["dataset"]]
    if "mark" not in shown:
        question = f"这两行说的是不是同一{measure}{thing}？"
        return page_head.told(
            prose(question), f"相隔 {shown['day_count']} 天；判定前两行都计入。", HOW
        )
    said = f"已判为{decision_list.verdict(shown)}{thing}"
    who = f"{shown['who']}，{when(shown['decided_at'])}：{shown['why']}"
    return page_head.told(prose(said), who, decision_list.state(shown)[1])


def _result(job: Job, document: Row) -> Safe:
    told = job.about["told"]
    if document.get("stops"):
        stops = "；".join(document["stops"])
        return page_head.told(prose(f"检查不通过，没有判定，现有数据未变：{stops}"), told)
    lead = changed_figures.lead(document["effects"])
    if intake_jobs.is_trial(job):
        return page_head.told(prose(f"如果{told}"), lead, "这是试算，现在什么也没有改变。")
    return page_head.told(prose(f"已{told}"), lead, f"现行第 {document['build_id']} 版")


def _beside(job: Job | None, shown: Row, document: Row) -> None:
    """Beside the two rows: the verdicts, then how far the look is, then what it says."""
    if job is None:
        _verdicts(shown)
    elif job.state != jobs.DONE:
        _course(job)
    else:
        if intake_jobs.is_trial(job):
            _decide(job, document)
        block(states.guarded(lambda: _effects(job, document)), key="pair_effects")


def _course(job: Job) -> None:
    """How far a job is, or why it brought nothing."""
    if job.state == jobs.RUNNING:
        job_progress.show(job, may_stop=intake_jobs.is_trial(job))
        return
    block(job_progress.ended_badly(job), key="ended")
    st.button("再看这一对", key="give_up", on_click=decision_steps.give_up, args=(job,))


def _verdicts(shown: Row) -> None:
    """The buttons; each only looks."""
    if not decision_steps.may_decide():
        waits = states.state("waiting", "由填报、管理员判定", HOW)
        block(states.alone(waits), key="pair_waits")
        return
    measure, _ = pair_table.KINDS[shown["dataset"]]
    words = {
        "left": f"同一{measure}，保留左边一行",
        "right": f"同一{measure}，保留右边一行",
        "distinct": f"是两{measure}，都计入",
    }
    if "mark" in shown:
        words = {"undo": "撤销判定"}
    with st.container(border=True, key="chart_verdicts"):
        block(Safe("<h4>判定：点一个，先看各数怎么变</h4>"), key="pair_how")
        for verdict, said in words.items():
            st.button(
                said, key=f"verdict_{verdict}", width="stretch", on_click=decision_steps.look,
                args=(shown, verdict),
            )  # fmt: skip
        if message := st.session_state.pop(decision_steps.MESSAGE, ""):
            block(fill('<p class="bad" role="alert">{m}</p>', m=message), key="pair_message")


def _decide(job: Job, document: Row) -> None:
    """The reason, and the two ways on."""
    is_undo = "--undo" in job.command["words"]
    with st.container(border=True, key="chart_decide"):
        why = st.text_input(
            "撤销的理由" if is_undo else "判定的理由",
            key=f"why_{job.id}",
            placeholder=REASONS["undo" if is_undo else ""],
            max_chars=200,
            live=True,
        )
        reason = (why or "").strip()
        with st.container(horizontal=True, gap="small"):
            st.button(
                "确认撤销" if is_undo else "确认判定",
                type="primary",
                key="confirm",
                disabled=bool(document.get("stops")) or not reason,
                on_click=decision_steps.confirm,
                args=(job, reason),
            )
            st.button("再想想", key="give_up", on_click=decision_steps.give_up, args=(job,))
        if message := st.session_state.pop(decision_steps.MESSAGE, ""):
            block(fill('<p class="bad" role="alert">{m}</p>', m=message), key="pair_message")


def _effects(job: Job, document: Row) -> Safe:
    """Figures before and after, and the row that is merged."""
    effects = document.get("effects")
    if not effects:
        return Safe("")
    is_undo, is_done = "--undo" in job.command["words"], not intake_jobs.is_trial(job)
    parts = [
        changed_figures.figures(effects, is_undo=is_undo, is_done=is_done, then="判定后"),
        changed_figures.merged(effects),
    ]
    return fill('<div class="board plain">{parts}</div>', parts=join(parts))
