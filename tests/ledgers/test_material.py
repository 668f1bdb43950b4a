"""The material itself: each layout has its expectation, and the workbooks hold what the truth says.

Counting here reads the written files again and knows nothing of where the writer put things.
"""

import csv
import unicodedata
from collections import Counter
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.ledgers import books, dress, fitting, truth
from tests.ledgers.layouts import Layout, expectations, read
from tests.ledgers.write import grids, statement

Rows = list[list[Any]]
LAYOUTS = read()
DRESSES = dress.read()
EXPECTED = expectations()
ONE_DRESS_EACH = [(one, DRESSES[i * 7 % len(DRESSES)]) for i, one in enumerate(LAYOUTS)]
WITNESSES = "inblock what brief list time day name label no start class deaths firm code12".split()
TOTALS = ("合计", "小计", "总计")
FIGURES = {
    "deaths": "deaths",
    "serious": "serious",
    "loss": "loss_wan",
    "fine": "fine_wan",
    "qty": "hazards",
}


def _name(value: Any) -> str:
    return value.id if isinstance(value, Layout) else f"dress{value.number}"


def _clean(value: Any) -> str:
    text = unicodedata.normalize("NFKC", "" if value is None else str(value))
    return "".join(text.split()).rstrip("*").replace("万元", "元").replace("(万)", "(元)")


