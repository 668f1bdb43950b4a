"""The 晾晒 workbook read back by two readers: what the marts hold, what the screen shows."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from reports.build_note import Built
from reports.ranking import board, rank_cells, ranking_words
from reports.ranking.board import Board
from reports.ranking.workbook import file_name, workbook_bytes
from reports.source import Source
from tests.conftest import ROOT
from warehouse.files.home import Home
from warehouse.models.database import open_sealed
from warehouse.versions import versions

OCTOBER = date(2026, 10, 1)
SHEETS = ["排名", "行政区划顺序", "算分过程", "口径与依据", "数据"]
BUILT = Built("快报 第 1 版")
FIRST_ROW, FIRST_ITEM = 5, 6  # of the rank table, from 1
#: Text that a writer or a spreadsheet might take for a formula, a link or markup.
PAYLOADS = [
    "=1+1", "=HYPERLINK(\"http://x\",\"点\")", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)",
    "\t=1+1", "\r=1+1", "\n=1+1", "http://example.com", "https://example.com/?a=1",
    "file:///etc/passwd", "internal:'数据'!A1", "external:book.xlsx", "mailto:a@b.cn", "ftp://x/y",
    "{=SUM(A1:A2)}", "<b>镇</b>", "甲\x00\x07镇",
]  # fmt: skip


def load(home: Home, index: int = 0, **changed: Any) -> tuple[Board, list[dict[str, Any]]]:
    """A board of October and the documents behind it."""
    source = Source.of(home)
    ranking = board.choices(source.rows, OCTOBER)[index]
    documents = source.rows("ranking_sources", scheme_code=ranking["scheme_code"], month=OCTOBER)
    return replace(board.load(source.rows, ranking, OCTOBER), **changed), documents


def written(shown: Board, documents: list[dict[str, Any]]) -> bytes:
    return workbook_bytes(shown, BUILT, documents)


def opened(content: bytes) -> dict[str, Any]:
    """Sheets as openpyxl reads them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: sheet for sheet in book.worksheets}


def calamine(content: bytes) -> dict[str, list[list[Any]]]:
    """Cells as calamine reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = book.sheet_names
    return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in names}


def printed(cell: Any) -> str:
    """What the cell shows: a number in its format, else its text."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value
    form = cell.number_format
    decimals = len(form.partition(".")[2].rstrip("%"))
    percent = form.endswith("%")
    text = f"{cell.value * 100 if percent else cell.value:.{decimals}f}{'%' if percent else ''}"
    return text.replace("-", "−")


def table_rows(sheet: Any, count: int) -> list[list[Any]]:
    """Cells of the units' rows of a rank table."""
    rows = sheet.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + count - 1)
    return [list(row) for row in rows]


@pytest.fixture
def content(home: Home) -> bytes:
    """The workbook of the first ranking."""
    return written(*load(home))


def test_the_sheets_and_what_each_says(home: Home, content: bytes) -> None:
    sheets = opened(content)
    assert list(sheets) == list(calamine(content)) == SHEETS
    for sheet in sheets.values():
        assert str(sheet["A1"].value).startswith(
            "【模拟数据】示例市2026年1—10月镇街安全生产工作晾晒表"
        )
        assert "模拟数据" in (sheet.oddHeader.right.text or "")
    shown, _ = load(home)
    assert file_name(shown, BUILT) == "模拟数据_示例市_镇街_晾晒表_2026年1—10月_快报第1版.xlsx"
    assert sheets["排名"]["A2"].value == (
        "填报单位：示例市安全生产委员会办公室　　版本：快报 第 1 版（数据截至2026年10月31日24时）"
    )
    foot = [str(cell) for row in sheets["排名"].values for cell in row if cell]
    said = ["截止日期：2026年10月31日", "备注：1.", "制表人：", "审核人：", "全市合计", "平均（"]
    assert [part for part in said if not any(part in text for text in foot)] == []


def test_every_cell_shows_what_the_screen_shows(home: Home, content: bytes) -> None:
    shown, _ = load(home)
    for name, units in (("排名", shown.by_rank), ("行政区划顺序", shown.by_order)):
        for unit, row in zip(units, table_rows(opened(content)[name], len(units)), strict=True):
            values = [printed(cell) for cell in row]
            rank, moved, unit_zh, score, *points, gap, tier, note = rank_cells.row(shown, unit)
            middle = values[FIRST_ITEM : FIRST_ITEM + 2 * len(points) : 2]
            screen = [rank, moved, unit_zh, score, *points, gap, tier, note]
            assert [*values[1:5], *middle, *values[-3:]] == [cell.text for cell in screen]


def test_both_readers_agree_with_the_marts(home: Home, content: bytes) -> None:
    with open_sealed(versions.served_file(home)) as connection:
        stored = connection.execute(
            "select u.name_zh, i.item_code, i.earned_points, i.share, i.value, s.score, s.rank_no"
            " from marts.score_item as i inner join marts.score as s using (scheme_code, version,"
            " span_month, unit_id) inner join core.dim_unit as u using (unit_id)"
            " where s.list_code = '*' and scheme_code = 'towns' and span_month = date '2026-10-01'"
        ).fetchall()
    wanted = {(r[0], r[1]): [None if v is None else float(v) for v in r[2:]] for r in stored}
    heads = ["得分", "得分率", "数值", "总分", "名次"]
    for rows in (calamine(content)["数据"], list(opened(content)["数据"].values)):
        names = list(rows[1])
        columns = [names.index(head) for head in heads]
        unit, item = names.index("单位"), names.index("项目代码")
        found = {
            (r[unit], r[item]): [float(r[c]) if r[c] not in ("", None) else None for c in columns]
            for r in rows[2:]
        }
        assert found == wanted


