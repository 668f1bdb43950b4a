"""报送情况 over the sample warehouse: who is missing, the grid, its doors, urging."""

from __future__ import annotations

import re
from datetime import date

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import address, blocks, open_page, text
from warehouse import queries
from warehouse.files import reminder_log
from warehouse.files.home import Home
from warehouse.versions import versions

PAGE = "pages/staff/reporting.py"
OCTOBER = date(2026, 10, 1)
HOSTILE = '<img src=x onerror="alert(1)">'


def opened(**query: str) -> AppTest:
    app = open_page(PAGE, **query)
    assert not app.exception
    return app


def markup(**query: str) -> str:
    return blocks(opened(**query))["reporting"]


def grid(html: str) -> dict[str, list[str]]:
    """Texts of the grid's cells by unit."""
    table = html.split('<table class="rows sent">')[1].split("</table>")[0]
    rows = [
        re.findall(r"<td[^>]*>(.*?)</td>", r) for r in re.findall(r"<tr[^>]*>(.*?)</tr>", table)
    ]
    return {text(cells[0]): [text(cell) for cell in cells[1:]] for cells in rows if cells}


def test_the_page_opens_with_who_is_missing(home: Home) -> None:
    app = opened()
    assert app.title[0].value == "报送情况"
    assert address(app) == {"month": "2026-10", "to": "2026-10-31"}
    said = text(blocks(app)["reporting"])
    missing = queries.run("missing_reports", home=home, month=OCTOBER)
    assert f"未报或没有报全 {len(missing)} 份：柳笛镇（隐患已送退回 2 行）、荞岭镇（隐患）" in said
    for part in ("10月应报 47 份，已报 45 份", "还有 5 天", "天数计至 2026年10月31日（数据截至）"):
        assert part in said
    assert "这一块没能算出来" not in said


def test_every_duty_of_the_month_is_a_cell_and_the_missing_come_first(home: Home) -> None:
    states = queries.run("report_states", home=home, month=OCTOBER)
    html = markup()
    doors = re.findall(r'<td class="mid[^"]*" data-act="sent:([^"]+)"', html)
    assert sorted(doors) == sorted(
        f"{row.dataset}~{row.unit_id}~2026-10" for row in states.itertuples()
    )
    assert list(grid(html))[:2] == ["荞岭镇", "柳笛镇"]
    assert set(grid(html)) == set(states["unit_zh"])


@pytest.mark.usefixtures("home")
def test_a_unit_shows_its_states_and_its_last_twelve_months() -> None:
    rows = grid(markup())
    assert (rows["荞岭镇"][1], rows["柳笛镇"][1]) == ("✕ 未报", "✕ 已送退回 2 行")
    assert rows["柳笛镇"][-2:] == ["1", "—"]
    assert rows["市应急局"][-2] == "2"
    assert rows["南砚河镇"][1] == "零报告退 1", "the row handed back lies in another month"


@pytest.mark.usefixtures("home")
def test_the_day_chosen_counts_the_days() -> None:
    assert "逾期 5 天" in text(markup(to="2026-11-10"))
    assert "还有 5 天" in text(markup(to="nonsense"))


@pytest.mark.usefixtures("home")
def test_a_cell_opens_workbook_and_rejected_rows() -> None:
    drawer = text(blocks(opened(sent="hazard~nanyanhe~2026-10"))["sent"])
    for part in (
        "南砚河镇",
        "隐患台账-南砚河镇-2026年10月",
        "退回 1 处",
        "第 15 行 M 列",
        "另行通知",
    ):
        assert part in drawer


@pytest.mark.usefixtures("home")
def test_a_missing_cell_opens_the_reminder() -> None:
    drawer = text(blocks(opened(sent="hazard~qiaoling~2026-10"))["sent"])
    assert "贵单位2026年10月隐患台账尚未报送" in drawer
    drawer = text(blocks(opened(sent="hazard~liudi~2026-10"))["sent"])
    assert "台账没有报全" in drawer and "已送的 2 行全部退回" in drawer


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "sent", ["nonsense", "a~b~2026-10", "hazard~liudi~13", "hazard~nobody~2026-10"]
)
def test_a_broken_link_is_a_state(sent: str) -> None:
    assert "没有这份台账" in text(blocks(opened(sent=sent))["sent"])


@pytest.mark.usefixtures("home")
def test_a_month_all_have_sent_is_a_state() -> None:
    html = markup(month="2026-08")
    assert "应报的都已报送" in text(html) and "没有未报" in text(html)


def test_urging_is_kept_and_shown(home_copy: Home) -> None:
    app = opened()
    app.button(key="chase_button").click().run()
    texts = [code.value for code in app.code]
    assert ["尚未报送" in one for one in texts] == [False, True]
    app.button(key="chase_note_button").click().run()
    assert [one.unit_id for one in reminder_log.noted(home_copy, OCTOBER)] == ["qiaoling", "liudi"]
    assert text(blocks(opened())["reporting"]).count("1 次，最近") == 2


def test_names_are_data(home_copy: Home) -> None:
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        connection.execute("update core.dim_unit set name_zh = ?", [HOSTILE])
        connection.execute("update marts.report_state set file_name = ?", [HOSTILE])
    html = markup()
    assert "<img" not in html and "&lt;img" in html
