"""Rows of a CSV file as they stand in it: text, untouched."""

import csv
from pathlib import Path


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV, all text."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
