"""What a home promises: nothing lost, everything can be had again, one writer at a time."""

import shutil
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

import run as front_door
from etl.build import build
from etl.load import LoadOptions, load
from etl.locking import Busy, writing
from etl.receipts import in_force
from etl.upkeep import freeze_month, list_versions, rebuild, rollback, undo, verify
from tests.lifecycle.workbooks import columns_of, edited, incidents, sample_workbook
from warehouse.home import DEFAULT_PROFILE, Home
from warehouse.queries import run
from warehouse.versions import current_build, current_number, served_file

LEDGER = "事故台账-*-2026年1—10月-*.xlsx"


def silent(*_: object) -> None:
    """No progress in tests."""


def two_more_deaths(sheet: Any) -> None:
    """Three dead instead of one, in the first incident of the ledger that counts."""
    deaths = columns_of(sheet, "死亡(下落不明)")
    production, status = columns_of(sheet, "生产经营性"), columns_of(sheet, "状态")
    row = next(
        r
        for r in range(5, sheet.max_row)
        if str(sheet.cell(r, deaths).value) == "1"
        and sheet.cell(r, production).value == "是"
        and sheet.cell(r, status).value != "已核销"
    )
    sheet.cell(row, deaths).value = 3


@pytest.fixture
def second_build(home_copy: Home, load_into: Any, tmp_path: Path) -> dict[str, Any]:
    """A further build, of a ledger in which two more persons died."""
    before = incidents(home_copy)

    report = load_into(edited(sample_workbook(LEDGER), tmp_path / "更正.xlsx", two_more_deaths))
    assert report.build.published
    return {"before": before, "after": incidents(home_copy), "load_id": report.load_id}


def test_rebuild_from_archive_and_receipts_gives_equal_tables(home_copy: Home) -> None:
    before = current_build(home_copy)
    for path in home_copy.folder.iterdir():
        if path.name in ("archive", "receipts.jsonl", "decisions"):
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    outcome, _ = rebuild(home_copy, "测试", silent, silent)
    after = current_build(home_copy)
    assert outcome.published
    assert before is not None
    assert after is not None
    assert after.manifest["tables"] == before.manifest["tables"]


def test_rebuilt_tables_hash_the_same(home_copy: Home) -> None:
    before = current_build(home_copy)
    outcome, changed = rebuild(home_copy, "测试", silent, silent)
    after = current_build(home_copy)
    assert outcome.published
    assert before is not None and after is not None and after.number == before.number + 1
    assert changed == []
    assert before.manifest["tables"] == after.manifest["tables"]
    assert len(after.manifest["tables"]) > 40


