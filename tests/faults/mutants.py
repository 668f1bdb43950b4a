"""Workbooks gone wrong: sound ones in every format, changed in every layer, by number and seed.

A mutant is a function of its number alone, so that a finding of a long run can be had again. Five
layers: the bytes of the file, the parts of its container, the markup inside a part, the cells a
person sees (whose rows are counted here, for comparing), and the same table in other formats.
"""

from __future__ import annotations

import io
import random
import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.conftest import SAMPLE
from tests.unit import written
from tests.unit.workbooks import HEADERS, TITLES, Cell, record

SMALL_BYTES = 13_000
RECORDS = 12
LONG_TEXT = "安全" * 9000
ODD_TEXTS = [
    *"=1+1 #REF! 合计 小计 其中：道路运输 （1）危化 —— 无 约5万 5起3人 3.7E+17 长期 沙河".split(),
    *"2026年13月45日 2026.3.5—3.8 1e308 NaN inf ０７ -0 _x0000_ <b>甲</b> 𠮷 三起".split(),
    *"填报单位：沙河 2026年1—10月统计表 制表人：甲 TRUE 45356 0.1 1,2,3 12.5万元 http://x".split(),
    *("", " ", "\u3000", "\u202e", "9" * 400, LONG_TEXT, "'; drop table", "../../etc/passwd"),
]
ODD_NUMBERS = [-1, 0, 0.5, 1e15, 1e300, -1e-300, 45356, 2958466, 60, 20260305, 202603, 7, 3.7e17]
MARKUP = [
    *b'<row </row> <c </c> <v> </v> t="s" t="e" t="str" r="A1" r="XFD1048576" r="A0"'.split(),
    *b'r="ZZZZ9" <![CDATA[ ]]> <!-- --> &#0; &a; <f> </f> <is><t> hidden="1" " \xff\xfe'.split(),
    *b'count="999999999" rowspan="99999999" colspan="99999999" spans="1:99999999"'.split(),
    *b'table:number-rows-repeated="1048576" table:number-columns-repeated="16384"'.split(),
    *(b"<!DOCTYPE x>", b"<!ENTITY a 'b'>", b'<mergeCell ref="A1:XFD1048576"/>', b"\x00", b"\t"),
]
INNER = re.compile(r"sheet\d|sharedStr|styles|content|workbook")
NUMBERS = [b"0", b"-1", b"2147483648", b"1000000000000"]


@dataclass(frozen=True)
class Mutant:
    """A file to judge; `rows` is how many filled rows it has by openpyxl's account.

    From the rows with a word to the rows with anything: a cell of mere space is kept by some
    writers and dropped by some readers.
    """

    number: int
    layer: str
    name: str
    content: bytes
    rows: tuple[int, int] | None = None


def mutant(number: int) -> Mutant:
    """The mutant of a number."""
    chance = random.Random(number)  # noqa: S311 - repeatable, not secret
    layer = list(LAYERS)[number % len(LAYERS)]
    name, content, rows = LAYERS[layer](chance)
    return Mutant(number, layer, name, content, rows)


@cache
def samples() -> tuple[bytes, ...]:
    """One small sample workbook of each kind of ledger."""
    found = {p.name.split("-")[0]: p for p in sorted(SAMPLE.glob("*.xlsx"), key=_size)}
    small = [p for p in SAMPLE.glob("*.xlsx") if _size(p) <= SMALL_BYTES]
    return tuple(p.read_bytes() for p in sorted({*found.values(), *small}))


def _size(path: Path) -> int:
    return -path.stat().st_size


@cache
def formats() -> dict[str, bytes]:
    """One ledger in every format intake reads."""
    rows: list[Sequence[Cell]] = [*([t] for t in TITLES), list(HEADERS)]
    rows += [record(record_no=f"JC-{n}") for n in range(RECORDS)]
    writers: dict[str, Callable[..., Path]] = {
        "xls": written.as_xls,
        "ods": written.as_ods,
        "xlsb": written.as_xlsb,
        "html": written.as_html,
        "csv": written.as_text,
        "xml": written.as_xml2003,
        "mht": written.as_mhtml,
    }
    with tempfile.TemporaryDirectory() as folder:
        paths = {kind: write(Path(folder) / kind, rows) for kind, write in writers.items()}
        return {kind: path.read_bytes() for kind, path in paths.items()}


Made = tuple[str, bytes, tuple[int, int] | None]


def _bytes(chance: random.Random) -> Made:
    """Flipped, cut, doubled or shuffled bytes of any format."""
    content = bytearray(chance.choice([*samples(), *formats().values()]))
    for _ in range(chance.choice([1, 1, 3, 20, 200])):
        at = chance.randrange(len(content))
        match chance.randrange(5):
            case 0:
                content[at] ^= 1 << chance.randrange(8)
            case 1:
                content[at : at + chance.randrange(64)] = b""
            case 2:
                content[at:at] = chance.randbytes(chance.randrange(64))
            case 3:
                content[at:at] = content[at : at + chance.randrange(512)]
            case _:
                content[at] = chance.choice(b"\x00\xff<>PK\xd0")
        if len(content) < 2:
            break
    if chance.random() < 0.2:
        del content[chance.randrange(len(content)) + 1 :]
    return "x.xlsx", bytes(content), None


def _parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return {name: source.read(name) for name in source.namelist()}


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return target.getvalue()


