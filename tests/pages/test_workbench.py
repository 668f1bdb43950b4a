"""SQL 工作台 over the sample warehouse: what it shows, how a query goes, what is taken away."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.access import access
from pages.ui.workbench import schema_browser
from pages.ui.workbench import session as desks
from reports.workbench import query_files
from tests.pages.screen import blocks, open_page, text
from warehouse.files.home import DEFAULT_PROFILE, Home
from warehouse.guard import guarded_query, query_log, questions, worker_process
from warehouse.versions import versions

PAGE = "pages/analysts/workbench.py"
SIMPLE = "select 属地, count(*) as 起数, true as 真 from 事故 group by 属地 order by 起数 desc"
GROUND = query_files.Ground("示例办公室", None, is_synthetic=True)


@pytest.fixture
def bench_home(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with the served file alone, to leave queries behind in."""
    home, source = Home(tmp_path, DEFAULT_PROFILE), Home(sample_home, DEFAULT_PROFILE)
    home.builds.mkdir(parents=True)
    shutil.copy(source.current, home.current)
    number = versions.current_number(source) or 0
    for path in (versions.serve_path(source, number), versions.manifest_path(source, number)):
        shutil.copy(path, home.builds / path.name)
    monkeypatch.setenv("LIANGSHAI_HOME", str(tmp_path))
    return home


def desk(app: AppTest) -> desks.Desk:
    found: desks.Desk = app.session_state[desks.KEY]
    return found


def ran(sql: str, button: str = "run") -> AppTest:
    """The page after a text was run."""
    app = open_page(PAGE)
    desk(app).load(sql)
    app = app.button(key=button).click().run()
    assert not app.exception
    return app


def answer(app: AppTest) -> query_files.Answer:
    found = desk(app).answer
    assert found is not None
    return found


@pytest.mark.usefixtures("bench_home")
def test_the_page_opens_with_the_schema_and_the_limits() -> None:
    app = open_page(PAGE)
    assert not app.exception
    shown = blocks(app)
    said = ["只读", "限时 5 秒", "内存 1 GB", "演示数据"]
    assert [part for part in said if part not in text(shown["workbench_strip"])] == []
    assert 'data-act="insert:事故"' in shown["library"]
    assert "死亡人数<span>人</span>" in shown["library"]
    assert "还没有运行查询" in shown["answer_none"]


@pytest.mark.usefixtures("bench_home")
def test_a_query_gives_rows_a_table_and_a_status() -> None:
    app = ran(SIMPLE)
    assert "✓" in text(blocks(app)["status"])
    assert "未截断" in text(blocks(app)["status"])
    shown = app.dataframe[0].value
    assert list(shown.columns) == ["属地", "起数", "真"]
    assert set(shown["真"]) == {"是"}
    assert desk(app).asking is None


@pytest.mark.usefixtures("bench_home")
def test_a_failed_query_keeps_its_text_and_says_why() -> None:
    app = ran("select 死亡 from 事故")
    failed = text(blocks(app)["answer_failed"])
    assert "没有名为“死亡”的列" in failed
    assert "死亡人数" in failed
    assert desk(app).text == "select 死亡 from 事故\n"


@pytest.mark.usefixtures("bench_home")
def test_no_row_is_said() -> None:
    assert "没有符合条件的行" in text(blocks(ran("select * from 事故 where false"))["answer_empty"])


@pytest.mark.usefixtures("bench_home")
def test_a_plan_is_shown_in_chinese() -> None:
    plan = text(blocks(ran(SIMPLE, "plan"))["answer_plan"])
    assert [word for word in ("分组汇总", "读表", "core.fct_incident") if word not in plan] == []
    assert "serve-" not in plan


@pytest.mark.usefixtures("bench_home")
def test_a_chart_is_offered_for_numbers() -> None:
    app = ran(SIMPLE)
    app = app.button_group(key="answer_form").set_value("图").run()
    assert not app.exception
    assert app.get("plotly_chart")


