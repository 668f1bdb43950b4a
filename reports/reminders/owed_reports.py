"""Who has not sent what is due for a month, and the words to ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from reports.document_files import SYNTHETIC_ZH
from reports.source import Row, Rows
from warehouse import formats

OWED = ("missing", "returned", "partial")
"""States in which a unit must still send: nothing came, all was handed back, part of the month."""


@dataclass(frozen=True)
class Owed:
    """One unit: its ledgers that are missing, rows of `report_states`."""

    unit_id: str
    unit_zh: str
    items: tuple[Row, ...]

    @property
    def ledgers_zh(self) -> str:
        """`隐患、执法已送退回 2 行`."""
        return "、".join(item["dataset_zh"] + came_zh(item) for item in self.items)


@dataclass(frozen=True)
class Chase:
    """The missing ledgers of one month, with days counted to `until`."""

    state: Row
    month: date
    until: date
    due_count: int
    units: tuple[Owed, ...]
    missing_before: dict[str, int]

    @property
    def items(self) -> list[Row]:
        """Every missing ledger, in administrative order."""
        return [item for unit in self.units for item in unit.items]

    @property
    def until_zh(self) -> str:
        """`2026年10月31日（数据截至）`: which day the days are counted to, and why that one."""
        is_data_end = self.until == self.state["data_as_of_date"]
        return formats.day_zh(self.until) + ("（数据截至）" if is_data_end else "（指定日期）")


def load(rows: Rows, month: date, until: date | None = None) -> Chase:
    """Who owes what for a month; without a day the days are counted to 数据截至."""
    state = rows("data_state")[0]
    found = [row for row in rows("report_states", month=month) if row["state"] != "not_due"]
    owing = [row for row in found if row["state"] in OWED]
    before: dict[str, int] = {}
    for row in rows("report_history", month=month):
        before[row["unit_id"]] = before.get(row["unit_id"], 0) + row["missing_count"]
    units = tuple(
        Owed(unit_id, name, tuple(items))
        for (unit_id, name), items in groupby(owing, lambda r: (r["unit_id"], r["unit_zh"]))
    )
    return Chase(state, month, until or state["data_as_of_date"], len(found), units, before)


def days_zh(due: date, until: date) -> str:
    """`逾期 5 天`, `当日到期`, `还有 5 天`."""
    days = (until - due).days
    if days == 0:
        return "当日到期"
    return f"逾期 {days} 天" if days > 0 else f"还有 {-days} 天"


def came_zh(item: Mapping[str, Any]) -> str:
    """`已送退回 2 行`, `未报全`: what became of a ledger that did come; nothing where none did."""
    return "" if item["state"] == "missing" else str(item["standing_zh"])


def text(chase: Chase, unit: Owed) -> str:
    """The reminder to one unit, ready to be sent."""
    month = formats.month_zh(chase.month)
    until = formats.day_zh(chase.until)
    terms = "；".join(
        f"{item['dataset_zh']}台账报送期限{formats.day_zh(item['due_date'])}，"
        f"{_standing(item['due_date'], chase.until)}{_came(item)}"
        for item in unit.items
    )
    names = "、".join(item["dataset_zh"] for item in unit.items)
    is_late = any(item["due_date"] < chase.until for item in unit.items)
    ask = "请尽快报送" if is_late else "请在期限前报送"
    mark = f"【{SYNTHETIC_ZH}】" if chase.state["is_synthetic"] else ""
    return (
        f"{mark}{unit.unit_zh}：截至{until}，贵单位{month}{names}台账{_lack(unit)}"
        f"（{terms}）。{ask}；当月没有事项的，请报零报告。如已报送，请与我办核对。\n"
        f"{chase.state['office_zh']}"
    )


def _lack(unit: Owed) -> str:
    missing = [item["state"] == "missing" for item in unit.items]
    if all(missing):
        return "尚未报送"
    return "尚未报送或没有报全" if any(missing) else "没有报全"


def _came(item: Row) -> str:
    """What did come, where it is not yet a report."""
    if item["state"] == "returned":
        return f"，已送的 {item['rejected_count']} 行全部退回，请改好重报"
    if item["state"] == "partial":
        return f"，已送的只到{formats.day_zh(item['as_of_date'])}"
    return ""


def _standing(due: date, until: date) -> str:
    days = (until - due).days
    if days == 0:
        return "当日到期"
    return f"已逾期{days}天" if days > 0 else f"距期限还有{-days}天"


def named(units: Sequence[Owed], limit: int = 5) -> str:
    """`荞岭镇（隐患）、柳笛镇（隐患、执法）`."""
    return formats.listed_zh([f"{unit.unit_zh}（{unit.ledgers_zh}）" for unit in units], limit)
