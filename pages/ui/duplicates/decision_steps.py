"""判定疑似重复 on 数据质量: two rows side by side, a look at what changes, then the decision.

The page never writes a decision: it starts `python -m etl decide` as a job. Which pair and which
job is looked at stands in the address, so a reload or another tab goes on where this one was.
Whoever may hand workbooks in may decide, for both change figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.ui.access import access, cache
from pages.ui.duplicates import decision_list, pair_table
from pages.ui.duplicates.decision_list import DECIDED
from pages.ui.duplicates.pair_table import PAIR
from pages.ui.intake import intake_jobs
from warehouse.files import decisions, jobs
from warehouse.files.home import Home
from warehouse.files.jobs import Job

Row = Mapping[str, Any]
RIGHT, KIND, MESSAGE, LEFT = "数据报送", "decide", "deciding_message", "deciding_left"
NO_RIGHT = "您没有判定的权限，什么也没有改变"


def may_decide(*, is_active: bool = False) -> bool:
    """Whether this visitor may decide and read who decided why."""
    return access.may_open(RIGHT, is_active=is_active)


def standing() -> list[dict[str, Any]]:
    """Decisions that stand; who and why only for those who may decide."""
    served = cache.rows("duplicate_decisions")
    if not may_decide():
        return served
    return decision_list.told(served, decisions.standing(decisions.read_decisions(Home.find())))


def declared() -> dict[int, dict[str, str]]:
    """Values and reasons of corrections, for those who may decide."""
    return decisions.declared_corrections(Home.find()) if may_decide() else {}


def turn_to(action: str, value: str) -> None:
    """Go to a pair, waiting or decided; for the callbacks of doors."""
    st.query_params[action] = value


def leave() -> None:
    """Back to the whole page; a look that was not confirmed is forgotten, what runs runs on."""
    job = current()
    if job is not None and job.state != jobs.RUNNING:
        job.close(intake_jobs.person())
    st.session_state[LEFT] = job.id if job is not None else ""
    for name in (PAIR, DECIDED, intake_jobs.JOB):
        st.query_params.pop(name, None)


def current() -> Job | None:
    """The job of the address, else one's own that is at work; a window at a pair stays there."""
    home = Home.find()
    told = jobs.find(home, st.query_params.get(intake_jobs.JOB, ""))
    if not may_decide():
        return None
    if told is not None and told.kind == KIND and not told.is_closed:
        return told
    st.query_params.pop(intake_jobs.JOB, None)
    if PAIR in st.query_params or DECIDED in st.query_params:
        return None
    mine = (j for j in jobs.recent(home)[:10] if j.kind == KIND and j.actor == intake_jobs.person())
    left = st.session_state.get(LEFT)
    return next((job for job in mine if job.id != left and job.state == jobs.RUNNING), None)


def is_asked(job: Job | None) -> bool:
    """Whether a pair, or the job about one, is looked at."""
    return job is not None or PAIR in st.query_params or DECIDED in st.query_params


def pair(job: Job | None) -> Row | None:
    """The pair that is looked at; None when it is neither waiting nor decided any more.

    A decided one has a `mark`.
    """
    told = job.about if job is not None else st.query_params
    waiting, mark = told.get(PAIR), told.get(DECIDED)
    if waiting:
        found = cache.rows("duplicate_suspicions")
        return next((p for p in found if pair_table.address(p) == waiting), None)
    return next((d for d in standing() if mark and d.get("mark") == mark), None)


def fields(shown: Row) -> dict[str, Row]:
    """Every open column of the two rows, by row, as far as they are among the facts."""
    ids = [shown[f"{side}_row_id"] for side in pair_table.SIDES]
    found = cache.rows(f"{shown['dataset']}_rows", row_ids=[i for i in ids if i])
    return {row["row_id"]: row for row in found}


def look(shown: Row, verdict: str) -> None:
    """Start looking at what a verdict would do: left, right (which row stays), distinct, undo."""
    sides = ("right", "left") if verdict == "right" else ("left", "right")
    named = "identity" if verdict == "undo" else "row_id"
    rows = [shown[f"{side}_{named}"] for side in sides]
    more = [f"--{verdict}"] if verdict in ("distinct", "undo") else []
    told = _told(shown, sides, verdict)
    place = {DECIDED: shown["mark"]} if verdict == "undo" else {PAIR: pair_table.address(shown)}
    _start("preview", ["duplicate", *rows, *more, "--preview"], {**place, "told": told})


def _told(shown: Row, sides: tuple[str, str], verdict: str) -> str:
    """The verdict as the rest of a sentence that begins with 如果 or 已."""
    measure, thing = pair_table.KINDS[shown["dataset"]]
    one, other = (pair_table.name(shown, side) for side in sides)
    if verdict == "undo":
        return f"撤销判定：{one}和{other}恢复原状，各自计入"
    if verdict == "distinct":
        return f"判为两{measure}{thing}：{one}和{other}都计入，不再提示"
    return f"判为同一{measure}{thing}：保留{one}，{other}并入，只计一次"


def confirm(job: Job, why: str) -> None:
    """Do what was looked at, with the reason; not twice, where two windows look at it."""
    if job.is_closed:
        st.session_state[MESSAGE] = intake_jobs.DEALT_WITH
        return
    words = [word for word in job.command["words"][1:] if word != "--preview"]
    if _start(KIND, [*words, f"--why={why}"], job.about):
        job.close(intake_jobs.person())


def give_up(job: Job) -> None:
    """Forget a look; the pair stays on the screen."""
    for name in (PAIR, DECIDED):
        if name in job.about:
            st.query_params[name] = job.about[name]
    intake_jobs.give_up(job)


def _start(action: str, words: list[str], about: Mapping[str, Any]) -> bool:
    """Start a job and go to it; no right, or too many at once, is said instead."""
    access.renew()
    if not may_decide(is_active=True):
        access.note("denied", f"判定：{about['told']}")
        st.session_state[MESSAGE] = NO_RIGHT
        return False
    access.note(action, f"判定疑似重复：{about['told']}　{' '.join(words[1:])}")
    try:
        job = jobs.start(Home.find(), [KIND, *words], intake_jobs.person(), about)
    except jobs.TooMany as refusal:
        st.session_state[MESSAGE] = str(refusal)
        return False
    st.query_params[intake_jobs.JOB] = job.id
    return True
