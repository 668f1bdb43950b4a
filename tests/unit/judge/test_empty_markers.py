"""A dash is what the footnote says; without one the verdict says what was taken."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from etl.declarations.declarations import Context
from tests.unit.judge.test_judge import judge, rows_of
from tests.unit.workbooks import HEADERS, TITLES, Cell, book, ledger, record


def with_footnote(path: Path, note: str, **cells: Cell) -> Path:
    titles: list[list[Cell]] = [[title] for title in TITLES]
    rows: list[list[Cell]] = [*titles, list(HEADERS), record(**cells), [note]]
    return book(path, {"台账": rows})


@pytest.mark.parametrize(
    ("note", "count", "fine", "said"),
    [
        ("说明：1.“—”表示同期为零。", 0, Decimal(0), "表示“同期为零”，数量和金额栏记为 0"),
        ("备注：“—”表示无此项", None, None, "表示“无此项”，数量和金额栏记为空缺"),
        ("注：—代表未统计；其他同上", None, None, "表示“未统计”，数量和金额栏记为空缺"),
        ("注：“—”表示见附件", 0, None, "无法判断是零还是空缺，按默认处理"),
        ("说明：无", 0, None, "数量栏的“—”表中没有说明，按默认记为 0"),
    ],
)
def test_the_footnote_decides(
    tmp_path: Path,
    context: Context,
    note: str,
    count: int | None,
    fine: Decimal | None,
    said: str,
) -> None:
    path = with_footnote(tmp_path / "a.xlsx", note, general_hazard_count="—", fine_wan="—")
    verdict = judge(path, context)
    row = rows_of(verdict)[0]
    assert (row["general_hazard_count"], row["fine_wan"]) == (count, fine)
    assert [n for n in verdict.sheets[0].notes if said in n]


def test_a_star_that_means_not_counted(tmp_path: Path, context: Context) -> None:
    path = with_footnote(tmp_path / "a.xlsx", "“*”表示未统计", major_hazard_count="*")
    assert rows_of(judge(path, context))[0]["major_hazard_count"] is None


def test_a_workbook_of_the_1904_system_is_not_four_years_off(
    tmp_path: Path, context: Context
) -> None:
    path = ledger(tmp_path / "a.xlsx", [record(), record(inspected_date=44624)])
    workbook = openpyxl.load_workbook(path)
    workbook.epoch = CALENDAR_MAC_1904
    workbook.worksheets[0].cell(4, 3).value = date(2026, 3, 5)
    workbook.worksheets[0].cell(4, 3).number_format = "yyyy-mm-dd"
    workbook.save(path)
    found = rows_of(judge(path, context))
    assert [r["inspected_date"] for r in found] == [date(2026, 3, 5), date(2026, 3, 5)]