class _Table(HTMLParser):
    """The cells of a web page saved as a workbook, spans filled with nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows = []
        self.taken: set[tuple[int, int]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            row, spans = self.rows[-1], {key: int(value or 1) for key, value in attrs}
            while (len(self.rows) - 1, len(row)) in self.taken:
                row.append(None)
            for down in range(1, spans["rowspan"]):
                self.taken |= {
                    (len(self.rows) - 1 + down, len(row) + right)
                    for right in range(spans["colspan"])
                }
            row += [None] * spans["colspan"]
            self.at = len(row) - spans["colspan"]

    def handle_data(self, data: str) -> None:
        if data.strip() and self.rows:
            self.rows[-1][self.at] = data


def _read(path: Path, kind: str) -> list[Rows]:
    if kind == "xlsx":
        book = load_workbook(path)
        return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]
    if kind in ("xls", "ods"):
        other = CalamineWorkbook.from_path(path)
        names = other.sheet_names
        return [list(other.get_sheet_by_name(name).to_python()) for name in names]
    if kind == "html":
        table = _Table()
        table.feed(path.read_text(encoding="utf-8"))
        return [table.rows]
    encoding = "gb18030" if kind == "csv-gbk" else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as file:
        return [list(csv.reader(file))]


def _filled(layout: Layout, rows: Rows) -> tuple[list[list[str]], dict[str, int]]:
    """The filled rows under the head of one sheet, and the place of each head word in it."""
    leaves = [_clean(column.head) for column in layout.columns]
    found: dict[str, int] = {}
    clean = [[_clean(value) for value in row] for row in rows]
    below = 0
    for number, row in enumerate(clean[:12]):
        hits = {text: place for place, text in reversed(list(enumerate(row))) if text in leaves}
        if hits and len(set(row) - {""}) > 1 and not hits.keys() <= found.keys():
            found |= {text: place for text, place in hits.items() if text not in found}
            below = number + 1
    if len(found) < 0.8 * len(set(leaves)):
        return [], found
    words = {column.word: _clean(column.head) for column in reversed(layout.columns)}
    witness = next((words[word] for word in WITNESSES if word in words), leaves[0])
    least = min(3, len(leaves))
    return [row for row in clean[below:] if _counts(row, found[witness], least)], found


def _counts(row: list[str], witness: int, least: int) -> bool:
    filled = [text for text in row if text]
    if len(filled) < least or witness >= len(row) or not row[witness]:
        return False
    numbered = filled == [str(number) for number in range(1, len(filled) + 1)]
    units = all(text.startswith("(") for text in filled)
    return not numbered and not units and not set(row[:2]) & set(TOTALS)


def _forms(layout: Layout, rows: Rows) -> int:
    label = _clean(layout.columns[1].head)
    return sum(
        bool(_clean(after))
        for row in rows
        for before, after in pairwise(row)
        if _clean(before) == label
    )


def test_each_layout_has_an_expectation_and_the_halves_are_alike() -> None:
    assert len(LAYOUTS) == 98
    assert {one.id for one in LAYOUTS} == EXPECTED.keys()
    assert Counter(one.shape for one in LAYOUTS) == {"rows": 74, "form": 8, "counts": 16}
    for kind in {(one.dataset, one.shape) for one in LAYOUTS}:
        halves = Counter(one.half for one in LAYOUTS if (one.dataset, one.shape) == kind)
        assert abs(halves["odd"] - halves["even"]) <= 1, kind


def test_questions_say_what_and_refusals_say_why() -> None:
    for row in EXPECTED.values():
        assert bool(row["asks"]) == bool(row["answers"]) == (row["outcome"] == "asks"), row
        assert bool(row["reason"]) == (row["outcome"] == "cannot"), row
    outcomes = Counter(row["outcome"] for row in EXPECTED.values())
    assert outcomes.keys() == {"loads", "asks", "cannot"}
    assert outcomes["cannot"] <= 10


@pytest.mark.parametrize("layout", LAYOUTS, ids=_name)
def test_expected_figures_are_those_of_the_rows(layout: Layout) -> None:
    facts, row = truth.of(layout), EXPECTED[layout.id]
    assert facts["rows"] == int(row["rows"])
    told = {key: value for key, value in row.items() if value and key in facts and key != "rows"}
    told |= dict(part.split("=") for part in row["items"].split(";") if part)
    told.pop("unreported", None)
    assert row["outcome"] == "cannot" or told
    for term, value in told.items():
        assert Decimal(value) == facts[term], term


@pytest.mark.parametrize(("layout", "variety"), ONE_DRESS_EACH, ids=_name)
def test_a_dressed_workbook_holds_as_many_rows_as_the_truth(layout, variety, tmp_path) -> None:
    worn = fitting.fit(layout, variety)
    path = tmp_path / f"book.{worn.suffix}"
    books.save(grids(layout, worn), path, worn.format)
    sheets = _read(path, worn.format)
    if layout.shape == "form":
        held = sum(_forms(layout, rows) for rows in sheets)
    else:
        held = sum(len(_filled(layout, rows)[0]) for rows in sheets)
    assert held == statement(layout, worn)["truth"]["rows"]


@pytest.mark.parametrize("layout", [one for one in LAYOUTS if one.shape == "rows"], ids=_name)
def test_plain_workbooks_add_up_to_the_truth(layout, tmp_path) -> None:
    path = tmp_path / "book.xlsx"
    books.save(grids(layout, fitting.fit(layout, DRESSES[0])), path, "xlsx")
    filled, found = _filled(layout, _read(path, "xlsx")[0])
    facts = truth.of(layout)
    assert len(filled) == facts["rows"]
    for column in layout.columns:
        term = FIGURES.get(column.word)
        if term in facts and term is not None:
            added = sum(Decimal(row[found[_clean(column.head)]] or "0") for row in filled)
            assert added / (10000 if column.fill.endswith(":yuan") else 1) == facts[term]


@pytest.mark.parametrize("layout", [one for one in LAYOUTS if one.labels[1:]], ids=_name)
def test_count_tables_add_up_to_their_total_and_the_truth(layout, tmp_path) -> None:
    path = tmp_path / "book.xlsx"
    books.save(grids(layout, fitting.fit(layout, DRESSES[0])), path, "xlsx")
    rows = [[_clean(value) for value in row] for row in _read(path, "xlsx")[0]]
    at = next(place for place, column in enumerate(layout.columns) if column.fill == "label")
    total = next(row for row in rows if at < len(row) and row[at] in TOTALS)
    names = {label.partition("@")[0] for label in layout.labels if not label.startswith(">")}
    body = [row for row in rows if row[at] in names]
    assert len(body) == len(names)
    facts = truth.of(layout)
    for place, column in enumerate(layout.columns):
        key, _, rule = column.fill.partition("~")
        if rule and rule.split()[0] in ("n", "part", "sum", "diff", "money"):
            added = sum(Decimal(row[place]) for row in body)
            assert added == Decimal(total[place])
            assert not key or added == facts[key]


@pytest.mark.parametrize(("layout", "variety"), ONE_DRESS_EACH, ids=_name)
def test_a_dress_is_the_same_each_time(layout, variety) -> None:
    worn = fitting.fit(layout, variety)
    assert grids(layout, worn) == grids(layout, worn)
    assert grids(layout, worn, series=1) != grids(layout, worn)
