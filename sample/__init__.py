"""Synthetic workbooks of an invented place, with the truth they were made from.

`make` first draws facts, then writes them as offices write; the truth is kept from the facts and
from this package's own bookkeeping, never asked of the code that reads workbooks.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from random import Random

from sample.books.books import Binder
from sample.books.extras import add_extras
from sample.books.office import Office
from sample.books.planted_faults import plant_faults
from sample.books.sheet_writer import write_book
from sample.books.table_layout import RowVerdict
from sample.books.truth import truth_folder, write_truth
from sample.facts.all_facts import make_facts
from sample.facts.days import last_day
from sample.facts.declared_forms import read_codebook
from sample.facts.firms import Registry
from sample.facts.place import read_place


@dataclass(frozen=True)
class Summary:
    """What was written: workbooks, and their rows by verdict."""

    files: tuple[str, ...]
    loaded: int
    rejected: int
    skipped: int


def make(
    out: Path, profile_dir: Path, first: date, last: date, seed: int, scale: float, messy: bool
) -> Summary:
    """Write the workbooks of the months from first to last into a folder, their truth beside it.

    `last` counts to the end of its month. A profile of a real place raises ValueError.
    """
    place = read_place(profile_dir)
    last = last_day(last.year, last.month)
    facts = make_facts(place, first.replace(day=1), last, seed, scale)
    office = Office(place, read_codebook(), messy, Random(f"{seed}:office"))  # noqa: S311
    binder = Binder(facts, office)
    books = binder.books()
    stray = Random(f"{seed}:faults")  # noqa: S311
    plant_faults(books, office, Registry(place, stray), stray)
    add_extras(books, binder)
    out.mkdir(parents=True, exist_ok=True)
    created = datetime.combine(last, time(9))
    verdicts: list[RowVerdict] = []
    for book in books:
        verdicts.extend(write_book(book, out, created))
    write_truth(books, verdicts, truth_folder(out))
    count = Counter(verdict.verdict for verdict in verdicts)
    return Summary(
        files=tuple(str(out / book.file) for book in books),
        loaded=count["loaded"],
        rejected=count["rejected"],
        skipped=count["skipped"],
    )
