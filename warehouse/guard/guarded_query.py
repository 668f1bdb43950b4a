"""Analyst SQL, guarded: a worker process per query, walls of memory and time, turns for everybody.

A query of an analyst is code of a stranger. It never runs in the process that serves the pages;
what comes back is a few thousand plain rows, or a sentence why not.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from warehouse.files import settings
from warehouse.files.home import Home
from warehouse.guard import error_words, worker_process
from warehouse.guard.worker_process import Died, Worker

Kind = Literal["ok", "error", "refused", "timeout", "memory", "crashed", "cancelled", "busy", "off"]
Values = Mapping[str, Mapping[str, str] | None]
OnEnd = Callable[["Outcome"], None]
LIMITS = tuple(s.name for s in settings.SETTINGS if s.name.startswith("sql_"))
ENDINGS: dict[str, Kind] = {"timeout": "timeout", "cancelled": "cancelled"}
HEAD_ROOM = 2**20  # an Arrow stream is a little larger than its rows


@dataclass(frozen=True)
class Request:
    """What is asked of which file, by whom; `values` are bound, never pasted."""

    path: Path
    sql: str
    asker: str
    values: Values
    plan: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a query ended: rows, or a sentence for the person who asked."""

    kind: Kind
    sentence: str = ""
    table: pa.Table | None = None
    ms: int = 0
    truncated: bool = False
    cut_cells: int = 0
    blank_cells: int = 0

    @property
    def rows(self) -> int:
        return 0 if self.table is None else len(self.table)


class Refused(Exception):
    """Not run at all; `kind` says whose decision that is."""

    def __init__(self, kind: Kind, code: str) -> None:
        super().__init__(code)
        self.kind: Kind = kind
        self.code = code


class Gate:
    """Turns: so many queries at once, so many of one person, the others wait a little."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running: list[str] = []
        self._waiting: list[str] = []

    @contextlib.contextmanager
    def turn(
        self, asker: str, limits: Mapping[str, int], is_cancelled: Callable[[], bool]
    ) -> Iterator[None]:
        """Hold one of the places; Refused when there is none in time."""
        with self._changed:
            if (self._running + self._waiting).count(asker) >= limits["sql_per_person"]:
                raise Refused("busy", "busy_self")
            self._waiting.append(asker)
            try:
                self._changed.wait_for(
                    lambda: is_cancelled() or len(self._running) < limits["sql_workers"],
                    limits["sql_queue_seconds"],
                )
            finally:
                self._waiting.remove(asker)
            if is_cancelled():
                raise Refused("cancelled", "cancelled")
            if len(self._running) >= limits["sql_workers"]:
                raise Refused("busy", "busy_all")
            self._running.append(asker)
        try:
            yield
        finally:
            with self._changed:
                self._running.remove(asker)
                self._changed.notify_all()

    def wake(self) -> None:
        """Let those who wait look whether they still want to."""
        with self._changed:
            self._changed.notify_all()


_gate = Gate()


class Query:
    """A running query: wait for it, cancel it, read its outcome."""

    def __init__(self, request: Request, limits: Mapping[str, int], on_end: OnEnd) -> None:
        self._request, self._limits, self._on_end = request, dict(limits), on_end
        self._worker: Worker | None = None
        self._cancelled = threading.Event()
        self._done = threading.Event()
        self.outcome: Outcome | None = None
        threading.Thread(target=self._run, name="query", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Whether the query has ended, after at most so many seconds."""
        return self._done.wait(seconds)

    def result(self) -> Outcome:
        """The outcome, waited for."""
        self._done.wait()
        return self.outcome or self._told("crashed", "crashed")

    def cancel(self) -> None:
        """Kill the worker, or leave the queue; an ended query stays as it is."""
        self._cancelled.set()
        _gate.wake()
        if self._worker is not None:
            self._worker.end("cancelled")

    def _run(self) -> None:
        try:
            outcome = self._guarded()
        except BaseException:  # noqa: BLE001 - the page waits for an outcome, whatever happened
            outcome = self._told("crashed", "crashed")
        self.outcome = outcome
        try:
            self._on_end(outcome)
        finally:
            self._done.set()

    def _guarded(self) -> Outcome:
        try:
            if not worker_process.has_memory_wall():
                raise Refused("off", "off")
            if len(self._request.sql) > self._limits["sql_text_characters"]:
                raise Refused("refused", "too_long")
            with _gate.turn(self._request.asker, self._limits, self._cancelled.is_set):
                return self._answered()
        except Refused as refused:
            return self._told(refused.kind, refused.code)

    def _answered(self) -> Outcome:
        self._worker = worker_process.take()
        if self._cancelled.is_set():
            self._worker.end("cancelled")
        asked = self._request
        request = {
            "path": str(asked.path),
            "sql": asked.sql,
            "params": asked.values,
            "plan": asked.plan,
            "limits": self._limits,
        }
        try:
            most = self._limits["sql_result_mb"] * 2**20 + HEAD_ROOM
            head, rows = self._worker.ask(request, most)
        except Died as died:
            return self._told(ENDINGS.get(died.reason, "crashed"), died.reason)
        finally:
            worker_process.prepare()
        if head["kind"] == "ok":
            told = {name: head[name] for name in ("ms", "truncated", "cut_cells", "blank_cells")}
            return Outcome("ok", table=read_rows(rows), **told)
        return self._failed(head)

    def _failed(self, head: Mapping[str, Any]) -> Outcome:
        kind, sentence = error_words.explain(head, self._request.sql, self._limits)
        return Outcome(kind, sentence)

    def _told(self, kind: Kind, code: str) -> Outcome:
        return Outcome(kind, error_words.sentence(code, self._limits))


def read_rows(stream: bytes) -> pa.Table:
    """The worker's rows, after a look whether they are what a worker of ours sends."""
    table = pa.ipc.open_stream(stream).read_all()
    table.validate(full=True)
    if any(pa.types.is_nested(field.type) for field in table.schema):
        raise ValueError("a worker sends flat columns only")
    return table


def start(
    request: Request, limits: Mapping[str, int], on_end: OnEnd = lambda _outcome: None
) -> Query:
    """Run a query beside; `on_end` is told the outcome in any case."""
    return Query(request, limits, on_end)


def limits_of(home: Home) -> dict[str, int]:
    """The limits of this home by name."""
    return {name: settings.value(name, home) for name in LIMITS}
