"""数据报送: hand workbooks in, see what would change, confirm or give up, take a batch back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui.intake import (
    intake,
    intake_adopted,
    intake_asked,
    intake_books,
    intake_course,
    intake_decide,
    intake_effects,
    intake_hand_in,
    intake_history,
    intake_rows,
    intake_starting,
    intake_upgrade,
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

st.html(Path(intake.__file__).with_suffix(".css"))


def result(job: Job, document: dict[str, Any]) -> None:
    is_undo, is_done = job.kind in ("undo", intake.DECIDE), not intake.is_trial(job)
    effects = document.get("effects")
    drawn: dict[str, Safe] = dict.fromkeys(PARTS, Safe(""))
    if not is_undo and "files" in document:
        drawn |= {
            "books": states.guarded(lambda: intake_books.books(document, is_done=is_done)),
            "rejects": states.guarded(lambda: intake_rows.rejects(document)),
            "totals": states.guarded(lambda: intake_rows.totals(document)),
            "mappings": states.guarded(lambda: intake_rows.mappings(document)),
        }
    if effects:
        for name, draw in (("figures", intake_effects.figures), ("rows", intake_effects.rows)):
            drawing = partial(draw, effects, is_undo=is_undo, is_done=is_done)
            drawn[name] = states.guarded(drawing)
    block(fill(RESULT, **drawn), key="intake_result")


intake_hand_in.head(TITLE)
job = intake.current()
block(states.guarded(intake_hand_in.strip), key="intake_strip")
intake_course.show_others(job)
intake_upgrade.show()
if job is None:
    intake_hand_in.left_open()
    intake_hand_in.uploader()
elif job.state == jobs.RUNNING:
    intake_course.show(job)
elif job.state != jobs.DONE:
    intake_course.show_ended(job)
else:
    document = intake.result_of(job)
    block(states.guarded(partial(intake_hand_in.told, job, document)), key="intake_told")
    if intake.is_trial(job):
        intake_decide.ask(job, document)
        intake_decide.decide(job, document)
    else:
        intake_hand_in.way_on(job, document)
    result(job, document)
for part in (intake_asked, intake_adopted, intake_starting, intake_history):
    part.show()
