"""What is refused before any reader sees it, and what the raw XML is found to hold."""

import os
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest

from etl.declarations.refusal import RefusedError
from etl.formats.open_workbook import open_workbook
from etl.formats.xlsx.sheet_scan import SheetScan
from tests.unit.workbooks import CELL, book, raw_book

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def refusal(path: Path) -> str:
    with pytest.raises(RefusedError) as caught, open_workbook(path):
        pass
    return caught.value.code


def scan(path: Path) -> SheetScan:
    with open_workbook(path) as workbook:
        return workbook.sheets[0].scan


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x9f\x01\x00" * 700, "not_xlsx"),
        (b"", "not_xlsx"),
        (b"<html><body>no table</body></html>", "not_xlsx"),
        ("一段话，没有分列。\n第二段。\n".encode("gb18030"), "not_xlsx"),
        (OLE2 + "Workbook".encode("utf-16-le"), "truncated"),
        (b"PK\x03\x04" + bytes(100), "truncated"),
    ],
)
def test_content_that_is_no_workbook(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "上报.xlsx"
    path.write_bytes(content)
    assert refusal(path) == code


def test_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "没有.xlsx") == "not_found"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_truncated(tmp_path: Path, share: float) -> None:
    path = book(tmp_path / "a.xlsx", {"表": [["甲", n] for n in range(500)]})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert refusal(path) == "truncated"


def test_damage_inside_a_sheet(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"表": [["甲", n * 7919] for n in range(2000)]})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    middle = info.header_offset + info.compress_size // 2
    content[middle : middle + 8] = os.urandom(8)
    path.write_bytes(content)
    assert refusal(path) == "truncated"


def test_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "没有工作簿")
    assert refusal(path) == "not_xlsx"


def test_zip_bomb_by_ratio(tmp_path: Path) -> None:
    path = raw_book(tmp_path / "a.xlsx", extra={"xl/media/a.bin": bytes(3 << 20)})
    assert refusal(path) == "zip_bomb"


def test_too_many_parts(tmp_path: Path) -> None:
    extra = {f"xl/media/{n}.bin": b"" for n in range(5000)}
    assert refusal(raw_book(tmp_path / "a.xlsx", extra=extra)) == "zip_bomb"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/app.xml"]
)
def test_doctype_in_any_part(tmp_path: Path, part: str) -> None:
    content = '<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refusal(raw_book(tmp_path / "a.xlsx", extra={part: content})) == "doctype"


def test_doctype_hidden_in_utf16(tmp_path: Path) -> None:
    content = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")
    assert refusal(raw_book(tmp_path / "a.xlsx", extra={"docProps/app.xml": content})) == "doctype"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:/a.xml", "xl\\..\\..\\a"])
def test_climbing_part_name(tmp_path: Path, name: str) -> None:
    assert refusal(raw_book(tmp_path / "a.xlsx", extra={name: b"x"})) == "bad_part_name"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL/Worksheets/Sheet1.XML"])
def test_duplicate_part_name(tmp_path: Path, name: str) -> None:
    path = raw_book(tmp_path / "a.xlsx")
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, "<worksheet/>")
    assert refusal(path) == "bad_part_name"


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="2000000"><c r="A2000000"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
    ],
)
def test_sheet_too_wide_for_any_office(tmp_path: Path, cells: str) -> None:
    assert refusal(raw_book(tmp_path / "a.xlsx", cells)) == "huge_sheet"


def test_formatted_far_corner_is_no_content(tmp_path: Path) -> None:
    cells = CELL + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    found = scan(raw_book(tmp_path / "a.xlsx", cells))
    assert (found.last_row, found.last_column, found.filled_cells) == (1, 1, 1)


def test_counts_of_a_table_in_the_middle_of_a_sheet(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"表": [["甲", None, 3], [], ["乙", " ", None]]}, start=(5, 3))
    found = scan(path)
    assert found.rows.tolist() == [5, 7]
    assert found.filled.tolist() == [2, 1]
    assert (found.first_row, found.first_column, found.last_row, found.last_column) == (5, 3, 7, 5)


