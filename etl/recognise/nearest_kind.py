"""What an unknown sheet comes closest to: so that a refusal says what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from etl.declarations.declarations import Context
from etl.recognise.header_matching import Table, closest
from etl.recognise.header_window import Window

_FEWEST = 3
"""Columns by which a sheet that is nothing known comes close to something."""


def nearest(window: Window, ends: Iterable[int], context: Context) -> str:
    """The kind most columns of one row belong to, and the required ones that are not there."""
    groups = tuple(context.words["group"])
    best: Table | None = None
    for row in ends:
        cells = window.header(row, 1, context)
        for source in context.sources.values():
            table = closest(source, cells, row, 1, groups)
            if len(table.fields) > (len(best.fields) if best else _FEWEST - 1):
                best = table
    if best is None:
        return ""
    missing = [c for c in best.source.columns if c.required and c.field not in best.fields]
    names = "、".join(c.name_zh for c in missing)
    where = f"第 {best.first_header_row} 行最像“{best.source.name_zh}”的表头"
    return f"{where}，但没有必填的列：{names}" if names else where
