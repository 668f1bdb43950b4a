"""SQL 工作台: ask what nobody foresaw, read-only, of the same tables the screens are made of."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from pages.ui.kit.block import block
from pages.ui.page import frame
from pages.ui.workbench import answers, bench, desk, editor, library, parameters
from reports.workbench.answers import Ground
from warehouse.files.home import Home
from warehouse.guard import guarded

TITLE = "SQL 工作台"

state = frame.open_page(TITLE)
mine = desk.desk()
limits = guarded.limits_of(Home.find())
edition = bench.head(TITLE)
state = bench.rows("data_state", edition)[0]
columns = bench.rows("analyst_columns", edition)
choices = {
    kind: [row["value_zh"] for row in group]
    for kind, group in groupby(bench.rows("question_choices", edition), lambda r: r["kind_zh"])
}
ground = Ground(state["office_zh"], state["data_as_of_date"], bool(state["is_synthetic"]))

block(bench.strip(state, limits), key="workbench_strip")
left, right = st.columns([22, 78], gap="small")
with left:
    library.panel(columns)
with right:
    editor.editor("editor", mine.told, library.words(columns), mine.write, mine.run)
    mine.values = parameters.row(mine.question.parameters, choices)
    status = bench.buttons(edition, lambda: answers.status(mine.answer, limits))
    if mine.asking:
        bench.wait(status)
    answers.show(mine.answer, ground, limits)
