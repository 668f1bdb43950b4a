"""Older served files for today's pages: a copy beside the pinned file, filled up to today's schema.

The pinned file is never touched. The copy holds its rows as they are; a table or column that did
not exist then is filled from its own rows by a rule of `sql/dictionary/lift.csv`, else empty or
NULL (未记录). No value, rank or verdict is computed anew. Copies are a cache, `HOME/<profile>/
lifted/<shape of today>/<manifest of the source>/…`, made once under a lock and swept with builds.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from filelock import FileLock

from warehouse.files.home import Home, sync_folder
from warehouse.models import chinese_views, dictionary
from warehouse.models.database import open_scratch
from warehouse.models.sql_models import SQL_DIR
from warehouse.versions import lifted_tables

NO_VERSION = ""  # of files written before there was one


def readable(home: Home, pinned: Path, manifest: Path) -> Path:
    """The file today's pages read in place of a kept one: itself, or its copy lifted to today."""
    if not (pinned.is_file() and manifest.is_file()):
        return pinned
    state = manifest.stat()
    version, mark = _told(manifest, state.st_mtime_ns, state.st_size)
    if version == dictionary.schema_version():
        return pinned
    copy = _folder(home) / _shape() / mark / pinned.parent.name / pinned.name
    if not copy.is_file():
        copy.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(copy.with_suffix(".lock")):
            if not copy.is_file():
                shutil.copyfile(manifest, copy.with_name(manifest.name))
                _lift(pinned, copy)
    return copy


def sweep_copies(home: Home, manifests: Iterable[Path]) -> None:
    """Delete copies of what is no longer kept, and those made for another day's pages."""
    kept = {_mark(path.read_bytes()) for path in manifests if path.is_file()}
    for folder in _folder(home).glob("*"):
        for copies in folder.glob("*"):
            if folder.name != _shape() or copies.name not in kept:
                shutil.rmtree(copies, ignore_errors=True)
        if folder.name != _shape():
            shutil.rmtree(folder, ignore_errors=True)


def _folder(home: Home) -> Path:
    return home.folder / "lifted"


@cache
def _shape() -> str:
    """Names everything a copy depends on besides its source."""
    digest = hashlib.sha256(dictionary.schema_version().encode())
    code = [Path(str(module.__file__)) for module in (chinese_views, lifted_tables)]
    for path in [*code, *sorted((SQL_DIR / "catalogue").glob("*.csv"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=64)
def _told(manifest: Path, _changed: int, _size: int) -> tuple[str, str]:
    """Schema version a manifest states, and the mark by which copies of its files are named."""
    content = manifest.read_bytes()
    return str(json.loads(content).get("schema", NO_VERSION)), _mark(content)


def _mark(manifest: bytes) -> str:
    """A manifest holds the hash of every table, so its own hash names the content."""
    return hashlib.sha256(manifest).hexdigest()[:12]


def _lift(pinned: Path, copy: Path) -> None:
    """Write the copy beside its place, whole, and only then give it its name."""
    beside = copy.with_name(f".{copy.name}.{os.getpid()}")
    try:
        shutil.copyfile(pinned, beside)
        with open_scratch(beside) as target:
            lifted_tables.fill_up(target)
            target.execute("checkpoint")
        with beside.open("rb+") as handle:
            os.fsync(handle.fileno())
        os.replace(beside, copy)
        sync_folder(copy.parent)
    finally:
        beside.unlink(missing_ok=True)
