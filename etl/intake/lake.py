"""The lake: judged rows and verdicts by the hash of the workbook and the recipe that judged it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.files.home import Home, write_atomic

VERDICT_FILE = "verdict.json"
REJECTED_FILE = "rejected.parquet"


def iso_date(text: str | None) -> date | None:
    """A verdict's ISO date, None where nothing was stated."""
    return date.fromisoformat(text) if text else None


def read_verdict(path: Path) -> dict[str, Any]:
    """What the judge said of one workbook."""
    verdict: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return verdict


def rows_path(home: Home, dataset: str, sha256: str, recipe: str) -> Path:
    """Accepted rows of one dataset in one workbook."""
    return home.lake / dataset / f"{sha256}-{recipe}.parquet"


def rejected_path(home: Home, sha256: str, recipe: str) -> Path:
    """Rejected rows of one workbook."""
    return home.lake / "rejected" / f"{sha256}-{recipe}.parquet"


def verdict_path(home: Home, sha256: str, recipe: str) -> Path:
    """What became of one workbook."""
    return home.lake / "verdicts" / f"{sha256}-{recipe}.json"


def store(home: Home, sha256: str, recipe: str, out_dir: Path) -> None:
    """Bring the files of one judging into the lake, each whole or not at all.

    The verdict comes last: where it exists, everything it speaks of exists too.
    """
    for file in sorted(out_dir.glob("*.parquet")):
        if file.name == REJECTED_FILE:
            target = rejected_path(home, sha256, recipe)
        else:
            target = rows_path(home, file.stem, sha256, recipe)
        write_atomic(target, file.read_bytes())
    write_atomic(verdict_path(home, sha256, recipe), (out_dir / VERDICT_FILE).read_bytes())
