"""`python -m etl returned`: one workbook per unit with everything that waits for it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from etl.declarations.declarations import Context, load_context
from etl.documents.returned.open_rows import OpenTable, open_tables
from etl.documents.returned.unread_workbooks import Unread, unread_files
from etl.documents.returned.workbook import write
from etl.documents.workbook_styles import file_name
from etl.intake.incoming import judge_archived
from etl.intake.receipts import in_force
from warehouse.files.home import Home

NOBODY = "单位不明"
_LEAST = 6
"""Letters of a hash that name a workbook."""


def hand_back(home: Home, out: Path, what: str = "", unit: str = "") -> list[dict[str, Any]]:
    """Write one 退回工作簿 per unit into `out`; one entry a file: path, unit, rows, unread files.

    `what` keeps to one load id or one workbook's hash, `unit` to one unit (id or name). LookupError
    in Chinese when either is not known. The caller holds the write lock.
    """
    context = load_context(home.profile_folder)
    judge_archived(home, in_force(home).active.values(), context.recipe, lambda *_: None)
    tables = open_tables(home, context.recipe)
    unread = unread_files(home, context.recipe)
    if what:
        tables, unread = _of(home, what, tables, unread)
    wanted = _unit_id(unit, context) if unit else None
    names = {p.unit.unit_id: p.unit.name_zh for p in context.places.values() if p.unit}
    units = {t.submission["unit_id"] for t in tables} | {u.unit_id for u in unread}
    out.mkdir(parents=True, exist_ok=True)
    return [
        _write(
            out,
            (unit_id, names.get(unit_id, NOBODY)),
            [t for t in tables if t.submission["unit_id"] == unit_id],
            [u for u in unread if u.unit_id == unit_id],
            context,
            home.profile_folder,
        )
        for unit_id in sorted(units)
        if wanted in (None, unit_id)
    ]


def _write(
    out: Path,
    unit: tuple[str, str],
    tables: list[OpenTable],
    unread: list[Unread],
    context: Context,
    profile_dir: Path,
) -> dict[str, Any]:
    kinds = {context.sources[t.sheet["dataset"]].name_zh for t in tables}
    kind = kinds.pop() if len(kinds) == 1 else ("多种" if kinds else "未读取的文件")
    is_synthetic = context.profile.get("is_synthetic") == "1"
    parts = ["退回", unit[1], kind, datetime.now().astimezone().date().isoformat()]
    path = out / file_name(parts, is_synthetic=is_synthetic)
    write(path, unit[1], tables, unread, context, profile_dir)
    return {
        "path": str(path),
        "unit": unit[0],
        "unit_zh": unit[1],
        "rows": sum(len(t.rows) for t in tables),
        "unread_files": len(unread),
    }


def _of(
    home: Home, what: str, tables: list[OpenTable], unread: list[Unread]
) -> tuple[list[OpenTable], list[Unread]]:
    """Only the rows and files of one load, or of one workbook."""

    def named(load_id: str, sha256: str) -> bool:
        return load_id == what or (len(what) >= _LEAST and sha256.startswith(what))

    seqs = {s for s, r in in_force(home).active.items() if named(r.load_id, r.sha256)}
    files = [u for u in unread if named(u.load_id, u.sha256)]
    if not seqs and not files and not (home.loads / f"{Path(what).name}.json").exists():
        raise LookupError(f"没有导入或工作簿与“{what}”对应")
    kept = []
    for table in tables:
        rows = {n: row for n, row in table.rows.items() if row.receipts & seqs}
        if rows:
            kept.append(OpenTable(table.sheet, table.submission, rows))
    return kept, files


def _unit_id(unit: str, context: Context) -> str:
    known = {p.unit.unit_id for p in context.places.values() if p.unit}
    place = context.places.get(unit)
    found = unit if unit in known else (place.unit.unit_id if place and place.unit else "")
    if not found:
        raise LookupError(f"没有名为“{unit}”的单位")
    return found
