"""The A4 scorecard: one page on paper, readable, with the figures of the warehouse."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reports import figure_text
from reports.__main__ import main
from reports.scorecard import printed_scorecard
from reports.source import Source
from warehouse.files.home import DEFAULT_PROFILE, Home

pytestmark = pytest.mark.browser

EIGHT_POINTS = 8 * 96 / 72
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".sheet *")]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.nodeValue.trim()))
    .map((e) => {
        const svg = e.closest("svg");
        const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
        return parseFloat(getComputedStyle(e).fontSize) * scale;
    }))"""
CUT = """() => [...document.querySelectorAll(".sheet, .sheet > *, .sheet td")]
    .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.slice(0, 30))"""


@pytest.fixture
def source(sample_home: Path) -> Source:
    return Source.of(Home(sample_home, DEFAULT_PROFILE))


def sheet_of(source: Source, month: date, unit_id: str) -> printed_scorecard.Sheet:
    return printed_scorecard.Sheet(source.rows, month, unit_id, source.version_zh)


@pytest.mark.parametrize("month", [date(2026, 10, 1), date(2025, 12, 1), date(2026, 3, 1)])
@pytest.mark.parametrize("is_whole_area", [True, False], ids=["whole_area", "unit"])
def test_it_takes_one_page(
    browser: Browser, source: Source, tmp_path: Path, month: date, is_whole_area: bool
) -> None:
    unit = source.rows("units")[0 if is_whole_area else 1]["unit_id"]
    sheet = sheet_of(source, month, unit)
    path = tmp_path / printed_scorecard.file_name(sheet)
    path.write_text(printed_scorecard.html(sheet), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    pdf = page.pdf(prefer_css_page_size=True)
    page.set_viewport_size({"width": 711, "height": 1055})  # the printed area of A4
    room = page.evaluate("document.querySelector('.sheet').scrollHeight") - page.evaluate(
        "document.querySelector('.sheet').clientHeight"
    )
    told = (page.inner_text(".sheet"), page.evaluate(SMALLEST), page.evaluate(CUT))
    page.close()
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
    assert room <= 0
    assert told[1] >= EIGHT_POINTS - 0.05
    assert told[2] == []
    assert_figures(sheet, told[0])


def assert_figures(sheet: printed_scorecard.Sheet, text: str) -> None:
    """Every figure of marts.figure that the sheet is to show stands in its text."""
    shown = [figure for figure in sheet.figures if figure["placement"] != "support"]
    printed = [
        figure_text.value_parts(figure)[0] for figure in shown if figure["value_form"] != "verdict"
    ]
    assert [words for words in printed if words not in text] == []
    said = ["数据截至", "快报", "模拟数据", "未报", "来源", "目标依据", "签批", sheet.version_zh]
    assert [words for words in said if words not in text] == []


def test_the_command_writes_what_the_page_offers(
    sample_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--month", "2026-10", "--home", str(sample_home), "--out", str(tmp_path)]
    assert main(["scorecard", *words]) == 0
    assert main(["briefing", *words]) == 0
    for line in capsys.readouterr().out.split():
        path = Path(line)
        assert path.name.startswith("模拟数据")
        markup = path.read_text("utf-8")
        assert "【模拟数据】" in markup
        assert re.findall(r'(?:src|href)="|url\(|@import', markup) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--month 2031-01", "没有数据"),
        ("--month 2026-10 --unit nowhere", "没有代码为"),
        ("--month 2026-10 --edition 2026-10", "没有 2026-10 的定稿"),
    ],
)
def test_what_cannot_be_written_is_said(
    sample_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, told: str
) -> None:
    where = ["--home", str(sample_home), "--out", str(tmp_path)]
    assert main(["scorecard", *words.split(), *where]) == 1
    assert told in capsys.readouterr().out
