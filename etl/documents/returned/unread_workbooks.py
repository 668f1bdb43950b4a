"""Workbooks that count for nothing: refused at the door, or held until a person confirms."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.intake.lake import read_verdict, verdict_path
from etl.intake.receipts import Receipt, in_force
from etl.intake.submissions import Reporters, counted_unit, reporters_of
from warehouse.files.home import Home


@dataclass(frozen=True)
class Unread:
    """One workbook, why it does not count, and whose it is as far as it says."""

    file_name: str
    sha256: str
    load_id: str
    state: str
    reason: str
    unit_id: str = ""


def unread_files(home: Home, recipe: str) -> list[Unread]:
    """Held workbooks, and refused ones that nothing of the same name or content made good."""
    standing = in_force(home)
    reporters = reporters_of(home.profile_folder)
    held = [
        _held(home, standing.active[seq], why, recipe, reporters)
        for seq, why in sorted(standing.held.items())
    ]
    accepted = {r.sha256 for r in standing.active.values()}
    names = {r.name for r in standing.active.values()}
    refused = {u.sha256 or u.file_name: u for u in _refused(home)}
    left = [u for u in refused.values() if u.sha256 not in accepted and u.file_name not in names]
    return [*held, *left]


def _held(home: Home, receipt: Receipt, why: str, recipe: str, reporters: Reporters) -> Unread:
    sheets = read_verdict(verdict_path(home, receipt.sha256, receipt.lake_key(recipe)))["sheets"]
    units = [counted_unit(s, receipt.unit, reporters) for s in sheets if s["dataset"]]
    unit = next((u for u in units if u), "")
    return Unread(receipt.name, receipt.sha256, receipt.load_id, "待确认", why, unit)


def _refused(home: Home) -> Iterable[Unread]:
    for path in sorted(home.loads.glob("*.json")):
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for entry in report.get("files", []):
            if entry["status"] == "refused":
                name = entry.get("name") or Path(entry["path"]).name
                why = entry["reason"] or "未能读取"
                yield Unread(name, entry["sha256"], path.stem, "未接收", why)
