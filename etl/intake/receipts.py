"""Receipts: the append-only, ordered list of what was submitted, held, undone and reverted.

A build sees only the receipts in force; nothing is ever edited or removed, so every earlier state
can be had again. Decisions of people (`decisions/*.csv`) are rows of the same kind, kept apart
because people make them.
"""

import csv
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from etl.declarations.kind_answers import Columns, Kinds, Told
from warehouse.files import append_only
from warehouse.files.decisions import adopted
from warehouse.files.home import Home, append_rows

Kind = Literal["submit", "ask", "hold", "undo", "revert"]
ACCEPT_SHRINK = "accept_shrink.csv"
SHRUNK = "shrunk_slice"  # the one check a person may overrule
ACCEPT_COLUMNS = ("receipt_seq", "who", "decided_at", "why")


@dataclass(frozen=True)
class Receipt:
    """One line of receipts.jsonl.

    submit: a workbook came in, its sheets told to be of `kinds` (sheet or * → dataset), its
    columns answered as `columns` says. ask: a workbook waits for an answer to the question
    `reason`; `read` is what can be read of its tables all the same. hold:
    submission `targets` waits for confirmation, because of `reason`. undo: submissions `targets`
    no longer count. revert: all is as it was right after receipt `to_seq`.
    """

    seq: int
    kind: Kind
    at: str
    actor: str
    load_id: str
    sha256: str = ""
    name: str = ""
    as_of: str = ""
    unit: str = ""
    mode: str = ""
    targets: tuple[int, ...] = ()
    to_seq: int = 0
    reason: str = ""
    codes: tuple[str, ...] = ()
    kinds: Kinds = field(default_factory=dict)
    columns: Columns = field(default_factory=dict)
    read: tuple[dict[str, Any], ...] = ()

    @property
    def told(self) -> Told:
        """What a person said of this workbook."""
        return Told(self.kinds, self.columns)

    def lake_key(self, recipe: str) -> str:
        """What this workbook's rows are filed under in the lake."""
        return self.told.lake_key(recipe)


@dataclass
class Standing:
    """Submissions in force, those held and questions open, after replaying receipts in order."""

    active: dict[int, Receipt] = field(default_factory=dict)
    held: dict[int, str] = field(default_factory=dict)
    asked: dict[int, Receipt] = field(default_factory=dict)
    followed: dict[int, Receipt] = field(default_factory=dict)
    """Submission → the one of the same workbook it came after: in force while the later waits."""

    def copy(self) -> "Standing":
        return Standing(dict(self.active), dict(self.held), dict(self.asked), dict(self.followed))

    def answer(self, sha256: str) -> None:
        """No question about this workbook is open any more."""
        self.asked = {seq: r for seq, r in self.asked.items() if r.sha256 != sha256}

    def submit(self, receipt: Receipt, confirmed: frozenset[int]) -> None:
        """A workbook comes in, in place of its own earlier submission."""
        same = [seq for seq, r in self.active.items() if r.sha256 == receipt.sha256]
        for seq in same:
            earlier = self.active.pop(seq)
            waits = seq in self.held and seq not in confirmed
            if before := self.followed.get(seq) if waits else earlier:
                self.followed[receipt.seq] = before
        self.active[receipt.seq] = receipt
        self.answer(receipt.sha256)

    def undo(self, targets: Iterable[int], confirmed: frozenset[int]) -> None:
        """Submissions no longer count; what one followed while it waited counts again."""
        gone = set(targets)
        self.asked = {seq: r for seq, r in self.asked.items() if seq not in gone}
        self.followed = {seq: r for seq, r in self.followed.items() if r.seq not in gone}
        for seq in gone & self.active.keys():
            del self.active[seq]
            waits = seq in self.held and seq not in confirmed
            if waits and (before := self.followed.get(seq)):
                self.active[before.seq] = before


def now() -> str:
    """UTC time of receipt, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_load_id() -> str:
    """Time and a random part: sorts by time, never repeats."""
    return f"{now().replace(':', '').replace('-', '')}-{secrets.token_hex(3)}"


def read_receipts(home: Home) -> list[Receipt]:
    """All receipts in order; ValueError names the file when an earlier line is damaged."""
    names = {f.name for f in fields(Receipt)}
    receipts: list[Receipt] = []
    for line in append_only.read(home.receipts):
        row = {key: value for key, value in line.items() if key in names}
        tuples = {name: tuple(row.get(name, ())) for name in ("targets", "codes", "read")}
        receipts.append(Receipt(**{**row, **tuples}))
    return receipts


def append(home: Home, drafts: Iterable[dict[str, Any]]) -> list[Receipt]:
    """Number, stamp and append receipts; durable before it returns."""
    seq = len(read_receipts(home))
    stamped = [Receipt(seq=seq + turn, at=now(), **draft) for turn, draft in enumerate(drafts, 1)]
    if stamped:
        append_only.append(home.receipts, [asdict(receipt) for receipt in stamped])
    return stamped


def standing(receipts: Sequence[Receipt], accepted: frozenset[int] = frozenset()) -> Standing:
    """Replay receipts: what is in force, and what is held and not yet accepted by a person."""
    state = Standing()
    shrunk: set[int] = set()
    returned_to = {receipt.to_seq for receipt in receipts if receipt.kind == "revert"}
    after: dict[int, Standing] = {0: Standing()}
    for receipt in receipts:
        match receipt.kind:
            case "submit":
                state.submit(receipt, accepted & shrunk)
            case "ask":
                state.answer(receipt.sha256)
                state.asked[receipt.seq] = receipt
            case "hold":
                state.held |= dict.fromkeys(receipt.targets, receipt.reason)
                change = shrunk.update if receipt.codes == (SHRUNK,) else shrunk.difference_update
                change(receipt.targets)
            case "undo":
                state.undo(receipt.targets, accepted & shrunk)
            case "revert":
                state = after[receipt.to_seq].copy()
        if receipt.seq in returned_to:
            after[receipt.seq] = state.copy()
    confirmed = accepted & shrunk
    state.held = {
        s: why for s, why in state.held.items() if s in state.active and s not in confirmed
    }
    kept = [state.followed[seq] for seq in state.held if seq in state.followed]
    state.active |= {receipt.seq: receipt for receipt in kept}
    return state


def in_force(home: Home) -> Standing:
    """The standing of a home, decisions applied."""
    return standing(read_receipts(home), accepted_shrinks(home))


def accepted_shrinks(home: Home) -> frozenset[int]:
    """Submissions confirmed although they lose rows or deaths, or said to count (采用此表)."""
    counted = frozenset(a.receipt_seq for a in adopted(home).values())
    path = home.decisions / ACCEPT_SHRINK
    if not path.exists():
        return counted
    with path.open(encoding="utf-8", newline="") as handle:
        return counted | {int(row["receipt_seq"]) for row in csv.DictReader(handle)}


def accept_shrink(home: Home, seqs: Iterable[int], who: str, why: str) -> None:
    """Record the confirmation of held submissions: one more row each, older rows untouched."""
    rows = [(seq, who, now(), why) for seq in seqs]
    append_rows(home.decisions / ACCEPT_SHRINK, ACCEPT_COLUMNS, rows)


def decision_files(home: Home) -> list[Path]:
    """All decision files, which are inputs of a build."""
    return sorted(home.decisions.glob("*.csv"))
