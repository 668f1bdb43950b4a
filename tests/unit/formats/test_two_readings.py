"""Workbooks a reader misunderstands without a word: the same four cases as the plain workbook."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlwt

from etl.declarations.declarations import Context, load_context
from etl.formats.open_workbook import open_workbook
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import Verdict
from tests.conftest import ROOT
from tests.unit.workbooks import OFFICE, RELATIONS, raw_book

CASES = ROOT / "tests" / "cases"
NAMES = [
    "B00-base-incident.xlsx",
    "B46-xls-chart-sparse-deaths.xls",
    "B46-xls-place-first-chart.xls",
    "B47-biff8-label-cp1252.xls",
    "B48-biff8-sst-cp936.xls",
    "B48-biff8-sst-cp21010-as-JExcelAPI.xls",
    "B49-title-date-cell-cjk31-1904.xlsx",
    "B50-1904-saved-by-excel-2013plus.xlsx",
]
DAYS = [date(2026, 3, 5), date(2026, 4, 18), date(2026, 6, 9), date(2026, 9, 30)]
TOWNS = ["云沐街道", "启澜街道", "松岚镇", "杏浦镇"]
LOSSES = [Decimal("120.5"), Decimal(88), Decimal("1234.56"), Decimal(15)]


@pytest.fixture(scope="module")
def demo() -> Context:
    return load_context(ROOT / "data" / "profiles" / "demo")


def judged(path: Path, context: Context) -> Verdict:
    verdict = judge_workbook(path, context)
    assert verdict.status == "judged", verdict.reason
    return verdict


@pytest.mark.parametrize("name", NAMES)
def test_the_four_cases_as_they_stand(demo: Context, name: str) -> None:
    verdict = judged(CASES / name, demo)
    sheet = verdict.sheets[0]
    rows = verdict.tables["incident"].to_pylist()
    names = {p.unit.unit_id: p.unit.name_zh for p in demo.places.values() if p.unit}
    assert (sheet.loaded, sheet.rejected) == (4, 0)
    assert [row["occurred_date"] for row in rows] == DAYS
    assert [names[row["territory_id"]] for row in rows] == TOWNS
    assert [row["death_count"] for row in rows] == [1, 1, 2, 0]
    assert [row["serious_injury_count"] for row in rows] == [0, 1, 0, 1]
    assert [row["loss_wan"] for row in rows] == LOSSES
    assert names[sheet.unit_id or ""] == "市应急局"


@pytest.mark.parametrize("style", ["1", "0"])
def test_a_day_in_a_title_counts_from_the_workbooks_first_day(
    demo: Context, tmp_path: Path, style: str
) -> None:
    """The ledger says it was filled in on 31 October 2026, as a serial of the 1904 system."""
    plain = CASES / "B49-title-date-cell-cjk31-1904.xlsx"
    path = changed(tmp_path / "a.xlsx", plain, f'<c r="B4" s="{style}">')
    assert judged(path, demo).sheets[0].as_of == date(2026, 10, 31)


def changed(path: Path, source: Path, cell: str) -> Path:
    """The workbook with another tag around its title's day."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            xml = before.read(name).decode()
            after.writestr(name, xml.replace('<c r="B4" s="1">', cell))
    return path


@pytest.mark.parametrize("form", ["yyyy-mm-dd", '[$-804]yyyy"年"m"月"d"日"', "[$-804]e年", "aaaa"])
@pytest.mark.parametrize("is_1904", [False, True])
def test_days_of_a_binary_workbook(tmp_path: Path, form: str, is_1904: bool) -> None:
    workbook = xlwt.Workbook()
    workbook.dates_1904 = is_1904
    sheet = workbook.add_sheet("表")
    style = xlwt.easyxf(num_format_str=form)
    serial = (DAYS[0] - (date(1904, 1, 1) if is_1904 else date(1899, 12, 30))).days
    for row in range(3):
        sheet.write(row, 0, serial + row, style)
        sheet.write(row, 1, serial + row)
    workbook.save(str(tmp_path / "a.xls"))
    with open_workbook(tmp_path / "a.xls") as opened:
        grid = opened.read(opened.sheets[0])
    assert grid.unread == frozenset()
    assert [grid.text(row, 1) for row in (1, 2, 3)] == [
        f"2026-03-0{day} 00:00:00" for day in (5, 6, 7)
    ]
    assert [grid.text(row, 2) for row in (1, 2, 3)] == [str(serial + n) for n in range(3)]


CELLS = [
    ('s="1"><v>46086.5</v>', "2026-03-05 12:00:00"),
    ('s="1"><v>46086.999999</v>', "2026-03-05 23:59:59.914"),
    ('s="1"><v>0.4375</v>', "1899-12-31 10:30:00"),
    ('s="1"><v>59</v>', "1900-02-28 00:00:00"),
    ('s="2"><v>46086</v>', "2026-03-05 00:00:00"),
    ("><v>0.57999999999999996</v>", "0.58"),
    ("><v>93.33333333333333</v>", "93.333333333"),
    ("><v>1E-7</v>", "0.0000001"),
    ("><v>1.50</v>", "1.5"),
    ('t="b"><v>1</v>', "true"),
    ('t="d"><v>2026-03-05</v>', "2026-03-05"),
    ('t="str"><f>A1</f><v> 甲&amp;乙&#10;丙 </v>', " 甲&乙\n丙 "),
    ('t="inlineStr"><is><t> 甲 </t></is>', "甲"),
    ('t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is>', " 甲 "),
    ('t="inlineStr"><is><r><t>甲 </t></r><r><t xml:space="preserve"> 乙</t></r></is>', "甲 乙"),
    ('t="inlineStr"><is><t>a_x000D_b</t></is>', "a\rb"),
    ('t="inlineStr"><is><t><![CDATA[<v>&]]></t></is>', "<v>&"),
    ('t="s"><v>0</v>', "甲&乙"),
    ('t="s"><v>1</v>', "重庆"),
    ("s='1' t='s'><v>1</v>", "重庆"),
    ('t="s" s="1"><v>1</v>', "重庆"),
]
STRINGS = "<si><t>甲&amp;乙</t></si>" + (
    "<si><r><t>重</t></r><r><t>庆</t></r><rPh sb='0' eb='1'><t>チョン</t></rPh></si>"
)
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="31"/></cellXfs></styleSheet>'
)


def test_both_readings_agree_on_every_way_to_write_a_cell(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" {cell}</c><c r="B{n}"><v>{n}</v></c></row>'
        for n, (cell, _) in enumerate(CELLS, 1)
    )
    kinds = {"worksheet": "worksheets/sheet1", "sharedStrings": "sharedStrings", "styles": "styles"}
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{part}.xml"/>'
        for n, (kind, part) in enumerate(kinds.items())
    )
    extra = {
        "xl/styles.xml": STYLES,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>',
    }
    path = raw_book(tmp_path / "a.xlsx", rows, STRINGS, extra)
    with open_workbook(path) as workbook:
        grid = workbook.read(workbook.sheets[0])
    assert grid.unread == frozenset()
    assert [grid.text(n, 1) for n in range(1, len(CELLS) + 1)] == [text for _, text in CELLS]
