"""Corrections to source data: declared in decisions/corrections.csv, applied as a build begins.

Append-only: an undo is one more row. A correction that finds no row, or finds another value than
the one it was written against, stops the build; the served build stays.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

import pyarrow as pa

from etl.decisions.corrected_rows import Row, declared, keys_of, same, spelled, typed
from etl.declarations.text_keys import key
from warehouse.files.decisions import CORRECTIONS
from warehouse.files.home import Home

CORRECTION: Final = pa.schema(
    [
        *(("correction_id", pa.int32()), ("action", pa.string()), ("dataset", pa.string())),
        *(("row_id", pa.string()), ("identity_key", pa.string()), ("field", pa.string())),
        *(("field_zh", pa.string()), ("from_value", pa.string()), ("to_value", pa.string())),
        *(("who", pa.string()), ("decided_date", pa.date32()), ("why_zh", pa.string())),
        *(("file_hash", pa.string()), ("file_name", pa.string()), ("sheet_name", pa.string())),
        *(("row_number", pa.int32()), ("receipt_seq", pa.int32())),
    ]
)


@dataclass(frozen=True)
class Correction:
    """One declared correction; a row is named by its identity or by file, sheet and row."""

    correction_id: int
    who: str
    decided_at: str
    why: str
    action: str
    dataset: str = ""
    identity: str = ""
    file_sha256: str = ""
    sheet: str = ""
    row: int = 0
    field: str = ""
    from_value: str = ""
    to_value: str = ""
    undoes: int = 0

    def place(self) -> str:
        """Where it applies, in words."""
        if self.identity:
            return f"“{self.identity}”"
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        return f"文件 {self.file_sha256[:12]} {sheet}第 {self.row} 行"

    def change(self) -> str:
        """What it does, in words: which report, which row, from what to what."""
        source = declared(self.dataset)
        where = f"{source.name_zh}{self.place()}"
        if self.action == "drop":
            return f"{where}整行不计入"
        values = f"{self.from_value or '空'} → {self.to_value or '空'}"
        return f"{where}的“{source.names[self.field]}”：{values}"


COLUMNS: Final = tuple(f.name for f in fields(Correction))
_NUMBERS: Final = frozenset({"correction_id", "row", "undoes"})


def read_corrections(home: Home) -> list[Correction]:
    """All rows ever written, undone ones included."""
    path = home.decisions / CORRECTIONS
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    try:
        return [_made(row) for row in rows]
    except (KeyError, TypeError, ValueError) as fault:
        raise ValueError(f"{CORRECTIONS} 的列或编号不对，请联系管理员（{fault}）") from fault


def _made(row: Mapping[str, str]) -> Correction:
    cells: dict[str, Any] = {
        name: int(row[name] or 0) if name in _NUMBERS else row[name] or "" for name in COLUMNS
    }
    return Correction(**cells)


def standing_corrections(home: Home) -> list[Correction]:
    """Corrections that no later row undoes, in order."""
    rows = read_corrections(home)
    undone = {r.undoes for r in rows if r.action == "undo"}
    return [r for r in rows if r.action != "undo" and r.correction_id not in undone]


class Applied:
    """Applies standing corrections dataset by dataset and keeps what they replaced."""

    def __init__(
        self, corrections: Sequence[Correction], submissions: Sequence[Mapping[str, Any]]
    ) -> None:
        self._corrections = corrections
        self._as_of = {s["receipt_seq"]: s["as_of_date"] for s in submissions}
        self._kept: list[Row] = []

    def to(self, dataset: str, table: pa.Table) -> pa.Table:
        """The rows with every correction of this dataset applied; ValueError if one finds none."""
        mine = [c for c in self._corrections if c.dataset == dataset]
        if not mine:
            return table
        rows = table.to_pylist()
        for correction in mine:
            found = self._found(correction, rows)
            if correction.action == "drop":
                self._keep(correction, found, correction.from_value)
                gone = {id(row) for row in found}
                rows = [row for row in rows if id(row) not in gone]
            else:
                self._set(correction, found)
        return pa.Table.from_pylist(rows, schema=table.schema)

    def table(self) -> pa.Table:
        """`lake.correction`: one row per correction and row it changed."""
        return pa.Table.from_pylist(self._kept, schema=CORRECTION)

    def _found(self, correction: Correction, rows: list[Row]) -> list[Row]:
        found = [row for row in rows if _is_meant(correction, row)]
        if not found:
            raise ValueError(_sentence(correction, "没有找到对应的行"))
        if not correction.field:
            return found
        newest = max(found, key=lambda r: (self._as_of[r["receipt_seq"]], r["receipt_seq"]))
        now = spelled(newest[correction.field])
        if not same(now, correction.from_value) and not same(now, correction.to_value):
            was = correction.from_value or "空"
            raise ValueError(_sentence(correction, f"原值应为 {was}，现为 {now or '空'}"))
        return [r for r in found if same(spelled(r[correction.field]), correction.from_value)]

    def _set(self, correction: Correction, found: list[Row]) -> None:
        source = declared(correction.dataset)
        value = typed(correction.to_value, source.types[correction.field])
        self._keep(correction, found, correction.from_value)
        for row in found:
            row[correction.field], row["is_corrected"] = value, True
            if correction.field == source.business_date:
                row["business_date"] = date(value, 1, 1) if isinstance(value, int) else value
            if correction.field in (*source.identity, source.number, *source.likeness):
                row.update(keys_of(row, source))

    def _keep(self, correction: Correction, found: list[Row], was: str) -> None:
        names = declared(correction.dataset).names
        same_names = ("correction_id", "action", "dataset", "field", "to_value", "who")
        for row in found:
            kept = {name: getattr(correction, name) for name in same_names}
            kept |= {name: row[name] for name in CORRECTION.names if name in row}
            row_id = f"{row['file_hash'][:16]}-{row['sheet_no']}-{row['row_number']}"
            decided = date.fromisoformat(correction.decided_at[:10])
            kept |= {"row_id": row_id, "from_value": was, "why_zh": correction.why}
            kept |= {"decided_date": decided, "field_zh": names.get(correction.field, "")}
            self._kept.append(kept)


def _is_meant(correction: Correction, row: Row) -> bool:
    if correction.identity:
        names = (row["identity_key"] or "", row["name_key"] or "")
        return key(correction.identity) in map(key, names)
    return (
        row["file_hash"].startswith(correction.file_sha256)
        and row["row_number"] == correction.row
        and correction.sheet in ("", row["sheet_name"])
    )


def _sentence(correction: Correction, what: str) -> str:
    source = declared(correction.dataset)
    field = f"的“{source.names[correction.field]}”" if correction.field else ""
    number = correction.correction_id
    return (
        f"更正第 {number} 条用不上：{source.name_zh}{correction.place()}{field}，{what}。"
        f"请核对后先用 correct --undo {number} 撤销这条更正，需要的再重新登记"
    )
