"""One cell of what the reader hands over is falsified: the comparison of both readings must notice.

`python -m tests.faults.cells --count 1000 [--first 0] [--formats xls ods …]` falsifies so many
cells per format, each by its number alone: overwritten, shifted to the side or down, exchanged with
another, or dated anew. The fault is put between the reader and the comparison of a workbook that is
sound. Every fiftieth is judged to the end as well: the row must be handed back or the file refused.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from etl.declarations.declarations import Context, load_context
from etl.declarations.refusal import RefusedError
from etl.judge.judge import judge_workbook
from tests.conftest import ROOT, SAMPLE
from tests.faults.falsified import Columns, Reading, between, falsify, read
from tests.unit import written
from tests.unit.workbooks import HEADERS, Cell, book, record

PROFILE = ROOT / "data" / "profiles" / "demo"
CASES = ROOT / "tests" / "cases"
JUDGED_EVERY = 50
RECORDS = 60


def rows() -> list[list[Cell]]:
    """A ledger with texts, days, whole and broken numbers, gaps and long numbers as text."""
    chance = random.Random(7)  # noqa: S311 - repeatable, not secret
    title = "2026年1—10月行政执法检查台账（填报单位：云沐街道　填报日期：2026年10月31日）"
    made: list[list[Cell]] = [[title], list(HEADERS)]
    for number in range(RECORDS):
        day = date(2026, 1, 1) + timedelta(days=chance.randrange(280))
        made.append(
            record(
                record_no=f"JC-{number:04}",
                actor_id="云沐街道",
                territory_id="云沐街道",
                department_id="市应急局",
                sector_code="消防",
                inspected_date=day if number % 3 else f"{day.year}.{day.month}.{day.day}",
                enterprise_name=chance.choice(
                    ["甲&乙公司", "丙“东”厂 ", "丁\n分厂", f"户{number}"]
                ),
                general_hazard_count=chance.choice([None, 0, 1, 12, 305]),
                fine_wan=chance.choice([None, 0.5, 12.25, 3, 1.205]),
            )
        )
    return made


def as_inline(path: Path, cells: list[list[Cell]]) -> Path:
    """An .xlsx with its texts inside the cells, as programs that stream write it."""
    workbook = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet, day = workbook.add_worksheet("台账"), workbook.add_format({"num_format": "yyyy-mm-dd"})
    for down, line in enumerate(cells):
        for right, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(down, right, value, day)
            elif value is not None:
                sheet.write(down, right, value)
    workbook.close()
    return path


WRITERS: dict[str, Callable[[Path, list[list[Cell]]], Path]] = {
    "xlsx": lambda path, cells: book(path, {"台账": cells}),
    "xlsx-inline": as_inline,
    "xlsb": written.as_xlsb,
    "xls": written.as_xls,
    "ods": written.as_ods,
    "xml2003": written.as_xml2003,
    "html": written.as_html,
    "mhtml": written.as_mhtml,
    "csv": written.as_text,
    "tsv": lambda path, cells: written.as_text(path, cells, "utf-16", "\t"),
}
FILES = {
    "xlsx-sample": min(SAMPLE.glob("事故台账*.xlsx")),
    "xlsx-1904": CASES / "B50-1904-saved-by-excel-2013plus.xlsx",
    "xls-chart": CASES / "B46-xls-chart-sparse-deaths.xls",
}
FORMATS = [*WRITERS, *FILES]


@dataclass
class Summary:
    """Falsified cells by format, those that came out right all the same, those nobody noticed."""

    tried: Counter[str] = field(default_factory=Counter)
    righted: Counter[str] = field(default_factory=Counter)
    judged: int = 0
    missed: list[dict[str, Any]] = field(default_factory=list)


def try_one(kind: str, number: int, reading: Reading, summary: Summary) -> Columns:
    """Falsify by number and compare; noticed when every touched row is named or all is refused."""
    chance = random.Random(f"{kind} {number}")  # noqa: S311 - repeatable, not secret
    name, columns, touched = falsify(reading, chance)
    summary.tried[kind] += 1
    try:
        texts, unread = reading.agreed(columns)
    except RefusedError:
        return columns
    passed = {row for row in touched if row + reading.first_row not in unread}
    if passed and all(said(texts, row) == said(reading.sound, row) for row in passed):
        summary.righted[kind] += 1
    elif passed:
        rows = sorted(row + reading.first_row for row in passed)
        summary.missed.append({"format": kind, "number": number, "fault": name, "rows": rows})
    return columns


def said(columns: Columns, row: int) -> dict[int, str]:
    """What stands in a row."""
    return {c: text for c, cells in columns.items() if (text := cells[row].as_py())}


def is_handed_back(path: Path, columns: Columns, context: Context, sound: int) -> bool:
    """Judged to the end the file is refused or loads fewer rows than the sound one."""
    is_first = True

    def change(reading: Reading) -> Columns:
        nonlocal is_first
        chosen, is_first = (columns if is_first else reading.columns), False
        return chosen

    with between(change):
        verdict = judge_workbook(path, context)
    unread = [r for s in verdict.sheets for r in s.rejects if r.code == "unread_cell"]
    loaded = sum(sheet.loaded for sheet in verdict.sheets)
    return verdict.status == "refused" or (bool(unread) and loaded < sound)


def run(kind: str, first: int, count: int, summary: Summary) -> None:
    """Falsify `count` cells of one format."""
    context = load_context(PROFILE)
    with tempfile.TemporaryDirectory(prefix="cells-") as folder:
        path = FILES.get(kind) or WRITERS[kind](Path(folder) / kind, rows())
        reading = read(path)
        sound = sum(sheet.loaded for sheet in judge_workbook(path, context).sheets)
        for number in range(first, first + count):
            columns = try_one(kind, number, reading, summary)
            if number % JUDGED_EVERY == 0:
                summary.judged += 1
                if not is_handed_back(path, columns, context, sound):
                    summary.missed.append({"format": kind, "number": number, "fault": "judged"})


def main() -> int:
    """The long run; 1 when a falsified cell was not noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.cells")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--formats", nargs="*", choices=FORMATS, default=FORMATS)
    options = parser.parse_args()
    pa.set_cpu_count(1)
    started, summary = time.monotonic(), Summary()
    for kind in options.formats:
        run(kind, options.first, options.count, summary)
        sys.stderr.write(f"{kind} {summary.tried[kind]}, missed {len(summary.missed)}\n")
    seconds = round(time.monotonic() - started, 1)
    document = {
        "tried": summary.tried,
        "righted": summary.righted,
        "judged": summary.judged,
        "missed": summary.missed,
    }
    sys.stdout.write(json.dumps(document | {"seconds": seconds}, ensure_ascii=False) + "\n")
    return int(bool(summary.missed))


if __name__ == "__main__":
    sys.exit(main())
