"""`python -m reports ranking`: one workbook per ranking scheme of a month."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from reports.build_note import Built
from reports.ranking import board, workbook
from reports.source import Source
from warehouse import formats
from warehouse.files.home import write_atomic

WHOLE_LIST = "*"


def write_all(
    source: Source, month: date, out: Path, scheme: str | None = None, group: str | None = None
) -> list[dict[str, Any]]:
    """Write the workbooks asked for; LookupError when there is nothing to rank."""
    found = [
        ranking
        for ranking in board.choices(source.rows, month)
        if ranking["list_code"] == (group or WHOLE_LIST)
        and scheme in {None, ranking["scheme_code"]}
    ]
    if not found:
        raise LookupError(nothing(source, month, scheme, group))
    return [_write(source, month, ranking, out) for ranking in found]


def _write(source: Source, month: date, ranking: board.Row, out: Path) -> dict[str, Any]:
    loaded = board.load(source.rows, ranking, month)
    documents = source.rows("ranking_sources", scheme_code=ranking["scheme_code"], month=month)
    made = Built.of(source.path)
    path = out / workbook.file_name(loaded, made)
    write_atomic(path, workbook.workbook_bytes(loaded, made, documents))
    path.chmod(0o644)
    return {
        "path": str(path),
        "scheme": ranking["scheme_code"],
        "version": ranking["version"],
        "list": ranking["list_zh"],
        "ranked": len(loaded.ranked),
        "unranked": len(loaded.unranked),
    }


def nothing(source: Source, month: date, scheme: str | None, group: str | None) -> str:
    """Why there is no ranking, in one line."""
    asked = "、".join(part for part in (scheme, group) if part)
    known = sorted({r["scheme_code"] for r in board.choices(source.rows, month)})
    if known and asked:
        return f"{formats.month_zh(month)}没有“{asked}”的排名；现有方案：{'、'.join(known)}"
    last = source.rows("data_state")[0]["data_as_of_date"]
    why = f"当月没有生效的方案，或数据（截至{formats.day_zh(last)}）未到月末"
    return f"{formats.month_zh(month)}没有排名：{why}"
