"""A hidden row counts like any other and is named, whatever the format."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from tests.unit.workbooks import HEADERS, Cell, record
from tests.unit.written import as_html, as_ods, as_xlsb, as_xml2003

Row = list[Cell]


def hide_in_xls(path: Path, rows: list[Row]) -> Path:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("台账")
    for down, cells in enumerate(rows):
        for right, value in enumerate(cells):
            if value is not None:
                sheet.write(down, right, str(value))
    sheet.row(2).hidden = True
    workbook.save(str(path))
    return path


def marked(path: Path, part: str | None, old: str, new: str) -> Path:
    """The third such tag of a written file with something added."""
    text = path.read_text("utf-8") if part is None else zipfile.ZipFile(path).read(part).decode()
    pieces = text.split(old)
    changed = old.join(pieces[:3]) + new + old.join(pieces[3:])
    if part is None:
        path.write_text(changed, encoding="utf-8")
        return path
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, changed.encode() if name == part else content)
    return path


def hide_in_xlsb(path: Path, rows: list[Row]) -> Path:
    as_xlsb(path, rows)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    head = struct.pack("<II", 2, 0)
    sheet = parts["xl/worksheets/sheet1.bin"]
    hidden = head + bytes(3) + b"\x10" + bytes(5)
    parts["xl/worksheets/sheet1.bin"] = sheet.replace(head + bytes(9), hidden, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


HIDING: dict[str, Callable[[Path, list[Row]], Path]] = {
    "xls": hide_in_xls,
    "xlsb": hide_in_xlsb,
    "ods": lambda path, rows: marked(
        as_ods(path, rows),
        "content.xml",
        "<table:table-row>",
        '<table:table-row table:visibility="collapse">',
    ),
    "xml": lambda path, rows: marked(as_xml2003(path, rows), None, "<Row>", '<Row ss:Hidden="1">'),
    "html": lambda path, rows: marked(
        as_html(path, rows, "utf-8"), None, "<tr>", "<tr style='display:none'>"
    ),
}


@pytest.mark.parametrize("extension", [*HIDING])
def test_hidden_rows_are_named_in_every_format(
    tmp_path: Path, context: Context, extension: str
) -> None:
    """Row 3 of the sheet, the second record, is hidden."""
    rows: list[Row] = [list(HEADERS), *(record(record_no=f"JC-{n}") for n in range(3))]
    path = HIDING[extension](tmp_path / f"a.{extension}", rows)
    (table,) = judge_workbook(path, context).sheets
    assert (table.loaded, table.rejected) == (3, 0), table.rejects
    assert "有 1 行是隐藏的（第 3 行），照常计入" in table.notes
