"""What offices also send: a ledger with a month left out, one wholly handed back, a 补报.

They are made after all other workbooks, so that those stay what they are without them.
"""

import re
from datetime import date, timedelta

from sample.books.books import Binder
from sample.books.cell_styles import Cell
from sample.books.office import MARK, Issue
from sample.books.table_layout import Book, Sheet, Table
from sample.facts.days import last_day, period_zh
from sample.facts.declared_forms import Fact
from sample.facts.hazard_lives import Hazard, snapshot

UNREADABLE = Cell("text", "另行通知")
RETURNED_ROWS = 2
FEWEST_MONTHS = 6


def add_extras(books: list[Book], binder: Binder) -> None:
    """Put the three into the sample; a sample of few months has no month to leave out."""
    places = {*binder.facts.place.senders["hazard"]}
    leave_out_a_month([b for b in books if b.reporter_id not in places], binder.facts.last)
    unsent = binder.facts.hazards.unsent
    sent = [u for u in binder.facts.place.senders["hazard"] if u not in unsent]
    if unsent:
        books.append(_handed_back(binder, unsent[-1]))
    if sent:
        books.append(_supplement(binder, sent[-1]))


def leave_out_a_month(books: list[Book], last: date) -> None:
    """Divide one ledger of inspections in two around a month in which nothing was inspected."""
    for book in books if last.month >= FEWEST_MONTHS else ():
        for sheet in book.sheets:
            table = sheet.table
            if not table or table.dataset != "enforcement" or table.as_of.year != last.year:
                continue
            if sheet.name == f"{last.year}年" and (month := _idle_month(table, last)):
                place = book.sheets.index(sheet)
                book.sheets[place : place + 1] = _divided(table, month, last)
                return


def _idle_month(table: Table, last: date) -> int:
    """A month between others without a row; 0 where there is none."""
    busy = {int(str(line.fact["inspected_date"])[5:7]) for line in table.lines}
    return next((m for m in range(3, last.month - 1) if m not in busy), 0) if busy else 0


def _divided(table: Table, month: int, last: date) -> list[Sheet]:
    """Two sheets: to the end of the month before, and from the month after it on."""
    cut, year = last_day(last.year, month - 1), last.year
    early = [line for line in table.lines if int(str(line.fact["inspected_date"])[5:7]) < month]
    late = [line for line in table.lines if line not in early]
    whole = re.compile(rf"{year}年1\D{last.month}月")
    spans = (period_zh(year, month - 1), f"{year}年{month + 1}—{last.month}月")
    sheets = []
    for span, lines, day in ((spans[0], early, cut), (spans[1], late, last)):
        told = {_day_zh(table.as_of): _day_zh(day)}
        part = Table(**{**vars(table), "lines": lines, "as_of": day})
        part.title = whole.sub(span, _changed(table.title, told))
        part.info = tuple(_changed(text, told) for text in table.info)
        part.total = table.total if lines else ""
        sheets.append(Sheet(span, part))
    return sheets


def _handed_back(binder: Binder, unit_id: str) -> Book:
    """The last month of a unit that sent none: new hazards, none with a deadline one can read."""
    lives = [h for h in binder.facts.hazards.lives if h.reporter_id == unit_id]
    facts = [_new(h, n, binder.facts.last) for n, h in enumerate(lives[:RETURNED_ROWS], 1)]
    book, table = _hazard_book(binder, unit_id, facts)
    year, month = binder.facts.last.year, binder.facts.last.month
    table.title = re.sub(rf"{year}年1\D{month}月", f"{year}年{month}月", table.title)
    for line in table.lines:
        line.cells["due_date"], line.reason = UNREADABLE, "bad_date"
    return book


def _supplement(binder: Binder, unit_id: str) -> Book:
    """One general hazard that the ledger of the unit forgot."""
    life = next(h for h in binder.facts.hazards.lives if h.reporter_id == unit_id)
    fact = _new(life, 9, binder.facts.last) | {"hazard_grade_code": "general"}
    book, table = _hazard_book(binder, unit_id, [fact])
    table.title = table.title.replace(MARK, f"（补报）{MARK}")
    book.file = book.file.replace("-模拟数据", "-补报-模拟数据")
    return book


def _hazard_book(binder: Binder, unit_id: str, facts: list[Fact]) -> tuple[Book, Table]:
    unit, last, office = binder.facts.place.unit(unit_id), binder.facts.last, binder.office
    habit = office.habit(unit, "v2025")
    table = office.table(Issue("hazard", unit, last.year, last.month, last, habit), facts)
    stem = office.titles["hazard"]["file_stem"].format(
        unit=unit.name_zh, period="", month=f"{last.year}年{last.month}月"
    )
    return Book(f"{stem}-模拟数据.xlsx", [Sheet(f"{last.year}年", table)], unit_id), table


def _new(hazard: Hazard, number: int, last: date) -> Fact:
    """A hazard like this one, found in the last month, with a number of its own."""
    found = last.replace(day=5 + number)
    fact: Fact = dict(snapshot(hazard, last))
    return fact | {
        "hazard_no": f"{fact['hazard_no']}-新{number}",
        "hazard_text": f"{fact['hazard_text']}（新排查{number}）",
        "found_date": found,
        "due_date": found + timedelta(days=60),
        "extended_due_date": None,
        "rectified_date": None,
        "accepted_date": None,
        "closed_date": None,
        "status_code": "rectifying",
    }


def _changed(text: str, told: dict[str, str]) -> str:
    for before, after in told.items():
        text = text.replace(before, after)
    return text


def _day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
