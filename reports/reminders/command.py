"""`python -m reports reminders`: the 催报单 and the texts of a month."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from reports.build_note import Built
from reports.reminders import owed_reports, workbook
from reports.source import Source
from warehouse import formats
from warehouse.files import reminder_log
from warehouse.files.home import Home, write_atomic
from warehouse.files.reminder_log import Reminded


def write_all(
    source: Source, month: date, out: Path, until: date | None = None
) -> list[dict[str, Any]]:
    """Write the workbook and the texts; LookupError when nobody owes anything."""
    chase = owed_reports.load(source.rows, month, until)
    if not chase.units:
        raise LookupError(f"{formats.month_zh(month)}应报的台账均已报送，没有要催报的单位")
    built = Built.of(source.path)
    texts = "\n\n".join(owed_reports.text(chase, unit) for unit in chase.units) + "\n"
    contents = {
        ".xlsx": workbook.workbook_bytes(chase, built, by_unit(source.home, month)),
        ".txt": texts.encode("utf-8-sig"),
    }
    written: list[dict[str, Any]] = []
    for ending, content in contents.items():
        path = out / workbook.file_name(chase, built.label, ending)
        write_atomic(path, content)
        path.chmod(0o644)
        written.append({"path": str(path), "units": len(chase.units), "ledgers": len(chase.items)})
    return written


def by_unit(home: Home, month: date) -> dict[str, list[Reminded]]:
    """What was urged for a month, by unit."""
    found: dict[str, list[Reminded]] = {}
    for one in reminder_log.noted(home, month):
        found.setdefault(one.unit_id, []).append(one)
    return found


def day(text: str) -> date:
    """A day as people type it on the command line; ValueError in Chinese."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"日期应写作 2026-11-10，不是“{text}”") from None
