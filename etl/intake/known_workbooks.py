"""Workbooks that came before: what was said of one holds until a person says otherwise.

The same bytes with the same words change nothing; with another unit, mode, kind or column they are
a new submission that takes the place of the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from etl.declarations.kind_answers import Columns, Kinds, Told
from etl.intake.incoming import hash_of
from etl.intake.receipts import Receipt, in_force
from etl.intake.submissions import Reporters, mode_of, unit_of
from etl.recognise.column_answers import heeded_of
from warehouse.files.home import Home


class Said(Protocol):
    """What a call says of its workbooks; empty where it says nothing."""

    @property
    def unit(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def kinds(self) -> Kinds: ...
    @property
    def columns(self) -> Columns: ...


@dataclass(frozen=True)
class Sending:
    """How one workbook is sent: for whom, replacing or adding, and what was told of it."""

    unit: str = ""
    mode: str = ""
    told: Told = field(default_factory=Told)

    @classmethod
    def of(cls, receipt: Receipt) -> Sending:
        """As it was sent before."""
        return cls(receipt.unit, receipt.mode, receipt.told)

    def with_words(self, said: Said) -> Sending:
        """As it is sent now: new words go before those of the last time."""
        columns = {**self.told.columns, **said.columns}
        told = Told(said.kinds or self.told.kinds, columns)
        return Sending(said.unit or self.unit, said.mode or self.mode, told)

    def meaning(self, verdict: Mapping[str, Any], reporters: Reporters) -> object:
        """What the words come to: units and modes of its tables, and how it is read."""
        sheets = [sheet for sheet in verdict["sheets"] if sheet["dataset"]]
        whose = [unit_of(sheet, self.unit, reporters) for sheet in sheets]
        return whose, [mode_of(sheet["mode"], self.mode) for sheet in sheets], self.told


def known_sendings(home: Home) -> dict[str, Sending]:
    """By hash, how each workbook in force, or waiting for an answer, was sent."""
    standing = in_force(home)
    return {r.sha256: Sending.of(r) for r in (*standing.asked.values(), *standing.active.values())}


def told_of(home: Home, paths: Iterable[Path], said: Said) -> list[tuple[Path, Told]]:
    """Each workbook with what was told about it; a known one needs no telling again."""
    known = known_sendings(home)
    if not any(sending.told != Told() for sending in known.values()):
        return [(path, Sending().with_words(said).told) for path in paths]
    before = ((path, known.get(hash_of(path), Sending())) for path in paths)
    return [(path, sending.with_words(said).told) for path, sending in before]


def refuse_unheard(columns: Columns, verdicts: Iterable[Mapping[str, Any]]) -> None:
    """ValueError in Chinese for an answer about a column that none of the workbooks has."""
    judged = list(verdicts)
    if not columns or not all(verdict["sheets"] for verdict in judged):
        return
    found = {h for v in judged for h in heeded_of(Told(columns=columns), v).columns}
    if lost := [header for header in columns if header not in found]:
        raise ValueError(f"工作簿里没有表头为“{'”“'.join(lost)}”的列；表头请照提示里的写法写")
