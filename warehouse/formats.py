"""The one formatter: screen, workbook and document print a figure with the same characters."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

#: The office's clock: times of receipt and of publishing are said in it.
BEIJING = timezone(timedelta(hours=8))
THIN_SPACE = "\u2009"
MINUS = "\u2212"
MISSING = "—"
RISE, FALL = "▲", "▼"
SPAN_CHOICES_ZH = {"month": "当月", "rolling12": "滚动12月"}
QUARTERS_ZH = ("一季度", "二季度", "三季度", "四季度")
STATUS_ZH = {
    "met": ("✓", "达标"),
    "missed": ("✕", "未达标"),
    "breached": ("✕", "未达标（已突破）"),
    "running": ("◔", "进行中"),
    "no_target": ("–", "未设目标"),
    "not_applicable": ("–", "不适用"),
}
COMPARATORS_ZH = {"<": "＜", "<=": "≤", ">": "＞", ">=": "≥", "=": "", "down_yoy": "低于去年同期"}


def is_missing(value: Any) -> bool:
    """None, NaN and NaT are one thing: no value."""
    return value is None or bool(value != value)  # noqa: PLR0124 - NaN differs from itself


def rounded(value: Any, decimals: int = 0) -> Decimal:
    """Half up, as people round on paper; 0.285 stays 0.285 because it goes through text."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return exact or abs(exact)  # −0.04 is 0.0, not −0.0


def number(value: Any, decimals: int = 0) -> str:
    """`1 286` with a thin space per thousand, `−3.5` with a true minus."""
    if is_missing(value):
        return MISSING
    text = f"{rounded(value, decimals):,}".replace(",", THIN_SPACE)
    return text.replace("-", MINUS)


def trimmed(value: Any) -> str:
    """A number with no more decimals than it has: target values, amounts of money."""
    if is_missing(value):
        return MISSING
    exact = Decimal(str(value)).normalize()
    return number(exact, max(0, -int(exact.as_tuple().exponent)))


def quantity(value: Any, unit: str = "", decimals: int = 0) -> str:
    """`31 起`, `95.2%`, `0.0057 人/亿元`, `—`."""
    if is_missing(value):
        return MISSING
    return with_unit(number(value, decimals), unit)


def with_unit(text: str, unit: str) -> str:
    """The unit behind a number already printed; % takes no space."""
    if not unit:
        return text
    return f"{text}%" if unit == "%" else f"{text} {unit}"


def change_unit(unit: str) -> str:
    """Two percentages differ by 个百分点, everything else by its own unit."""
    return "个百分点" if unit == "%" else unit


def direction_mark(change_value: Any) -> str:
    """▲, ▼ or nothing: the way the figure went, not whether that is good."""
    if is_missing(change_value) or change_value == 0:
        return ""
    return RISE if change_value > 0 else FALL


def change(change_value: Any, unit: str = "", decimals: int = 0) -> str:
    """`▼ 12 起`, `▲ 3.8 个百分点`, `持平`, `—`."""
    if is_missing(change_value):
        return MISSING
    if change_value == 0:
        return "持平"
    size = quantity(abs(change_value), change_unit(unit), decimals)
    return f"{direction_mark(change_value)} {size}"


def change_pct(pct: Any) -> str:
    """`（下降 27.9%）`, nothing where the base is too small for a percentage."""
    if is_missing(pct) or pct == 0:
        return ""
    return f"（{'上升' if pct > 0 else '下降'} {number(abs(pct), 1)}%）"


def change_in_words(
    change_value: Any,
    pct: Any = None,
    base_state: str = "ok",
    unit: str = "",
    decimals: int = 0,
) -> str:
    """`▼ 12 起（下降 27.9%）`, `去年同期为0，增加 2 起`, `持平`, `去年同期无数据`."""
    if base_state == "none" or is_missing(change_value):
        return "去年同期无数据"
    if change_value == 0:
        return "持平"
    if base_state == "zero":
        return f"去年同期为0，增加 {quantity(change_value, change_unit(unit), decimals)}"
    text = change(change_value, unit, decimals)
    if unit == "%" or base_state == "small":
        return text
    return text + change_pct(pct)


def comparison_clause(change_value: Any, unit: str = "", decimals: int = 0) -> str:
    """A change inside a sentence: `同比减少 12 起`, `与去年同期持平`."""
    if is_missing(change_value):
        return "去年同期无数据"
    if change_value == 0:
        return "与去年同期持平"
    verb = "增加" if change_value > 0 else "减少"
    return f"同比{verb} {quantity(abs(change_value), change_unit(unit), decimals)}"


