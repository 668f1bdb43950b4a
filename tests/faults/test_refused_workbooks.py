"""What cannot be read is refused in one Chinese line, and the old figures stand."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.commands.load import LoadOptions, load
from etl.commands.preview import preview
from tests.lifecycle.workbooks import sample_workbook
from warehouse.files.home import Home
from warehouse.versions.versions import current_number

LEDGER = "事故台账-*-2026年1—10月-*.xlsx"


def random_bytes(path: Path) -> None:
    path.write_bytes(bytes((n * 7919 + 13) % 251 for n in range(5000)))


def truncated(path: Path) -> None:
    whole = sample_workbook(LEDGER).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def encrypted(path: Path) -> None:
    """An OLE2 container with the streams Excel writes for a password-protected workbook."""
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name + bytes(2000))


def unknown(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["职工食堂菜单"], ["星期", "早餐", "午餐"], ["一", "粥", "面"]):
        book.worksheets[0].append(row)
    book.save(path)


def two_corners(path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "甲"
    book.save(path)
    raw = {}
    with zipfile.ZipFile(path) as source:
        raw = {name: source.read(name) for name in source.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    raw[sheet] = raw[sheet].replace(b"</sheetData>", far)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in raw.items():
            target.writestr(name, data)


def empty_file(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    "make",
    [random_bytes, truncated, encrypted, unknown, two_corners, empty_file],
    ids=lambda f: f.__name__,
)
def test_refused_in_one_chinese_line(
    home_copy: Home, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "坏文件.xlsx"
    make(path)
    number, receipts = current_number(home_copy), home_copy.receipts.read_bytes()
    report = load(home_copy, [path], LoadOptions())
    (entry,) = report.files
    assert report.exit_code == 1
    assert entry["status"] == "refused"
    assert "\n" not in entry["reason"]
    assert re.search(r"[一-鿿]{4}", entry["reason"])
    assert not re.search(r"Traceback|Error|Exception|None", entry["reason"])
    assert (current_number(home_copy), home_copy.receipts.read_bytes()) == (number, receipts)
    assert not (home_copy.archive / entry["sha256"]).exists()


def test_one_bad_workbook_does_not_stop_the_good_ones(tmp_path: Path) -> None:
    random_bytes(tmp_path / "坏文件.xlsx")
    home = Home(tmp_path / "home", "demo")
    report = load(home, [tmp_path / "坏文件.xlsx", sample_workbook(LEDGER)], LoadOptions())
    assert report.files[0]["status"] == "refused"
    assert report.exit_code == 0
    assert report.build.published


def test_preview_keeps_nothing(home_copy: Home) -> None:
    before = snapshot(home_copy)
    report = preview(home_copy, [sample_workbook(LEDGER)], LoadOptions())
    assert report.files[0]["status"] == "unchanged"
    assert snapshot(home_copy) == before


def snapshot(home: Home) -> dict[str, Any]:
    """Every file of a home with its size and time of change."""
    return {
        str(path.relative_to(home.folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in home.folder.rglob("*")
        if path.is_file()
    }