def test_errors_formulas_and_merges(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["B2"], sheet["C3"], sheet["D4"] = "#REF!", "=1+1", 5
    sheet.merge_cells("B2:C2")
    workbook.save(path)
    found = scan(path)
    assert found.errors == {(2, 2): "#REF!"}
    assert found.uncalculated == {(3, 3)}
    assert found.merges == ((2, 2, 2, 3),)
    assert found.filled_cells == 3


def test_numbers_that_may_have_lost_digits(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1"><v>3.70481199001011E+17</v></c>'
        '<c r="B1"><v>370481199001011234</v></c>'
        '<c r="C1"><v>2026.1</v></c><c r="D1" t="str"><v>370481199001011234</v></c>'
        '<c r="E1"><v>2026.2</v></c><c r="F1"><v>0.30000000000000004</v></c></row>'
    )
    found = scan(raw_book(tmp_path / "a.xlsx", cells))
    assert found.doubtful == {(1, 1), (1, 2), (1, 3)}


@pytest.mark.parametrize(
    ("cells", "filled"),
    [
        ('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>', 1),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t></t></is></c><c r="B1"><v>1</v></c></row>', 1),
        ('<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c><c r="B1"><v>1</v></c></row>', 1),
        ('<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c r="B2"><v>3</v></c></row>', 3),
        ('<row r="1"><!-- <c r="A1"><v>1</v></c> --><c s="1" r="B1"><v>1</v></c></row>', 1),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<v>]]></t></is></c></row>', 1),
        ("<row r='1'><c r='A1' t='e'><v>#N/A</v></c></row>", 1),
        ('<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1"><f>A1</f></c></row>', 2),
    ],
)
def test_filled_cells_of_odd_xml(tmp_path: Path, cells: str, filled: int) -> None:
    path = raw_book(tmp_path / "a.xlsx", cells, strings="<si><t/></si><si><t>乙</t></si>")
    assert scan(path).filled_cells == filled


def test_prefixed_xml(tmp_path: Path) -> None:
    plain = raw_book(tmp_path / "a.xlsx", CELL * 3)
    with zipfile.ZipFile(plain) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    prefixed = xml.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    prefixed = prefixed.replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    path = raw_book(tmp_path / "b.xlsx", extra={"xl/worksheets/sheet1.xml": prefixed})
    assert scan(path).filled_cells == 3


def test_rows_across_many_chunks(tmp_path: Path) -> None:
    rows = [[f"企业{n}", n, None, "示例文字" * 20] for n in range(20_000)]
    found = scan(book(tmp_path / "a.xlsx", {"表": rows}))
    assert found.rows.tolist() == list(range(1, 20_001))
    assert set(found.filled.tolist()) == {3}


@pytest.mark.parametrize(
    ("cell", "strings", "filled"),
    [
        ('t="inlineStr"><is><t> </t></is></c>', "", 1),
        ('t="inlineStr"><is><t xml:space="preserve"> </t></is></c>', "", 2),
        ('t="s"><v>0</v></c>', "<si><t> </t></si>", 1),
        ('t="s"><v>0</v></c>', '<si><t xml:space="preserve"> </t></si>', 2),
        ('t="s"><v>0</v></c>', "<si><t> 甲</t></si>", 2),
    ],
)
def test_white_space_is_a_cell_only_where_it_is_kept(
    tmp_path: Path, cell: str, strings: str, filled: int
) -> None:
    row = f'<row r="1"><c r="A1"><v>1</v></c><c r="B1" {cell}</row>'
    with open_workbook(raw_book(tmp_path / "a.xlsx", row, strings)) as workbook:
        (sheet,) = workbook.sheets
        assert sheet.scan.filled.tolist() == [filled]
        assert not workbook.read(sheet).unread
