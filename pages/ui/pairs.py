"""疑似重复 on 数据质量: two rows that may tell of one case, side by side, for a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.ui import tables
from pages.ui.markup import Safe, fill, prose
from warehouse import formats

Row = Mapping[str, Any]
SHOWN = 20


def panel(pairs: Sequence[Row]) -> Safe:
    """Pairs nobody has decided on; nothing where there is none."""
    if not pairs:
        return Safe("")
    columns = [
        tables.Column("一行", lambda p: _side(p, "left")),
        tables.Column("另一行", lambda p: _side(p, "right")),
        tables.Column("相隔", lambda p: f"{p['day_count']} 天", "num"),
    ]
    rest = f"，先列 {SHOWN} 对" if len(pairs) > SHOWN else ""
    note = f"判定前两行都计入{rest}；由管理员判定（命令见操作手册），写明理由，可撤回"
    body = tables.table(columns, pairs[:SHOWN], kind="loose")
    return tables.panel("pairs", f"可能是同一件事的 {len(pairs)} 对", note, body)


def _side(pair: Row, side: str) -> Safe:
    """Unit, day and case over workbook and row."""
    return fill(
        '<b class="strong">{unit}</b>　{day}　{firm}<div>{case}</div>'
        '<div class="n">{file}　第 {row} 行</div>',
        unit=pair[f"{side}_unit_zh"],
        day=formats.day_iso(pair[f"{side}_date"]),
        firm=pair[f"{side}_enterprise_zh"],
        case=prose(pair[f"{side}_case_zh"] or ""),
        file=pair[f"{side}_file_name"],
        row=pair[f"{side}_row_number"],
    )
