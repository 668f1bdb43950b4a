"""The child may die of anything; the parent gets a verdict in one Chinese line."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl.declarations.limits import Walls
from etl.intake.lake import rejected_path, rows_path, store, verdict_path
from etl.intake.sandbox import Job, judge_in_child, judge_many
from tests.unit.workbooks import book, ledger, raw_book, record
from warehouse.files.home import Home


def test_a_sound_workbook(tmp_path: Path, profile_dir: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", [record()])
    verdict = judge_in_child(path, profile_dir, tmp_path / "out")
    assert (verdict["status"], verdict["sheets"][0]["loaded"]) == ("judged", 1)
    assert pq.read_table(tmp_path / "out/enforcement.parquet").num_rows == 1


def test_a_relative_path_and_a_name_without_extension(
    tmp_path: Path, profile_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger(tmp_path / "a.xlsx", [record()]).rename(tmp_path / "9f86d081")
    monkeypatch.chdir(tmp_path)
    assert judge_in_child(Path("9f86d081"), profile_dir, Path("out"))["status"] == "judged"


WIDE_ROW = '<row r="{0}"><c r="A{0}"><v>{0}.5</v></c><c r="AZ{0}"><v>1{0}</v></c></row>'


@pytest.mark.parametrize(
    ("walls", "code"),
    [
        (Walls(wall_seconds=0.05), "timeout"),
        (Walls(cpu_seconds=1), "timeout"),
        (Walls(memory_bytes=400 << 20), "memory"),
    ],
)
def test_walls(tmp_path: Path, profile_dir: Path, walls: Walls, code: str) -> None:
    path = raw_book(tmp_path / "a.xlsx", "".join(map(WIDE_ROW.format, range(1, 120_000))))
    verdict = judge_in_child(path, profile_dir, tmp_path / "out", walls)
    assert (verdict["status"], verdict["reason_code"]) == ("refused", code)


def test_a_reader_that_fails(tmp_path: Path, profile_dir: Path) -> None:
    path = raw_book(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="s"><v>99</v></c></row>')
    verdict = judge_in_child(path, profile_dir, tmp_path / "out")
    assert verdict["reason_code"] == "malformed"
    assert verdict["reason"] == (
        "“a.xlsx”无法读取：文件结构异常。请用 Excel 或 WPS 打开并另存后重新报送"
    )
    assert pq.read_table(tmp_path / "out/rejected.parquet").num_rows == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            b"\x9f\x01" * 900,
            "“a.xlsx”不是可以读取的表格文件（实为无法识别的内容）。"
            "请用 Excel 或 WPS 另存为 .xlsx 后重新报送",
        ),
        (b"PK\x03\x04 cut", "“a.xlsx”不完整或已损坏。请重新导出或重新拷贝后再报送"),
    ],
)
def test_refused_in_one_line(
    tmp_path: Path, profile_dir: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert judge_in_child(path, profile_dir, tmp_path / "out")["reason"] == reason


def test_several_side_by_side_in_the_order_given(tmp_path: Path, profile_dir: Path) -> None:
    big = ledger(tmp_path / "大.xlsx", [record(record_no=str(n)) for n in range(2000)])
    small = book(tmp_path / "小.xlsx", {"表": [["甲"]]})
    jobs = [(path, tmp_path / f"out{n}") for n, path in enumerate([big, small, big])]
    verdicts = list(judge_many([Job(*job) for job in jobs], profile_dir))
    assert [v["status"] for v in verdicts] == ["judged", "refused", "judged"]


def test_what_was_told_reaches_the_child(tmp_path: Path, profile_dir: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", [record()])
    verdict = judge_in_child(path, profile_dir, tmp_path / "out", kinds={"台账": "hazard"})
    assert verdict["reason_code"] == "kind_unfit"


def test_stored_in_the_lake(tmp_path: Path, profile_dir: Path) -> None:
    out_dir, home = tmp_path / "out", Home(tmp_path / "home", "x")
    path = ledger(tmp_path / "a.xlsx", [record()])
    verdict = judge_in_child(path, profile_dir, out_dir)
    sha256, recipe = verdict["sha256"], verdict["recipe"]
    store(home, sha256, recipe, out_dir)
    assert (
        verdict_path(home, sha256, recipe).read_bytes() == (out_dir / "verdict.json").read_bytes()
    )
    assert rows_path(home, "enforcement", sha256, recipe).is_file()
    assert rejected_path(home, sha256, recipe).is_file()
    assert not [p for p in home.lake.rglob("*") if p.name.startswith(".")]
