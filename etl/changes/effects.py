"""What a load or an undo changes: the difference of two served files, in figures and in rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from etl.intake.receipts import Receipt, read_receipts
from warehouse import formats
from warehouse.files.home import Home
from warehouse.queries import run_file
from warehouse.versions.versions import current_number, served_file

Row = dict[str, Any]
SHOWN_ROWS = 200
"""Rows that vanish are named up to this many; all of them are counted."""

_KEY = ("indicator_code", "span_kind", "span_month")


@contextmanager
def watching(home: Home) -> Iterator[Callable[[], Row]]:
    """What has changed since the block began, asked for once the block's work is done."""
    before = served(home)
    yield lambda: effects(before, served(home), read_receipts(home)) | {"if_accepted": False}


def served(home: Home) -> Path | None:
    """The file that is read now, None before the first."""
    return None if current_number(home) is None else served_file(home)


def effects(before: Path | None, after: Path | None, receipts: Iterable[Receipt]) -> Row:
    """How `after` differs from `before`; either is None where nothing was or is served.

    `figures`: the whole area's figures of the newest month and 1—N月, and any other that changes.
    `replaced`: earlier submissions that lose rows, with how many are superseded by a newer row of
    the same identity and how many vanish (撤回). `withdrawn`: the vanished rows by name. `merged`:
    rows a person's decision merges into another, by name.
    """
    old, new = _uncounted(before), _uncounted(after)
    lost = [row for key, row in new.items() if key not in old]
    vanished, merged = (
        [row["row_id"] for row in lost if row["state"] == state]
        for state in ("withdrawn", "merged")
    )
    named = _named(before, vanished)
    return {
        "figures": _figures(before, after),
        "replaced": _replaced(lost, receipts),
        "withdrawn": named[:SHOWN_ROWS],
        "withdrawn_count": len(vanished),
        "merged": _named(before, merged),
        "lost_lives": sum(row["lost_life_count"] for row in named),
        "restored_count": len(old.keys() - new.keys()),
    }


def _uncounted(path: Path | None) -> dict[str, Row]:
    return {row["row_id"]: row for row in _rows(path, "out_of_force_rows")}


def _named(path: Path | None, row_ids: list[str]) -> list[Row]:
    return _rows(path, "named_rows", row_ids=row_ids) if row_ids else []


def _replaced(lost: Iterable[Row], receipts: Iterable[Receipt]) -> list[Row]:
    """Earlier submissions, newest first, with the rows they lose."""
    by_seq = {receipt.seq: receipt for receipt in receipts}
    counts: dict[tuple[int, str, str], Counter[str]] = {}
    for row in (row for row in lost if row["state"] in ("superseded", "withdrawn")):
        place = (int(row["receipt_seq"]), row["dataset"], row["unit_id"])
        counts.setdefault(place, Counter())[row["state"]] += 1
    return [
        {
            "receipt_seq": seq,
            "name": by_seq[seq].name,
            "at": by_seq[seq].at,
            "actor": by_seq[seq].actor,
            "dataset": dataset,
            "unit": unit,
            "superseded": states["superseded"],
            "withdrawn": states["withdrawn"],
        }
        for (seq, dataset, unit), states in sorted(counts.items(), reverse=True)
        if seq in by_seq
    ]


def _figures(before: Path | None, after: Path | None) -> list[Row]:
    old, new = _by_key(before), _by_key(after)
    newest = max((key[2] for key in [*old, *new]), default="")
    rows = []
    keys = [key for key in {**new, **old} if not _is_repeated(key, new)]
    for key in sorted(keys, key=lambda k: k[2], reverse=True):
        one, other = old.get(key), new.get(key)
        shown = other or one or {}
        changed = _said(one) != _said(other)
        if changed or key[2] == newest:
            rows.append(
                {
                    **{name: shown[name] for name in (*_KEY, "name_zh", "direction", "placement")},
                    "before": _said(one),
                    "after": _said(other),
                    "change": _change(one, other),
                    "changed": changed,
                }
            )
    return rows


def _is_repeated(key: tuple[str, ...], figures: Mapping[tuple[str, ...], Row]) -> bool:
    """1—1月 is January."""
    code, span_kind, month = key
    return span_kind == "ytd" and month[5:7] == "01" and (code, "month", month) in figures


def _by_key(path: Path | None) -> dict[tuple[str, ...], Row]:
    return {tuple(row[name] for name in _KEY): row for row in _rows(path, "area_figures")}


def _said(figure: Mapping[str, Any] | None) -> str:
    """A figure as the scorecard prints it."""
    if figure is None:
        return formats.MISSING
    if figure["phrase_zh"]:
        return str(figure["phrase_zh"])
    if figure["state"] == "not_reported":
        return "未报"
    return formats.quantity(figure["value"], figure["unit_zh"] or "", figure["decimals"])


def _change(before: Row | None, after: Row | None) -> float | None:
    """Which way the figure goes, None where one of the two is no number."""
    if before is None or after is None or before["value"] is None or after["value"] is None:
        return None
    return float(after["value"]) - float(before["value"])


def _rows(path: Path | None, name: str, **params: Any) -> list[Row]:
    if path is None:
        return []
    frame = run_file(name, path, **params)
    return [{str(k): plain(v) for k, v in row.items()} for row in frame.to_dict("records")]


def plain(value: Any) -> Any:
    """As JSON has it: None for what is missing, days as ISO text."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp | date):
        return value.strftime("%Y-%m-%d")
    return float(value) if isinstance(value, Decimal) else value