def test_nothing_received_is_nothing_published(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", DEFAULT_PROFILE)
    report = load(home, [tmp_path / "没有.xlsx"], LoadOptions())
    assert (report.exit_code, report.build.published) == (1, False)
    assert current_number(home) is None


def test_a_rebuild_that_fails_leaves_the_old_build_served(home_copy: Home) -> None:
    number = current_number(home_copy)
    victim = next(iter(in_force(home_copy).active.values()))
    (home_copy.archive / victim.sha256).unlink()
    with pytest.raises(FileNotFoundError, match="存档里找不到"):
        rebuild(home_copy, "测试", silent, silent)
    assert current_number(home_copy) == number


def test_a_home_that_lost_its_pointer_is_built_from_its_own_receipts(home_copy: Home) -> None:
    before = incidents(home_copy)
    received = home_copy.receipts.read_bytes()
    home_copy.current.unlink()
    front_door.load_sample(Path(sys.executable), home_copy.root, home_copy.profile)
    assert home_copy.receipts.read_bytes() == received, "示例数据进了一个已有收件的库"
    front_door.bring_up_to_date(Path(sys.executable), home_copy.root, home_copy.profile)
    assert incidents(home_copy) == before


def test_lost_receipts_publish_nothing(home_copy: Home) -> None:
    number = current_number(home_copy)
    home_copy.receipts.unlink()
    with pytest.raises(ValueError, match="收件簿只有 0 条"):
        build(home_copy, "x", "测试")
    assert current_number(home_copy) == number


def test_undo_brings_the_earlier_figures_back(
    home_copy: Home, second_build: dict[str, Any]
) -> None:
    assert second_build["before"] != second_build["after"]
    outcome = undo(home_copy, second_build["load_id"], "测试", silent)
    assert outcome.published
    assert incidents(home_copy) == second_build["before"]


def test_rollback_serves_the_old_file_and_later_loads_start_from_there(
    home_copy: Home, second_build: dict[str, Any], load_into: Any
) -> None:
    first = current_number(home_copy)
    assert first is not None
    rollback(home_copy, first - 1, "测试")
    assert current_number(home_copy) == first - 1
    assert incidents(home_copy) == second_build["before"]
    assert load_into(sample_workbook(LEDGER)).build.published is False
    assert incidents(home_copy) == second_build["before"]


def test_an_edition_stays_what_it_was(home_copy: Home, load_into: Any, tmp_path: Path) -> None:
    month = freeze_month(home_copy, "2026-10")
    published = served_file(home_copy, month).read_bytes()
    figures = run("figure_rows", home=home_copy, edition=month, **_total_deaths())

    load_into(edited(sample_workbook(LEDGER), tmp_path / "更正.xlsx", two_more_deaths))
    assert served_file(home_copy, month).read_bytes() == published
    again = run("figure_rows", home=home_copy, edition=month, **_total_deaths())
    assert again["amount"].sum() == figures["amount"].sum()
    current = run("figure_rows", home=home_copy, **_total_deaths())
    assert current["amount"].sum() == figures["amount"].sum() + 2
    with pytest.raises(FileExistsError, match="不可覆盖"):
        freeze_month(home_copy, month)
    assert {"edition": month} in list_versions(home_copy)


def _total_deaths() -> dict[str, Any]:
    from datetime import date

    return {
        "indicator_code": "death_count",
        "span_kind": "ytd",
        "span_month": date(2026, 10, 1),
        "unit_role": "total",
        "unit_id": "total",
        "category_code": "*",
    }


def test_verify_names_a_workbook_that_was_changed_or_lost(home_copy: Home) -> None:
    assert all(f.is_sound for f in verify(home_copy))
    victims = list(in_force(home_copy).active.values())[:2]
    changed, lost = (home_copy.archive / receipt.sha256 for receipt in victims)
    changed.chmod(0o644)
    changed.write_bytes(changed.read_bytes() + b" ")
    lost.unlink()
    unsound = {f.what for f in verify(home_copy) if not f.is_sound}
    assert unsound == {f"存档 {receipt.name}" for receipt in victims}


def test_verify_names_a_build_with_a_flipped_bit(home_copy: Home) -> None:
    path = served_file(home_copy)
    raw = bytearray(path.read_bytes())
    for place in range(16_384, len(raw), 16_384):
        raw[place] ^= 1
    path.chmod(0o644)
    path.write_bytes(raw)
    assert [f.what for f in verify(home_copy) if not f.is_sound] == [
        f"第 {current_number(home_copy)} 版"
    ]


def test_verify_names_an_edition_that_was_changed(home_copy: Home) -> None:
    freeze_month(home_copy, "2026-10")
    assert all(f.is_sound for f in verify(home_copy))
    path = served_file(home_copy, "2026-10")
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update marts.figure set numerator = numerator + 1")
    (unsound,) = [f for f in verify(home_copy) if not f.is_sound]
    assert unsound.what == "2026-10 定稿"
    assert "marts.figure" in unsound.detail


def test_the_second_writer_is_told_who_is_at_work(home_copy: Home) -> None:
    with (
        writing(home_copy, "王主任"),
        pytest.raises(Busy, match="王主任正在导入"),
        writing(home_copy, "李"),
    ):
        pass
    with writing(home_copy, "李"):
        pass
