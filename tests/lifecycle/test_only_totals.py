"""Tables in which only totals are stated: they are totals, or it is said why they are not."""

from pathlib import Path

import pytest

from tests.lifecycle.tiny import case, ledger, send, standing, tiny_home
from tests.lifecycle.workbooks import ask
from tests.unit.workbooks import Cell, book
from warehouse.files.home import Home

DEATHS = (
    "select value, coverage_state from marts.comparison where indicator_code = 'death_count'"
    " and span_kind = 'ytd' and span_month = date '2026-03-01' and category_code = '*'"
    " and unit_role = '{role}' and unit_id = '{unit}' and value is not null"
)
RETURNED = (
    "select flow_row_count, death_count from marts.returned_count where dataset = 'incident'"
    " and span_kind = 'ytd' and span_month = date '2026-10-01' and unit_role = 'total'"
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return tiny_home(tmp_path)


def stated(path: Path, whose: str, *, sender: str = "应急局", more: tuple[str, int] | None) -> Path:
    """Totals of January to March by month: 1, 2 and 3 deaths, of whoever `whose` names."""
    rows: list[list[Cell]] = [["2026年1—3月上报汇总表"], [f"填报单位：{sender}"]]
    rows.append(["统计月份", "单位", "指标名称", "数值"])
    for month in (1, 2, 3):
        said = [(whose, month), *([more] if more and month == 3 else [])]
        for name, deaths in said:
            rows.append([f"2026年{month}月", name, "生产安全事故起数", deaths])
            rows.append([f"2026年{month}月", name, "生产安全事故死亡人数", deaths])
    return book(path, {"汇总": rows})


def figure(home: Home, unit: str, role: str = "territory") -> list[tuple[object, ...]]:
    return [(int(v), state) for v, state in ask(home, DEATHS.format(unit=unit, role=role))]


def test_totals_of_the_whole_area_are_known(home: Home, tmp_path: Path) -> None:
    report = send(home, stated(tmp_path / "汇总.xlsx", "全市", more=None))
    assert (report.exit_code, report.files[0]["sheets"][0]["loaded"]) == (0, 6)
    assert figure(home, "total", "total") == [(6, "whole")]
    assert figure(home, "town_a") == [], "how many were there nobody says"
    town = stated(tmp_path / "甲镇汇总.xlsx", "合计", sender="甲镇", more=None)
    assert send(home, town).files[0]["sheets"][0]["loaded"] == 6
    assert figure(home, "town_a") == [(6, "whole")]
    assert figure(home, "total", "total") == [(6, "whole")], "not added to the whole"


def test_a_ledger_of_a_total_alone_is_handed_back(home: Home, tmp_path: Path) -> None:
    alone = ledger(tmp_path / "一.xlsx", [{"name": "合计", "deaths": 3}])
    report = send(home, alone)
    (sheet,) = report.files[0]["sheets"]
    assert (sheet["loaded"], sheet["rejected"]) == (0, 1)
    assert "只有合计" in sheet["rejects"][0]["reason"]
    assert ask(home, RETURNED) == [(1, 3)]
    full = ledger(tmp_path / "二.xlsx", [case("甲处事故"), {"name": "合计", "deaths": 1}])
    assert send(home, full).files[0]["sheets"][0]["skipped_by"]["subtotal"] == 1
    assert standing(home) == (1, 1)
