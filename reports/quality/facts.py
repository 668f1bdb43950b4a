"""What is known of the quality of one build: checks, findings, rows handed back, balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.source import Row, Rows
from warehouse import formats

NAMED = 3
WHOLE_AREA, EVERY_CHECK = "total", "*"
SPANS = {"month": "当月", "rolling12": "近12个月", "all": "全部月份"}
STATUS_ZH = {"passed": ("✓", "通过"), "noticed": ("!", "有提示"), "failed": ("✕", "不通过")}


@dataclass(frozen=True)
class Asked:
    """Month, span of months, unit and check that are looked at."""

    month: date
    span: str = "rolling12"
    unit_id: str = WHOLE_AREA
    check_code: str = EVERY_CHECK

    @property
    def params(self) -> dict[str, Any]:
        """Parameters of the queries."""
        year, number = divmod(self.month.year * 12 + self.month.month - 12, 12)
        first = {"month": self.month, "rolling12": date(year, number + 1, 1), "all": date.min}
        return {
            "month_from": first[self.span],
            "month_to": self.month if self.span != "all" else date.max,
            "unit_id": self.unit_id,
            "check_code": self.check_code,
        }

    @property
    def span_zh(self) -> str:
        """`2026年10月`, `2025年11月—2026年10月`, `全部月份`."""
        if self.span == "all":
            return SPANS["all"]
        return formats.span_with_year_zh(self.span, self.month)


@dataclass(frozen=True)
class Quality:
    """Everything the page and the document show."""

    asked: Asked
    state: Row
    units: list[Row]
    checks: list[Row]
    cells: list[Row]
    findings: list[Row]
    rejects: list[Row]
    ledger: list[Row]
    skips: list[Row]
    held: list[Row]

    @property
    def unit_zh(self) -> str:
        """Name of the unit that is looked at."""
        names = {row["unit_id"]: row["name_zh"] for row in self.units}
        return str(names[self.asked.unit_id])

    def total(self, name: str) -> int:
        """Sum of a column of the row balance."""
        return sum(row[name] for row in self.ledger)

    @property
    def is_balanced(self) -> bool:
        """Whether every workbook's rows are loaded, handed back or skipped, and kinds add up."""
        whole = all(
            r["row_count"] == r["loaded_count"] + r["rejected_count"] + r["skipped_count"]
            for r in self.ledger
        )
        return whole and sum(s["row_count"] for s in self.skips) == self.total("skipped_count")

    def with_status(self, *statuses: str) -> list[Row]:
        """Checks that ended so."""
        return [check for check in self.checks if check["status"] in statuses]


def load(rows: Rows, asked: Asked) -> Quality:
    """Ask one build everything."""
    told = asked.params
    return Quality(
        asked,
        rows("data_state")[0],
        rows("units"),
        rows("quality_checks"),
        rows("quality_cells", **told),
        rows("quality_findings", **told),
        rows("quality_rejects", **told),
        rows("quality_ledger", **told),
        rows("quality_skips", **told),
        rows("held_submissions"),
    )


def headline(quality: Quality) -> str:
    """The conclusion: how many checks, how many speak, what waits."""
    checks, noticed = len(quality.checks), len(quality.with_status("noticed"))
    failed = quality.with_status("failed")
    parts = [f"{checks} 项检查，{checks - noticed - len(failed)} 项通过"]
    if failed:
        parts.append(f"{len(failed)} 项不通过：{formats.listed_zh(names(failed), 3)}")
    parts.append(f"{noticed} 项有提示" if noticed else "没有提示")
    if 0 < noticed <= NAMED:
        parts[-1] += f"：{'、'.join(names(quality.with_status('noticed')))}"
    if quality.held:
        parts.append(f"{len(quality.held)} 份报送待确认")
    return "，".join(parts)


def lead(quality: Quality) -> str:
    """The row balance in a sentence, and how much was handed back."""
    rows, records = quality.total("row_count"), records_of(quality)
    rejected = quality.total("rejected_count")
    balance = (
        f"{quality.unit_zh}现行 {len(quality.ledger)} 份工作簿共 {formats.number(rows)} 行"
        f"＝入库 {formats.number(quality.total('loaded_count'))}"
        f"＋退回 {formats.number(rejected)}＋跳过 {formats.number(quality.total('skipped_count'))}"
    )
    held = "，逐份相符" if quality.is_balanced else "，有不相符的，请联系管理员"
    share = f"；记录行退回率 {rejected_share(rejected, records)}" if records else ""
    return f"{balance}{held}{share}。"


def records_of(quality: Quality) -> int:
    """Rows that are records: loaded and handed back; titles, heads and totals are none."""
    return quality.total("loaded_count") + quality.total("rejected_count")


def rejected_share(rejected: int, records: int) -> str:
    """`0.10%（7/6 747）`."""
    share = formats.quantity(100 * rejected / records, "%", 2)
    return f"{share}（{formats.number(rejected)}/{formats.number(records)}）"


def names(checks: Sequence[Mapping[str, Any]]) -> list[str]:
    """Names of checks."""
    return [check["name_zh"] for check in checks]


def place(row: Mapping[str, Any]) -> str:
    """`工作簿 工作表 第 3 行`, as far as it is known."""
    parts = [row["file_name"], row["sheet_name"]]
    if row["row_number"]:
        parts.append(f"第 {row['row_number']} 行")
    return "　".join(str(part) for part in parts if part) or "跨表核对，不指某一行"
