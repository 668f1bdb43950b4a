"""Builds and editions: which file is served, how another takes its place.

A build is three numbered files, `serve-N.duckdb`, `staff-N.duckdb` and `build-N.json`; `CURRENT`
holds N. A served file is never written again and never replaced under its name, because readers
hold it open. An edition is a copy of a build's files that is kept for ever.
"""

import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.files.home import Home, sync_folder, write_atomic
from warehouse.versions.lifting import readable, sweep_copies

KEPT_BUILDS = (
    5  # newest builds kept beside the current one, so that a rollback is a matter of seconds
)
REPLACE_TRIES = 10  # on Windows a virus scanner may hold CURRENT for a moment


@dataclass(frozen=True)
class Build:
    """One published build and what it was made from."""

    number: int
    manifest: dict[str, Any]

    @property
    def key(self) -> str:
        return str(self.manifest["key"])


def serve_path(home: Home, number: int) -> Path:
    """File with the open columns, the only one pages and analysts read."""
    return home.builds / f"serve-{number}.duckdb"


def staff_path(home: Home, number: int) -> Path:
    """File with all columns."""
    return home.builds / f"staff-{number}.duckdb"


def manifest_path(home: Home, number: int) -> Path:
    """What the build was made from, its checks and its table hashes."""
    return home.builds / f"build-{number}.json"


def current_number(home: Home) -> int | None:
    """Number of the served build, None before the first."""
    try:
        return int(home.current.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return None


def current_build(home: Home) -> Build | None:
    """The served build with its manifest, None before the first."""
    number = current_number(home)
    return None if number is None else read_build(home, number)


def read_build(home: Home, number: int) -> Build:
    """A kept build; LookupError with a Chinese sentence when it was swept or never was."""
    path = manifest_path(home, number)
    if not path.is_file():
        raise LookupError(f"没有第 {number} 版，或已清理")
    return Build(number, json.loads(path.read_text(encoding="utf-8")))


def kept_builds(home: Home) -> list[Build]:
    """All builds whose files are still there, newest first."""
    numbers = sorted(
        (int(p.stem.split("-")[1]) for p in home.builds.glob("build-*.json")), reverse=True
    )
    return [read_build(home, number) for number in numbers if serve_path(home, number).is_file()]


def pinned_file(home: Home, edition: str | None = None) -> Path:
    """The file as it was published; FileNotFoundError with a Chinese sentence without one."""
    if edition:
        path = home.editions / edition / "serve.duckdb"
        if not path.is_file():
            raise FileNotFoundError(f"没有 {edition} 的定稿")
        return path
    number = current_number(home)
    if number is None:
        raise FileNotFoundError("还没有数据：先导入工作簿")
    return serve_path(home, number)


def served_file(home: Home, edition: str | None = None) -> Path:
    """The file to read: the published one, or where an earlier program made it, its lifted copy."""
    pinned = pinned_file(home, edition)
    return readable(home, pinned, manifest_beside(pinned))


def manifest_beside(served: Path) -> Path:
    """The manifest of a served file, which lies beside it."""
    return served.with_name(f"{served.stem.replace('serve', 'build')}.json")


def build_id(served: Path) -> str:
    """Key for every cache and name on every document: `build-3`, `edition-2026-10`.

    It is told by the file that is read, so that no label names a build published meanwhile.
    """
    number = served.stem.partition("-")[2]
    return f"build-{number}" if number else f"edition-{served.parent.name}"


def next_number(home: Home) -> int:
    """A number no build has used, whether or not its files are still there."""
    used = [
        int(p.stem.split("-")[1])
        for p in home.builds.glob("*-*.*")
        if p.stem.split("-")[1].isdigit()
    ]
    return max([*used, current_number(home) or 0]) + 1


def publish(home: Home, number: int, manifest: dict[str, Any]) -> None:
    """Make build `number` the served one; its files must be closed and without a WAL."""
    for path in (serve_path(home, number), staff_path(home, number)):
        if path.with_name(path.name + ".wal").exists():
            raise RuntimeError(f"{path.name} 尚未写完")
        with path.open("rb+") as handle:
            os.fsync(handle.fileno())
    write_atomic(
        manifest_path(home, number), json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    )
    sync_folder(home.builds)
    point_to(home, number)


def point_to(home: Home, number: int) -> None:
    """Replace CURRENT, trying again while another program holds it."""
    for attempt in range(REPLACE_TRIES):
        try:
            write_atomic(home.current, f"{number}\n".encode())
            return
        except PermissionError:
            if attempt == REPLACE_TRIES - 1:
                raise
            time.sleep(0.2)


def clear_unfinished(builds: Path) -> None:
    """Delete what a build that was held, stopped or killed left, its spilled rows included."""
    for left in [*builds.glob("candidate-*"), *builds.glob("*.duckdb.tmp")]:
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def sweep(home: Home) -> list[int]:
    """Delete builds older than the kept ones, and what killed builds left; not files in use."""
    serving = current_number(home)
    clear_unfinished(home.builds)
    numbers = sorted(
        {int(p.stem.split("-")[1]) for p in home.builds.glob("serve-*.duckdb")}, reverse=True
    )
    kept = {serving, *numbers[: KEPT_BUILDS + 1]}
    swept = []
    for number in numbers:
        if number in kept:
            continue
        try:
            for path in (
                serve_path(home, number),
                staff_path(home, number),
                manifest_path(home, number),
            ):
                path.unlink(missing_ok=True)
            swept.append(number)
        except PermissionError:
            continue
    frozen = home.editions.glob("*/build.json")
    sweep_copies(home, [*home.builds.glob("build-*.json"), *frozen])
    return swept


def freeze(home: Home, month: str) -> Path:
    """Keep the served build for ever as a month's edition (`2026-10`); never overwritten."""
    number = current_number(home)
    if number is None:
        raise FileNotFoundError("还没有数据：先导入工作簿")
    target = home.editions / month
    if target.exists():
        raise FileExistsError(f"{month} 已有定稿，定稿不可覆盖")
    beside = home.editions / f".{month}.{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    shutil.copyfile(serve_path(home, number), beside / "serve.duckdb")
    shutil.copyfile(staff_path(home, number), beside / "staff.duckdb")
    shutil.copyfile(manifest_path(home, number), beside / "build.json")
    for path in beside.iterdir():
        with path.open("rb+") as handle:
            os.fsync(handle.fileno())
        path.chmod(0o444)
    os.replace(beside, target)
    sync_folder(home.editions)
    return target


def editions(home: Home) -> list[str]:
    """Months that have a frozen edition, newest first."""
    return sorted(
        (p.name for p in home.editions.glob("20*") if (p / "serve.duckdb").is_file()), reverse=True
    )


def edition_manifest(home: Home, month: str) -> dict[str, Any]:
    """What the edition of a month was made from, its checks and its table hashes."""
    path = home.editions / month / "build.json"
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest
