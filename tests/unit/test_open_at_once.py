"""Sessions of one server read one file at the same time; the lock is for strangers' SQL alone."""

from pathlib import Path

import duckdb
import pytest

from warehouse.database import open_sealed


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


@pytest.mark.parametrize("locked", [True, False])
def test_no_open_reaches_another_file(file: Path, locked: bool) -> None:
    with open_sealed(file, locked=locked) as connection:
        for reach in (f"select * from read_text('{__file__}')", "create table more (n int)"):
            with pytest.raises(duckdb.Error):
                connection.execute(reach)
