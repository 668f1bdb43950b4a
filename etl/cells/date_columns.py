"""Readers of date columns: a day, a deadline, the end of a validity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from etl.cells.dates import date_doubt, is_endless, parse_date, parse_deadline

Result = tuple[date | None, str, str]


@dataclass(frozen=True)
class Sheet:
    """What a column's cells mean beyond their own text.

    `year` of dates without one, `unit` its header, unit row or title states, `is_1904` which day a
    bare serial counts from, `texts` all distinct texts of the column.
    """

    year: int | None = None
    unit: str = ""
    is_1904: bool = False
    texts: tuple[str, ...] = ()


def day_reader(sheet: Sheet) -> Callable[[str], Result]:
    """One whole day; what speaks of days but is not one says why."""

    def clean(text: str) -> Result:
        day = parse_date(text, sheet.year, sheet.is_1904)
        return (day, "", "") if day else (None, "bad_date", date_doubt(text, sheet.year))

    return clean


def deadline_reader(sheet: Sheet) -> Callable[[str], Result]:
    """A due date may be the end of a month; 长期 is none, and then nothing can be overdue."""

    def clean(text: str) -> Result:
        if is_endless(text):
            return None, "no_deadline", ""
        day = parse_deadline(text, sheet.year, sheet.is_1904)
        return (day, "", "") if day else (None, "bad_date", date_doubt(text, sheet.year))

    return clean


def expiry_reader(sheet: Sheet) -> Callable[[str], Result]:
    """长期 means that nothing expires: the date stays empty, the text is kept."""
    deadline = deadline_reader(sheet)
    return lambda text: (None, "", "") if is_endless(text) else deadline(text)
