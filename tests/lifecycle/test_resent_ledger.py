"""A ledger sent again changes exactly what was corrected, and nothing is counted twice."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.load import LoadReport
from etl.receipts import in_force
from tests.lifecycle.workbooks import ask, columns_of, edited, incidents, sample_workbook, ytd
from tests.unit.workbooks import HEADERS, Cell, book, record
from warehouse.home import Home
from warehouse.versions import current_number

LEDGER = "事故台账-*-2026年1—10月-*.xlsx"
HELD = "select file_name, held_reason_zh from marts.held_submission"


def cells(sheet: Any, name: str) -> dict[str, Any]:
    """Cells of the row of one incident, by what this test changes."""
    title = columns_of(sheet, "事故名称")
    (row,) = [c.row for (c,) in sheet.iter_rows(min_col=title, max_col=title) if c.value == name]
    columns = {"date": "发生", "deaths": "死亡(下落不明)", "status": "状态"}
    return {key: sheet.cell(row, columns_of(sheet, header)) for key, header in columns.items()}


@pytest.fixture
def chosen(home_copy: Home) -> list[str]:
    """Three counted incidents of 2026 that the test may change, one of them not fatal."""
    rows = [
        (name, deaths)
        for name, (day, deaths, status) in sorted(incidents(home_copy).items())
        if day.year == 2026 and 3 <= day.month <= 9 and status != "cancelled"
    ]
    fatal = [name for name, deaths in rows if deaths > 0]
    harmless = [name for name, deaths in rows if deaths == 0]
    return [fatal[0], harmless[0], fatal[1]]


def test_one_date_one_death_one_cancellation(
    home_copy: Home, load_into: Any, chosen: list[str], tmp_path: Path
) -> None:
    moved, fatal, cancelled = chosen
    before = incidents(home_copy)
    figures = {code: ytd(home_copy, code) for code in ("incident_count", "death_count")}

    def correct(sheet: Any) -> None:
        cells(sheet, moved)["date"].value = "2026.10.2"
        cells(sheet, fatal)["deaths"].value = 1
        cells(sheet, cancelled)["status"].value = "已核销"

    again = edited(sample_workbook(LEDGER), tmp_path / "事故台账（更正）.xlsx", correct)
    report: LoadReport = load_into(again)
    assert [f["status"] for f in report.files] == ["loaded_with_rejects"] or [
        f["status"] for f in report.files
    ] == ["loaded"]
    after = incidents(home_copy)
    changed = {name: (before.get(name), after.get(name)) for name in before.keys() | after.keys()}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    assert changed == {
        moved: (before[moved], (date(2026, 10, 2), *before[moved][1:])),
        fatal: (before[fatal], (before[fatal][0], 1, before[fatal][2])),
        cancelled: (before[cancelled], (*before[cancelled][:2], "cancelled")),
    }
    assert ytd(home_copy, "incident_count") == figures["incident_count"] - 1
    assert ytd(home_copy, "death_count") == figures["death_count"] + 1 - before[cancelled][1]


def test_the_same_workbook_again_changes_nothing(home_copy: Home, load_into: Any) -> None:
    number, receipts = current_number(home_copy), home_copy.receipts.read_bytes()
    report = load_into(sample_workbook(LEDGER))
    assert report.files[0]["status"] == "unchanged"
    assert report.exit_code == 0
    assert (current_number(home_copy), home_copy.receipts.read_bytes()) == (number, receipts)


def test_a_ledger_that_loses_a_death_waits_for_a_person(
    home_copy: Home, load_into: Any, chosen: list[str], tmp_path: Path
) -> None:
    figures = incidents(home_copy)

    def lose(sheet: Any) -> None:
        cells(sheet, chosen[0])["deaths"].value = 0

    shrunk = edited(sample_workbook(LEDGER), tmp_path / "事故台账（少一人）.xlsx", lose)
    report = load_into(shrunk)
    assert report.files[0]["status"] == "held"
    assert "死亡由" in report.files[0]["reason"]
    assert incidents(home_copy) == figures
    assert len(in_force(home_copy).held) == 1
    assert [row[:1] for row in ask(home_copy, HELD)] == [(shrunk.name,)]

    confirmed = load_into(shrunk, accept_shrink=True)
    assert confirmed.exit_code == 0
    assert in_force(home_copy).held == {}
    assert ask(home_copy, HELD) == []
    assert incidents(home_copy)[chosen[0]][1] == 0


def test_rows_added_as_supplement_replace_nothing(
    home_copy: Home, load_into: Any, chosen: list[str], tmp_path: Path
) -> None:
    before = incidents(home_copy)

    def only_one_new(sheet: Any) -> None:
        row = cells(sheet, chosen[0])["date"].row
        title = columns_of(sheet, "事故名称")
        sheet.cell(row, title).value = "补报的事故"
        sheet.cell(row, columns_of(sheet, "事故编号")).value = "SG-补-1"  # the number is the case
        first = (
            next(
                c.row
                for (c,) in sheet.iter_rows(min_col=title, max_col=title)
                if c.value == "事故名称"
            )
            + 2
        )
        for number in range(sheet.max_row, first - 1, -1):
            if number != row:
                sheet.delete_rows(number)

    extra = edited(sample_workbook(LEDGER), tmp_path / "补报.xlsx", only_one_new)
    report = load_into(extra, mode="append")
    assert report.files[0]["status"].startswith("loaded"), report.files[0]
    after = incidents(home_copy)
    assert after.keys() - before.keys() == {"补报的事故"}
    assert before.keys() <= after.keys()


def test_sheets_of_one_workbook_stand_side_by_side(
    home_copy: Home, load_into: Any, tmp_path: Path
) -> None:
    """A sheet for each sector, one of them dated: neither replaces the other."""
    rows = [record(record_no=f"两表-{n}", inspected_date=date(2026, 11, 3)) for n in range(4)]
    said = {"actor_id": "云沐街道", "territory_id": "云沐街道"}
    rows = [[said.get(f, c) for f, c in zip(HEADERS.values(), row, strict=True)] for row in rows]
    title: list[Cell] = ["云沐街道2026年11月行政执法检查台账"]
    dated: list[Cell] = ["填报单位：云沐街道", "填报日期：2026年11月10日"]
    tabs: dict[str, list[list[Cell]]] = {
        "危化": [title, dated, [*HEADERS], *rows[:2]],
        "工贸": [title, dated[:1], [*HEADERS], *rows[2:]],
    }
    report: LoadReport = load_into(book(tmp_path / "两张表.xlsx", tabs))
    assert [f["status"] for f in report.files] == ["loaded"], report.files
    counted = "select count(*) as n from core.fct_enforcement where record_no like '两表-%'"
    assert ask(home_copy, counted) == [(len(rows),)]
