"""催报单 read back by two readers, the texts, the command; the days are counted to a said day."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from reports.build_note import Built
from reports.reminders import owed_reports, workbook
from reports.reminders.owed_reports import Chase
from reports.source import Source
from tests.conftest import ROOT
from warehouse import queries
from warehouse.files.home import Home
from warehouse.files.reminder_log import Reminded

OCTOBER, LATER = date(2026, 10, 1), date(2026, 11, 10)
URGED = [Reminded(datetime(2026, 11, 7, 2, tzinfo=UTC), "li", OCTOBER, "liudi", "隐患")]


def chase(home: Home, until: date | None = None) -> Chase:
    return owed_reports.load(Source.of(home).rows, OCTOBER, until)


def sheets(content: bytes) -> list[dict[str, list[list[Any]]]]:
    """What openpyxl and calamine each see, empty cells as empty text."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    first = {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in book.worksheets}
    other = CalamineWorkbook.from_filelike(io.BytesIO(content))
    second = {n: other.get_sheet_by_name(n).to_python() for n in other.sheet_names}
    return [
        {n: [["" if c is None else c for c in row] for row in rows] for n, rows in one.items()}
        for one in (first, second)
    ]


def test_the_list_is_what_the_build_misses(home: Home) -> None:
    missing = queries.run("missing_reports", home=home, month=OCTOBER)
    found = chase(home)
    assert sorted((i["unit_id"], i["dataset_zh"]) for i in found.items) == sorted(
        zip(missing["unit_id"], missing["dataset_zh"], strict=True)
    )
    assert len(found.items) == 2


def test_the_workbook_says_who_since_when_and_counted_to_which_day(home: Home) -> None:
    content = workbook.workbook_bytes(chase(home, LATER), Built("快报 第 1 版"), {"liudi": URGED})
    for book in sheets(content):
        rows = book["催报单"]
        assert rows[0][0] == "【模拟数据】示例市2026年10月台账报送催报单"
        assert rows[1][4].endswith("天数计至：2026年11月10日（指定日期）")
        assert rows[2] == list(workbook.HEADS)
        assert rows[3] == [
            1,
            "柳笛镇",
            "隐患已送退回 2 行",
            "2026年11月5日",
            "逾期 5 天",
            1,
            "1 次，最近 11月7日",
            "",
        ]
        assert [row[1] for row in rows[3:5]] == ["柳笛镇", "荞岭镇"]
        assert rows[5][0] == "合计：2 个单位，2 份台账"
        assert [cell for cell in rows[-1] if cell] == list(workbook.FORM)
        assert "已逾期5天" in book["催报文字"][2][1]


def test_the_sheet_is_set_up_for_paper(home: Home) -> None:
    content = workbook.workbook_bytes(chase(home), Built("快报 第 1 版"), {})
    sheet = openpyxl.load_workbook(io.BytesIO(content))["催报单"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddHeader is not None and "模拟数据" in str(sheet.oddHeader.right.text)


def test_without_a_day_the_days_are_counted_to_the_end_of_the_data(home: Home) -> None:
    found = chase(home)
    assert found.until_zh == "2026年10月31日（数据截至）"
    text = owed_reports.text(found, found.units[0])
    assert "截至2026年10月31日，贵单位2026年10月隐患台账没有报全" in text
    assert "距期限还有5天" in text and "示例市安全生产委员会办公室" in text


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2026, 11, 4), "还有 1 天"),
        (date(2026, 11, 5), "当日到期"),
        (date(2026, 11, 6), "逾期 1 天"),
    ],
)
def test_days_around_the_due_day(until: date, words: str) -> None:
    assert owed_reports.days_zh(date(2026, 11, 5), until) == words


def command(home: Home, out: Path, *words: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "reports", "reminders", "--out", str(out)]
    return subprocess.run(
        [*call, "--home", str(home.root), "--json", *words],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_writes_the_workbook_and_the_texts(home: Home, tmp_path: Path) -> None:
    done = command(home, tmp_path, "--month", "2026-10", "--until", "2026-11-10")
    files = json.loads(done.stdout)["files"]
    assert [Path(file["path"]).name for file in files] == [
        "模拟数据_示例市_催报单_2026年10月_快报第1版.xlsx",
        "模拟数据_示例市_催报单_2026年10月_快报第1版.txt",
    ]
    texts = Path(files[1]["path"]).read_text("utf-8-sig")
    assert (texts.count("尚未报送"), texts.count("没有报全")) == (1, 1) and texts.startswith(
        "【模拟数据】柳笛镇"
    )


def test_nothing_to_urge_and_a_wrong_day_are_one_line(home: Home, tmp_path: Path) -> None:
    none = command(home, tmp_path, "--month", "2026-08")
    assert none.returncode == 1 and "没有要催报的单位" in json.loads(none.stdout)["error"]
    wrong = command(home, tmp_path, "--month", "2026-10", "--until", "11.10")
    assert wrong.returncode == 1 and "2026-11-10" in json.loads(wrong.stdout)["error"]
    assert list(tmp_path.iterdir()) == []
