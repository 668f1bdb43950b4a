"""晾晒排名 over the sample warehouse: the board, its doors, the trial of other points."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from reports.ranking import board, rank_cells, ranking_words
from reports.ranking.board import OTHER_WEIGHTS, Board
from reports.source import Source
from tests.pages.screen import address, blocks, figures, open_page, text
from warehouse import queries
from warehouse.files.home import Home
from warehouse.versions import versions

PAGE = "pages/staff/ranking.py"
OCTOBER = date(2026, 10, 1)
ASKED: dict[str, Any] = {"scheme_code": "towns", "list_code": "*", "month": OCTOBER}
QUERIES = ["ranking", "ranking_lines", "ranking_items", "ranking_months"]
HOSTILE = '<img src=x onerror="alert(1)">'


def opened(**query: str) -> AppTest:
    app = open_page(PAGE, **query)
    assert not app.exception
    return app


def markup(**query: str) -> str:
    return blocks(opened(**query))["ranking"]


def loaded(home: Home) -> Board:
    rows = Source.of(home).rows
    return board.load(rows, board.choices(rows, OCTOBER)[0], OCTOBER)


def shown_rows(html: str) -> list[list[str]]:
    """Texts of the rank table's cells, row by row."""
    table = html.split('class="panel rank-table"')[1].split("</table>")[0]
    return [
        [text(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table)[1:]
    ]


def test_the_page_opens_on_the_newest_month_and_the_first_list(home: Home) -> None:
    app = opened()
    assert app.title[0].value == "晾晒排名"
    assert address(app) == {"month": "2026-10", "list": "towns~*", "order": "rank"}
    listed = [button.label for button in (app.button_group(key="list"),)]
    assert listed == ["榜单"]
    said = text(blocks(app)["ranking"])
    shown = loaded(home)
    assert ranking_words.headline(shown) in said
    for part in ("示例市镇街晾晒方案", ranking_words.counts(shown), "上月同一方案", "演示数据"):
        assert part in said


@pytest.mark.parametrize("order", ["rank", "order"])
def test_every_unit_is_in_the_table_cell_for_cell(home: Home, order: str) -> None:
    shown = loaded(home)
    units = shown.by_rank if order == "rank" else shown.by_order
    rows = shown_rows(markup(order=order))
    for unit, row in zip(units, rows, strict=False):
        head, bar, *rest = row[:4], row[4], *row[5:]
        wanted = [cell.text for cell in rank_cells.row(shown, unit)]
        assert bar == ""
        assert [*head, *rest[:-1]] == wanted[:-1]
        assert rest[-1] in wanted[-1]  # the screen shows 红榜 by colour and on the list beside
    average = [
        rank_cells.average(shown).text,
        "",
        *(rank_cells.average_points(i).text for i in shown.scored),
    ]
    assert rows[-1][3 : 3 + len(average)] == average


def test_units_without_a_report_are_listed_and_not_ranked(home: Home) -> None:
    missing = queries.run("missing_reports", home=home, month=OCTOBER)
    names = set(missing["name_zh"]) & {u["unit_zh"] for u in loaded(home).units}
    rows = {row[2]: row for row in shown_rows(markup())}
    assert names
    words = {"荞岭镇": "未报", "柳笛镇": "已送退回"}
    for name in names:
        assert rows[name][0] == "—" and rows[name][3] == words[name]
        assert "不排名" in rows[name][-1]


def test_a_component_opens_the_figure_it_is_scored_by(home: Home) -> None:
    table = markup().split('class="panel rank-table"')[1]
    shown = loaded(home)
    assert len(figures(table)) == len(shown.units) * len(shown.scored)
    line = shown.line(shown.ranked[0], shown.scored[0])
    parts = (line["indicator_code"], "ytd~2026-10", line["unit_role"], line["unit_id"], "*")
    app = opened(figure="~".join(parts))
    drawer = "".join(html for key, html in blocks(app).items() if key.startswith("origin"))
    assert "相加一致" in text(drawer)


def test_every_list_of_every_scheme_draws(home: Home) -> None:
    rows = Source.of(home).rows
    for ranking in board.choices(rows, OCTOBER):
        html = markup(list=f"{ranking['scheme_code']}~{ranking['list_code']}")
        assert "这一块没能算出来" not in html
        assert f"{ranking['list_zh']}排名" in text(html)


@pytest.mark.usefixtures("home")
def test_the_chart_and_the_lists_name_their_units() -> None:
    html = markup()
    assert html.count("<path d=") >= 5
    marks = html.split('class="panel marks"')[1]
    assert marks.count('class="mark red"') == 3
    assert marks.count('class="mark black"') == 3
    assert "失分最多" in text(marks)


def test_other_points_give_another_ranking_and_say_so(home: Home) -> None:
    app = opened(points="10-20-50-15-10")
    html = blocks(app)["ranking"]
    said = text(html)
    assert "试算：分值改为" in said and "合计 105 分" in said and "较方案" in said
    assert app.get("download_button")[0].proto.disabled
    asked = dict(zip(["closure", "rectified", "overdue", "training", "certificate"],
                     [10.0, 20.0, 50.0, 15.0, 10.0], strict=True))  # fmt: skip
    rows = Source.of(home).rows
    trial = board.load(rows, board.choices(rows, OCTOBER)[0], OCTOBER, asked)
    scores = [row[3] for row in shown_rows(html)][: len(trial.ranked)]
    assert scores == [rank_cells.score(trial, unit).text for unit in trial.ranked]
    before = loaded(home)
    were = [rank_cells.score(before, unit).text for unit in before.ranked]
    assert scores != were[: len(scores)]


@pytest.mark.usefixtures("home")
def test_points_go_to_the_address_and_back_to_the_scheme() -> None:
    app = opened()
    app.number_input[0].set_value(60.0).run()
    assert address(app)["points"] == "60-20-20-15-10"
    assert "试算" in text(blocks(app)["ranking"])
    app.button[0].click().run()
    assert "points" not in address(app)
    assert [box.value for box in app.number_input] == [35, 20, 20, 15, 10]
    assert "试算：" not in text(blocks(app)["ranking"])


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("points", ["nonsense", "1-2", "0-0-0-0-0", "200-1-1-1-1", "nan-1-1-1-1"])
def test_a_broken_link_to_a_trial_shows_the_scheme(points: str) -> None:
    assert "试算：" not in text(markup(points=points))


@pytest.mark.parametrize("name", QUERIES)
def test_the_schemes_own_points_give_what_the_build_stored(home: Home, name: str) -> None:
    """One rule: the what-if asks the build's own models."""
    stored = queries.run(name, home=home, **ASKED)
    asked: dict[str, Any] = {**ASKED, "item_codes": ["closure"], "item_points": [35.0]}
    path = versions.served_file(home)
    again = queries.run_file(name, path, instead=OTHER_WEIGHTS, **asked)
    pd.testing.assert_frame_equal(stored, again)


@pytest.mark.usefixtures("home")
def test_a_month_without_a_scheme_is_a_state() -> None:
    app = opened(month="2025-10")
    assert "2025年10月没有生效的晾晒方案" in text(blocks(app)["no_ranking"])


def test_an_unfinished_month_is_not_ranked(home_copy: Home) -> None:
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        connection.execute("update marts.data_state set data_as_of_date = date '2026-10-30'")
        connection.execute("delete from marts.score where span_month = date '2026-10-01'")
    assert "2026年10月还不能排名" in text(blocks(opened())["no_ranking"])


def test_names_are_data(home_copy: Home) -> None:
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        connection.execute("update profile.units set name_zh = ?, short_name = ?", [HOSTILE] * 2)
    html = markup()
    assert "<img" not in html
    assert "&lt;img" in html
