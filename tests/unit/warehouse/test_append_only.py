"""Append-only lines: whole or not there, whatever a name holds and whenever the disk gives up."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from warehouse.files import append_only


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "receipts.jsonl"


def test_what_was_appended_is_read_in_order(path: Path) -> None:
    assert append_only.read(path) == []
    append_only.append(path, [{"name": "甲.xlsx"}, {"name": "乙.xlsx"}])
    append_only.append(path, [])
    append_only.append(path, [{"name": "丙.xlsx"}])
    assert [row["name"] for row in append_only.read(path)] == ["甲.xlsx", "乙.xlsx", "丙.xlsx"]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x1c", "\r", "\n", "\x0b"])
def test_no_sign_in_a_name_ends_a_line(path: Path, sign: str) -> None:
    append_only.append(path, [{"name": f"事故{sign}台账.xlsx"}, {"name": "乙"}])
    assert [row["name"] for row in append_only.read(path)] == [f"事故{sign}台账.xlsx", "乙"]


def test_a_line_without_its_end_was_never_acknowledged(path: Path) -> None:
    append_only.append(path, [{"seq": 1}])
    with path.open("ab") as out:
        out.write('{"seq": 2, "name": "断'.encode()[:-1])
    assert append_only.read(path) == [{"seq": 1}]
    append_only.append(path, [{"seq": 2}])
    assert append_only.read(path) == [{"seq": 1}, {"seq": 2}]


def test_a_damaged_line_is_named_not_passed_over(path: Path) -> None:
    append_only.append(path, [{"seq": 1}, {"seq": 2}])
    path.write_bytes(path.read_bytes().replace(b'{"seq": 1}', b'{"seq": 1'))
    with pytest.raises(ValueError, match=r"receipts\.jsonl 第 1 行已损坏"):
        append_only.read(path)


def test_a_full_disk_leaves_none_of_the_new_lines(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append_only.append(path, [{"seq": 1}])
    write = os.write

    def half(handle: int, content: bytes) -> int:
        if len(content) < 20:
            raise OSError(errno.ENOSPC, "full")
        return write(handle, content[: len(content) // 2])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(OSError, match="full"):
        append_only.append(path, [{"seq": n} for n in range(2, 12)])
    monkeypatch.undo()
    assert append_only.read(path) == [{"seq": 1}]
    assert path.read_bytes() == b'{"seq": 1}\n'
