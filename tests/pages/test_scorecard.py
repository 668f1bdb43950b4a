"""月度计分卡 over the sample warehouse: what it says, where its doors lead, how it fails."""

from __future__ import annotations

import shutil
from datetime import date
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.page import filters
from pages.ui.scorecard import verdict_panel
from tests.pages.screen import address, blocks, figures, open_app, text
from warehouse import queries
from warehouse.files.home import Home
from warehouse.versions import versions

OCTOBER = date(2026, 10, 1)
MONTH = {"month": "2026-10", "unit": "total", "span": "ytd"}
HOSTILE = '<img src=x onerror="alert(1)">'


def scorecard(**changed: str) -> str:
    return blocks(open_app(**{**MONTH, **changed}))["scorecard"]


def drawer(app: AppTest) -> str:
    return "".join(html for key, html in blocks(app).items() if key.startswith("origin"))


def rows_of(home: Home, sql_name: str, **params: Any) -> list[dict[Any, Any]]:
    return queries.run(sql_name, home=home, **params).to_dict("records")


@pytest.mark.usefixtures("home")
def test_the_page_opens_on_the_newest_month_of_the_whole_area() -> None:
    app = open_app()
    assert not app.exception
    assert app.title[0].value == "月度计分卡"
    assert {box.label: box.value for box in app.selectbox} == {"月份": "2026-10", "单位": "total"}
    assert address(app) == MONTH


def test_every_catalogue_figure_is_on_the_page(home: Home) -> None:
    params = {"span_kind": "ytd", "span_month": OCTOBER, "unit_id": "total"}
    codes = {row["indicator_code"] for row in rows_of(home, "figures", **params)}
    assert {figure.split("~")[0] for figure in figures(scorecard())} == codes


def test_the_strip_says_what_the_figures_rest_on(home: Home) -> None:
    words = text(scorecard())
    missing = rows_of(home, "missing_reports", month=OCTOBER)
    said = ["数据截至", "2026年10月31日24时", "快报", "未报单位", "演示数据", missing[0]["name_zh"]]
    assert [part for part in said if part not in words] == []


@pytest.mark.usefixtures("home")
def test_filters_write_the_address_and_the_address_sets_the_filters() -> None:
    app = open_app(month="2026-09", unit="total", span="month")
    assert app.selectbox(key="month").value == "2026-09"
    assert app.button_group(key="span").value == "month"
    app.selectbox(key="month").set_value("2026-03").run()
    assert not app.exception
    assert address(app) == {"month": "2026-03", "unit": "total", "span": "month"}
    assert "2026年3月" in text(blocks(app)["scorecard"])


def test_a_unit_has_a_page_of_its_own(home: Home) -> None:
    unit = next(row for row in rows_of(home, "units") if row["is_territory"])
    markup = scorecard(unit=unit["unit_id"])
    assert f"<h2>{unit['name_zh']}" in markup
    assert f'class="chosen" data-act="unit:{unit["unit_id"]}"' in markup


@pytest.mark.parametrize("is_whole_area", [True, False], ids=["whole_area", "unit"])
@pytest.mark.parametrize("span", ["month", "ytd", "rolling12"])
def test_every_figure_of_a_page_adds_up(home: Home, span: str, is_whole_area: bool) -> None:
    units = rows_of(home, "units")
    chosen = {**MONTH, "span": span, "unit": units[0 if is_whole_area else 1]["unit_id"]}
    own = scorecard(**chosen).split('<div class="side">')[0]
    for figure in dict.fromkeys(figures(own)):
        app = open_app(**chosen, figure=figure)
        assert not app.exception
        assert "相加一致" in text(drawer(app)), figure


