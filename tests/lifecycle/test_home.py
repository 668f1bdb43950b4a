"""What a home promises: nothing lost, everything can be had again, one writer at a time."""

import shutil
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

import run as front_door
from etl.build.build import build
from etl.commands.load import LoadOptions, load
from etl.commands.upkeep import freeze_month, list_versions, rebuild, rollback, undo, verify
from etl.intake.locking import Busy, writing
from etl.intake.receipts import in_force
from tests.lifecycle.tiny import YEAR, send, standing, year_ledger
from warehouse.files.home import DEFAULT_PROFILE, Home
from warehouse.queries import run
from warehouse.versions.versions import current_build, current_number, served_file

BEFORE, AFTER = (8, 8), (8, 10)
"""Cases and deaths in force: one dead in each of eight, then three in one of them."""


def silent(*_: object) -> None:
    """No progress in tests."""


def two_more_deaths(path: Path) -> Path:
    """The bureau's ledger again: three dead instead of one, in one of its cases."""
    return year_ledger(path, 甲={"deaths": 3})


@pytest.fixture(scope="module")
def twice_built(small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a further build, of a ledger in which two more persons died."""
    root = tmp_path_factory.mktemp("twice")
    shutil.copytree(small_template / "home", root / "home")
    home = Home(root / "home", DEFAULT_PROFILE)
    assert standing(home) == BEFORE
    assert send(home, two_more_deaths(root / "更正.xlsx")).build.published
    assert standing(home) == AFTER
    return root / "home"


@pytest.fixture
def second_build(twice_built: Path, tmp_path: Path) -> Home:
    shutil.copytree(twice_built, tmp_path / "twice")
    return Home(tmp_path / "twice", DEFAULT_PROFILE)


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


def test_rebuilt_tables_hash_the_same(small_copy: Home) -> None:
    before = current_build(small_copy)
    outcome, changed = rebuild(small_copy, "测试", silent, silent)
    after = current_build(small_copy)
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


def test_a_rebuild_that_fails_leaves_the_old_build_served(small_copy: Home) -> None:
    number = current_number(small_copy)
    victim = next(iter(in_force(small_copy).active.values()))
    (small_copy.archive / victim.sha256).unlink()
    with pytest.raises(FileNotFoundError, match="存档里找不到"):
        rebuild(small_copy, "测试", silent, silent)
    assert current_number(small_copy) == number


def test_a_home_that_lost_its_pointer_is_built_from_its_own_receipts(small_copy: Home) -> None:
    received = small_copy.receipts.read_bytes()
    small_copy.current.unlink()
    front_door.load_sample(Path(sys.executable), small_copy.root, small_copy.profile)
    assert small_copy.receipts.read_bytes() == received, "示例数据进了一个已有收件的库"
    assert not small_copy.current.exists(), "a load would have published"
    front_door.bring_up_to_date(Path(sys.executable), small_copy.root, small_copy.profile)
    assert standing(small_copy) == BEFORE


def test_lost_receipts_publish_nothing(small_copy: Home) -> None:
    number = current_number(small_copy)
    small_copy.receipts.unlink()
    with pytest.raises(ValueError, match="收件簿只有 0 条"):
        build(small_copy, "x", "测试")
    assert current_number(small_copy) == number


def test_undo_brings_the_earlier_figures_back(second_build: Home) -> None:
    loaded = in_force(second_build).active
    outcome = undo(second_build, loaded[max(loaded)].load_id, "测试", silent)
    assert outcome.published
    assert standing(second_build) == BEFORE


def test_rollback_serves_the_old_file_and_later_loads_start_from_there(
    second_build: Home, small_template: Path
) -> None:
    first = current_number(second_build)
    assert first is not None
    rollback(second_build, first - 1, "测试")
    assert current_number(second_build) == first - 1
    assert standing(second_build) == BEFORE
    assert send(second_build, small_template / YEAR).build.published is False
    assert standing(second_build) == BEFORE


def test_an_edition_stays_what_it_was(small_copy: Home, tmp_path: Path) -> None:
    month = freeze_month(small_copy, "2026-10")
    published = served_file(small_copy, month).read_bytes()
    assert deaths_behind(small_copy, month) == 8

    assert send(small_copy, two_more_deaths(tmp_path / "更正.xlsx")).build.published
    assert served_file(small_copy, month).read_bytes() == published
    assert deaths_behind(small_copy, month) == 8
    assert deaths_behind(small_copy) == 10
    with pytest.raises(FileExistsError, match="不可覆盖"):
        freeze_month(small_copy, month)
    assert {"edition": month} in list_versions(small_copy)


def deaths_behind(home: Home, edition: str | None = None) -> Any:
    """Sum of the rows behind the deaths of the whole area, 1—10月."""
    rows = run("figure_rows", home=home, edition=edition, **_total_deaths())
    return rows["amount"].sum()


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


def test_verify_names_a_workbook_that_was_changed_or_lost(small_copy: Home) -> None:
    assert all(f.is_sound for f in verify(small_copy))
    victims = list(in_force(small_copy).active.values())[:2]
    changed, lost = (small_copy.archive / receipt.sha256 for receipt in victims)
    changed.chmod(0o644)
    changed.write_bytes(changed.read_bytes() + b" ")
    lost.unlink()
    unsound = {f.what for f in verify(small_copy) if not f.is_sound}
    assert unsound == {f"存档 {receipt.name}" for receipt in victims}


def test_verify_names_a_build_with_a_flipped_bit(small_copy: Home) -> None:
    path = served_file(small_copy)
    raw = bytearray(path.read_bytes())
    for place in range(16_384, len(raw), 16_384):
        raw[place] ^= 1
    path.chmod(0o644)
    path.write_bytes(raw)
    assert [f.what for f in verify(small_copy) if not f.is_sound] == [
        f"第 {current_number(small_copy)} 版"
    ]


def test_verify_names_an_edition_that_was_changed(small_copy: Home) -> None:
    freeze_month(small_copy, "2026-10")
    assert all(f.is_sound for f in verify(small_copy))
    path = served_file(small_copy, "2026-10")
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update marts.figure set numerator = numerator + 1")
    (unsound,) = [f for f in verify(small_copy) if not f.is_sound]
    assert unsound.what == "2026-10 定稿"
    assert "marts.figure" in unsound.detail


def test_the_second_writer_is_told_who_is_at_work(small_copy: Home) -> None:
    with (
        writing(small_copy, "王主任"),
        pytest.raises(Busy, match="王主任正在导入"),
        writing(small_copy, "李"),
    ):
        pass
    with writing(small_copy, "李"):
        pass