def test_a_town_can_recompute_its_rank_by_hand(home: Home, content: bytes) -> None:
    shown, _ = load(home)
    rows = opened(content)["算分过程"].iter_rows(min_row=4, values_only=True)
    by_unit: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        if isinstance(row[9], int | float):  # 得分率 of a row that counts
            by_unit.setdefault(str(row[1]), []).append((float(row[4]), float(row[9])))
    scores = {}
    for unit in shown.ranked:
        parts = by_unit[unit["unit_zh"]]
        earned = sum(round(points * share + 1e-9, 2) for points, share in parts)
        scores[unit["unit_zh"]] = round(earned / sum(p for p, _ in parts) * 100 + 1e-9, 2)
    ranks = {
        name: 1 + sum(other > score for other in scores.values()) for name, score in scores.items()
    }
    assert scores == {u["unit_zh"]: u["score"] for u in shown.ranked}
    assert ranks == {u["unit_zh"]: u["rank_no"] for u in shown.ranked}


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(1, len(PAYLOADS) + 1))
def test_text_never_becomes_a_formula_or_a_link(home: Home, payload: str) -> None:
    shown, documents = load(home)
    units = [{**unit, "unit_zh": payload, "tier_zh": payload} for unit in shown.units]
    content = written(replace(shown, units=units), documents)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        sheets = [parts.read(n).decode() for n in names if n.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet or "<f " in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert not any("externalLink" in name for name in names)
    clean = "甲镇" if "\x00" in payload else payload
    kept = {clean, clean.replace("\r", "\n"), clean.strip()}  # XML readers normalise line ends
    assert opened(content)["排名"].cell(FIRST_ROW, 4).value in kept | {
        clean.replace("\r", "_x000D_")
    }


def test_it_prints_across_one_page_wide_with_heads_on_each(content: bytes) -> None:
    for name, sheet in opened(content).items():
        setup = sheet.page_setup
        assert (setup.orientation, str(setup.paperSize)) == ("landscape", "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter.center.text == "第 &[Page] 页 共 &N 页".replace("&[Page]", "&P")
        if name != "口径与依据":
            assert sheet.print_title_rows, name
    table = opened(content)["排名"]
    assert table.print_title_rows == "$3:$4"
    assert table["A1"].font.name == "方正小标宋简体" and table["A1"].font.sz == 22
    merged = {str(area) for area in table.merged_cells.ranges}
    assert {"A3:A4", "F3:G3", "H3:I3"} <= merged  # two levels: an item over its value and points


def test_marks_are_seen_in_colour_and_in_words(home: Home, content: bytes) -> None:
    shown, _ = load(home)
    rows = table_rows(opened(content)["排名"], len(shown.by_rank))
    for unit, row in zip(shown.by_rank, rows, strict=True):
        color = {"red": "FF1C7348", "black": "FF1A2330"}.get(unit["mark"] or "")
        assert not color or row[1].fill.fgColor.rgb == color
        assert ranking_words.MARKS_ZH.get(unit["mark"] or "", "") in str(row[-1].value or "")


def test_equal_builds_give_equal_files(home: Home) -> None:
    shown, documents = load(home)
    built = Built.of(versions.served_file(home))
    assert workbook_bytes(shown, built, documents) == workbook_bytes(shown, built, documents)
    assert built.words.startswith("快报 第 1 版，20")


def test_the_sources_are_quoted(content: bytes) -> None:
    told = "\n".join(str(c) for row in opened(content)["口径与依据"].values for c in row if c)
    said = [
        "滕安发〔2024〕6号",
        "量化排名",
        "没有给出指标权重",
        "国办发〔2024〕54号",
        "数据截至",
        "快报 第 1 版",
    ]
    assert [part for part in said if part not in told] == []


def run(*arguments: str) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, "-m", "reports", "ranking", *arguments, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


@pytest.fixture
def asked(home: Home, tmp_path: Path) -> Iterator[list[str]]:
    """Words every call needs."""
    yield ["--out", str(tmp_path), "--home", str(home.root)]


def test_the_command_writes_one_workbook_per_scheme(asked: list[str]) -> None:
    code, told = run("--month", "2026-10", *asked)
    assert code == 0
    assert [file["scheme"] for file in told["files"]] == ["towns", "zones", "departments"]
    assert all(Path(file["path"]).read_bytes()[:2] == b"PK" for file in told["files"])
    code, told = run("--month", "2026-10", "--scheme", "towns", "--group", "street", *asked)
    assert (code, [file["list"] for file in told["files"]]) == (0, ["街道"])


def test_the_command_says_why_there_is_nothing(asked: list[str]) -> None:
    code, told = run("--month", "2025-10", *asked)
    assert code == 1 and "没有排名" in told["error"]
    code, told = run("--month", "2026-10", "--scheme", "no_such", *asked)
    assert code == 1 and "现有方案：departments、towns、zones" in told["error"]


def test_an_edition_keeps_its_ranking(home_copy: Home, tmp_path: Path) -> None:
    versions.freeze(home_copy, "2026-10")
    words_asked = ["--out", str(tmp_path), "--home", str(home_copy.root), "--edition", "2026-10"]
    code, told = run("--month", "2026-10", "--scheme", "towns", *words_asked)
    assert code == 0
    facts = opened(Path(told["files"][0]["path"]).read_bytes())["口径与依据"]
    assert any("2026年10月定稿" in str(cell) for row in facts.values for cell in row)
