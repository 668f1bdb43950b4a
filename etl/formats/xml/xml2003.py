"""XML Spreadsheet 2003, which many systems write as .xls: one XML file with a Workbook element.

The parser refuses document types and entities; a second reading walks the raw tags.
"""

from __future__ import annotations

import re
from pathlib import Path

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from etl.declarations import limits
from etl.declarations.refusal import RefusedError
from etl.formats.grid.cell_tally import is_doubtful
from etl.formats.grid.text_sheets import TextSheet, TextWorkbook, check_size
from etl.formats.raw.file_type import text_of
from etl.formats.xml.ods_cells import plain_number
from etl.formats.xml.xml2003_raw import read_again

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?(?:encoding\s*=\s*[\"']([\w-]+)[\"'][^>]*)?\?>")
_DECLARED = re.compile(rb"<\?xml\b[^>]*?encoding\s*=\s*[\"']([\w-]+)[\"']")


def open_xml2003(path: Path) -> TextWorkbook:
    """Read every worksheet; raises `RefusedError`."""
    check_size(path.stat().st_size)
    content = path.read_bytes()
    declared = _DECLARED.search(content[:1024])
    text = text_of(content, declared[1].decode() if declared else None)
    text = _DECLARATION.sub("", text, count=1)
    target = XmlTarget()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        parser.feed(text.encode())
        parser.close()
    except DefusedXmlException as error:
        raise RefusedError("doctype") from error
    except (ParseError, ValueError) as error:
        raise RefusedError("truncated") from error
    for sheet in target.sheets:
        sheet.is_1904 = target.is_1904
    return TextWorkbook(target.sheets, read_again(text))


class XmlTarget:
    """Collects sheets from the events of the parser."""

    def __init__(self) -> None:
        self.sheets: list[TextSheet] = []
        self.is_1904 = False
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._type = ""
        self._text: list[str] | None = None
        self._aside = 0
        self._last_column = 0
        self._visible: list[str] | None = None

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""
        if self._aside or tag == _SS + "Comment":
            self._aside += 1
        elif tag == _SS + "Worksheet":
            self.sheets.append(TextSheet(given.get(_SS + "Name", "")))
            self._row = self._last_column = 0
        elif tag == _SS + "Row":
            self._row = _place(given, self._row)
            self._column = 0
            if given.get(_SS + "Hidden") == "1" and self.sheets:
                self.sheets[-1].hidden_rows.add(self._row)
        elif tag == _SS + "Column" and self.sheets:
            first = _place(given, self._last_column)
            self._last_column = first + min(_number(given.get(_SS + "Span")), limits.MAX_COLUMNS)
            if given.get(_SS + "Hidden") == "1":
                self.sheets[-1].hidden_columns.update(range(first, self._last_column + 1))
        elif tag == _SS + "Cell":
            self._column = _place(given, self._column)
            self._cell = given
            self._spread(given)
        elif tag == _SS + "Data" and self.sheets:
            self._type, self._text = given.get(_SS + "Type", "String"), []
        else:
            self._start_option(tag)

    def _start_option(self, tag: str) -> None:
        if tag == _EXCEL + "Visible":
            self._visible = []
        elif tag == _EXCEL + "Date1904":
            self.is_1904 = True

    def data(self, text: str) -> None:
        """Characters between tags."""
        if self._aside:
            return
        if self._text is not None:
            self._text.append(text)
        elif self._visible is not None:
            self._visible.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._aside:
            self._aside -= 1
        elif tag == _SS + "Data" and self._text is not None:
            self._take("".join(self._text))
            self._text = None
        elif tag == _SS + "Cell":
            self._column += _number(self._cell.get(_SS + "MergeAcross"))
        elif tag == _SS + "Row" and self._row > limits.MAX_ROWS:
            raise RefusedError("huge_sheet", sheet=self.sheets[-1].name, detail="超出工作表的行数")
        elif tag == _EXCEL + "Visible" and self._visible is not None:
            if self.sheets and "Hidden" in "".join(self._visible):
                self.sheets[-1].is_hidden = True
            self._visible = None

    def close(self) -> None:
        """Nothing is left open by a well-formed document."""

    def _spread(self, given: dict[str, str]) -> None:
        down, right = (_number(given.get(_SS + n)) for n in ("MergeDown", "MergeAcross"))
        if (down or right) and self.sheets:
            box = (self._row, self._column, self._row + down, self._column + right)
            self.sheets[-1].merges.append(box)

    def _take(self, text: str) -> None:
        sheet, place = self.sheets[-1], (self._row, self._column)
        if not text:
            return
        if self._type == "Error":
            sheet.errors[place] = text
            return
        if self._type == "Number":
            text = plain_number(text)
            if is_doubtful(float(text)):
                sheet.doubtful.add(place)
        elif self._type == "DateTime":
            text = text.partition(".")[0].replace("T", " ")
        elif self._type == "Boolean":
            text = "true" if text.strip() == "1" else "false"
        sheet.spend()
        sheet.rows.setdefault(place[0], {})[place[1]] = text


def _place(given: dict[str, str], last: int) -> int:
    return _number(given.get(_SS + "Index")) or last + 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
