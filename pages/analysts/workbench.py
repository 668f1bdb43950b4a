"""SQL 工作台: ask what nobody foresaw, read-only, of the same tables the screens are made of."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from pages.ui.kit.block import block
from pages.ui.page import frame
from pages.ui.workbench import editor, parameter_inputs, results, schema_browser, session, toolbar
from reports.workbench.query_files import Ground
from warehouse.files.home import Home
from warehouse.guard import guarded_query

TITLE = "SQL 工作台"

state = frame.open_page(TITLE)
mine = session.desk()
limits = guarded_query.limits_of(Home.find())
edition = toolbar.head(TITLE)
state = toolbar.rows("data_state", edition)[0]
columns = toolbar.rows("analyst_columns", edition)
choices = {
    kind: [row["value_zh"] for row in group]
    for kind, group in groupby(toolbar.rows("question_choices", edition), lambda r: r["kind_zh"])
}
ground = Ground(state["office_zh"], state["data_as_of_date"], bool(state["is_synthetic"]))

block(toolbar.strip(state, limits), key="workbench_strip")
left, right = st.columns([22, 78], gap="small")
with left:
    schema_browser.panel(columns)
with right:
    editor.editor("editor", mine.told, schema_browser.words(columns), mine.write, mine.run)
    mine.values = parameter_inputs.row(mine.question.parameters, choices)
    status = toolbar.buttons(edition, lambda: results.status(mine.answer, limits))
    if mine.asking:
        toolbar.wait(status)
    results.show(mine.answer, ground, limits)
