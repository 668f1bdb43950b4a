"""The lake: judged rows and verdicts by the hash of the workbook and the recipe that judged it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from warehouse.home import Home, write_atomic

VERDICT_FILE = "verdict.json"
REJECTED_FILE = "rejected.parquet"


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


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
