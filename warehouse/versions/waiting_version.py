"""A new version that waits: what it would move, kept for a person until he takes it.

After an upgrade the served build stays. `HOME/<profile>/upgrade.json` lists which figures and
ranks the new one would say otherwise; it is a cache, drawn up anew when receipts, decisions,
profile or program have changed, and goes when the new version is served.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from warehouse.files.home import Home, write_atomic
from warehouse.versions.versions import current_number

WAITING_FILE = "upgrade.json"
Row = dict[str, Any]


@dataclass(frozen=True)
class Waiting:
    """What a new version would change of build `from_build`.

    `mark` names the list: who takes the version takes just this list. `figures` and `ranks` are
    the first of `figure_count` and `rank_count`: name, span, place, `before`, `after`, `books`.
    `held` are submissions that would wait for a person, `stops` what keeps it from being served.
    """

    mark: str
    from_build: int
    compared_at: str
    figure_count: int = 0
    rank_count: int = 0
    figures: list[Row] = field(default_factory=list)
    ranks: list[Row] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    rejudged: list[str] = field(default_factory=list)

    @property
    def moves_nothing(self) -> bool:
        """Nobody needs to be asked."""
        return not (self.figure_count or self.rank_count or self.held or self.stops)

    @property
    def count(self) -> int:
        """Everything that would be said otherwise."""
        return self.figure_count + self.rank_count


def waiting_path(home: Home) -> Path:
    """Where the list is kept."""
    return home.folder / WAITING_FILE


def read_waiting(home: Home) -> Waiting | None:
    """The list, if it is of the build that is served now."""
    try:
        kept = Waiting(**json.loads(waiting_path(home).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):  # none, or of another program
        return None
    return kept if kept.from_build == current_number(home) else None


def keep_waiting(home: Home, waiting: Waiting) -> None:
    """Write it, whole."""
    content = json.dumps(asdict(waiting), ensure_ascii=False, indent=1)
    write_atomic(waiting_path(home), content.encode())


def forget_waiting(home: Home) -> None:
    """The version has been taken, or nothing waits any more."""
    waiting_path(home).unlink(missing_ok=True)
