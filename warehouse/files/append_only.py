"""Append-only files of JSON lines: what was acknowledged stands whole, in order, for ever.

A line counts once its end is written and synced. What a power cut or a full disk left without an
end was never acknowledged: readers pass over it and the next append takes its place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from warehouse.files.home import sync_folder

END = b"\n"


def read(path: Path) -> list[dict[str, Any]]:
    """All whole lines; ValueError in Chinese names the file and the line that is no JSON."""
    if not path.exists():
        return []
    rows: list[dict[str, Any]] = []
    for line in path.read_bytes().split(END)[:-1]:
        try:
            rows.append(json.loads(line))
        except ValueError as fault:
            raise ValueError(f"{path} 第 {len(rows) + 1} 行已损坏，请恢复备份") from fault
    return rows


def append(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows, all or none; durable when it returns."""
    content = b"".join(json.dumps(row, ensure_ascii=False).encode() + END for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    try:
        whole = path.read_bytes().rfind(END) + 1
        os.ftruncate(handle, whole)
        os.lseek(handle, whole, os.SEEK_SET)
        try:
            _write(handle, content)
        except OSError:
            os.ftruncate(handle, whole)
            raise
    finally:
        os.close(handle)
    sync_folder(path.parent)


def _write(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)
