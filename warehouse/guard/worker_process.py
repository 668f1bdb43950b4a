"""The parent's side of a query worker: start, keep one ready, ask once, kill.

A worker needs a third of a second to start, so one is kept waiting; it serves one query and ends.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

from warehouse.files.home import REPOSITORY

READY = b"ready\n"
START_SECONDS = 20
HEAD_BYTES = 4 * 2**20
#: All of this process's surroundings that a worker gets to see.
PASSED = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "PYTHONPATH")


class Died(Exception):
    """The worker ended without a whole reply; `reason` is ours when we ended it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Worker:
    """One process for one query."""

    def __init__(self) -> None:
        words = [sys.executable, "-m", "warehouse.guard.worker"]
        seen = {name: os.environ[name] for name in PASSED if name in os.environ}
        self._process = subprocess.Popen(
            words,
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**seen, "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"},
            start_new_session=True,
        )
        self._ended_for = ""

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def ask(self, request: dict[str, Any], most_bytes: int) -> tuple[dict[str, Any], bytes]:
        """Head and rows of the reply; Died when there is none in time."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise Died("crashed")
        try:
            with self._deadline("start", START_SECONDS):
                if stdout.readline() != READY:
                    raise Died(self._ended_for or "crashed")
            with self._deadline("timeout", request["limits"]["sql_seconds"]):
                stdin.write(json.dumps(request, ensure_ascii=False).encode() + b"\n")
                stdin.flush()
                head, rows = stdout.readline(HEAD_BYTES), stdout.read(most_bytes)
            if self._ended_for or not head.endswith(b"\n"):
                raise Died(self._ended_for or "crashed")
            told: dict[str, Any] = json.loads(head)
        except (OSError, ValueError) as error:
            raise Died(self._ended_for or "crashed") from error
        else:
            return told, rows
        finally:
            self.end("done")

    def end(self, reason: str) -> None:
        """Kill the process, whatever it is doing."""
        self._ended_for = self._ended_for or reason
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe and reason == "done":
                with contextlib.suppress(OSError):
                    pipe.close()
        if reason == "done":
            self._process.wait()

    @contextlib.contextmanager
    def _deadline(self, reason: str, seconds: float) -> Iterator[None]:
        clock = threading.Timer(seconds, self.end, [reason])
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()


class _Spare:
    """The worker that waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: Worker | None = None

    def put(self) -> None:
        with self._lock:
            if self._worker is None or not self._worker.is_alive():
                self._worker = Worker()

    def take(self) -> Worker:
        with self._lock:
            worker, self._worker = self._worker, None
        return worker if worker and worker.is_alive() else Worker()

    def drop(self) -> None:
        with self._lock:
            worker, self._worker = self._worker, None
        if worker:
            worker.end("done")


_spare = _Spare()
prepare, take, drop = _spare.put, _spare.take, _spare.drop
atexit.register(_spare.drop)


def has_memory_wall() -> bool:
    """Whether this system can hold a process; each worker tests its own walls besides."""
    return sys.platform == "linux" and importlib.util.find_spec("resource") is not None
