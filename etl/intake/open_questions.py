"""Workbooks that wait for an answer: kept with what can be read of them, until somebody answers.

A question is a receipt like any other. It falls when the same workbook is taken in, asked about
again, or taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from etl.intake.incoming import Incoming, archive
from etl.intake.receipts import Receipt, append, in_force
from warehouse.files.home import Home

UNIT, KIND, COLUMN = "unit", "kind", "column"


def question_of(verdict: Mapping[str, Any]) -> dict[str, Any]:
    """What a refused workbook asks, as its entry says it; nothing where it only is refused."""
    if not (choices := verdict["candidates"]):
        return {}
    asks = COLUMN if "header" in choices[0] else KIND
    return {"candidates": choices, "asks": asks, "waits": read_of(verdict)}


def read_of(verdict: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of each table: what it is, whose, for when, its records and their deaths."""
    names = ("sheet_no table_no sheet dataset mode unit_id named_unit_id span_from span_to").split()
    counted = ("row_count", "death_count")
    return [
        {name: sheet[name] for name in names} | {name: sheet["readable"][name] for name in counted}
        for sheet in verdict["sheets"]
        if sheet["dataset"] and sheet.get("readable")
    ]


def keep_questions(
    home: Home, asked: Iterable[tuple[Incoming, dict[str, Any]]], sent: Mapping[str, Any]
) -> list[Receipt]:
    """Archive the workbooks and write down what they ask; one asked the same already stays."""
    known = {receipt.sha256: receipt.reason for receipt in in_force(home).asked.values()}
    drafts = []
    for incoming, entry in asked:
        if known.get(incoming.sha256) == entry["reason"]:
            continue
        archive(home, incoming.path, incoming.sha256)
        told = {"kinds": dict(incoming.told.kinds), "columns": dict(incoming.told.columns)}
        said = {"name": entry["name"], "reason": entry["reason"], "read": tuple(entry["waits"])}
        drafts.append({"kind": "ask", "sha256": incoming.sha256, **said, **told, **sent})
    return append(home, drafts)
