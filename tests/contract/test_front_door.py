"""`run.py app` from start to stop, with the interpreter of the tests for its environment."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import run
from tests.contract.repository import ROOT

#: The real front door; only the environment is the one already running.
CALL = """
import pathlib, run, sys
run.prepare = lambda name: pathlib.Path(sys.executable)
sys.exit(run.main(sys.argv[1:]))
"""


def start(home: Path, port: int, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CALL, "app", "--no-browser", "--port", str(port)]
    return subprocess.Popen(
        [*command, "--home", str(home), *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture
def served_at(sample_home: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A port, and the front door serving there."""
    port = run.free_port()
    process = start(sample_home, port)
    assert process.stdout
    assert f"晾晒台已就绪：http://{run.HOST}:{port}" in process.stdout.readline()
    yield port, process
    process.terminate()
    process.wait(20)


def test_it_serves_until_it_is_stopped(served_at: tuple[int, subprocess.Popen[str]]) -> None:
    port, process = served_at
    assert run.is_healthy(port)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "已停止" in said
    assert "Traceback" not in said
    assert not run.is_healthy(port)


def test_a_second_one_says_where_the_first_is(
    served_at: tuple[int, subprocess.Popen[str]], sample_home: Path
) -> None:
    port, _ = served_at
    second = start(sample_home, port)
    _, said = second.communicate(timeout=120)
    assert second.returncode == 1
    assert f"可能已在运行：http://{run.HOST}:{port}" in said


def test_a_profile_without_data_is_served_without_the_sample(tmp_path: Path) -> None:
    port = run.free_port()
    process = start(tmp_path, port, "--profile", "tengzhou")
    assert process.stdout
    assert "已就绪" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=120)
    assert "还没有数据" in said
    assert not (tmp_path / "tengzhou" / "CURRENT").exists()
