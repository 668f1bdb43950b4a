"""数据质量 over the sample warehouse: checks, heat, findings by filter, rows handed back."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import address, blocks, open_page, text
from warehouse import queries
from warehouse.files.home import Home
from warehouse.versions import versions

PAGE = "pages/staff/quality.py"
HOSTILE = '<img src=x onerror="alert(1)">'


def opened(**query: str) -> AppTest:
    app = open_page(PAGE, **query)
    assert not app.exception
    return app


def markup(**query: str) -> str:
    return blocks(opened(**query))["quality"]


def panel(html: str, name: str) -> str:
    return html.split(f'class="panel {name}"')[1].split("</section>")[0]


def finding(home: Home) -> dict[str, Any]:
    """A finding of the sample that points at a row of a workbook."""
    with duckdb.connect(str(versions.served_file(home)), read_only=True) as connection:
        found = connection.execute(
            "select check_code, unit_id, strftime(month, '%Y-%m') as month, detail_zh, row_number"
            " from marts.check_finding where row_number is not null and unit_id <> 'total'"
            " order by check_code, month, row_number"
        ).df()
    return dict(found.iloc[0])


def test_the_page_opens_with_how_many_checks_pass(home: Home) -> None:
    app = opened()
    assert app.title[0].value == "数据质量"
    assert address(app) == {
        "month": "2026-10", "unit": "total", "check": "*", "within": "rolling12",
    }  # fmt: skip
    checks = queries.run("quality_checks", home=home)
    said = text(blocks(app)["quality"])
    assert f"{len(checks)} 项检查，{(checks['status'] == 'passed').sum()} 项通过" in said
    assert "这一块没能算出来" not in said and "逐份相符" in said


def test_every_check_is_a_door(home: Home) -> None:
    doors = re.findall(r'data-act="check:([^"]+)"', panel(markup(), "checks"))
    assert sorted(doors) == sorted(queries.run("quality_checks", home=home)["check_code"])


def test_findings_follow_check_unit_and_month(home: Home) -> None:
    one = finding(home)
    asked = {"month": one["month"], "within": "month", "unit": one["unit_id"]}
    html = markup(**asked, check=one["check_code"])
    listed = text(panel(html, "findings"))
    assert one["detail_zh"] in listed and f"第 {one['row_number']} 行" in listed
    assert 'class="h' in panel(html, "where") and "picked" in panel(html, "where")


@pytest.mark.usefixtures("home")
def test_a_check_without_findings_says_so() -> None:
    assert "没有发现" in text(panel(markup(check="sheet_balance"), "findings"))


@pytest.mark.usefixtures("home")
def test_rows_handed_back_say_where_and_how_to_mend() -> None:
    rejects = text(panel(markup(unit="nanyanhe"), "rejects"))
    assert "退回未改的行 1 处" in rejects
    for part in ("另行通知", "请写成", "隐患台账-南砚河镇-2026年10月", "第 15 行 M 列"):
        assert part in rejects


def test_the_cells_of_the_heat_add_up_to_the_findings(home: Home) -> None:
    html = panel(markup(within="all"), "where")
    numbers = [int(n) for n in re.findall(r'<td class="h\d[^>]*>(\d+)</td>', html)]
    with duckdb.connect(str(versions.served_file(home)), read_only=True) as connection:
        found = connection.execute("select sum(failed_count) from marts.check_unit_month")
        assert sum(numbers) == found.fetchall()[0][0]


def test_what_is_held_is_named(home_copy: Home) -> None:
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        connection.execute(
            "insert into marts.held_submission values (99, '甲.xlsx', '少了 1 人死亡')"
        )
    said = text(markup())
    assert "待确认的报送 1 份" in said and "少了 1 人死亡" in said and "1 份报送待确认" in said


def test_names_are_data(home_copy: Home) -> None:
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        connection.execute(
            "update marts.rejected_cell set value_zh = ?, file_name = ?", [HOSTILE] * 2
        )
        connection.execute("update core.dim_unit set name_zh = ?, short_name = ?", [HOSTILE] * 2)
    html = markup(within="all")
    assert "<img" not in html and "&lt;img" in html
