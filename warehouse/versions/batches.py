"""Who sent what, when: the receipts as a person reads them, newest first.

What is in force is the served build's to say; the replaying of receipts belongs to
`etl.intake.receipts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.files import append_only
from warehouse.files.home import Home
from warehouse.versions.versions import current_build

IN_FORCE, HELD, UNDONE, OFF, PENDING = "in_force", "held", "undone", "off", "pending"
ASKED = "asked"


@dataclass(frozen=True)
class Sent:
    """One submitted workbook and what has become of it: a state above, and why."""

    seq: int
    sha256: str
    name: str
    as_of: str
    mode: str
    state: str
    reason: str

    def path(self, home: Home) -> Path:
        """The original, byte for byte."""
        return home.archive / self.sha256


@dataclass(frozen=True)
class Batch:
    """What one load brought in."""

    load_id: str
    at: datetime
    actor: str
    sent: list[Sent] = field(default_factory=list)

    @property
    def in_force(self) -> list[Sent]:
        """What may be taken back: counted, waiting for a person, or for the next build."""
        return [one for one in self.sent if one.state in (IN_FORCE, HELD, PENDING)]


def batches(home: Home) -> list[Batch]:
    """All loads that brought something in, newest first."""
    received = append_only.read(home.receipts)
    states = _states(home, received)
    found: dict[str, Batch] = {}
    for line in received:
        if line["kind"] == "submit":
            batch = found.setdefault(
                line["load_id"], Batch(line["load_id"], _local(line["at"]), line["actor"])
            )
            batch.sent.append(_sent(line, states))
    return list(reversed(found.values()))


def asked(home: Home) -> list[Sent]:
    """Workbooks that wait for an answer, newest first; an answer, or taking back, ends it."""
    waiting: dict[str, dict[str, Any]] = {}
    for line in append_only.read(home.receipts):
        if line["kind"] in ("ask", "submit"):
            waiting.pop(line["sha256"], None)
        if line["kind"] == "ask":
            waiting[line["sha256"]] = line
        elif line["kind"] == "undo":
            waiting = {s: w for s, w in waiting.items() if w["seq"] not in line["targets"]}
    return [_sent(line, {line["seq"]: (ASKED, line["reason"])}) for line in waiting.values()][::-1]


def find(home: Home, load_id: str) -> Batch | None:
    """One load by its id."""
    return next((batch for batch in batches(home) if batch.load_id == load_id), None)


def _sent(line: dict[str, Any], states: dict[int, tuple[str, str]]) -> Sent:
    state, reason = states[line["seq"]]
    told = {name: str(line.get(name, "")) for name in ("sha256", "name", "as_of", "mode")}
    return Sent(seq=line["seq"], state=state, reason=reason, **told)


def _states(home: Home, received: list[dict[str, Any]]) -> dict[int, tuple[str, str]]:
    """State and reason by receipt: what the build counts, else the last thing that befell it.

    PENDING came in by a load that was ended before it published: the next build will count it.
    """
    build = current_build(home)
    counted = set(build.manifest["in_force"]) if build else set()
    seen = build.manifest["last_receipt"] if build else 0
    found: dict[int, tuple[str, str]] = {}
    for line in received:
        if line["kind"] == "submit":
            found[line["seq"]] = (OFF if line["seq"] <= seen else PENDING, "")
        elif line["kind"] in ("hold", "undo"):
            state = HELD if line["kind"] == "hold" else UNDONE
            found |= dict.fromkeys(line["targets"], (state, line.get("reason", "")))
    return {seq: (IN_FORCE, "") if seq in counted else told for seq, told in found.items()}


def _local(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone()
