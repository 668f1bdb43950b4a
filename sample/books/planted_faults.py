"""Rows that must be rejected: copies of good rows with one cell broken."""

from datetime import timedelta
from random import Random

from sample.books.cell_styles import BLANK, Cell, Hand
from sample.books.office import Office
from sample.books.table_layout import Book, Line, Table
from sample.facts.declared_forms import Fact
from sample.facts.firms import Registry, words

# the field whose text tells the copy from the row it was made of
NUMBERED = {"incident": "incident_name", "hazard": "hazard_no", "enforcement": "record_no"}


def plant_faults(books: list[Book], office: Office, registry: Registry, rng: Random) -> None:
    """Put every declared fault (or only the gentle ones) into some table that is in force."""
    tables = [
        sheet.table for book in books if book.is_current for sheet in book.sheets if sheet.table
    ]
    for fault in words("faults"):
        if not office.is_messy and fault["gentle"] != "1":
            continue
        fitting = [
            table
            for table in tables
            if table.dataset == fault["dataset"] and fault["field"] in table.headers and table.lines
        ]
        if fitting:
            table = rng.choice(fitting)
            line = _broken(table, fault, office, registry, rng)
            table.lines.insert(rng.randint(1, len(table.lines)), line)


def _broken(
    table: Table, fault: dict[str, str], office: Office, registry: Registry, rng: Random
) -> Line:
    good: Fact = dict(rng.choice([line for line in table.lines if not line.reason]).fact)
    if table.dataset in NUMBERED:
        name = NUMBERED[table.dataset]
        good[name] = f"{good[name]}-补"
    elif "person_id" in good:
        good.update(person_id=registry.person_id(), person_name=registry.person())
    hand = Hand(office.place, office.codebook, rng, habit=0, is_messy=False)
    line = office.line(table.form, table.headers, good, hand)
    line.cells[fault["field"]] = _cell(table, fault, office, registry, rng)
    line.reason = fault["reason_code"]
    return line


def _cell(
    table: Table, fault: dict[str, str], office: Office, registry: Registry, rng: Random
) -> Cell:
    kind, written = fault["kind"], fault["text"]
    if kind == "blank":
        return BLANK
    if kind == "date":
        return Cell("date", table.as_of + timedelta(days=19), "yyyy-mm-dd")
    if kind == "number":
        return Cell("number", float(written))
    too_short = registry.person_id()[:-1]
    known = {"ambiguous": rng.choice(office.place.ambiguous), "bad_id": too_short}
    return Cell(kind, written.format(**known))
