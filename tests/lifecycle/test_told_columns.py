"""A column nobody knows: the workbook waits, is answered, answered otherwise, and rebuilt."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.commands.command_text import load_text
from etl.commands.load import LoadOptions, load
from etl.commands.upkeep import rebuild
from etl.declarations.csv_rows import read_rows
from etl.declarations.recipe import recipe_of
from etl.intake.receipts import in_force
from etl.intake.waiting_tables import waiting_sheets
from tests.lifecycle.workbooks import ask
from tests.unit.workbooks import Cell, book
from warehouse.files.home import Home
from warehouse.versions.batches import asked

TITLES: list[list[Cell]] = [["2026年1—10月生产安全事故台账"], ["填报单位：市应急局"]]
HEADER: list[Cell] = [
    "事故名称",
    "发生时间",
    "属地镇街",
    "行业分类",
    "事故类型",
    "死亡人数",
    "状态",
]
CASE: list[Cell] = ["甲处事故", date(2026, 3, 5), "云沐街道", "建筑业", "坍塌", 0, "已结案"]
INJURED = "受伤人数/其中：重伤情况"


def ledger(folder: Path) -> Path:
    rows = [[*HEADER, INJURED], [*CASE, 10]]
    return book(folder / "a.xlsx", {"台账": [*TITLES, *rows]})


def injured(home: Home) -> list[Any]:
    return [row[0] for row in ask(home, "select serious_injury_count from core.fct_incident")]


def waiting(home: Home) -> list[tuple[Any, ...]]:
    """Kind, dataset, unit, records and deaths of what waits, as a build would be given it."""
    rows = waiting_sheets(home, in_force(home), recipe_of(home.profile_folder))
    names = ("waiting_kind", "dataset", "unit_id", "row_count", "death_count")
    return [tuple(row[name] for name in names) for row in rows]


def test_answered_and_answered_otherwise(tmp_path: Path) -> None:
    home, path = Home(tmp_path / "home", "demo"), ledger(tmp_path)
    report = load(home, [path], LoadOptions())
    (entry,) = report.files
    assert entry["status"] == "refused"
    assert "--column '受伤人数/其中：重伤情况=serious_injury_count'" in load_text(report)
    assert "回答之前不计入：生产安全事故台账 1 行，死亡 0 人" in load_text(report)
    assert waiting(home) == [("asked", "incident", "yingji", 1, 0)]
    assert [one.name for one in asked(home)] == ["a.xlsx"]
    load(home, [path], LoadOptions(columns={INJURED: "serious_injury_count"}))
    assert injured(home) == [10]
    assert waiting(home) == [] == asked(home)
    assert load(home, [path], LoadOptions()).files[0]["status"] == "unchanged"
    load(home, [path], LoadOptions(columns={INJURED: "-"}))
    assert injured(home) == [0]
    assert len(in_force(home).active) == 1
    _, changed = rebuild(home, "测试", lambda _: None, lambda *_: None)
    assert changed == []
    with pytest.raises(ValueError, match="没有表头为“没有这一列”的列"):
        load(home, [path], LoadOptions(columns={"没有这一列": "-"}))


def test_a_wrong_unit_or_mode_is_mended_by_loading_again(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", "demo")
    rows: list[list[Cell]] = [["2026年3月行政执法检查台账"]]
    rows += [["检查编号", "检查日期", "被检查单位"], ["JC-1", date(2026, 3, 5), "示例有限公司"]]
    path = book(tmp_path / "b.xlsx", {"台账": rows})
    units = read_rows(home.profile_folder / "units.csv")
    first, second = [row["unit_id"] for row in units if row["role_territory"] == "1"][:2]

    def sent(**said: Any) -> tuple[Any, ...]:
        (entry,) = load(home, [path], LoadOptions(**said)).files
        (row,) = ask(home, "select unit_id, mode from core.fct_submission")
        return entry["status"], *row

    assert sent(unit=first, mode="append") == ("loaded", first, "append")
    assert sent() == ("unchanged", first, "append")
    assert sent(unit=second, mode="slice") == ("loaded", second, "slice")
    assert sent(unit=second) == ("unchanged", second, "slice")
    assert len(in_force(home).active) == 1
