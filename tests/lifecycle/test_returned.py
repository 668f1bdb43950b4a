"""退回工作簿: a ledger with faults goes out, comes back mended, and just its rows count."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.commands.load import LoadOptions, LoadReport, load
from etl.commands.upkeep import undo
from etl.documents.returned.command import hand_back
from tests.lifecycle.returned import (
    fill,
    header_row,
    inspection,
    inspections,
    ledger,
    mended,
    messy_ledger,
    row_of,
    turn_upside_down,
)
from tests.lifecycle.workbooks import ask, ytd
from warehouse.files.home import Home

BALANCE = (
    "select count(*) from core.fct_submission"
    " where row_count <> loaded_count + rejected_count + skipped_count"
)
Load = Callable[..., LoadReport]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one messy ledger, and the 退回工作簿 made from it."""
    root = tmp_path_factory.mktemp("returned")
    home = Home(root / "home", "demo")
    load(home, [messy_ledger(root / "执法台账.xlsx")], LoadOptions())
    (made,) = hand_back(home, root / "out")
    assert (made["unit"], made["rows"], made["unread_files"]) == ("yunmu", 3, 0)
    shutil.copy(made["path"], root / "returned.xlsx")
    return root


@pytest.fixture
def home(base: Path, tmp_path: Path) -> Home:
    shutil.copytree(base / "home", tmp_path / "home")
    return Home(tmp_path / "home", "demo")


@pytest.fixture
def send(home: Home) -> Load:
    def act(*paths: Path) -> LoadReport:
        done = load(home, list(paths), LoadOptions())
        assert done.exit_code == 0, done.document()
        assert ask(home, BALANCE) == [(0,)]
        return done

    return act


def fix_two(sheet: Any) -> None:
    """One row by its 更正 cells, one in place; the third stays as it was; then sorted."""
    fill(sheet, 5, {"更正：检查日期": date(2026, 3, 31), "更正：属地镇街": "竹影街道"})
    fill(sheet, 6, {"一般隐患(项)": 5})
    turn_upside_down(sheet)


def test_just_the_mended_rows_come_in(home: Home, send: Load, base: Path, tmp_path: Path) -> None:
    before, count = inspections(home), ytd(home, "inspection_count")
    assert before.keys() == {"JC-1", "JC-5"}
    partly = mended(base / "returned.xlsx", tmp_path / "改了两行.xlsx", fix_two)
    (entry,) = send(partly).files
    (sheet,) = [s for s in entry["sheets"] if s["dataset"]]
    assert (sheet["loaded"], sheet["rejected"]) == (2, 1)
    after = inspections(home)
    assert {n: after[n] for n in before} == before
    assert after.keys() - before.keys() == {"JC-2", "JC-3"}
    assert after["JC-2"][:3] == (date(2026, 3, 31), "zhuying", 2)
    assert after["JC-3"][2:4] == (5, "改了两行.xlsx（更正“执法台账.xlsx”第 6 行）")
    assert ytd(home, "inspection_count") == count + 2

    again = mended(partly, tmp_path / "又发一次.xlsx", lambda sheet: sheet.insert_rows(1))
    send(again)
    assert inspections(home).keys() == after.keys()
    assert ytd(home, "inspection_count") == count + 2

    (left,) = hand_back(home, tmp_path / "second")
    assert left["rows"] == 1
    last = mended(
        Path(left["path"]),
        tmp_path / "最后一行.xlsx",
        lambda sheet: fill(sheet, 7, {"更正：被检查单位": "示例丁有限公司"}),
    )
    send(last)
    assert inspections(home).keys() == after.keys() | {"JC-4"}
    assert hand_back(home, tmp_path / "third") == []


def test_a_newer_ledger_wins_over_a_late_correction(
    home: Home, send: Load, base: Path, tmp_path: Path
) -> None:
    newer = ledger(
        tmp_path / "执法台账（重报）.xlsx",
        [inspection("JC-1"), inspection("JC-2", general_hazard_count=9), inspection("JC-5")],
    )
    send(newer)
    assert hand_back(home, tmp_path / "none") == []
    send(mended(base / "returned.xlsx", tmp_path / "迟到.xlsx", fix_two))
    found = inspections(home)
    assert found.keys() == {"JC-1", "JC-2", "JC-5"}
    assert found["JC-2"][2] == 9


def test_a_newer_ledger_takes_over_corrected_rows(
    home: Home, send: Load, base: Path, tmp_path: Path
) -> None:
    send(mended(base / "returned.xlsx", tmp_path / "改了两行.xlsx", fix_two))
    numbers = ("JC-1", "JC-2", "JC-3", "JC-5")
    send(ledger(tmp_path / "重报.xlsx", [inspection(n, general_hazard_count=7) for n in numbers]))
    assert {n: row[2] for n, row in inspections(home).items()} == dict.fromkeys(numbers, 7)


def test_corrections_fall_and_rise_with_their_original(
    home: Home, send: Load, base: Path, tmp_path: Path
) -> None:
    partly = mended(base / "returned.xlsx", tmp_path / "改了两行.xlsx", fix_two)
    send(partly)
    both = inspections(home).keys()
    undo(home, load_of(home, "改了两行.xlsx"), "本机", lambda _: None)
    assert inspections(home).keys() == both - {"JC-2", "JC-3"}
    undo(home, load_of(home, "执法台账.xlsx"), "本机", lambda _: None)
    refused = load(home, [partly], LoadOptions()).files[0]
    assert (refused["status"], "不在库中" in refused["reason"]) == ("refused", True)


def load_of(home: Home, name: str) -> str:
    """Hash of the workbook of this name."""
    from etl.intake.receipts import in_force

    return next(r.sha256 for r in in_force(home).active.values() if r.name == name)


def test_deleting_rows_is_no_answer_for_them(
    home: Home, send: Load, base: Path, tmp_path: Path
) -> None:
    def keep_one(sheet: Any) -> None:
        fix_two(sheet)
        for original in (6, 7):
            sheet.delete_rows(row_of(sheet, original))
        assert sheet.max_row == header_row(sheet) + 1

    (entry,) = send(mended(base / "returned.xlsx", tmp_path / "一行.xlsx", keep_one)).files
    assert entry["status"] == "loaded"
    assert inspections(home).keys() == {"JC-1", "JC-2", "JC-5"}
    (left,) = hand_back(home, tmp_path / "left")
    assert left["rows"] == 2
