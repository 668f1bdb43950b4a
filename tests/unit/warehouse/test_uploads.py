"""Uploads are kept by hash, their names are data; batches tell what became of what was sent."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from etl.intake.receipts import append, read_receipts
from warehouse.files import uploads
from warehouse.files.home import DEFAULT_PROFILE, Home
from warehouse.versions import batches

OLD_SECONDS = 90 * 86_400


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path, DEFAULT_PROFILE)
    made.folder.mkdir()
    return made


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("十月台账.xlsx", "十月台账.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\报表\\十月.xls", "十月.xls"),
        ("甲\x00\n\u202e乙.xlsx", "甲乙.xlsx"),
        ("甲\u2028乙\x85.xlsx", "甲乙.xlsx"),
        ("/", "未命名"),
        ("长" * 400 + ".xlsx", "长" * 195 + ".xlsx"),
    ],
)
def test_a_name_is_only_data(home: Home, name: str, shown: str) -> None:
    kept = uploads.keep(home, name, b"some bytes")
    assert kept.name == shown
    path = uploads.path_of(home, kept.sha256)
    assert path.read_bytes() == b"some bytes"
    assert path.parent == home.folder / "uploads"


@pytest.mark.parametrize("sha256", ["", "..", "../" * 20 + "etc", "A" * 64, "0" * 63])
def test_only_a_hash_names_a_file(home: Home, sha256: str) -> None:
    with pytest.raises(uploads.Refused):
        uploads.path_of(home, sha256)


def test_an_empty_or_too_large_file_is_refused_in_chinese(home: Home) -> None:
    (home.folder / "settings.csv").write_text("name,value\nupload_mb,1\n", encoding="utf-8")
    with pytest.raises(uploads.Refused, match="是空文件"):
        uploads.keep(home, "空.xlsx", b"")
    with pytest.raises(uploads.Refused, match="超过 1 MB"):
        uploads.keep(home, "大.xlsx", b"x" * 1_000_001)
    assert not (home.folder / "uploads").exists()


def test_what_nobody_came_back_for_is_forgotten(home: Home) -> None:
    old = uploads.path_of(home, uploads.keep(home, "旧.xlsx", b"old").sha256)
    past = time.time() - OLD_SECONDS
    os.utime(old, (past, past))
    new = uploads.path_of(home, uploads.keep(home, "新.xlsx", b"new").sha256)
    assert not old.exists()
    assert new.exists()


def receipt(seq: int, kind: str = "submit", **more: Any) -> dict[str, Any]:
    told = {"seq": seq, "kind": kind, "at": "2026-11-21T00:00:00Z", "actor": "张三"}
    return {
        **told,
        "load_id": f"load-{seq}",
        "sha256": f"{seq:064d}",
        "name": f"{seq}.xlsx",
        **more,
    }


def test_a_name_with_a_line_separator_stays_one_receipt(home: Home) -> None:
    name = "甲\u2028乙\x85.xlsx"
    draft = {"kind": "submit", "actor": "张三", "load_id": "load-1"}
    append(home, [{**draft, "name": name}, {**draft, "name": "丙.xlsx"}])
    assert [receipt.name for receipt in read_receipts(home)] == [name, "丙.xlsx"]
    with home.receipts.open("a", encoding="utf-8") as out:
        out.write('{"seq": 3, "ki')
    found = [one.name for batch in batches.batches(home) for one in batch.sent]
    assert found == [name, "丙.xlsx"], "what is being written just now belongs to the next look"


def test_each_submission_says_what_became_of_it(home: Home) -> None:
    lines = [
        receipt(1),
        receipt(2),
        receipt(3),
        receipt(4, load_id="load-3"),
        receipt(5, "hold", targets=[3], reason="重报不缩水"),
        receipt(6, "undo", targets=[2], reason="撤销：2.xlsx"),
        receipt(7),
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    home.receipts.write_text(text, encoding="utf-8")
    home.builds.mkdir()
    manifest = json.dumps({"in_force": [1], "last_receipt": 6})
    (home.builds / "build-1.json").write_text(manifest, encoding="utf-8")
    home.current.write_text("1\n", encoding="ascii")
    found = batches.batches(home)
    assert [batch.load_id for batch in found] == ["load-7", "load-3", "load-2", "load-1"]
    states = {one.seq: one.state for batch in found for one in batch.sent}
    assert states == {1: "in_force", 2: "undone", 3: "held", 4: "off", 7: "pending"}
    assert found[1].sent[0].reason == "重报不缩水"
    assert [one.seq for one in found[1].in_force] == [3]
