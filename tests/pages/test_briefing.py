"""投影汇报 over the sample warehouse: what its slides say, and from which build."""

from __future__ import annotations

import json
import re
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from reports.slides import slide_source
from tests.pages.screen import open_app, text
from warehouse import queries
from warehouse.files.home import Home
from warehouse.versions import versions

PAGE = "pages/briefing/briefing.py"
HOSTILE = '<img src=x onerror="alert(1)">'


def briefing(**query: str) -> AppTest:
    app = open_app(**query).switch_page(PAGE).run()
    assert not app.exception
    return app


def run_of(app: AppTest) -> dict[str, Any]:
    """What the projector was given."""
    given = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    return next(data for data in given if isinstance(data, dict) and "deck" in data)


@pytest.mark.usefixtures("home")
def test_every_declared_slide_is_in_the_run() -> None:
    run = run_of(briefing(month="2026-10"))
    shown = re.findall(r'data-code="(\w+)"', run["deck"])
    assert list(dict.fromkeys(shown)) == [slide.code for slide in slide_source.declared()]
    assert run["start"].count("data-slide=") == len(shown) + 1


@pytest.mark.usefixtures("home")
def test_the_footer_names_office_date_version_and_invented_rows() -> None:
    footer = text(run_of(briefing(month="2026-10"))["deck"].split("<footer>")[1])
    said = ["安全生产委员会办公室", "数据截至 2026年10月31日24时", "快报 第", "模拟数据"]
    assert [part for part in said if part not in footer] == []


def test_all_open_items_are_named(home: Home) -> None:
    slide = next(slide for slide in slide_source.declared() if slide.kind == "items")
    rows = queries.run(
        "figure_rows",
        home=home,
        indicator_code=slide.parts[0][0],
        span_kind="ytd",
        span_month="2026-10-01",
        unit_role="total",
        unit_id="total",
        category_code="*",
    )
    words = text(run_of(briefing(month="2026-10"))["deck"])
    assert [name for name in rows["leader_zh"] if name not in words] == []
    assert len(rows) > 0


def test_a_frozen_month_is_shown_as_frozen(home_copy: Home) -> None:
    versions.freeze(home_copy, "2026-10")
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        connection.execute("update core.dim_unit set name_zh = '后改' where is_territory")
    frozen, now = briefing(month="2026-10"), briefing(month="2026-10", version="now")
    assert "2026年10月定稿" in run_of(frozen)["deck"]
    assert "后改" not in run_of(frozen)["deck"]
    assert "后改" in run_of(now)["deck"]


def test_names_are_data(home_copy: Home) -> None:
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        connection.execute("update core.dim_unit set name_zh = ? where is_territory", [HOSTILE])
    run = run_of(briefing(month="2026-10"))
    assert "<img" not in run["deck"] + run["start"]
    assert "&lt;img" in run["deck"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("month", ["2026-03", "2025-12", "2022-01"])
def test_other_months_have_slides_too(month: str) -> None:
    assert len(run_of(briefing(month=month))["deck"]) > 0


def test_without_a_warehouse_the_page_says_what_to_do() -> None:
    app = open_app().switch_page(PAGE).run()
    assert not app.exception
