"""Months and days of the sampled years."""

from calendar import monthrange
from datetime import date, timedelta
from random import Random


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def months_of(year: int, first: date, last: date) -> list[int]:
    """The months of a year that lie between two dates."""
    return [m for m in range(1, 13) if first.replace(day=1) <= date(year, m, 1) <= last]


def month_before(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def day_in(year: int, month: int, rng: Random, *, working: bool = False) -> date:
    """A random day of a month; a working day where asked."""
    days = [date(year, month, d) for d in range(1, monthrange(year, month)[1] + 1)]
    return rng.choice([d for d in days if d.weekday() < 5] if working else days)


def later(day: date, rng: Random, low: int, high: int) -> date:
    """Some days later."""
    return day + timedelta(days=rng.randint(low, high))


def period_zh(year: int, last_month: int) -> str:
    """2026年1—10月, or 2025年 for a complete year."""
    if last_month == 12:
        return f"{year}年"
    return f"{year}年1月" if last_month == 1 else f"{year}年1—{last_month}月"
