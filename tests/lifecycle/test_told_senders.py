"""A list without a column of places, whose sender is told and not written."""

import json
from datetime import date
from pathlib import Path

import pytest

from etl.__main__ import main
from tests.lifecycle.tiny import CODE, tiny_home
from tests.lifecycle.workbooks import ask
from tests.unit.workbooks import Cell, book
from warehouse.files.home import Home

HEADER: list[Cell] = ["检查编号", "检查日期", "被检查单位", "是否处罚单位", "罚款(万元)"]
PLACES = "select territory_id, count(*) from core.fct_enforcement group by 1"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return tiny_home(tmp_path)


def checks(path: Path, *, sender: str = "") -> Path:
    """Two inspections, and nothing that says where."""
    said: list[list[Cell]] = [["2026年10月行政执法检查台账"], [sender]]
    rows: list[list[Cell]] = [[f"JC-{n}", date(2026, 10, n), f"示例{n}厂", "否", 0] for n in (3, 4)]
    return book(path, {"台账": [*said, HEADER, *rows]})


def command(home: Home, *words: str) -> int:
    return main([*words, "--home", str(home.root), "--profile", CODE, "--json"])


def test_a_told_town_is_where_its_rows_lie(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = checks(tmp_path / "检查.xlsx")
    assert command(home, "load", str(path)) == 3, "who sends it is asked"
    assert command(home, "load", str(path), "--unit", "town_a") == 0
    assert ask(home, PLACES) == [("town_a", 2)]
    (sheet,) = json.loads(capsys.readouterr().out.splitlines()[-1])["files"][0]["sheets"]
    assert any("甲镇" in note and "属地" in note for note in sheet["notes"])
    assert command(home, "load", str(path), "--unit", "town_b") == 0, "told otherwise"
    assert ask(home, PLACES) == [("town_b", 2)]
    assert command(home, "load", str(path), "--unit", "bureau") == 0
    assert ask(home, PLACES) == [("unassigned", 2)], "an office has no ground of its own"