def _container(chance: random.Random) -> Made:
    """Parts lost, doubled, renamed, swapped, emptied or blown up."""
    kinds = [*samples(), formats()["ods"], formats()["xlsb"]]
    parts = list(_parts_of(chance.choice(kinds)).items())
    for _ in range(chance.choice([1, 1, 2])):
        at = chance.randrange(len(parts))
        name, data = parts[at]
        other = chance.choice(parts)
        parts[at : at + 1] = chance.choice(
            [
                [],
                [(name, data), (name.upper(), data)],
                [(f"../{name}", data)],
                [(name, other[1]), (other[0] + "x", data)],
                [(name, b"")],
                [(name, data + b" " * 3_000_000)],
                [(name, data[: len(data) // 2])],
                [(name, data), (f"xl/extra{chance.randrange(9)}.xml", b"<a/>")],
            ]
        )
        if not parts:
            break
    return "x.xlsx", _zipped(parts), None


def _markup(chance: random.Random) -> Made:
    """Tags and attributes inserted, lost or exchanged inside a part, or inside a page of text."""
    if chance.random() < 0.3:
        kind = chance.choice(["html", "csv", "xml", "mht"])
        return f"x.{kind}", _torn(formats()[kind], chance), None
    parts = _parts_of(chance.choice([*samples(), formats()["ods"]]))
    inner = [name for name in parts if INNER.search(name)]
    for name in chance.sample(inner, k=min(len(inner), chance.choice([1, 1, 2]))):
        parts[name] = _torn(parts[name], chance)
    return "x.xlsx", _zipped(list(parts.items())), None


def _torn(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice([1, 2, 5])):
        marks = [m.start() for m in re.finditer(rb"[<\" ,]", data)] or [0]
        at = chance.choice(marks)
        until = chance.choice(marks)
        match chance.randrange(4):
            case 0:
                data = data[:at] + b" " + chance.choice(MARKUP) + data[at:]
            case 1:
                data = data[:at] + data[at + chance.randrange(1, 40) :]
            case 2:
                data = data[:at] + data[min(at, until) : max(at, until)][:4000] + data[at:]
            case _:
                digits = [m.span() for m in re.finditer(rb"\d+", data)] or [(0, 0)]
                first, last = chance.choice(digits)
                data = data[:first] + chance.choice(NUMBERS) + data[last:]
    return data


def _cells(chance: random.Random) -> Made:
    """What people do: odd values, moved columns, merges, empty rows, second tables, hidden rows."""
    book = openpyxl.load_workbook(io.BytesIO(chance.choice(samples())))
    for _ in range(chance.choice([1, 2, 4, 8])):
        chance.choice(HANDS)(chance.choice(book.worksheets), chance)
    least = sum(_rows(sheet, lambda value: bool(str(value).strip())) for sheet in book.worksheets)
    most = sum(_rows(sheet, lambda value: value != "") for sheet in book.worksheets)
    target = io.BytesIO()
    book.save(target)
    return "x.xlsx", target.getvalue(), (least, most)


def _rows(sheet: Worksheet, is_filled: Callable[[object], bool]) -> int:
    rows = sheet.iter_rows(values_only=True)
    return sum(any(v is not None and is_filled(v) for v in row) for row in rows)


def _somewhere(sheet: Worksheet, chance: random.Random) -> tuple[int, int]:
    return chance.randint(1, sheet.max_row + 2), chance.randint(1, sheet.max_column + 1)


def _write(sheet: Worksheet, chance: random.Random) -> None:
    row, column = _somewhere(sheet, chance)
    cell = sheet.cell(row, column)
    if type(cell).__name__ != "MergedCell":
        cell.value = chance.choice([chance.choice(ODD_TEXTS), chance.choice(ODD_NUMBERS), None])


def _insert(sheet: Worksheet, chance: random.Random) -> None:
    row, column = _somewhere(sheet, chance)
    if chance.random() < 0.5:
        sheet.insert_rows(row, chance.randint(1, 3))
    else:
        sheet.insert_cols(column)


def _delete(sheet: Worksheet, chance: random.Random) -> None:
    row, column = _somewhere(sheet, chance)
    if chance.random() < 0.5:
        sheet.delete_rows(row, chance.randint(1, 3))
    else:
        sheet.delete_cols(column)


def _append_again(sheet: Worksheet, chance: random.Random) -> None:
    """The table, or its beginning, once more below: a second block, or a page break."""
    rows = list(sheet.iter_rows(values_only=True))[: chance.randint(1, 12)]
    for _ in range(chance.randint(0, 2)):
        sheet.append([])
    for row in rows:
        sheet.append(row)


def _hide(sheet: Worksheet, chance: random.Random) -> None:
    row, column = _somewhere(sheet, chance)
    sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions[get_column_letter(column)].hidden = True


HANDS: list[Callable[[Worksheet, random.Random], None]] = [
    _write, _write, _write, _insert, _delete, _append_again, _hide,
]  # fmt: skip


def _formats(chance: random.Random) -> Made:
    """Another format under any name, cut or with odd words put in."""
    kind, content = chance.choice(sorted(formats().items()))
    if kind in ("html", "csv", "xml", "mht") and chance.random() < 0.6:
        word = chance.choice(ODD_TEXTS).encode("gb18030", "replace")
        at = chance.randrange(len(content))
        content = content[:at] + word + content[at:]
    elif chance.random() < 0.7:
        return f"x.{kind}", _bytes(chance)[1], None
    return f"x.{chance.choice(['xls', 'xlsx', 'et', kind])}", content, None


LAYERS: dict[str, Callable[[random.Random], Made]] = {
    "bytes": _bytes,
    "container": _container,
    "markup": _markup,
    "cells": _cells,
    "formats": _formats,
}