@pytest.mark.usefixtures("bench_home")
def test_a_question_brings_its_widgets_and_binds_their_values() -> None:
    app = open_page(PAGE)
    question = next(q for q in questions.delivered() if q.code == "hazards_due_soon")
    desk(app).load(question.sql)
    app = app.run()
    assert app.number_input[0].label == "天数"
    assert app.number_input[0].value == 15
    app.number_input[0].set_value(9)
    unit = app.selectbox(key="parameter_unit_属地")
    assert unit.value == questions.ALL
    app = app.button(key="run").click().run()
    assert answer(app).values == {"天数": "9", "属地": "全部"}
    assert answer(app).outcome.kind == "ok"


@pytest.mark.usefixtures("bench_home")
def test_a_head_nobody_understands_is_told() -> None:
    app = ran("-- 参数：:x 某数 大象\nselect 1")
    assert "种类“大象”未知" in text(blocks(app)["answer_failed"])


def test_every_query_is_logged_and_stands_in_the_history(bench_home: Home) -> None:
    app = ran(SIMPLE)
    ran("select nothing")
    log = query_log.recent(bench_home, access.ALONE)
    assert [(one.outcome, one.rows) for one in log] == [("error", 0), ("ok", 19)]
    assert log[1].build_id.startswith("build-")
    app = app.button_group(key="library_tab").set_value("历史").run()
    assert SIMPLE[:20] in text(blocks(app)["library"])


def test_a_kept_question_is_there_for_all_and_its_owner_removes_it(bench_home: Home) -> None:
    query_log.save(bench_home, "甲", "各地起数", SIMPLE)
    query_log.save(bench_home, "甲", "各地起数", SIMPLE + " -- 改")
    (kept,) = query_log.saved(bench_home)
    assert kept.sql.endswith("改")
    app = open_page(PAGE)
    app = app.button_group(key="library_tab").set_value("问题").run()
    listed = blocks(app)["library"]
    assert f'data-act="saved:{kept.key}"' in listed
    assert "remove:" not in listed
    assert not query_log.remove(bench_home, "乙", kept.key)
    assert query_log.remove(bench_home, "甲", kept.key)
    assert query_log.saved(bench_home) == []


@pytest.mark.usefixtures("bench_home")
def test_what_is_taken_away_equals_what_is_shown() -> None:
    app = ran(SIMPLE)
    shown = app.dataframe[0].value.astype(str).to_numpy().tolist()
    limits = guarded_query.limits_of(Home.find())
    lines = list(csv.reader(io.StringIO(query_files.csv_file(answer(app)).decode("utf-8-sig"))))
    assert lines == [["属地", "起数", "真"], *shown]
    book = openpyxl.load_workbook(io.BytesIO(query_files.excel_file(answer(app), GROUND, limits)))
    assert book.sheetnames == ["结果", "依据"]
    rows = [[str(cell) for cell in row] for row in book["结果"].iter_rows(values_only=True)]
    assert str(rows[0][0]).startswith("模拟数据")
    assert rows[1:] == lines
    ground = {row[0]: row[1] for row in book["依据"].iter_rows(values_only=True)}
    assert ground["行数"] == 19
    assert str(ground["查询语句"]).startswith("select 属地")
    assert query_files.name_of(answer(app), ".xlsx", GROUND).startswith(
        "模拟数据_查询结果_最新数据"
    )


@pytest.mark.usefixtures("bench_home")
def test_without_a_memory_wall_it_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_process, "has_memory_wall", lambda: False)
    app = open_page(PAGE)
    assert app.button(key="run").disabled
    assert "工作台停用" in text(blocks(app)["workbench_strip"])


@pytest.mark.usefixtures("bench_home")
def test_the_search_finds_columns_by_meaning() -> None:
    app = open_page(PAGE)
    app = app.text_input(key="library_sought").set_value("罚款").run()
    listed = blocks(app)["library"]
    assert "罚款万元" in listed
    assert "死亡人数" not in listed
    app = app.text_input(key="library_sought").set_value("<b>无").run()
    assert "没有“&lt;b&gt;无”" in blocks(app)["library"]


def test_completion_knows_views_and_columns() -> None:
    row = {"grain_zh": "一行一起", "column_zh": "属地", "unit_zh": "", "data_type": "VARCHAR"}
    found = schema_browser.words([{**row, "view_zh": "事故"}, {**row, "view_zh": "隐患"}])
    assert [word.name for word in found] == ["事故", "隐患", "属地"]
    assert found[-1].views == ("事故", "隐患")
