"""The recipe: one short hash over everything that can change how a workbook is judged."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES_DIR = ROOT / "etl" / "sources"
REASONS_CSV = ROOT / "etl" / "sources" / "reasons.csv"
CODES_CSV = ROOT / "sql" / "dictionary" / "codes.csv"
#: Everything that judging one workbook may load; a test follows the imports.
JUDGING_ROOMS = ("declarations", "cells", "formats", "recognise", "layout", "judge")
_PROFILE_PARTS = ("units.csv", "aliases.csv", "profile.csv")


def recipe_of(profile_dir: Path) -> str:
    """First twelve hex digits over declarations, judging code, profile and reader version."""
    paths = [*sorted(SOURCES_DIR.rglob("*.csv")), *sorted(SOURCES_DIR.rglob("*.toml"))]
    paths += [CODES_CSV]
    for room in JUDGING_ROOMS:
        paths += sorted((ROOT / "etl" / room).rglob("*.py"))
    paths += [profile_dir / name for name in _PROFILE_PARTS]
    digest = hashlib.sha256(f"fastexcel {version('fastexcel')}\n".encode())
    for path in paths:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
