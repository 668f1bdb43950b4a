"""Days and times of OpenDocument as the readers of the other formats write them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_DAY_ZERO = datetime(1899, 12, 31)  # noqa: DTZ001 - a time of day without a place


def day_text(text: str) -> str:
    """2024-03-05T08:00:00.5 → 2024-03-05 08:00:00."""
    day, _, time = text.partition("T")
    return f"{day} {time.partition('.')[0] or '00:00:00'}" if day else ""


def time_text(text: str) -> str:
    """PT08H30M00S → the day zero at half past eight."""
    match = _DURATION.fullmatch(text)
    if not match:
        return text
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    try:
        return str(_DAY_ZERO - length if match[1] else _DAY_ZERO + length)
    except OverflowError:
        return text
