"""Planted files, a served file, and a way to run many statements through real workers."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import pytest
import yaml

from warehouse.files.home import DEFAULT_PROFILE, Home
from warehouse.guard import guarded_query, worker_process
from warehouse.guard.guarded_query import Outcome, Request
from warehouse.guard.worker_process import Worker
from warehouse.versions.versions import served_file

HERE = Path(__file__).parent
PLANTED = "planted-and-never-to-be-seen"
AT_ONCE = 2
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True)
class Ran:
    """How a statement ended, how long its worker had it, the most memory that worker held."""

    outcome: Outcome
    seconds: float
    peak_mb: float


class WatchedWorker(Worker):
    """A worker whose time and memory are written down, by statement."""

    seen: ClassVar[dict[str, tuple[float, float]]] = {}

    def ask(self, request: dict[str, Any], most_bytes: int) -> tuple[dict[str, Any], bytes]:
        self.seconds, self.peak_mb = 0.0, 0.0
        try:
            return super().ask(request, most_bytes)
        finally:
            self.seen[request["sql"]] = (self.seconds, self.peak_mb)

    @contextlib.contextmanager
    def _deadline(self, reason: str, seconds: float) -> Iterator[None]:
        begun, over = time.perf_counter(), threading.Event()
        watcher = threading.Thread(target=self._watch, args=[over])
        watcher.start()
        try:
            with super()._deadline(reason, seconds):
                yield
        finally:
            self.seconds = time.perf_counter() - begun
            over.set()
            watcher.join()

    def _watch(self, over: threading.Event) -> None:
        status = Path(f"/proc/{self.pid}/status")
        while not over.wait(0.02):
            with contextlib.suppress(OSError):
                found = PEAK.search(status.read_text())
                self.peak_mb = max(self.peak_mb, int(found[1]) / 1024 if found else 0)


def cases(name: str) -> list[tuple[str, str, list[str]]]:
    """Group, statement and allowed endings of every case of a file."""
    found = []
    for group in yaml.safe_load((HERE / name).read_text(encoding="utf-8")):
        ends = group["ends"] if isinstance(group["ends"], list) else [group["ends"]]
        for case in group.get("statements") or group["queries"]:
            found.append((group["group"], _text(case), ends))
    return found


def _text(case: str | dict[str, Any]) -> str:
    if isinstance(case, str):
        return case
    return f"{case['before']}{case['part'] * case['times']}{case['after']}"


@pytest.fixture(scope="package")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of every kind a query might read."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "planted.csv").write_text(f"a\n{PLANTED}\n")
    (folder / "planted.json").write_text(json.dumps([{"a": PLANTED}]))
    with duckdb.connect(str(folder / "planted.duckdb")) as connection:
        connection.execute(f"create table t as select '{PLANTED}' as a")
        connection.execute(f"copy t to '{folder / 'planted.parquet'}'")
    return folder


@pytest.fixture(scope="package")
def own_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample warehouse nobody else reads: a page of another test leaves traces in its home."""
    return Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("guard") / "home"))


@pytest.fixture(scope="package")
def limits(sample_home: Path) -> dict[str, int]:
    """The limits of the product, with room for every text and a turn for everybody."""
    found = guarded_query.limits_of(Home(sample_home, DEFAULT_PROFILE))
    return found | {"sql_workers": AT_ONCE, "sql_text_characters": 10**8, "sql_queue_seconds": 60}


def footprint(*folders: Path) -> dict[str, tuple[int, str]]:
    """Every file and folder under the folders: its time of change and its content."""
    return {
        str(path): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for folder in folders
        for path in sorted(folder.rglob("*"))
    }


def run_all(
    home: Path, statements: Iterable[str], limits: dict[str, int], folder: Path = HERE
) -> dict[str, Ran]:
    """Every statement through a worker of its own, two at a time; the answers by its text."""
    path = served_file(Home(home, DEFAULT_PROFILE))

    def run(numbered: tuple[int, str]) -> tuple[str, Ran]:
        number, text = numbered
        sql = text.replace("{folder}", str(folder))
        outcome = guarded_query.start(Request(path, sql, f"asker {number}", {}), limits).result()
        return text, Ran(outcome, *WatchedWorker.seen.get(sql, (0.0, 0.0)))

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(AT_ONCE) as pool:
        patch.setattr(worker_process, "take", WatchedWorker)
        patch.setattr(worker_process, "prepare", lambda: None)
        return dict(pool.map(run, enumerate(statements)))
