"""Turns, limits, cancelling, walls: what holds for every query, also when many ask at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import Mock

import pyarrow as pa
import pytest

from warehouse.files.home import REPOSITORY
from warehouse.guard import guarded_query, worker_process
from warehouse.guard.guarded_query import Outcome, Query, Request

SLEEP = "select sleep_ms(20000)"
START = """
import json, sys
from warehouse.guard.worker_process import Worker
worker = Worker()
print(worker.pid, flush=True)
worker.ask(json.loads(sys.argv[1]), 1000)
"""
WALLS = """
from warehouse.guard.worker import build_walls
out = open('/dev/null', 'wb')
kept = open({kept!r}, 'wb', buffering=0)
build_walls(400 * 2**20, 5)
def tried(act):
    try:
        return act() and 'done'
    except (OSError, MemoryError) as error:
        return type(error).__name__
import socket, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
print(tried(lambda: open('/etc/hostname')), tried(lambda: socket.socket()),
      tried(lambda: bytearray(800 * 2**20)), tried(lambda: kept.write(b'x')))
"""
Ask = Callable[..., Query]


@pytest.fixture
def ask(served: Path, limits: dict[str, int]) -> Ask:
    """Start a query under the limits of the product, changed as asked."""

    def start(sql: str, asker: str = "甲", **changed: int) -> Query:
        return guarded_query.start(Request(served, sql, asker, {}), limits | changed)

    return start


def end(queries: list[Query]) -> None:
    """Cancel, and wait until the turns are free again."""
    for query in queries:
        query.cancel()
    for query in queries:
        query.result()


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def column(outcome: Outcome, number: int = 0) -> list[object]:
    assert outcome.table is not None, outcome.sentence
    return list(outcome.table.column(number).to_pylist())


def test_nobody_sees_another_ones_rows(ask: Ask) -> None:
    def own(number: int) -> set[object]:
        query = ask(f"select 'key {number}' from range(300)", f"asker {number}")
        return set(column(query.result()))

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(own, range(16))) == [{f"key {number}"} for number in range(16)]


def test_one_person_cannot_take_all_turns(ask: Ask) -> None:
    greedy = [ask(SLEEP, "甲", sql_per_person=1) for _ in range(20)]
    try:
        turned_away = [query.result().kind for query in greedy if query.wait(0.5)]
        assert turned_away == ["busy"] * 19
        assert ask("select 1", "乙").result().kind == "ok"
    finally:
        end(greedy)


def test_who_waits_too_long_is_told(ask: Ask) -> None:
    running = [ask(SLEEP, name) for name in ("甲", "乙")]
    time.sleep(0.3)
    waited = ask("select 1", "丙", sql_queue_seconds=1).result()
    end(running)
    assert (waited.kind, "请稍后再试" in waited.sentence) == ("busy", True)


def test_a_cancelled_query_is_gone_at_once(ask: Ask) -> None:
    query = ask(SLEEP)
    time.sleep(1.0)
    begun = time.perf_counter()
    query.cancel()
    assert query.result().kind == "cancelled"
    assert time.perf_counter() - begun < 1


def test_one_that_waits_can_be_cancelled(ask: Ask) -> None:
    running = [ask(SLEEP, name) for name in ("甲", "乙")]
    time.sleep(0.3)
    waiting = ask("select 1", "丙")
    waiting.cancel()
    assert waiting.wait(1)
    assert waiting.result().kind == "cancelled"
    end(running)


def test_the_deadline_is_told_with_its_seconds(ask: Ask) -> None:
    outcome = ask(SLEEP, sql_seconds=1).result()
    assert (outcome.kind, "超过 1 秒" in outcome.sentence) == ("timeout", True)


def test_more_rows_than_the_limit_are_cut_and_told(ask: Ask) -> None:
    outcome = ask("select range as n from range(100000000)").result()
    assert (outcome.rows, outcome.truncated) == (10_000, True)
    exact = ask("select range as n from range(10000)").result()
    assert (exact.rows, exact.truncated) == (10_000, False)


def test_bytes_cells_and_columns_have_limits(ask: Ask) -> None:
    fat = ask("select repeat('x', 20000) from range(5000)", sql_result_mb=1).result()
    assert fat.truncated
    assert 0 < fat.rows < 100
    long = ask("select repeat('长', 40000) as t, 'short' as s").result()
    assert long.cut_cells == 1
    assert len(str(column(long)[0])) == 32_767
    wide = ask("select " + ", ".join(f"{n} as c{n}" for n in range(201))).result()
    assert (wide.kind, "201 列" in wide.sentence) == ("refused", True)


def test_values_of_every_type_become_plain(ask: Ask) -> None:
    sql = """select 1::hugeint as 整数, 1.25::decimal(9, 2) as 小数, 1 / 0 as 无穷, true as 是,
        12345678901234567890::ubigint as 长, [1, 2] as 列表, interval 3 day as 间隔,
        date '2026-10-31' as 日, null as 空, 1 as 数, 2 as 数"""
    outcome = ask(sql).result()
    assert outcome.table is not None
    (row,) = outcome.table.to_pylist()
    assert (row["整数"], row["小数"], row["无穷"], row["是"]) == (1, 1.25, None, True)
    assert (row["长"], row["列表"], row["间隔"]) == ("12345678901234567890", "[1, 2]", "3天")
    assert (str(row["日"]), row["空"], row["数"], row["数_2"]) == ("2026-10-31", None, 1, 2)
    assert outcome.blank_cells == 1


def test_values_are_bound_never_pasted(served: Path, limits: dict[str, int]) -> None:
    hostile = "x'; drop table core.fct_incident; --"
    values = {"a": {"kind": "text", "value": hostile}, "b": None}
    request = Request(served, "select $a as a, $b is null as b", "甲", values)
    outcome = guarded_query.start(request, limits).result()
    assert outcome.table is not None
    assert outcome.table.to_pylist() == [{"a": hostile, "b": True}]


def test_the_end_is_told_whatever_it_is(served: Path, limits: dict[str, int]) -> None:
    told: list[Outcome] = []
    for sql in ("select 1", "select nothing", "drop view 事故"):
        guarded_query.start(Request(served, sql, "甲", {}), limits, told.append).result()
    assert [outcome.kind for outcome in told] == ["ok", "error", "refused"]


def test_what_no_worker_of_ours_sends_is_not_shown(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = {"kind": "ok", "ms": 1, "truncated": False, "cut_cells": 0, "blank_cells": 0}
    sink = pa.BufferOutputStream()
    nested = pa.table({"a": [[1]]})
    with pa.ipc.new_stream(sink, nested.schema) as stream:
        stream.write_table(nested)
    for rows in (b"garbage", sink.getvalue().to_pybytes()):
        other = Mock(ask=lambda *_, rows=rows: (head, rows))
        monkeypatch.setattr(worker_process, "take", lambda other=other: other)
        assert ask("select 1").result().kind == "crashed"


def test_a_killed_worker_harms_nobody(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    workers: list[worker_process.Worker] = []

    def take() -> worker_process.Worker:
        workers.append(worker_process.Worker())
        return workers[-1]

    with monkeypatch.context() as patch:
        patch.setattr(worker_process, "take", take)
        query = ask(SLEEP)
        time.sleep(1.0)
        os.kill(workers[0].pid, signal.SIGSEGV)
        assert query.result().kind == "crashed"
    assert ask("select 1").result().kind == "ok"


def test_the_walls_stand(tmp_path: Path) -> None:
    words = [sys.executable, "-c", WALLS.replace("{kept!r}", repr(str(tmp_path / "kept")))]
    done = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["OSError", "OSError", "MemoryError", "OSError"]


def test_a_worker_does_not_outlive_its_server(served: Path, limits: dict[str, int]) -> None:
    request = f'{{"path": "{served}", "sql": "{SLEEP}", "params": {{}}, "plan": false, "limits": '
    request += str(limits | {"sql_seconds": 1}).replace("'", '"') + "}"
    words = [sys.executable, "-c", START, request]
    server = subprocess.Popen(words, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    pid = int(server.stdout.readline())
    time.sleep(1.0)
    server.kill()
    server.wait()
    waited = threading.Event()
    for _ in range(50):
        if not is_running(pid):
            return
        waited.wait(0.1)
    pytest.fail("the worker went on")
