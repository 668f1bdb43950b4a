"""Decisions of people on two rows that may tell of one case: `decisions/duplicates.csv`.

A row of that file says which row stays, which is merged into it (or that they are two cases), who
decided, when and why. Rows of ledgers are named by identity (`hazard:单位:隐患编号`), so that a
decision survives a ledger sent again. Nothing is ever edited: of several rows on one pair the last
holds, and `undecided` takes a decision back.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path

import pyarrow as pa

from etl.receipts import now
from warehouse import queries
from warehouse.database import Connection, put_table
from warehouse.home import Home, write_atomic

DUPLICATES = "duplicates.csv"
VERDICTS = {
    "duplicate": "判为同一件，{dropped} 并入 {kept}，只计一次",
    "distinct": "判为两件，{kept} 与 {dropped} 都计入，不再提示",
    "undecided": "已撤回判定，{kept} 与 {dropped} 恢复原状",
}


@dataclass(frozen=True)
class Decision:
    """One row of the file; `verdict` is a key of VERDICTS."""

    kept: str
    dropped: str
    verdict: str
    who: str
    decided_at: str
    why: str

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.kept, self.dropped))

    def told(self) -> str:
        """The decision in one Chinese sentence."""
        return VERDICTS[self.verdict].format(kept=self.kept, dropped=self.dropped)


SCHEMA = pa.schema([(field.name, pa.string()) for field in fields(Decision)])


def read_decisions(home: Home) -> list[Decision]:
    """All rows, oldest first."""
    path = _path(home)
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return [Decision(**row) for row in csv.DictReader(handle)]


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The last decision on each pair, those taken back left out."""
    last = {decision.pair: decision for decision in decisions}
    return [decision for decision in last.values() if decision.verdict != "undecided"]


def put_decisions(connection: Connection, decisions: Iterable[Decision]) -> None:
    """Standing decisions as an input of the build."""
    rows = [asdict(decision) for decision in standing(decisions)]
    put_table(connection, "lake.duplicate_decision", pa.Table.from_pylist(rows, schema=SCHEMA))


def decide(home: Home, rows: tuple[str, str], verdict: str, who: str, why: str) -> Decision:
    """Add a decision; ValueError where it makes no sense, LookupError without such a row."""
    if not why.strip():
        raise ValueError("请用 --why 写明理由")
    decisions = read_decisions(home)
    known = {name for decision in decisions for name in decision.pair}
    kept, dropped = (_identity(home, words, known) for words in rows)
    if kept == dropped:
        raise ValueError("两行是同一行，不用判定")
    if kept.split(":")[0] != dropped.split(":")[0]:
        raise ValueError("一行是事故、一行是隐患，不能判为同一件")
    decision = Decision(kept, dropped, verdict, who, now(), " ".join(why.split()))
    if verdict == "undecided" and decision.pair not in {d.pair for d in standing(decisions)}:
        raise LookupError(f"{kept} 与 {dropped} 没有可撤回的判定")
    if verdict == "duplicate":
        _forbid_circle(decisions, decision)
    _append(home, decision)
    return decision


def _forbid_circle(decisions: list[Decision], decision: Decision) -> None:
    """A row merged into another cannot be the one that stays for it, however many lie between."""
    others = [d for d in standing(decisions) if d.pair != decision.pair]
    into = {d.dropped: d.kept for d in others if d.verdict == "duplicate"}
    stays: str | None = decision.kept
    while stays is not None:
        if stays == decision.dropped:
            raise ValueError(f"{decision.kept} 已判为并入 {decision.dropped}，请先撤回那个判定")
        stays = into.get(stays)


def _identity(home: Home, words: str, known: set[str]) -> str:
    """The identity a person means: written out, or by the row's number in the warehouse."""
    found = queries.run("row_identities", home=home, words=words)["identity"].tolist()
    if found:
        return str(found[0])
    if words in known:
        return words
    raise LookupError(f"现行台账里没有“{words}”这一行；用 python -m etl decide list 看行标识")


def _append(home: Home, decision: Decision) -> None:
    path = _path(home)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    before = path.read_bytes() if path.exists() else b""
    if not before:
        writer.writerow(SCHEMA.names)
    writer.writerow(astuple(decision))
    write_atomic(path, before + text.getvalue().encode())


def _path(home: Home) -> Path:
    return home.decisions / DUPLICATES
