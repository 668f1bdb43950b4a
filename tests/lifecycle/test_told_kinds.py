"""A workbook of two possible kinds: refused with its candidates, told, told otherwise, rebuilt."""

from pathlib import Path

from etl.commands.load import LoadOptions, load
from etl.commands.upkeep import rebuild
from etl.intake.receipts import in_force
from tests.lifecycle.workbooks import ask
from tests.unit.workbooks import Cell, book
from warehouse.files.home import Home

HEADER: list[Cell] = ["培训类别", "人员类别", "企业名称", "统一社会信用代码", "姓名", "身份证号"]
HEADER += ["计划年度", "培训日期", "考核结果", "属地镇街", "行业主管部门"]
ROW: list[Cell] = ["煤矿", "主要负责人", "示例有限公司", "91370481MA3EXAMPTM", "张三"]
ROW += ["370481199001011233", "2026", "2026-03-05", "合格", "云沐街道", "市应急局"]
TABLES = ("training_record", "training_roster")


def counts(home: Home) -> list[int]:
    return [ask(home, f"select count(*) from core.fct_{name}")[0][0] for name in TABLES]


def test_told_one_kind_and_then_the_other(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", "demo")
    titles: list[list[Cell]] = [["2026年培训表"], ["填报单位：市应急局"]]
    path = book(tmp_path / "a.xlsx", {"甲": [*titles, HEADER, ROW]})
    (refused,) = load(home, [path], LoadOptions()).files
    assert refused["status"] == "refused"
    assert {c["dataset"] for c in refused["candidates"]} == set(TABLES)
    load(home, [path], LoadOptions(kinds={"*": "training_record"}))
    assert counts(home) == [1, 0]
    assert load(home, [path], LoadOptions()).files[0]["status"] == "unchanged"
    load(home, [path], LoadOptions(kinds={"甲": "training_roster"}))
    assert counts(home) == [0, 1]
    assert len(in_force(home).active) == 1
    _, changed = rebuild(home, "测试", lambda _: None, lambda *_: None)
    assert changed == []
