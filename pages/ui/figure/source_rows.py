"""Rows behind a figure as tables: records down to workbook, sheet and row, or units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from pages.ui.figure.figure_links import to_figure
from pages.ui.kit.markup import Safe, fill
from pages.ui.kit.tables import Column, table
from warehouse import formats

Row = Mapping[str, Any]
SHOWN_ROWS = 300
EXPORT_HEADS = {
    "part": "部分",
    "amount": "计入数",
    "territory_zh": "属地",
    "department_zh": "部门",
    "actor_zh": "填报或执法单位",
    "subject_zh": "名称",
    "detail_zh": "内容",
    "event_date": "日期",
    "due_date": "期限",
    "done_date": "办结日期",
    "status_zh": "状态",
    "leader_zh": "包保领导",
    "file_name": "工作簿",
    "sheet_name": "工作表",
    "row_number": "行",
}
PARTS_ZH = {"n": "分子", "d": "分母"}
MEMBER_HEADS = {
    "unit_name_zh": "单位",
    "name_zh": "指标",
    "value": "本期",
    "prior_value": "去年同期",
    "n_amount": "计入分子",
    "d_amount": "计入分母",
}


def exported(rows: Sequence[Row]) -> list[Row]:
    """Records as they are taken away: the part in words."""
    return [{**row, "part": PARTS_ZH[row["part"]]} for row in rows]


def records_table(rows: Sequence[Row]) -> Safe:
    """Records in a scrolling panel; very long lists are cut, and say so."""
    more = len(rows) - SHOWN_ROWS
    note = f"只列前 {SHOWN_ROWS} 行，其余 {more} 行请导出查看" if more > 0 else ""
    return fill(
        '<div class="behind">{table}</div><p class="n">{note}</p>',
        table=table(ROW_COLUMNS, rows[:SHOWN_ROWS]),
        note=note,
    )


def _named(row: Row) -> Safe:
    place = [row["territory_zh"], row["detail_zh"]]
    return fill(
        '{name}<div class="n">{place}</div>',
        name=row["subject_zh"],
        place=" · ".join(text for text in place if text),
    )


def _when(row: Row) -> Safe:
    due = f"期限 {formats.day_iso(row['due_date'])}" if row["due_date"] else ""
    return fill('{day}<div class="n">{due}</div>', day=formats.day_iso(row["event_date"]), due=due)


def _standing(row: Row) -> Safe:
    return fill(
        '{status}<div class="n">{leader}</div>',
        status=row["status_zh"] or "",
        leader=row["leader_zh"] or "",
    )


def _place(row: Row) -> Safe:
    """Workbook, sheet and row, as far as there are any: a duty nobody met has none of them."""
    if not row["file_name"]:
        return Safe('<span class="quiet">没有报来工作簿</span>')
    return fill(
        '{file}<div class="n">{sheet}{row}</div>',
        file=row["file_name"],
        sheet=row["sheet_name"],
        row=f" 第 {row['row_number']} 行" if row["row_number"] else "",
    )


ROW_COLUMNS = (
    Column("名称、属地与内容", _named),
    Column("日期", _when, "name"),
    Column("状态", _standing, "name"),
    Column("计入", lambda row: formats.trimmed(row["amount"]), "num"),
    Column("工作簿、工作表、行", _place),
)


def members_table(members: Sequence[Row]) -> Safe:
    """Units behind a derived figure; each amount opens its own rows."""
    units = [
        {
            "name": name,
            "n_amount": group[0]["n_amount"],
            "figures": {f["indicator_code"]: f for f in group},
        }
        for name, group in (
            (name, list(rows))
            for name, rows in groupby(members, key=lambda row: row["unit_name_zh"])
        )
    ]
    kinds = {row["indicator_code"]: row["name_zh"] for row in members}
    columns = [Column("单位", lambda unit: unit["name"], "name")]
    columns += [_member_column(code, name) for code, name in kinds.items()]
    columns.append(Column("计入", lambda unit: formats.trimmed(unit["n_amount"]), "num"))
    return fill('<div class="behind">{table}</div>', table=table(columns, units))


def _member_column(code: str, name: str) -> Column:
    def shown(unit: Row) -> object:
        figure = unit["figures"][code]
        return fill(
            '{value} <span class="n">去年 {prior}</span>',
            value=formats.number(figure["value"], figure["decimals"]),
            prior=formats.number(figure["prior_value"], figure["decimals"]),
        )

    return Column(name, shown, "num", lambda unit: to_figure(unit["figures"][code], name))
