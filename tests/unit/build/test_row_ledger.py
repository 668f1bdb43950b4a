"""Rows handed back stand in the open file: of a personal cell not even the beginning may."""

from pathlib import Path

from etl.build.inputs.row_ledger import HIDDEN, _rejects
from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from tests.unit.workbooks import Cell, book

HEADERS: list[Cell] = [
    *("计划年度", "培训类别", "人员类别", "属地镇街", "行业主管部门"),
    *("企业名称", "统一社会信用代码", "姓名", "身份证号", "联系电话"),
]


def test_a_long_personal_text_is_masked_whole(tmp_path: Path, context: Context) -> None:
    names = "、".join(f"人员{n:03}号" for n in range(12))
    row: list[Cell] = [
        *(2026, "煤矿", "主要负责人", "禾原街道", "应急局", "示例甲有限公司"),
        *("91990100MA00004219", names, "370481199001011233", "13812345678"),
    ]
    path = book(tmp_path / "a.xlsx", {"名册": [["2026年培训应训名册"], HEADERS, row]})
    sheet = judge_workbook(path, context).document()["sheets"][0]
    (fault,) = _rejects({}, sheet)
    assert fault["value_zh"] == HIDDEN
    assert HIDDEN in fault["reason_zh"]
    assert "人员0" not in fault["reason_zh"]
