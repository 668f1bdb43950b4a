"""Sessions of one server read one file at the same time; the lock is for strangers' SQL alone."""

from pathlib import Path

import duckdb
import pytest

from warehouse.models.database import open_sealed
from warehouse.versions.versions import clear_unfinished


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "serve-1.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table answer as select 42 as n")
    return path


def test_two_sessions_read_one_file_at_once(file: Path) -> None:
    with open_sealed(file, locked=False) as one, open_sealed(file, locked=False) as other:
        assert one.execute("select n from answer").fetchall() == [(42,)]
        assert other.execute("select n from answer").fetchall() == [(42,)]


def test_an_open_that_fails_leaves_nothing_open(file: Path) -> None:
    with open_sealed(file), pytest.raises(duckdb.InvalidInputException):
        open_sealed(file)
    with open_sealed(file, locked=False) as after:
        after.execute("set threads = 1")


def test_what_does_not_fit_into_memory_is_put_nowhere_near_the_file(file: Path) -> None:
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "create table many as select md5(n::varchar) as m from range(2000000) t(n)"
        )
    with open_sealed(file, memory="60MB", locked=False) as connection:
        connection.execute("select m from many order by m")
        beside = connection.cursor()
        spilled = beside.execute("select path from duckdb_temporary_files()").fetchall()
        assert spilled
        assert list(file.parent.iterdir()) == [file]


def test_what_a_killed_build_spilled_does_not_stop_the_next(tmp_path: Path) -> None:
    for name in ("candidate-7.duckdb.tmp", "serve-7.duckdb.tmp"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "duckdb_temp_1_1_storage_DEFAULT-0.tmp").touch()
    for name in ("candidate-7.duckdb", "serve-6.duckdb"):
        (tmp_path / name).touch()
    clear_unfinished(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["serve-6.duckdb"]


@pytest.mark.parametrize("locked", [True, False])
def test_no_open_reaches_another_file(file: Path, locked: bool) -> None:
    with open_sealed(file, locked=locked) as connection:
        for reach in (f"select * from read_text('{__file__}')", "create table more (n int)"):
            with pytest.raises(duckdb.Error):
                connection.execute(reach)
