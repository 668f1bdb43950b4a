"""A ledger sent again changes exactly what was corrected, and nothing is counted twice."""

from datetime import date
from pathlib import Path
from typing import Any

from etl.commands.load import LoadReport
from etl.intake.receipts import in_force
from tests.lifecycle.tiny import YEAR, case, ledger, year_ledger
from tests.lifecycle.workbooks import ask, incidents, ytd
from tests.unit.workbooks import HEADERS, Cell, book, record
from warehouse.files.home import Home
from warehouse.versions.versions import current_number

HELD = "select file_name, held_reason_zh from marts.held_submission"


def test_one_date_one_death_one_cancellation(
    small_copy: Home, load_into: Any, tmp_path: Path
) -> None:
    before = incidents(small_copy)
    assert (ytd(small_copy, "incident_count"), ytd(small_copy, "death_count")) == (8, 8)
    again = year_ledger(
        tmp_path / "事故台账（更正）.xlsx",
        甲={"day": "2026.10.2"},
        乙={"deaths": 2},
        丙={"status": "已核销"},
    )
    report: LoadReport = load_into(again)
    assert [f["status"] for f in report.files] == ["loaded"]
    after = incidents(small_copy)
    changed = {name: (before.get(name), after.get(name)) for name in before.keys() | after.keys()}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    assert changed == {
        "甲处事故": ((date(2026, 1, 5), 1, "concluded"), (date(2026, 10, 2), 1, "concluded")),
        "乙处事故": ((date(2026, 2, 5), 1, "concluded"), (date(2026, 2, 5), 2, "concluded")),
        "丙处事故": ((date(2026, 3, 5), 1, "concluded"), (date(2026, 3, 5), 1, "cancelled")),
    }
    assert ytd(small_copy, "incident_count") == 7, "丙 counts no more"
    assert ytd(small_copy, "death_count") == 8, "one more in 乙, 丙's no more"


def test_the_same_workbook_again_changes_nothing(
    small_copy: Home, small_template: Path, load_into: Any
) -> None:
    number, receipts = current_number(small_copy), small_copy.receipts.read_bytes()
    report = load_into(small_template / YEAR)
    assert report.files[0]["status"] == "unchanged"
    assert report.exit_code == 0
    assert (current_number(small_copy), small_copy.receipts.read_bytes()) == (number, receipts)


def test_a_ledger_that_loses_a_death_waits_for_a_person(
    small_copy: Home, load_into: Any, tmp_path: Path
) -> None:
    figures = incidents(small_copy)
    shrunk = year_ledger(tmp_path / "事故台账（少一人）.xlsx", 甲={"deaths": 0})
    report = load_into(shrunk)
    assert report.files[0]["status"] == "held"
    assert "死亡由" in report.files[0]["reason"]
    assert incidents(small_copy) == figures
    assert len(in_force(small_copy).held) == 1
    assert [row[:1] for row in ask(small_copy, HELD)] == [(shrunk.name,)]

    confirmed = load_into(shrunk, accept_shrink=True)
    assert confirmed.exit_code == 0
    assert in_force(small_copy).held == {}
    assert ask(small_copy, HELD) == []
    assert incidents(small_copy)["甲处事故"][1] == 0


def test_rows_added_as_supplement_replace_nothing(
    small_copy: Home, load_into: Any, tmp_path: Path
) -> None:
    before = incidents(small_copy)
    extra = ledger(tmp_path / "补报.xlsx", [case("补报的事故")])
    report = load_into(extra, mode="append")
    assert report.files[0]["status"] == "loaded", report.files[0]
    after = incidents(small_copy)
    assert after == before | {"补报的事故": (date(2026, 3, 5), 1, "concluded")}


def test_sheets_of_one_workbook_stand_side_by_side(
    small_copy: Home, load_into: Any, tmp_path: Path
) -> None:
    """A sheet for each sector, one of them dated: neither replaces the other."""
    rows = [record(record_no=f"两表-{n}", inspected_date=date(2026, 11, 3)) for n in range(4)]
    said = {"actor_id": "甲镇", "territory_id": "甲镇"}
    rows = [[said.get(f, c) for f, c in zip(HEADERS.values(), row, strict=True)] for row in rows]
    title: list[Cell] = ["甲镇2026年11月行政执法检查台账"]
    dated: list[Cell] = ["填报单位：甲镇", "填报日期：2026年11月10日"]
    tabs: dict[str, list[list[Cell]]] = {
        "危化": [title, dated, [*HEADERS], *rows[:2]],
        "工贸": [title, dated[:1], [*HEADERS], *rows[2:]],
    }
    report: LoadReport = load_into(book(tmp_path / "两张表.xlsx", tabs))
    assert [f["status"] for f in report.files] == ["loaded"], report.files
    counted = "select count(*) as n from core.fct_enforcement where record_no like '两表-%'"
    assert ask(small_copy, counted) == [(len(rows),)]
