"""The outcome of judging one workbook, and the files it is handed over in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.declarations.column_types import ARROW_TYPES, CASE, READABLE
from etl.declarations.declarations import Source

RAW_TYPE = pa.dictionary(pa.int32(), pa.string())
"""Cell texts repeat: they travel as numbers of distinct texts and read back as plain text."""

REJECTED_SCHEMA = pa.schema(
    [
        ("dataset", pa.string()),
        ("sheet_no", pa.int32()),
        ("table_no", pa.int32()),
        ("sheet_name", pa.string()),
        ("row_number", pa.int32()),
        ("cells", pa.string()),
        ("column_letter", pa.string()),
        ("field", pa.string()),
        ("value", pa.string()),
        ("code", pa.string()),
        ("reason", pa.string()),
        *READABLE,
    ]
)


@dataclass(frozen=True)
class Reject:
    """One fault of one row."""

    row: int
    column: str
    field: str
    value: str
    code: str
    reason: str


@dataclass
class SheetVerdict:
    """What became of one table of a sheet; tables stacked in one sheet differ in `table_no`.

    Each is balanced, and together they make up the sheet.
    """

    sheet_no: int
    sheet: str
    rows: int
    filled_cells: int
    table_no: int = 1
    dataset: str | None = None
    mode: str | None = None
    unit_id: str | None = None
    unit_text: str = ""
    named_unit_id: str | None = None
    """Who is named in the title, the tab or the signature, where no 填报单位 is written."""
    as_of: date | None = None
    """The data's day: the last day the table speaks for."""
    filed: date | None = None
    """The day it was filled in, where it says so."""
    span_from: date | None = None
    span_to: date | None = None
    template: str | None = None
    loaded: int = 0
    rejected: int = 0
    skipped_by: dict[str, int] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    extra_columns: list[dict[str, str]] = field(default_factory=list)
    missing_columns: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    doubts: list[Reject] = field(default_factory=list)
    """Cells nobody can read of rows that count all the same."""
    notes: list[str] = field(default_factory=list)
    cells: dict[str, Any] = field(default_factory=dict)
    sums: list[dict[str, Any]] = field(default_factory=list)
    totals: list[dict[str, Any]] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    """Field → the unit its numbers were read in, where one was stated."""
    stated: dict[str, Any] = field(default_factory=dict)
    """The period in words: what dates without a year were read by."""
    changes: list[dict[str, str]] = field(default_factory=list)
    """Columns new, doubled, lost, renamed, retyped: kind, column, header, field, reason."""
    nearest: str = ""
    """Of a sheet that is nothing known: the kind it comes closest to, in words."""
    origin: dict[str, Any] = field(default_factory=dict)
    """Of corrected rows: the table they were handed back from, and its row of each row here."""

    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Field → its class, whether it was read (absent, unread, said, read), cells at fault."""
    questions: list[dict[str, str]] = field(default_factory=list)
    """Columns a person must be asked about: an entry for each field one may be."""
    readable: dict[str, int | None] = field(default_factory=dict)
    """Records and deaths that can be read, also of rows handed back."""

    @property
    def skipped(self) -> int:
        """Rows that are no records."""
        return sum(self.skipped_by.values())

    @property
    def is_balanced(self) -> bool:
        """Whether rows = loaded + rejected + skipped."""
        return self.rows == self.loaded + self.rejected + self.skipped

    def document(self) -> dict[str, Any]:
        """The table as JSON."""
        iso = {n: v.isoformat() for n, v in vars(self).items() if isinstance(v, date)}
        return {
            **vars(self),
            **iso,
            "skipped": self.skipped,
            "rejects": [vars(r) for r in self.rejects],
            "doubts": [vars(r) for r in self.doubts],
        }


@dataclass(frozen=True)
class Verdict:
    """What became of one workbook."""

    sha256: str
    recipe: str
    status: str
    reason_code: str | None
    reason: str | None
    sheets: Sequence[SheetVerdict]
    tables: Mapping[str, pa.Table]
    rejected: pa.Table
    candidates: Sequence[Mapping[str, str]] = ()
    """What a person may choose from: kinds where two fit, fields where a column is not known."""

    def document(self) -> dict[str, Any]:
        """verdict.json."""
        return {
            "sha256": self.sha256,
            "recipe": self.recipe,
            "status": self.status,
            "reason_code": self.reason_code,
            "reason": self.reason,
            "candidates": list(self.candidates),
            "sheets": [s.document() for s in self.sheets],
        }

    def write(self, out_dir: Path) -> dict[str, Any]:
        """Write verdict.json, rejected.parquet and one Parquet file per dataset."""
        out_dir.mkdir(parents=True, exist_ok=True)
        for dataset, table in self.tables.items():
            pq.write_table(table, out_dir / f"{dataset}.parquet", compression="zstd")
        pq.write_table(self.rejected, out_dir / "rejected.parquet", compression="zstd")
        document = self.document()
        text = json.dumps(document, ensure_ascii=False, indent=1)
        (out_dir / "verdict.json").write_text(text, encoding="utf-8")
        return document


def refused(
    sha256: str,
    recipe: str,
    code: str,
    reason: str,
    candidates: Sequence[Mapping[str, str]] = (),
    sheets: Sequence[SheetVerdict] = (),
) -> Verdict:
    """A workbook that could not be judged, with what was read of its sheets all the same."""
    nothing = REJECTED_SCHEMA.empty_table()
    return Verdict(sha256, recipe, "refused", code, reason, sheets, {}, nothing, candidates)


def accepted_schema(source: Source) -> pa.Schema:
    """The columns of `<dataset>.parquet`, the same for every template."""
    fields: list[tuple[str, pa.DataType]] = [
        ("sheet_no", pa.int32()),
        ("table_no", pa.int32()),
        ("sheet_name", pa.string()),
        ("row_number", pa.int32()),
        *CASE,
        ("business_date", pa.date32()),
        ("origin_row", pa.int32()),
    ]
    for column in source.columns:
        fields.append((column.field, ARROW_TYPES[column.type]))
        fields.append((f"{column.field}_raw", RAW_TYPE))
    return pa.schema(fields)
