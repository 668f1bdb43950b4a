"""The same rows written in every format intake reads, by other code than intake's own."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

import xlwt

from tests.unit.workbooks import Cell

Rows = Sequence[Sequence[Cell]]


def as_xls(path: Path, rows: Rows, tab: str = "台账") -> Path:
    """BIFF8 by xlwt."""
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet(tab)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for down, cells in enumerate(rows):
        for right, value in enumerate(cells):
            if isinstance(value, str) and value.startswith("="):
                sheet.write(down, right, xlwt.Formula(value[1:]))
            elif isinstance(value, date):
                sheet.write(down, right, value, day)
            elif isinstance(value, str) and value.startswith("#"):
                sheet.row(down).set_cell_error(right, value)
            elif value is not None:
                sheet.write(down, right, value)
    workbook.save(str(path))
    return path


def as_ods(path: Path, rows: Rows, tab: str = "台账") -> Path:
    """The smallest OpenDocument spreadsheet."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, r))}</table:table-row>" for r in rows)
    return raw_ods(path, f'<table:table table:name="{tab}">{body}</table:table>')


def raw_ods(path: Path, tables: str, prolog: str = "", manifest: str = "") -> Path:
    """An OpenDocument spreadsheet whose tables are given."""
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "style")
    )
    calc = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content{spaces}{calc}>'
        '<office:automatic-styles><style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr("content.xml", content)
    return path


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str) and value.startswith("="):
        return f'<table:table-cell table:formula="of:{escape(value)}"/>'
    if isinstance(value, str) and value.startswith("#"):
        given = 'table:formula="of:=1" office:value-type="string" calcext:value-type="error"'
        return f"<table:table-cell {given}><text:p>{value}</text:p></table:table-cell>"
    if isinstance(value, str):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(value)}</text:p></table:table-cell>"
        )
    if isinstance(value, date):
        given = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    else:
        given = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {given}><text:p>{value}</text:p></table:table-cell>"


def as_html(path: Path, rows: Rows, encoding: str = "gb18030") -> Path:
    """A page as systems export it, with a declared encoding."""
    lines = []
    for cells in rows:
        tag = "".join(f"<td>{'&nbsp;' if c is None else escape(str(c))}</td>" for c in cells)
        lines.append(f"<tr>{tag}</tr>")
    head = f'<html><head><meta charset="{encoding}"><style>td {{color: red}}</style></head>'
    page = f"{head}<body><table border=1>{''.join(lines)}</table></body></html>"
    path.write_bytes(page.encode(encoding))
    return path


def as_text(path: Path, rows: Rows, encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    """A delimited text."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerows([["" if c is None else str(c) for c in cells] for cells in rows])
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def as_xml2003(path: Path, rows: Rows, encoding: str = "utf-8") -> Path:
    """XML Spreadsheet 2003."""
    lines = []
    for cells in rows:
        line = ""
        for number, value in enumerate(cells, 1):
            if value is not None:
                kind, text = "String", str(value)
                if isinstance(value, date):
                    kind, text = "DateTime", f"{value.isoformat()}T00:00:00.000"
                elif not isinstance(value, str):
                    kind = "Number"
                elif value.startswith("#"):
                    kind = "Error"
                data = f'<Data ss:Type="{kind}">{escape(text)}</Data>'
                line += f'<Cell ss:Index="{number}">{data}</Cell>'
        lines.append(f"<Row>{line}</Row>")
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="台账">'
        f"<Table>{''.join(lines)}</Table></Worksheet></Workbook>"
    )
    path.write_bytes(text.encode("gb18030" if encoding == "gb2312" else encoding))
    return path


def as_mhtml(path: Path, rows: Rows) -> Path:
    """A single-file web page."""
    page = as_html(path, rows, "utf-8").read_text("utf-8")
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
    part = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    path.write_bytes(f"{head}{part}{page}\n--b--\n".encode())
    return path


def as_xlsb(path: Path, rows: Rows, tab: str = "台账", state: int = 0) -> Path:
    """The smallest BIFF12 workbook: numbers, dates with a style, texts inside their cells."""
    size = struct.pack("<4I", 0, max(len(rows) - 1, 0), 0, 15)
    sheet = [_record(129), _record(148, size), _record(145)]
    for number, cells in enumerate(rows):
        sheet.append(_record(0, struct.pack("<II", number, 0) + bytes(9)))
        sheet += [_xlsb_cell(c, value) for c, value in enumerate(cells) if value is not None]
    sheet += [_record(146), _record(130)]
    bundle = struct.pack("<II", state, 1) + _wide("rId1") + _wide(tab)
    book = _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(132)
    formats = [struct.pack("<HH", 0, i) + bytes(12) for i in (0, 14)]
    styles = _record(278) + _record(617, struct.pack("<I", 2))
    styles += b"".join(_record(47, f) for f in formats) + _record(618) + _record(279)
    return raw_xlsb(path, book, styles, b"".join(sheet))


def raw_xlsb(path: Path, book: bytes, styles: bytes, sheet: bytes) -> Path:
    """A binary workbook of given parts."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>')
        root = f'<Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.bin"/>'
        parts = (
            f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.bin"/>'
            f'<Relationship Id="rId2" Type="{office}/styles" Target="styles.bin"/>'
        )
        for name, targets in (("_rels/.rels", root), ("xl/_rels/workbook.bin.rels", parts)):
            xml = f'<Relationships xmlns="{package}/relationships">{targets}</Relationships>'
            archive.writestr(name, xml)
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/styles.bin", styles)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def _xlsb_cell(column: int, value: Cell) -> bytes:
    if isinstance(value, str) and value.startswith("#"):
        return _record(3, struct.pack("<II", column, 0) + b"\x17")
    if isinstance(value, str):
        return _record(6, struct.pack("<II", column, 0) + _wide(value))
    if isinstance(value, date):
        serial = (value - date(1899, 12, 30)).days
        return _record(5, struct.pack("<IId", column, 1, serial))
    return _record(5, struct.pack("<IId", column, 0, float(value or 0)))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([(kind & 0x7F) | 0x80, kind >> 7])
    length, size = b"", len(data)
    while True:
        length += bytes([(size & 0x7F) | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + length + data
