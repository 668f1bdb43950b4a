"""A throwaway copy of a home, in which the same code does what it would do in the home."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.files.home import Home
from warehouse.versions.versions import current_number, manifest_path, serve_path, staff_path
from warehouse.versions.waiting_version import WAITING_FILE


@contextmanager
def trial_home(home: Home) -> Iterator[Home]:
    """A copy of the home that goes with the block.

    Receipts come first, so that everything they speak of is there when the lake is copied, though
    somebody may be loading meanwhile. Files are linked where the disk allows it: each of them is
    replaced as a whole when it changes, never written in place.
    """
    with tempfile.TemporaryDirectory(prefix="liangshai-preview-") as folder:
        trial = Home(Path(folder), home.profile)
        trial.folder.mkdir(parents=True)
        number = current_number(home)
        for name in ("receipts.jsonl", "secret", WAITING_FILE):
            if (home.folder / name).exists():
                shutil.copy2(home.folder / name, trial.folder / name)
        for name in ("decisions", "lake", "archive"):
            if (home.folder / name).exists():
                _copy_folder(home.folder / name, trial.folder / name)
        if (home.root / "profiles").exists():
            _copy_folder(home.root / "profiles", trial.root / "profiles")
        if number is not None:
            _copy_build(home, trial, number)
        yield trial


def _copy_build(home: Home, trial: Home, number: int) -> None:
    """The served build, so that what changes nothing builds nothing."""
    trial.builds.mkdir()
    for path in (serve_path, staff_path, manifest_path):
        if path(home, number).exists():
            _link(str(path(home, number)), str(path(trial, number)))
    trial.current.write_text(f"{number}\n", encoding="ascii")


def _copy_folder(source: Path, target: Path) -> None:
    """All but what a writer is just writing beside the file it will replace."""
    beside = shutil.ignore_patterns(".*")
    shutil.copytree(source, target, copy_function=_link, ignore=beside)


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
