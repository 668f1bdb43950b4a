"""A lost column is told with the figures that read it, also where they read it by another name."""

import pytest

from etl.changes.column_readers import indicators_reading

DEATHS = {"死亡人数", "亿元GDP死亡率", "千名就业人员死亡率", "营运车辆万车死亡率"}
COUNTED = DEATHS | {"事故起数", "双下降", "较大及以上事故"}


@pytest.mark.parametrize(
    ("dataset", "field", "figures"),
    [
        ("enforcement", "is_unit_penalised", {"行政处罚起数", "处罚率", "零处罚单位"}),
        ("enforcement", "fine_wan", {"行政处罚起数", "处罚率", "零处罚单位"}),
        ("enforcement", "note_text", set()),
        ("incident", "is_production", COUNTED),
        ("incident", "summary_text", set()),
        ("hazard", "accepted_date", {"重大隐患到期闭环率", "重大隐患整改率", "逾期未整改重大隐患"}),
        ("hazard", "extended_due_date", {"重大隐患到期闭环率", "逾期未整改重大隐患"}),
        ("hazard", "rectified_date", {"重大隐患整改率"}),
        ("training_record", "result_code", {"主要负责人培训覆盖率", "三项岗位持证率"}),
    ],
)
def test_the_figures_a_column_moves(dataset: str, field: str, figures: set[str]) -> None:
    assert set(indicators_reading(dataset, field)) >= figures
    assert bool(indicators_reading(dataset, field)) is bool(figures)


def test_what_a_column_does_not_move() -> None:
    assert "死亡人数" not in indicators_reading("incident", "reported_grade_code")
    assert set(indicators_reading("hazard", "rectified_date")) == {"重大隐患整改率"}
    assert "执法检查家次" not in indicators_reading("enforcement", "is_unit_penalised")