def share(numerator: Any, denominator: Any) -> str:
    """`79/83`: the n below a rate."""
    return f"{trimmed(numerator)}/{trimmed(denominator)}"


def target(comparator: str, target_value: Any, unit: str = "", is_soft: Any = False) -> str:
    """`目标 100%`, `目标 ≥ 60%（力争）`, `目标 低于去年同期`."""
    sign = COMPARATORS_ZH.get(comparator, comparator)
    is_relative = comparator == "down_yoy" or is_missing(target_value)
    size = "" if is_relative else with_unit(trimmed(target_value), unit)
    words = " ".join(part for part in (sign, size) if part)
    return f"目标 {words}{'（力争）' if is_soft and not is_missing(is_soft) else ''}"


def as_date(value: Any) -> date | None:
    """A date from what DuckDB, pandas or a web address hands over."""
    if is_missing(value):
        return None
    if isinstance(value, str):
        return datetime.fromisoformat(value).date()
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def day_zh(value: Any) -> str:
    """`2026年10月31日`."""
    day = as_date(value)
    return MISSING if day is None else f"{day.year}年{day.month}月{day.day}日"


def cutoff_zh(value: Any) -> str:
    """`2026年10月31日24时`: the end of the day data run to."""
    text = day_zh(value)
    return text if text == MISSING else f"{text}24时"


def day_iso(value: Any) -> str:
    """`2026-10-08`, for tables and files."""
    day = as_date(value)
    return MISSING if day is None else day.isoformat()


def day_short(value: Any) -> str:
    """`10/08`, for lists whose year is known."""
    day = as_date(value)
    return MISSING if day is None else f"{day.month:02}/{day.day:02}"


def month_zh(value: Any) -> str:
    """`2026年10月`."""
    day = as_date(value)
    return MISSING if day is None else f"{day.year}年{day.month}月"


def month_code(value: Any) -> str:
    """`2026-10`, for web addresses and file names."""
    day = as_date(value)
    return "" if day is None else f"{day.year}-{day.month:02}"


def last_day(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def span_zh(span_kind: str, span_month: Any) -> str:
    """`10月`, `1—10月`, `三季度`, `2026年`, `2025年11月—2026年10月`."""
    day = as_date(span_month)
    if day is None:
        return MISSING
    if span_kind == "ytd":
        return "1月" if day.month == 1 else f"1—{day.month}月"
    if span_kind == "quarter":
        return QUARTERS_ZH[(day.month - 1) // 3]
    if span_kind == "year":
        return f"{day.year}年"
    if span_kind == "rolling12":
        first = date(day.year - (day.month < 12), day.month % 12 + 1, 1)
        return f"{month_zh(first)}—{month_zh(day)}"
    return f"{day.month}月"


def span_with_year_zh(span_kind: str, span_month: Any) -> str:
    """`2026年1—10月`: the span where no year stands beside it."""
    text = span_zh(span_kind, span_month)
    day = as_date(span_month)
    return text if day is None or "年" in text else f"{day.year}年{text}"


def span_choice_zh(span_kind: str, span_month: Any) -> str:
    """The word on the span switch: `当月`, `1—10月`, `滚动12月`."""
    return SPAN_CHOICES_ZH.get(span_kind) or span_zh(span_kind, span_month)


def listed_zh(names: list[str], limit: int = 5) -> str:
    """`甲镇、乙镇等 7 个`: names in a line, cut only with the count said."""
    if len(names) <= limit:
        return "、".join(names)
    return f"{'、'.join(names[:limit])}等 {len(names)} 个"


def waits_zh(waiting: int, withdrawn: int) -> str:
    """What is left for a person after a load, in one sentence; empty where nothing is."""
    parts = []
    if waiting:
        parts.append(f"{waiting} 份等人确认或答复，先不计入")
    if withdrawn:
        parts.append(f"{withdrawn} 行撤回，没有新行代替，请核对")
    return "；".join(parts)


def overdue_days(row: Mapping[str, Any], as_of: date) -> int:
    """Days a row is past its deadline; they stand still on the day its unit's ledgers reach."""
    if not row["due_date"]:
        return 0
    until = min(as_of, as_date(row["data_date"]) or as_of)
    return int((until - row["due_date"]).days)
