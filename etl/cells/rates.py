"""Rates: 93.5%, 93.5 and 0.935 are one value where the column says which is meant.

A rate is stored in percent (93.5). A text with % is what it says. Bare numbers are read as the
column as a whole allows: under a header with % they are percent, without one they are fractions
when none passes 1. Where both readings remain (0.9 beside 93.5, or all at most 1 under a header
with %) the small ones are doubted and handed back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from etl.cells.numbers import PERCENT, SEVERAL, doubt, read_number
from etl.declarations.text_keys import compact, stands_apart

_PLACES: Final = Decimal("0.0001")
_HUNDRED: Final = Decimal(100)
_LARGEST: Final = Decimal(10) ** 8

AMBIGUOUS: Final = "（本列有的大于 1、有的不大于 1，分不清是百分数还是小数）"
ALL_SMALL: Final = "（表头写明%，全列却都不大于 1，分不清是百分数还是小数）"


def rate_reader(
    texts: Iterable[str], states_percent: bool
) -> Callable[[str], tuple[Decimal | None, str, str]]:
    """The reader of one column, after a look at all its distinct texts."""
    bare = [n for t in texts if (n := _bare(compact(t))) is not None]
    has_small = any(0 < n <= 1 for n in bare)
    has_large = any(n > 1 for n in bare)
    factor = _HUNDRED if has_small and not has_large and not states_percent else Decimal(1)
    note = ""
    if has_small and has_large and not states_percent:
        note = AMBIGUOUS
    elif has_small and not has_large and states_percent:
        note = ALL_SMALL

    def read(text: str) -> tuple[Decimal | None, str, str]:
        word = compact(text)
        if stands_apart(text):
            return None, "bad_rate", SEVERAL
        number = _bare(word)
        if number is not None and 0 < number <= 1 and note:
            return None, "bad_rate", note
        value = number * factor if number is not None else _said(word)
        if value is None or value >= _LARGEST:
            said = doubt(word, {}, "")
            return None, "bad_rate", "" if said == PERCENT else said
        if value < 0:
            return None, "negative_number", ""
        return value.quantize(_PLACES, ROUND_HALF_UP), "", ""

    return read


def _bare(word: str) -> Decimal | None:
    found = read_number(word, ())
    return found[0] if found else None


def _said(word: str) -> Decimal | None:
    """93.5% or 百分之九十三: the percent a text states itself."""
    if word.startswith("百分之"):
        return _bare(word.removeprefix("百分之"))
    return _bare(word[:-1]) if word.endswith("%") else None
