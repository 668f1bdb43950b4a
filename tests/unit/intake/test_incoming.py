"""At the door: what is judged, what is hashed and what is archived are the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from etl.declarations.kind_answers import Told
from etl.formats.raw.file_type import file_hash
from etl.intake import incoming as intake
from etl.intake.lake import read_verdict, rows_path, verdict_path
from etl.intake.receipts import Receipt
from etl.intake.sandbox import judge_many
from warehouse.files.home import DEFAULT_PROFILE, Home

TEXT = "填报单位,云沐街道\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", DEFAULT_PROFILE)


def verdict_of(home: Home, path: Path) -> dict[str, Any]:
    with intake.judged(home, [(path, Told())], lambda *_: None) as (incoming,):
        return incoming.verdict


def test_a_workbook_saved_while_it_is_judged_is_refused(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(TEXT)

    def judge_and_save(*words: Any) -> Iterator[dict[str, Any]]:
        for verdict in judge_many(*words):
            path.write_text(TEXT + "又改了\n")
            yield verdict

    monkeypatch.setattr(intake, "judge_many", judge_and_save)
    verdict = verdict_of(home, path)
    assert (verdict["status"], verdict["reason_code"]) == ("refused", "changed_meanwhile")
    assert "“台账.csv”在读取过程中被改动，没有入库" in verdict["reason"]


def test_a_workbook_that_cannot_be_opened_does_not_stop_the_others(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, free = tmp_path / "占用.csv", tmp_path / "乙.csv"
    for path in (locked, free):
        path.write_text(TEXT)

    def hash_unless_locked(path: Path) -> str:
        if path == locked:
            raise PermissionError(13, "locked")
        return file_hash(path)

    monkeypatch.setattr(intake, "file_hash", hash_unless_locked)
    with intake.judged(home, [(p, Told()) for p in (locked, free)], lambda *_: None) as judged:
        first, second = judged
        assert first.verdict["reason_code"] == "unreadable"
        assert second.verdict["reason_code"] not in ("unreadable", "changed_meanwhile")


def test_what_is_archived_is_what_was_judged(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(TEXT)
    sha256 = file_hash(path)
    path.write_text(TEXT + "又改了\n")
    with pytest.raises(ValueError, match="在导入过程中被改动，没有入库，现有数据未变"):
        intake.archive(home, path, sha256)
    assert not intake.archive_path(home, sha256).exists()


def test_what_was_in_force_before_a_question_stays_as_it_was(home: Home, tmp_path: Path) -> None:
    lines = ["填报单位：云沐街道", "检查编号,检查日期,被检查单位,处罚情况,罚款"]
    lines += ["JC-1,2026-03-05,示例甲有限公司,警告,5", "JC-2,2026-03-06,示例乙有限公司,无,3000"]
    path = tmp_path / "执法.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    sha256 = file_hash(path)
    intake.archive(home, path, sha256)
    receipt = Receipt(1, "submit", "", "某人", "L", sha256, path.name)
    (told,) = intake.judge_archived(home, [receipt], "今", lambda *_: None)
    assert "“执法.csv”" in told and "“处罚情况”" in told and "照原来的读法计入" in told
    (sheet,) = read_verdict(verdict_path(home, sha256, "今"))["sheets"]
    assert (sheet["loaded"], sheet["rejected"]) == (2, 0)
    rows = pq.read_table(rows_path(home, "enforcement", sha256, "今"))
    assert rows["fine_wan"].to_pylist() == [5, 3000]
