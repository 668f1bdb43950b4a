"""Of a row that is handed back, what its sound cells say is kept; a cell at fault says nothing."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.build.inputs.row_ledger import read_ledger
from etl.declarations.declarations import Context
from etl.intake.lake import store
from etl.intake.receipts import Receipt
from etl.judge.judge import judge_workbook
from tests.unit.workbooks import Cell, book
from warehouse.files.home import Home

TITLES: list[list[Cell]] = [["2026年1—10月生产安全事故台账"], ["填报单位：市应急局"]]
HEADER: list[Cell] = [
    *("事故名称", "发生时间", "属地镇街", "行业分类", "事故类型", "死亡人数", "状态")
]
SOUND: dict[str, Cell] = {
    "name": "甲处事故",
    "day": date(2026, 3, 5),
    "place": "禾原街道",
    "sector": "建筑业",
    "type": "坍塌",
    "deaths": 2,
    "status": "已结案",
}


def case(**cells: Cell) -> list[Cell]:
    return list((SOUND | cells).values())


def incidents(folder: Path, *rows: list[Cell]) -> Path:
    return book(folder / "a.xlsx", {"台账": [*TITLES, HEADER, *rows]})


def returned(home: Home, path: Path, context: Context) -> list[dict[str, Any]]:
    """Rows of `lake.returned_row`, by way of the lake."""
    out = home.root / "judged"
    verdict = judge_workbook(path, context)
    verdict.write(out)
    store(home, verdict.sha256, context.recipe, out)
    shutil.rmtree(out)
    receipt = Receipt(1, "submit", "", "某人", "", verdict.sha256, path.name)
    return read_ledger(home, [receipt], context.recipe, [], []).returned_rows


@pytest.mark.parametrize(
    ("spoilt", "name", "day", "deaths"),
    [
        ({"deaths": "#REF!"}, "甲处事故", date(2026, 3, 5), None),
        ({"day": "2026-13-40"}, "甲处事故", None, 2),
        ({"name": None}, None, date(2026, 3, 5), 2),
        ({"status": "没有这个状态", "deaths": "2人"}, "甲处事故", date(2026, 3, 5), 2),
    ],
)
def test_sound_cells_of_a_row_handed_back(
    tmp_path: Path, context: Context, spoilt: Any, name: Any, day: Any, deaths: Any
) -> None:
    path = incidents(tmp_path, case(**spoilt), case(name="乙处事故"))
    (row,) = returned(Home(tmp_path, "demo"), path, context)
    read = ("identity_key", "business_date", "death_count", "hazard_grade_code", "row_number")
    assert [row[key] for key in read] == [name, day, deaths, None, 4]
    assert row["row_id"] == f"{row['file_hash'][:16]}-1-4"
    assert (row["dataset"], row["receipt_seq"], row["table_no"]) == ("incident", 1, 1)


def test_who_a_person_is_stays_in_the_lake(tmp_path: Path, context: Context) -> None:
    header: list[Cell] = [
        *("计划年度", "培训类别", "人员类别", "属地镇街", "行业主管部门"),
        *("企业名称", "统一社会信用代码", "姓名", "身份证号", "联系电话"),
    ]
    row: list[Cell] = [
        *(2026, "煤矿", "没有这一类", "禾原街道", "应急局", "示例甲有限公司"),
        *("91990100MA00004219", "张三", "370481199001011233", "13812345678"),
    ]
    path = book(tmp_path / "b.xlsx", {"名册": [["2026年培训应训名册"], header, row]})
    (handed_back,) = returned(Home(tmp_path, "demo"), path, context)
    assert handed_back["identity_key"] is None
    assert handed_back["business_date"] == date(2026, 1, 1)
    assert "370481199001011233" not in str(handed_back)


def test_deaths_of_a_table_and_of_its_rows_handed_back(tmp_path: Path, context: Context) -> None:
    path = incidents(tmp_path, case(status="没有这个状态"), case(name="乙处事故", deaths=1))
    (sheet,) = judge_workbook(path, context).sheets
    assert sheet.readable == {
        "row_count": 2,
        "returned_count": 1,
        "death_count": 3,
        "returned_death_count": 2,
    }
