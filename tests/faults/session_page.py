"""A page for the test of sixty sessions: the rows behind one figure of the unit in the address."""

import json
from datetime import date

import streamlit as st

from pages.ui.access import cache

cache.begin_run()
asked = {
    "indicator_code": st.query_params["indicator"],
    "span_kind": "ytd",
    "span_month": date.fromisoformat(st.query_params["month"]),
    "unit_role": "territory",
    "unit_id": st.query_params["unit"],
    "category_code": "*",
}
figure = cache.row("figure", **asked)
rows = cache.rows("figure_rows", **asked)
answer = {
    "unit": st.query_params["unit"],
    "numerator": str(figure["numerator"]) if figure else "0",
    "amounts": [str(row["amount"]) for row in rows if row["part"] == "n"],
    "territories": sorted({row["territory_zh"] for row in rows}),
}
st.text(json.dumps(answer, ensure_ascii=False))
