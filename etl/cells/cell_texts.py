"""What a program put around a cell's text, and texts that are a program's complaint.

Exports keep long numbers as ="3704…" or with an apostrophe before them, and write errors of a
formula out as text. The first is taken off, the second is an error value wherever it stands.
"""

from __future__ import annotations

import re

_FORMULA_TEXT = re.compile(r'\s*=\s*"([^"]*)"\s*')
_APOSTROPHE = re.compile(r"\s*['＇‘’`](?=[^'＇‘’`]+$)")
_BEFORE_A_NUMBER = re.compile(r"\s*['＇‘’`](?=[\w.\-/]+\s*$)", re.ASCII)
_ERROR = re.compile(
    r"\s*#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|#{2,})\s*", re.IGNORECASE
)

_CLOCK_RESIDUE = re.compile(r"(?<=^\d{4}-\d\d-\d\d) 00:00:00$|^1899-12-3[01] (?=\d\d:)")

MARKED = "^\\s*[=#'＇‘’`]"
"""How a text begins that may be one of these."""


def unwrapped(text: str, is_text: bool) -> str:
    """The text without ="…" or an apostrophe before it; of words the apostrophe stays."""
    if match := _FORMULA_TEXT.fullmatch(text):
        return match[1]
    return (_BEFORE_A_NUMBER if is_text else _APOSTROPHE).sub("", text, count=1)


def as_typed(text: str) -> str:
    """Without what a reader adds: the midnight of a day, the day zero of a time of day."""
    return _CLOCK_RESIDUE.sub("", text)


def is_error(text: str) -> bool:
    """#REF!, #N/A … as text, or ###### of a column too narrow."""
    return _ERROR.fullmatch(text) is not None
