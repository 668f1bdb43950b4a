"""Documents of a frozen month: they name their edition, and never take the place of a 快报."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reports.__main__ import main
from warehouse.files.home import Home
from warehouse.versions import versions

FINAL, QUICK = "2026年10月定稿", "快报第1版"
DOCUMENTS = ["briefing", "scorecard", "ranking", "reminders", "quality"]


@pytest.fixture
def frozen(home_copy: Home) -> Home:
    """The sample warehouse with October frozen."""
    versions.freeze(home_copy, "2026-10")
    return home_copy


def written(
    capsys: pytest.CaptureFixture[str], home: Home, out: Path, *words: str
) -> list[dict[str, Any]]:
    """The files a call wrote."""
    assert main([*words, "--home", str(home.root), "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    return list(told["files"]) if "files" in told else [told]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_final_and_quick_stand_side_by_side(
    document: str, frozen: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quick = written(capsys, frozen, tmp_path, document, "--month", "2026-10")
    final = written(capsys, frozen, tmp_path, document, "--edition", "2026-10")
    names = [Path(file["path"]).name for file in (*quick, *final)]
    assert len(set(names)) == len(names) == len(list(tmp_path.glob("模拟数据_*")))
    assert all(QUICK in name for name in names[: len(quick)])
    assert all(FINAL in name for name in names[len(quick) :])


@pytest.mark.parametrize("document", ["briefing", "scorecard", "quality"])
def test_the_title_names_the_edition(
    document: str, frozen: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file,) = written(capsys, frozen, tmp_path, document, "--edition", "2026-10")
    title = Path(file["path"]).read_text("utf-8").split("<title>")[1].split("</title>")[0]
    assert FINAL in title


def test_every_sheet_of_a_ranking_names_its_edition(
    frozen: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("ranking", "--scheme", "towns")
    for said, words in (("快报 第 1 版", "--month"), (FINAL, "--edition")):
        (file,) = written(capsys, frozen, tmp_path, *asked, words, "2026-10")
        book = openpyxl.load_workbook(file["path"])
        assert [s.title for s in book if said not in str(s["A1"].value)] == []
        for name in ("排名", "行政区划顺序"):
            assert f"版本：{said}（数据截至2026年10月31日24时）" in str(book[name]["A2"].value)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--month", "2026-11", "--edition", "2026-10"], "2026-10 的定稿只说 2026-10 这个月"),
        ([], "--month 和 --edition 至少写一个"),
    ],
)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_month_and_edition_never_disagree(
    document: str, words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([document, *words, "--home", str(tmp_path), "--out", str(tmp_path)])
    assert ended.value.code == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
