"""What people have decided and declared, as `decisions/` keeps it: who, when, why. Read only.

A row of `duplicates.csv` says which row stays, which is merged into it (or that they are two
cases). Nothing is ever edited: of several rows on one pair the last holds, and `undecided` takes a
decision back. Writing belongs to `etl`; a page starts the command.
"""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from warehouse.files.home import Home

DUPLICATES, CORRECTIONS, ADOPTED = "duplicates.csv", "corrections.csv", "adopted.csv"
STARTED = "started.csv"
VERDICTS = {
    "duplicate": "判为同一件，{dropped} 并入 {kept}，只计一次",
    "distinct": "判为两件，{kept} 与 {dropped} 都计入，不再提示",
    "undecided": "已撤回判定，{kept} 与 {dropped} 恢复原状",
}

ADOPTION_VERDICTS = {
    "adopt": "采用收件 {seq}：所说的时段以它为准，直到有更新的台账",
    "undecided": "已撤回，收件 {seq} 恢复按新旧先后",
}

START_VERDICTS = {
    "start": "{dataset} 从 {month} 起纳入报送（{unit}）",
    "undecided": "已撤回，{dataset} 的纳入起始月恢复按首次收件（{unit}）",
}


@dataclass(frozen=True)
class Decision:
    """One row of `duplicates.csv`; `verdict` is a key of VERDICTS, rows are named by identity."""

    kept: str
    dropped: str
    verdict: str
    who: str
    decided_at: str
    why: str

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.kept, self.dropped))

    @property
    def mark(self) -> str:
        """Names the pair in an address: identities are text of workbooks, this is not."""
        named = "\0".join(sorted(self.pair))
        return hashlib.sha256(named.encode()).hexdigest()[:16]

    def told(self) -> str:
        """The decision in one Chinese sentence."""
        return VERDICTS[self.verdict].format(kept=self.kept, dropped=self.dropped)


def read_decisions(home: Home) -> list[Decision]:
    """All rows on doubted pairs, oldest first."""
    return [Decision(**row) for row in _rows(home, DUPLICATES)]


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The last decision on each pair, those taken back left out."""
    last = {decision.pair: decision for decision in decisions}
    return [decision for decision in last.values() if decision.verdict != "undecided"]


@dataclass(frozen=True)
class Adoption:
    """One row of `adopted.csv`: submission `receipt_seq` counts before all up to `after_seq`."""

    receipt_seq: int
    after_seq: int
    verdict: str
    who: str
    decided_at: str
    why: str

    def told(self) -> str:
        """The decision in one Chinese sentence."""
        return ADOPTION_VERDICTS[self.verdict].format(seq=self.receipt_seq)


def read_adoptions(home: Home) -> list[Adoption]:
    """All rows, oldest first."""
    words = ("verdict", "who", "decided_at", "why")
    return [
        Adoption(int(row["receipt_seq"]), int(row["after_seq"]), *(row[name] for name in words))
        for row in _rows(home, ADOPTED)
    ]


def adopted(home: Home) -> dict[int, Adoption]:
    """The last decision on each submission by its number, those taken back left out."""
    last = {a.receipt_seq: (number, a) for number, a in enumerate(read_adoptions(home), 1)}
    return {number: a for number, a in last.values() if a.verdict != "undecided"}


@dataclass(frozen=True)
class Start:
    """One row of `started.csv`: a dataset is owed from `month` on, by a unit or (empty) by all."""

    dataset: str
    unit_id: str
    month: str
    verdict: str
    who: str
    decided_at: str
    why: str

    def told(self) -> str:
        """The decision in one Chinese sentence."""
        unit = self.unit_id or "所有应报单位"
        return START_VERDICTS[self.verdict].format(
            dataset=self.dataset, month=self.month, unit=unit
        )


def started(home: Home) -> dict[tuple[str, str], Start]:
    """The last decision on each dataset and unit, those taken back left out."""
    last = {(row["dataset"], row["unit_id"]): Start(**row) for row in _rows(home, STARTED)}
    return {key: one for key, one in last.items() if one.verdict != "undecided"}


def declared_corrections(home: Home) -> dict[int, dict[str, str]]:
    """Rows of `corrections.csv` by number, as written: who, decided_at, why, the two values."""
    return {int(row["correction_id"]): row for row in _rows(home, CORRECTIONS)}


def _rows(home: Home, name: str) -> list[dict[str, str]]:
    path = home.decisions / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))