@pytest.mark.usefixtures("home")
def test_the_drawer_names_workbook_sheet_and_row() -> None:
    listed = scorecard().split('class="panel list"')[0]
    for figure in figures(listed):
        app = open_app(**MONTH, figure=figure)
        shown = text(drawer(app))
        said = ["口径", "目标", "同期", "来源", "检查"]
        assert [part for part in said if part not in shown] == []
        assert app.expander[0].label == "算法原文（SQL）"
        assert "select" in app.code[0].value


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("figure", ["nonsense", "no_such~ytd~2026-10~total~total~*"])
def test_a_broken_link_to_a_figure_says_so(figure: str) -> None:
    app = open_app(**MONTH, figure=figure)
    assert not app.exception
    assert "没有这个数" in text(drawer(app))


@pytest.mark.usefixtures("home")
def test_a_month_without_data_is_said() -> None:
    assert "2031年1月还没有数据" in text(scorecard(month="2031-01"))


def test_a_broken_block_leaves_the_others_standing(
    home_copy: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("/secret/path 口令")

    monkeypatch.setattr(verdict_panel, "panel", broken)
    markup = scorecard()
    assert "这一块没能算出来" in markup
    assert "secret" not in markup
    assert 'class="card"' in markup
    number = text(markup).split("编号 ")[1].split("；")[0]
    assert number in (home_copy.log / "app.log").read_text("utf-8")


@pytest.mark.usefixtures("home_copy")
def test_a_broken_page_keeps_its_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(filters, "bar")
    app = open_app(**MONTH)
    assert not app.exception
    assert "没能算出来" in blocks(app)["failed_page"]


def test_an_unreadable_build_is_said_with_a_number(home_copy: Home) -> None:
    versions.served_file(home_copy).write_bytes(b"not a database")
    app = open_app()
    assert not app.exception
    assert "编号 E-" in text(blocks(app)["failed_page"])


def test_without_a_warehouse_the_page_says_what_to_do() -> None:
    app = open_app()
    assert not app.exception
    assert "还没有数据" in text(blocks(app)["empty"])


def test_a_frozen_month_is_final(home_copy: Home) -> None:
    versions.freeze(home_copy, "2026-10")
    words = text(scorecard())
    assert "定稿" in words
    assert "与定稿一致" in words


def test_a_yearly_ceiling_is_told_as_people_while_the_year_runs(home_copy: Home) -> None:
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        connection.execute(
            "update marts.figure set implied_limit_count = 7, implied_basis_year = 2025"
            " where indicator_code = 'gdp_death_rate' and unit_role = 'total' and span_kind = 'ytd'"
        )
        deaths = connection.execute(
            "select value from marts.figure where indicator_code = 'death_count'"
            " and unit_role = 'total' and span_kind = 'ytd' and category_code = '*'"
            " and span_month = (select max(span_month) from marts.figure where span_kind = 'ytd')"
        ).fetchall()
    words = text(scorecard())
    assert f"全年上限折合 7 人（按2025年分母），已发生 {deaths[0][0]:.0f} 人" in words


def test_names_are_data(home_copy: Home) -> None:
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        connection.execute("update core.dim_unit set name_zh = ? where is_territory", [HOSTILE])
    markup = scorecard()
    assert "<img" not in markup
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in markup


def test_the_next_run_reads_the_newest_build(home_copy: Home) -> None:
    app = open_app(**MONTH)
    number = versions.current_number(home_copy) or 0
    newer = versions.serve_path(home_copy, number + 1)
    shutil.copyfile(versions.serve_path(home_copy, number), newer)
    with duckdb.connect(str(newer)) as connection:
        connection.execute("update core.dim_unit set name_zh = '新名' where is_territory")
    versions.point_to(home_copy, number + 1)
    assert "新名" in blocks(app.run())["scorecard"]


@pytest.mark.parametrize("unit", ["total~total", "actor~qiaoling"])
@pytest.mark.usefixtures("home")
def test_a_duty_nobody_met_stands_among_the_rows_without_a_workbook(unit: str) -> None:
    app = open_app(**MONTH, figure=f"report_rate~month~2026-10~{unit}~*")
    shown = text(drawer(app))
    assert "荞岭镇" in shown
    assert "隐患2026-10-01未报" in shown
    assert "没有报来工作簿" in shown
