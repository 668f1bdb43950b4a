"""Where two kinds fit, a person says which one it is; what was said is part of the receipt."""

from pathlib import Path
from typing import Any

import pytest

from etl.declarations.declarations import Context
from etl.declarations.kind_answers import dataset_names, lake_key, parse_kinds, told_kind
from etl.intake.receipts import Receipt, append, read_receipts
from etl.judge.judge import judge_workbook
from tests.unit.workbooks import Cell, book, ledger, record
from warehouse.files.home import Home

COMMON: list[Cell] = ["培训类别", "人员类别", "企业名称", "统一社会信用代码", "姓名", "身份证号"]
BOTH: list[Cell] = [*COMMON, "计划年度", "培训日期", "考核结果", "属地镇街", "行业主管部门"]
KINDS = {"training_record", "training_roster"}
NAMES = {"incident": "生产安全事故台账", "hazard": "重大事故隐患台账"}


def doubtful(path: Path, *tabs: str) -> Path:
    return book(path, {tab: [["培训表"], BOTH, ["煤矿"]] for tab in tabs})


def test_two_kinds_are_named_for_a_person_to_choose_from(tmp_path: Path, context: Context) -> None:
    verdict = judge_workbook(doubtful(tmp_path / "a.xlsx", "甲", "乙"), context)
    assert verdict.reason_code == "two_kinds"
    assert {(c["sheet"], c["dataset"]) for c in verdict.document()["candidates"]} == {
        (tab, kind) for tab in ("甲", "乙") for kind in KINDS
    }
    assert "培训应训名册" in {c["name_zh"] for c in verdict.candidates}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"*": "training_roster"}, ["training_roster", "training_roster"]),
        ({"*": "training_roster", "乙": "training_record"}, ["training_roster", "training_record"]),
    ],
)
def test_a_told_kind_decides(
    tmp_path: Path, context: Context, told: dict[str, str], expected: list[str]
) -> None:
    verdict = judge_workbook(doubtful(tmp_path / "a.xlsx", "甲", "乙"), context, told)
    assert [s.dataset for s in verdict.sheets] == expected


@pytest.mark.parametrize("told", [{"*": "hazard"}, {"台账": "hazard"}, {"别表": "enforcement"}])
def test_a_told_kind_that_is_not_true_is_refused(
    tmp_path: Path, context: Context, told: dict[str, str]
) -> None:
    verdict = judge_workbook(ledger(tmp_path / "a.xlsx", [record()]), context, told)
    assert verdict.reason_code == "kind_unfit"
    (kind,) = told.values()
    assert f"“{context.sources[kind].name_zh}”不符" in str(verdict.reason)


def test_words_of_the_command_line() -> None:
    words = ["incident", "Sheet1=重大事故隐患台账", "a=b=hazard"]
    told = parse_kinds(words, NAMES)
    assert told == {"*": "incident", "Sheet1": "hazard", "a=b": "hazard"}
    assert told_kind(told, "Sheet1 ") == "hazard"
    assert told_kind(told, "Sheet2") == "incident"
    with pytest.raises(
        ValueError, match="没有“事故”这种报表，可以是：incident（生产安全事故台账）"
    ):
        parse_kinds(["事故"], NAMES)


def test_every_source_can_be_told() -> None:
    assert dataset_names()["incident"] == "生产安全事故台账"
    for dataset, name in dataset_names().items():
        assert parse_kinds([name], dataset_names()) == {"*": dataset}


def test_rows_of_another_telling_lie_elsewhere(tmp_path: Path) -> None:
    drafts: list[dict[str, Any]] = [
        {"kind": "submit", "actor": "", "load_id": "", "sha256": "a", "kinds": told}
        for told in ({}, {"*": "incident"}, {"*": "hazard"})
    ]
    home = Home(tmp_path, "demo")
    append(home, drafts)
    receipts: list[Receipt] = read_receipts(home)
    assert [r.kinds for r in receipts] == [d["kinds"] for d in drafts]
    assert receipts[0].lake_key("r") == lake_key("r", {}) == "r"
    assert len({r.lake_key("r") for r in receipts}) == 3
