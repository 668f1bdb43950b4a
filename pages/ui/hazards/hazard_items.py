"""Open major hazards by name: overdue with days as bars, due soon, or one step or cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from pages.ui.hazards.hazards import ITEMS
from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, door, fill
from pages.ui.kit.states import no_rows
from warehouse import formats

Row = Mapping[str, Any]


def listed(items: Sequence[Row], picked: str, soon_days: int) -> Safe:
    """Overdue with days as bars, then due soon in amber; or all items of what was chosen."""
    if picked:
        return _listed_all(pick(items, picked), picked)
    late = [item for item in items if item["is_overdue"]]
    soon = [item for item in items if item["is_due_soon"]]
    title = f"逾期未整改 {len(late)} 项，{soon_days} 日内到期 {len(soon)} 项"
    if not late and not soon:
        text = f"{soon_days} 日内也没有到期的。"
        return tables.panel("late", title, "", no_rows("没有逾期重大隐患", text))
    return tables.panel(
        "late", title, "逾期＝过了（延期后）整改期限且未验收", _table([*late, *soon])
    )


def pick(items: Sequence[Row], picked: str) -> list[Row]:
    """Items of a step, of a town or of a town and sector: `step~…`, `cell~town~sector`."""
    kind, *codes = picked.split("~")
    names = ("status_code",) if kind == "step" else ("territory_id", "sector_code")
    return [item for item in items if all(item[n] == c for n, c in zip(names, codes, strict=False))]


def _listed_all(items: Sequence[Row], picked: str) -> Safe:
    first = items[0] if items else {}
    is_step = picked.startswith("step~")
    name = (
        first.get("status_zh")
        if is_step
        else f"{first.get('territory_zh', '')}{first.get('sector_zh', '')}"
    )
    back = fill(
        '<span class="inline-door" {door}>看逾期和临近到期的</span>',
        door=door(ITEMS, "", "取消筛选"),
    )
    body = _table(items) if items else no_rows("没有符合条件的重大隐患")
    return tables.panel("late", f"{name or '所选'} {len(items)} 项", back, body)


def _table(items: Sequence[Row]) -> Safe:
    top = max([1, *(item["overdue_days"] or 0 for item in items)])
    columns = [
        tables.Column("期限", _days, "num"),
        tables.Column("", lambda row: _days_bar(row, top), "bar"),
        tables.Column("镇街", lambda row: row["territory_zh"], "name"),
        tables.Column("企业", lambda row: row["subject_zh"]),
        tables.Column("隐患", lambda row: row["detail_zh"]),
        tables.Column("整改期限", lambda row: formats.day_iso(row["due_date"]), "num wide"),
        tables.Column("状态", lambda row: row["status_zh"], "name wide"),
        tables.Column("主管部门", lambda row: row["department_zh"], "name wide"),
        tables.Column("包保领导", lambda row: row["leader_zh"] or formats.MISSING, "name"),
    ]
    is_after = {
        later["row_id"]
        for earlier, later in pairwise(items)
        if earlier["is_overdue"] and not later["is_overdue"]
    }

    def attributes(row: Row) -> Safe:
        return Safe('class="break"' if row["row_id"] in is_after else "")

    return tables.table(columns, items, attributes)


def _days(item: Row) -> Safe:
    if item["is_overdue"]:
        return fill('<b class="bad">逾期 {days} 天</b>', days=formats.number(item["overdue_days"]))
    if item["left_days"] is None:
        return Safe('<span class="quiet">—</span>')
    tone = "warn" if item["is_due_soon"] else "quiet"
    return fill('<b class="{tone}">剩 {days} 天</b>', tone=tone, days=item["left_days"])


def _days_bar(item: Row, top: int) -> Safe:
    if not item["is_overdue"]:
        return Safe("")
    return fill(
        '<i class="days" style="width:{w}px"></i>', w=max(3, round(64 * item["overdue_days"] / top))
    )
