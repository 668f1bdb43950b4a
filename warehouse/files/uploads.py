"""Workbooks handed in through the browser: kept by hash until they are loaded or forgotten.

`HOME/<profile>/uploads/<sha256>`: the name a file came under is data that travels beside it and
never becomes a path. Nothing here opens a workbook.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import time
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from warehouse.files import settings
from warehouse.files.home import Home, write_atomic

#: Endings under which offices send tables; what a file is, only its content says.
SPREADSHEETS = frozenset(".xlsx .xlsm .xls .xlsb .et .ods .csv .tsv .htm .html .mht .mhtml".split())
DAY_SECONDS = 86_400
LONGEST_NAME = 200
#: Control, format, private and lone surrogate characters, line and paragraph separators.
UNSHOWN = frozenset("Cc Cf Cn Co Cs Zl Zp".split())
_HASH = re.compile(r"[0-9a-f]{64}")


class Refused(ValueError):
    """A file that is not taken; the message says why, in Chinese."""


@dataclass(frozen=True)
class Upload:
    """One file that was handed in."""

    sha256: str
    name: str
    size: int

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Upload:
        """What `row` wrote down."""
        return cls(str(row["sha256"]), str(row["name"]), int(row["size"]))

    def row(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def keep(home: Home, name: str, content: bytes) -> Upload:
    """Keep one file; Refused when it is empty or larger than the setting `upload_mb`."""
    shown, most = clean_name(name), settings.value("upload_mb", home)
    if not content:
        raise Refused(f"“{shown}”是空文件")
    if len(content) > most * 1_000_000:
        raise Refused(f"“{shown}”超过 {most} MB，请拆分后再报")
    sweep(home)
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(home, sha256)
    if not path.exists():
        write_atomic(path, content)
        path.chmod(0o600)
    os.utime(path)
    return Upload(sha256, shown, len(content))


def path_of(home: Home, sha256: str) -> Path:
    """Where an upload lies; Refused for what is no hash."""
    if not _HASH.fullmatch(sha256):
        raise Refused("文件编号不对")
    return home.folder / "uploads" / sha256


def clean_name(name: str) -> str:
    """The last part of a name on one line, without control and format characters, not too long."""
    last = re.split(r"[\\/]", name)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in UNSHOWN).strip()
    return shown[-LONGEST_NAME:] or "未命名"


def sweep(home: Home) -> None:
    """Forget uploads nobody has touched for the days of the setting `upload_days`."""
    oldest = time.time() - settings.value("upload_days", home) * DAY_SECONDS
    for path in (home.folder / "uploads").glob("*"):
        with suppress(FileNotFoundError):  # another session sweeps too
            if path.stat().st_mtime < oldest:
                path.unlink()


def reporting_units(home: Home) -> dict[str, str]:
    """Units of the profile that may submit: Chinese names by id, in the profile's order."""
    with (home.profile_folder / "units.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {
            r["unit_id"]: r["name_zh"]
            for r in csv.DictReader(stream)
            if r["role_actor"] == "1" and r["unit_id"] != "unassigned"
        }
