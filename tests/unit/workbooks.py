"""Real workbooks for tests: written cell by cell, or part by part where no library would."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
HEADERS = {
    "检查编号": "record_no",
    "检查单位": "actor_id",
    "检查日期": "inspected_date",
    "属地镇街": "territory_id",
    "被检查单位": "enterprise_name",
    "重大隐患(项)": "major_hazard_count",
    "是否处罚单位": "is_unit_penalised",
    "罚款(万元)": "fine_wan",
    "行业主管部门": "department_id",
    "行业领域": "sector_code",
    "检查类别": "inspection_kind_code",
    "一般隐患(项)": "general_hazard_count",
}
TITLES = ["2026年1—10月行政执法检查台账", "填报单位：禾原街道　　填报日期：2026年10月31日"]
Cell = str | int | float | date | None


def record(**cells: Cell) -> list[Cell]:
    """A sound row of the enforcement ledger with some cells changed, by field."""
    sound: dict[str, Cell] = {
        "record_no": "JC-1",
        "actor_id": "禾原街道",
        "inspected_date": date(2026, 3, 5),
        "territory_id": "禾原街道",
        "enterprise_name": "示例甲有限公司",
        "major_hazard_count": 0,
        "is_unit_penalised": "否",
        "fine_wan": None,
        "department_id": "应急局",
        "sector_code": "工贸",
        "inspection_kind_code": "计划检查",
        "general_hazard_count": 2,
    }
    return list((sound | cells).values())


def ledger(path: Path, rows: Sequence[Sequence[Cell]], tab: str = "台账") -> Path:
    """An enforcement ledger: two title rows, the header in row 3, records from row 4."""
    return book(path, {tab: [*([t] for t in TITLES), list(HEADERS), *rows]})


def book(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    start: tuple[int, int] = (1, 1),
    merges: Sequence[str] = (),
) -> Path:
    """A workbook whose rows begin at `start`; merges apply to the first sheet."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for down, cells in enumerate(rows):
            for right, value in enumerate(cells):
                if value is not None:
                    sheet.cell(start[0] + down, start[1] + right, value)
    for merge in merges:
        workbook.worksheets[0].merge_cells(merge)
    workbook.save(path)
    return path


def raw_book(
    path: Path,
    sheet_data: str = CELL,
    strings: str = "",
    extra: Mapping[str, str | bytes] | None = None,
    prolog: str = "",
) -> Path:
    """A workbook with one sheet whose XML is given."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": _relations("", ("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            "", ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{prolog}<worksheet xmlns="{MAIN}">'
        f"<sheetData>{sheet_data}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | dict(extra or {})).items():
            archive.writestr(name, content)
    return path


def _relations(base: str, *targets: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{base}{target}"/>'
        for n, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{RELATIONS}">{items}</Relationships>'
