"""数据报送: hand workbooks in, see what would change, confirm or give up, take a batch back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui.intake import (
    adopted_list,
    asked_workbooks,
    changed_figures,
    confirmation,
    hand_in,
    intake_jobs,
    job_progress,
    new_version,
    rejected_rows,
    starting_months,
    submission_history,
    workbook_reports,
)
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill
from warehouse.files import jobs
from warehouse.files.jobs import Job

TITLE = "数据报送"
PARTS = ("books", "rejects", "totals", "mappings", "figures", "rows")
RESULT = """<div class="intake-grid"><div>{books}{rejects}{totals}{mappings}</div>
<div>{figures}{rows}</div></div>"""

st.html(Path(intake_jobs.__file__).with_suffix(".css"))


def result(job: Job, document: dict[str, Any]) -> None:
    is_undo, is_done = job.kind in ("undo", intake_jobs.DECIDE), not intake_jobs.is_trial(job)
    effects = document.get("effects")
    drawn: dict[str, Safe] = dict.fromkeys(PARTS, Safe(""))
    if not is_undo and "files" in document:
        drawn |= {
            "books": states.guarded(lambda: workbook_reports.books(document, is_done=is_done)),
            "rejects": states.guarded(lambda: rejected_rows.rejects(document)),
            "totals": states.guarded(lambda: rejected_rows.totals(document)),
            "mappings": states.guarded(lambda: rejected_rows.mappings(document)),
        }
    if effects:
        for name, draw in (("figures", changed_figures.figures), ("rows", changed_figures.rows)):
            drawing = partial(draw, effects, is_undo=is_undo, is_done=is_done)
            drawn[name] = states.guarded(drawing)
    block(fill(RESULT, **drawn), key="intake_result")


hand_in.head(TITLE)
job = intake_jobs.current()
block(states.guarded(hand_in.strip), key="intake_strip")
job_progress.show_others(job)
new_version.show()
if job is None:
    hand_in.left_open()
    hand_in.uploader()
elif job.state == jobs.RUNNING:
    job_progress.show(job)
elif job.state != jobs.DONE:
    job_progress.show_ended(job)
else:
    document = intake_jobs.result_of(job)
    block(states.guarded(partial(hand_in.told, job, document)), key="intake_told")
    if intake_jobs.is_trial(job):
        confirmation.ask(job, document)
        confirmation.decide(job, document)
    else:
        hand_in.way_on(job, document)
    result(job, document)
for part in (asked_workbooks, adopted_list, starting_months, submission_history):
    part.show()
