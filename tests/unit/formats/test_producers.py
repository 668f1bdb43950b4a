"""xlsx as other programs write it: the same verdict as the same rows in plain form."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from tests.unit.formats.test_workbook_formats import ROWS, facts, verdict_of
from tests.unit.workbooks import book, raw_book

Change = Callable[[str], str]
SHEET = "xl/worksheets/sheet1.xml"
STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def strict(xml: str) -> str:
    for transitional, name in STRICT.items():
        xml = xml.replace(transitional, name)
    return xml


def strict_with_iso_dates(xml: str) -> str:
    return re.sub(r't="n"><v>46086<', 't="d"><v>2026-03-05<', strict(xml))


def prefixed(xml: str) -> str:
    xml = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", xml)
    return xml.replace("xmlns=", "xmlns:x=", 1)


def dimension(stated: str) -> Change:
    return lambda xml: re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{stated}"', xml)


def rows_backwards(xml: str) -> str:
    rows = re.findall(r"<row .*?</row>", xml, re.DOTALL)
    return re.sub(
        r"(<sheetData>).*(</sheetData>)", rf"\1{''.join(rows[::-1])}\2", xml, flags=re.DOTALL
    )


def cells_backwards(xml: str) -> str:
    def turned(row: re.Match[str]) -> str:
        cells = re.findall(r"<c .*?(?:/>|</c>)", row[2], re.DOTALL)
        return f"{row[1]}{''.join(cells[::-1])}</row>"

    return re.sub(r"(<row [^>]*>)(.*?)</row>", turned, xml, flags=re.DOTALL)


def rewritten(path: Path, source: Path, change: Change, parts: str) -> Path:
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            xml = before.read(name).decode()
            after.writestr(name, change(xml) if re.fullmatch(parts, name) else xml)
    return path


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (strict, ".*"),
        (strict_with_iso_dates, ".*"),
        (prefixed, r"xl/(workbook|sharedStrings|styles|worksheets/sheet1)\.xml"),
        (dimension("A1"), SHEET),
        (dimension("A1:XFD1048576"), SHEET),
        (rows_backwards, SHEET),
        (cells_backwards, SHEET),
        (lambda xml: xml.replace('Target="worksheets/', 'Target="/xl/worksheets/'), ".*rels"),
    ],
)
def test_the_same_verdict(tmp_path: Path, context: Context, change: Change, parts: str) -> None:
    plain = book(tmp_path / "a.xlsx", {"台账": ROWS})
    other = rewritten(tmp_path / "b.xlsx", plain, change, parts)
    assert other.read_bytes() != plain.read_bytes()
    texts = change is not strict_with_iso_dates
    assert facts(verdict_of(other, context), texts) == facts(verdict_of(plain, context), texts)


def test_a_few_far_cells_in_a_wide_box_are_refused_by_name(
    tmp_path: Path, context: Context
) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="900"><c r="XFD900"><v>1</v></c></row>'
    verdict = judge_workbook(raw_book(tmp_path / "a.xlsx", far), context)
    assert verdict.reason == (
        "“a.xlsx”的工作表“表”使用范围过大（A1 至 XFD900）。请删除表格以外的零散单元格后重新报送"
    )
