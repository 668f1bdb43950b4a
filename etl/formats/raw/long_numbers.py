"""Numeric cells that may not be what was typed: too many digits, or a month .1 that was .10."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_DOUBTFUL = re.compile(rb"<v>(?:-?\d{16,}|\d(?:\.\d+)?[Ee]\+?0*(?:1[5-9]|2\d)|20\d\d\.1)</v>")
_POWER = re.compile(rb"<v>\d(?:\.\d{1,9})?[Ee]\+?(?:1[5-9]|2\d)</v>")


def long_numbers(text: bytes, raw: NDArray[np.uint8], worded: Ints, lengths: Ints) -> Iterator[int]:
    """Positions of the `<v>` whose numbers are doubtful, among those with text, in order."""
    last = len(raw) - 1
    point = raw[np.minimum(worded + 7, last)] == 46
    for start in worded[(lengths >= 16) | ((lengths == 6) & point)].tolist():
        if _DOUBTFUL.match(text, start):
            yield start
    before_power = [raw[np.minimum(worded + lengths - back, last)] for back in (0, 1)]
    powers = np.logical_or.reduce([(sign | 32) == 101 for sign in before_power])
    for start in worded[powers & (lengths >= 4)].tolist():
        if _POWER.match(text, start):
            yield start
