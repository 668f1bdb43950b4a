"""The truth of a sample: facts before they were made messy, and what becomes of every row."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, fields
from datetime import date
from decimal import Decimal
from pathlib import Path

from sample.books.office import declared
from sample.books.table_layout import Book, Line, RowVerdict, Sheet
from sample.facts.declared_forms import Fact, Form, Value
from sample.facts.place import UNASSIGNED

PLACED = ["file", "sheet", "row_number"]


def truth_folder(out: Path) -> Path:
    """Beside the workbooks, not among them: a folder of workbooks is loaded as it stands."""
    return out.with_name(f"{out.name}-truth")


def write_truth(books: list[Book], verdicts: list[RowVerdict], folder: Path) -> None:
    """One file for each dataset with the rows in force, and rows.csv with every verdict."""
    folder.mkdir(parents=True, exist_ok=True)
    held: dict[str, list[tuple[Book, Sheet, Line]]] = {}
    for book in books:
        for sheet in book.sheets:
            if book.is_current and sheet.table:
                good = [line for line in sheet.table.lines if not line.reason]
                rows = held.setdefault(sheet.table.dataset, [])
                rows.extend((book, sheet, line) for line in good)
    for dataset, rows in held.items():
        form = declared(dataset)
        names = [column.field for column in form.columns]
        seat = ["core_territory_id"] if _has_zone(form) else []
        header = [*names, *seat, "sender_id", *PLACED]
        _write(folder / f"{dataset}.csv", header, (_row(form, *place) for place in rows))
    _write(
        folder / "rows.csv",
        [field.name for field in fields(RowVerdict)],
        (map(str, astuple(verdict)) for verdict in verdicts),
    )


def _row(form: Form, book: Book, sheet: Sheet, line: Line) -> list[str]:
    values = [canonical(line.fact.get(column.field)) for column in form.columns]
    seat = [_seat(line.fact)] if _has_zone(form) else []
    return [*values, *seat, book.reporter_id, book.file, sheet.name, str(line.row_number)]


def _has_zone(form: Form) -> bool:
    return any(column.field == "zone_id" for column in form.columns)


def _seat(fact: Fact) -> str:
    """The exclusive territory: 功能区 before 镇街, else 未归属."""
    return str(fact.get("zone_id") or fact.get("territory_id") or UNASSIGNED)


def canonical(value: Value) -> str:
    """The one spelling of a value: ISO dates, true/false, four decimals, nothing for missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.4f}" if isinstance(value, Decimal) else str(value)


def _write(path: Path, header: list[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
