"""How far a running job is: a bar, the steps in words, a way to stop it; and how others ended."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.ui.intake import intake_jobs
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill, join
from warehouse.files import jobs
from warehouse.files.jobs import Job

LOOK_SECONDS = 1.0
JUDGED_SHARE, STEP_SHARE, MOST_SHARE = 0.3, 0.13, 0.96
JUDGED = ("判读工作簿", "按新口径重判存档")
DOES = {
    "preview": "正在试算",
    "load": "正在入库",
    "undo": "正在撤销",
    "decide": "正在判定",
    "build": "正在采用新版",
}
TRIES = {"undo": "正在试算撤销", "decide": "正在试算判定"}
BEGINS = {"decide": "读取收件簿和判定", "build": "读取收件簿和判定"}
ENDINGS = {
    jobs.FAILED: ("waiting", "没有完成"),
    jobs.CANCELLED: ("empty", "已取消"),
    jobs.DIED: ("failed", "中途停止"),
}


@st.fragment(run_every=LOOK_SECONDS)
def show(job: Job, *, may_stop: bool = True) -> None:
    """The running job, looked at every second; its end runs the whole page again."""
    if job.state != jobs.RUNNING:
        st.rerun(scope="app")
    block(course(job), key="course")
    if may_stop and job.actor == intake_jobs.person():
        st.button("取消", key="stop", on_click=intake_jobs.stop, args=(job,))


def course(job: Job) -> Safe:
    """Title, bar and steps."""
    lines = [line for line in job.lines() if line["kind"] in ("step", "say")]
    steps = _steps(lines, BEGINS.get(job.kind, "逐份判读工作簿"))
    done = join(fill('<li class="past">{words}</li>', words=words) for words in steps[:-1])
    now = fill('<li class="now" aria-current="step">{words}……</li>', words=steps[-1])
    what = TRIES.get(job.kind) if intake_jobs.is_trial(job) else None
    return fill(
        '<section class="panel course" aria-live="polite"><div class="panel-head"><h3>{what}</h3>'
        '<span class="note">{actor}　{at} 开始</span></div>'
        '<div class="track" role="progressbar" aria-valuenow="{share}" aria-label="进度">'
        '<i style="width:{share}%"></i></div><ol>{done}{now}</ol>'
        '<p class="quiet">{calm}</p></section>',
        what=what or DOES[job.kind],
        actor=job.actor,
        at=f"{job.started_at:%H:%M}",
        share=round(100 * _share(lines)),
        done=done,
        now=now,
        calm="可以离开本页，回来接着看。完成之前，各页仍显示原来的数。",
    )


def _steps(lines: list[dict[str, Any]], first: str) -> list[str]:
    """What has been begun, in words; the last is going on.

    After the workbooks handed in, those of the archive are judged where the rules have changed.
    """
    steps = [
        f"{JUDGED[min(turn, 1)]} {rows[-1]['done']}/{rows[-1]['total']} 份"
        for turn, rows in enumerate(_rounds(lines))
    ]
    return (steps or [first]) + [x["words"] for x in lines if x["kind"] == "say"]


def _rounds(lines: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Lines of workbooks judged, one list per round: each round counts from one."""
    rounds: list[list[dict[str, Any]]] = []
    for line in lines:
        if line["kind"] == "step":
            if not rounds or line["done"] <= rounds[-1][-1]["done"]:
                rounds.append([])
            rounds[-1].append(line)
    return rounds


def _share(lines: list[dict[str, Any]]) -> float:
    """How much of the way is behind, by rule of thumb; never the whole while it runs."""
    said = sum(line["kind"] == "say" for line in lines)
    if said:
        return float(min(MOST_SHARE, JUDGED_SHARE + STEP_SHARE * said))
    rounds = _rounds(lines)
    last = rounds[-1][-1] if rounds else {"done": 1, "total": 20}
    return JUDGED_SHARE * float(last["done"]) / float(last["total"])


def show_ended(job: Job) -> None:
    """Why there is no result, and the same files once more."""
    block(ended_badly(job), key="ended")
    with st.container(horizontal=True, gap="small", key="way_on"):
        if job.about.get("files"):
            st.button("再试一次", type="primary", on_click=intake_jobs.look_again, args=(job,))
        st.button("放弃", key="give_up", on_click=intake_jobs.give_up, args=(job,))


def ended_badly(job: Job) -> Safe:
    """Why a job brought no result; the figures stand in every case."""
    kind, title = ENDINGS[job.state]
    told = (job.ending() or {}).get("words", "")
    why = {
        jobs.FAILED: f"{told}。" if told else "",
        jobs.CANCELLED: "",
        jobs.DIED: f"处理程序没有说明原因就停了，编号 {job.id}；把编号告诉管理员即可。",
    }[job.state]
    return states.alone(states.state(kind, title, f"{why}现有数据未变。"))


def show_others(shown: Job | None) -> None:
    """Who else is loading: one at a time may write."""
    if going := intake_jobs.others(shown):
        first = going[0]
        title = f"{first.actor}{DOES[first.kind]}（{first.started_at:%H:%M} 开始）"
        text = "可以先上传和预览；入库要等这一次结束。"
        block(states.alone(states.state("waiting", title, text)), key="others")
