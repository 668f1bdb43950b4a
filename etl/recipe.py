"""The recipe: one short hash over everything that can change how a workbook is judged."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES_DIR = ROOT / "etl" / "sources"
REASONS_CSV = ROOT / "etl" / "reasons.csv"
CODES_CSV = ROOT / "sql" / "dictionary" / "codes.csv"
_JUDGING_MODULES = (
    "box normalise kinds limits column_types headers declarations content container addresses "
    "sheet_chunks sheet_scan preflight reader workbook statements matching window coded nearest "
    "recognise titles strangers judge_table stacks inherited drift hidden row_words edges rows "
    "senders labels dates clean columns outcome judge verdict numbers rates identities readings "
    "markers cumulative cells totals stated reconcile long_numbers cell_texts known_names "
    "quantities code_lists readable fields answers unread refusing bare_money "
    "date_order periods same_case supplements "
    "returned/origin returned/form returned/reload "
).split()
_PROFILE_PARTS = ("units.csv", "aliases.csv", "profile.csv")


def recipe_of(profile_dir: Path) -> str:
    """First twelve hex digits over declarations, judging code, profile and reader version."""
    paths = [*sorted(SOURCES_DIR.rglob("*.csv")), *sorted(SOURCES_DIR.rglob("*.toml"))]
    paths += [REASONS_CSV, CODES_CSV]
    paths += [ROOT / "etl" / f"{name}.py" for name in _JUDGING_MODULES]
    paths += sorted((ROOT / "etl" / "formats").glob("*.py"))
    paths += [profile_dir / name for name in _PROFILE_PARTS]
    digest = hashlib.sha256(f"fastexcel {version('fastexcel')}\n".encode())
    for path in paths:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
