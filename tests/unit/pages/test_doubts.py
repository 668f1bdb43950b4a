"""存疑 beside a figure: how many, whose, which checks, an example; nothing where nothing is."""

from pages.ui.figure import figure_facts

ROWS = [
    {"name_zh": "不长期零报告", "finding_count": 2, "detail_zh": "连续 6 个月<b>零"},
    {"name_zh": "隐患有属地", "finding_count": 1, "detail_zh": "没有属地"},
]
CHECKS = [
    {"name_zh": "隐患有属地", "status": "noticed", "failed_count": 1},
    {"name_zh": "甲", "status": "passed", "failed_count": 0},
    {"name_zh": "乙", "status": "passed", "failed_count": 0},
]


def test_a_unit_s_doubts_are_counted_and_named() -> None:
    said = figure_facts.doubted({"unit_role": "territory", "role_zh": "辖区内"}, ROWS)
    assert "辖区内本期有 3 条存疑" in said
    assert "不长期零报告 2 条、隐患有属地 1 条" in said
    assert "&lt;b&gt;零" in said


def test_the_whole_area_is_no_unit() -> None:
    assert "! 本期有 3 条存疑" in figure_facts.doubted(
        {"unit_role": "total", "role_zh": None}, ROWS
    )


def test_no_doubt_no_bar() -> None:
    assert figure_facts.doubted({"unit_role": "total", "role_zh": None}, []) == ""
