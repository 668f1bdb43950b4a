"""The world of the sample: typed rows from its truth, periods from the heads of its workbooks.

The truth holds the rows that are in force at the end and the verdict of every other row. So older
ledgers appear here without the rows a newer one replaced; what was held or withdrawn cannot be
tried with it (random worlds do that).
"""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl

from tests.recount.model.world import Profile, Row, Submission, World, last_day, records
from tests.recount.model.world import read_rows as read_texts
from tests.recount.worlds.workbooks import SOURCES, table_of

Sheet = tuple[str, str]
Lines = list[tuple[Any, ...]]
DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
AS_OF = re.compile(rf"截[至止](?:日期|时间)?[：:]?{DAY}")
FILED = re.compile(rf"填报日期[：:]{DAY}")
SPAN = re.compile(r"(\d{4})年(?:度)?(?:(\d{1,2})(?:[—–-](\d{1,2}))?月)?")
READ: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "month": lambda text: date.fromisoformat(text[:10]),
    "year": int,
    "count": int,
    "amount": Decimal,
    "flag": lambda text: text == "true",
}
#: What a figure asks of a row handed back: the days it may lie on.
ASKED = ("occurred_date", "found_date", "inspected_date", "trained_date")
ANY_DAY = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})")


def sample_world(sample: Path, truth: Path, profile: Path) -> World:
    """All sheets of a sample that hold a report."""
    verdicts = records(read_texts(truth / "rows.csv"))
    datasets = {(row["file"], row["sheet"]): row["dataset"] for row in verdicts if row["dataset"]}
    rows, senders = truth_rows(truth, set(datasets.values()))
    for row in verdicts:
        if row["verdict"] == "rejected":
            sheet = (row["file"], row["sheet"])
            lines = lines_of(sample / sheet[0], sheet[1])
            values = readable(lines, int(row["row_number"]), row["dataset"])
            rows[sheet].append(Row(values, is_back=True))
    units = Profile.read(profile)
    texts = {sheet: heads(sample, sheet) for sheet in sorted(datasets)}
    tables = [
        submission(sheet, datasets[sheet], texts[sheet], senders.get(sheet), rows[sheet], units)
        for sheet in texts
    ]
    files = sorted({name for name, _ in texts}, key=lambda name: (newest(tables, name), name))
    numbered = [(files.index(table.name), place, table) for place, table in enumerate(tables)]
    ordered = tuple(
        Submission(**{**vars(table), "seq": number, "receipt": file})
        for number, (file, _, table) in enumerate(sorted(numbered, key=lambda one: one[:2]), 1)
    )
    return World(ordered, units)


def newest(tables: list[Submission], name: str) -> date:
    """Within one call files are received in the order of their days."""
    return max(table.filing or table.data_day for table in tables if table.name == name)


def truth_rows(truth: Path, datasets: set[str]) -> tuple[dict[Sheet, list[Row]], dict[Sheet, str]]:
    rows: dict[Sheet, list[Row]] = defaultdict(list)
    senders: dict[Sheet, str] = {}
    for dataset in datasets:
        types = {one["field"]: one["type"] for one in table_of(SOURCES / dataset / "columns.csv")}
        for row in records(read_texts(truth / f"{dataset}.csv")):
            values = {
                field: READ.get(kind, str)(row[field])
                for field, kind in types.items()
                if row.get(field)
            }
            sheet = (row["file"], row["sheet"])
            rows[sheet].append(Row(values))
            senders[sheet] = row["sender_id"]
    return rows, senders


@lru_cache(maxsize=8)
def book_of(path: Path) -> dict[str, Lines]:
    book = openpyxl.load_workbook(path, read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def lines_of(path: Path, sheet: str) -> Lines:
    return book_of(path)[sheet]


def heads(sample: Path, sheet: Sheet) -> str:
    """What stands above and below the table, without blanks."""
    lines = lines_of(sample / sheet[0], sheet[1])
    near = [*lines[:6], *lines[-4:]]
    said: list[str] = [str(cell) for line in near for cell in line if cell is not None]
    return "".join("\n".join(said).split())


def readable(lines: Lines, number: int, dataset: str) -> dict[str, Any]:
    """The days that can be read of a row handed back, by the headers of the forms."""
    forms = table_of(SOURCES / dataset / "headers.csv")
    found: dict[str, Any] = {}
    for field in ASKED:
        if field not in forms[0]:
            continue
        headers = {one.split("/")[-1] for form in forms for one in form[field].split("|") if one}
        for place, cell in enumerate(lines[number - 1]):
            day = ANY_DAY.search(str(cell))
            if day and any(str(line[place]) in headers for line in lines[:6] if place < len(line)):
                found[field] = day_of(day)
    return found


def submission(
    sheet: Sheet, dataset: str, text: str, sender: str | None, rows: list[Row], units: Profile
) -> Submission:
    begin, end = period_of(text, rows)
    filed = FILED.search(text)
    filing = day_of(filed) if filed else None
    return Submission(
        0, dataset, sender or named(text, sheet, units, dataset), begin, end, tuple(rows),
        filing, "append" if "补报" in text else "slice", is_confirmed=True, name=sheet[0],
    )  # fmt: skip


def day_of(match: re.Match[str]) -> date:
    year, month, day = match.groups()
    return date(int(year), int(month), int(day))


def period_of(text: str, rows: list[Row]) -> tuple[date, date]:
    """The span of the title, ended earlier by 截至; without a span, the years of the rows."""
    as_of = AS_OF.search(text)
    found = SPAN.search(AS_OF.sub("", FILED.sub("", text)))
    if found is None:
        years = [int(row.values["data_year"]) for row in rows if "data_year" in row.values]
        return date(min(years), 1, 1), day_of(as_of) if as_of else date(max(years), 12, 31)
    year, first, last = (int(part) if part else 0 for part in found.groups())
    months = (first or 1, last or first or 12)
    end = last_day(year * 12 + months[1] - 1)
    return date(year, months[0], 1), min(end, day_of(as_of)) if as_of else end


def named(text: str, sheet: Sheet, units: Profile, dataset: str) -> str:
    """The sender of a sheet without rows in force: the unit its file is named after."""
    names: dict[str, str] = dict(zip(units.units["name_zh"], units.units["unit_id"], strict=True))
    senders = units.senders(dataset)
    by_name = [unit for said in (sheet[0], text) for name, unit in names.items() if name in said]
    return next(unit for unit in by_name if unit in senders)
