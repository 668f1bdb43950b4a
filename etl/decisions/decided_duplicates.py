"""Decisions of people on two rows that may tell of one case: `decisions/duplicates.csv`.

Rows of ledgers are named by identity (`hazard:单位:隐患编号`), so that a decision survives a ledger
sent again. How the file reads is `warehouse.files.decisions`; here it is added to and given to the
build.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, fields
from types import MappingProxyType

import pyarrow as pa

from etl.decisions.adopted_tables import put_adoptions
from etl.intake.receipts import now
from warehouse import queries
from warehouse.files.decisions import DUPLICATES, Adoption, Decision, read_decisions, standing
from warehouse.files.home import Home, append_rows
from warehouse.models.database import Connection, put_table

SCHEMA = pa.schema([(field.name, pa.string()) for field in fields(Decision)])


def put_decisions(
    connection: Connection,
    decisions: Iterable[Decision],
    adoptions: Mapping[int, Adoption] = MappingProxyType({}),
) -> None:
    """Standing decisions as inputs of the build."""
    put_adoptions(connection, adoptions)
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
    append_rows(home.decisions / DUPLICATES, SCHEMA.names, [astuple(decision)])
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
    raise LookupError(
        f"现行台账里没有“{words}”这一行，可能刚被重报的台账替换；请重新列出疑似重复再判定"
    )
