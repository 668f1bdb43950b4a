"""Day serials and the day texts a reader makes of them, in both calendars of Excel."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_DAY = 86_400
_LEAP_BUG = 60
"""Excel counts a 29 February 1900; before it serials lie a day later."""
_END = 2_958_466
_ZERO, _ZERO_EARLY, _ZERO_1904 = (
    float(np.datetime64(day, "s").astype(np.int64))
    for day in ("1899-12-30", "1899-12-31", "1904-01-01")
)
_MOMENT = r"^\+?\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?$"
_LENGTH = len("2026-03-05 00:00:00")


def seconds_of_serials(serials: Floats, is_1904: bool) -> Floats:
    """Seconds since 1970 of day serials."""
    if is_1904:
        return serials * _DAY + _ZERO_1904
    return serials * _DAY + np.where(serials < _LEAP_BUG, _ZERO_EARLY, _ZERO)


def seconds_of_texts(texts: pa.StringArray) -> Floats:
    """Seconds since 1970 of 2026-03-05 08:30:00.25, whole; NaN for what is no such text."""
    heads = pc.utf8_slice_codeunits(texts, 0, _LENGTH)
    try:
        moments = pc.cast(pc.cast(heads, pa.timestamp("s")), pa.int64())
        found: Floats = moments.to_numpy(zero_copy_only=False).astype(np.float64)
    except pa.ArrowInvalid:
        found = np.array([_one(text) for text in texts.to_pylist()], np.float64)
    is_whole = pc.match_substring_regex(texts, _MOMENT).to_numpy(zero_copy_only=False)
    return np.where(is_whole, found, np.nan)


def _one(text: str) -> float:
    try:
        return float(np.datetime64(text.lstrip("+").replace(" ", "T"), "s").astype(np.int64))
    except ValueError:
        return np.nan


def agree(texts: pa.StringArray, serials: Floats, is_1904: bool) -> Flags:
    """Which day texts are what the serials say; readers round to a second either way."""
    apart = np.abs(seconds_of_texts(texts) - seconds_of_serials(serials, is_1904))
    flags: Flags = apart < 1.0005
    return flags


def are_days(serials: Floats) -> Flags:
    """Serials Excel can show as a day."""
    flags: Flags = (serials >= 0) & (serials < _END)
    return flags


def day_texts(serials: Floats, is_1904: bool) -> pa.StringArray:
    """Serials as a reader writes them: 2026-03-05 00:00:00."""
    moments = np.rint(seconds_of_serials(serials, is_1904)).astype("datetime64[s]")
    return pc.replace_substring(pa.array(np.datetime_as_string(moments).tolist()), "T", " ")
