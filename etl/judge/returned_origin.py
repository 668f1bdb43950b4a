"""What a 退回工作簿 says of itself: of which table each sheet holds rows, under which headers.

It stands on a hidden sheet as text, one line per sheet, each with a checksum; every row carries
its own number with a checksum in a visible column. Rows may be sorted or deleted, the file saved
by any program: a row is known by its number, never by its place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

MARK = "晾晒台退回工作簿·第1版"
SHEET = "来源"
OPTIONS_SHEET = "选项"
NUMBER_HEADER = "退回编号（勿改）"
_CHECK = 6


@dataclass(frozen=True)
class Asked:
    """One field on a returned sheet: its own column, its 更正 column, the unit of its numbers."""

    field: str
    header: str
    correction: str
    unit: str


@dataclass(frozen=True)
class Origin:
    """The table rows were handed back from; dates are ISO text, empty where nothing was stated."""

    sha256: str
    file_name: str
    sheet_no: int
    sheet: str
    table_no: int
    dataset: str
    unit_id: str
    unit_text: str
    as_of: str
    last_day: str
    period_from: str
    period_to: str
    is_since: bool
    markers: dict[str, str]
    asked: tuple[Asked, ...]
    cumulative: str = ""
    """Why its figures are totals since January, in words; empty when they are of the month."""

    @property
    def place(self) -> str:
        """What tells this table from every other one."""
        return f"{self.sha256}|{self.sheet_no}|{self.table_no}"

    def token(self, row: int) -> str:
        """The number of one rejected row, written beside it."""
        return f"{row}-{_checksum(f'{self.place}|{row}')}"

    def row_of(self, token: str) -> int | None:
        """The row a number stands for; None when it belongs elsewhere or was altered."""
        row, _, check = token.strip().partition("-")
        if not row.isdecimal() or len(row) > 7:
            return None
        return int(row) if check.upper() == _checksum(f"{self.place}|{int(row)}") else None


def lines(origins: Iterable[Origin]) -> list[tuple[str, str]]:
    """The lines of the hidden sheet: text and its checksum, the mark first."""
    texts = [MARK, *(json.dumps(asdict(o), ensure_ascii=False) for o in origins)]
    return [(text, _checksum(text)) for text in texts]


def read(cells: Iterable[tuple[str, str]]) -> list[Origin] | None:
    """The tables a hidden sheet names; None when it is no such sheet, ValueError when altered."""
    rows = [(text, check.strip()) for text, check in cells if text.strip()]
    if not rows or rows[0][0].strip() != MARK:
        return None
    if any(_checksum(text) != check.upper() for text, check in rows):
        raise ValueError(SHEET)
    return [_origin(json.loads(text)) for text, _ in rows[1:]]


def _origin(said: dict[str, Any]) -> Origin:
    return Origin(**{**said, "asked": tuple(Asked(**a) for a in said["asked"])})


def _checksum(text: str) -> str:
    """Guards against a slip of the hand, not against forgery: whoever sends a ledger may err."""
    return hashlib.sha256(text.encode()).hexdigest()[:_CHECK].upper()
