"""One list of packages, one configuration per tool, and a front door that says what is wrong."""

import hashlib
import io
import json
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import run
from tests.contract.repository import PRODUCT_FOLDERS, ROOT, python_files
from tests.contract.test_imports import imported

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
INSTALLED_AS = {"yaml": "pyyaml"}
#: Pinned with the product although no module of it imports them.
NOT_IMPORTED = {"openpyxl": "tests write workbooks with it; fastexcel reads, xlsxwriter writes"}
COMMAND = "uv pip compile --universal --generate-hashes --python-version 3.11"


def pins(name: str) -> set[tuple[str, str]]:
    return set(PIN.findall((ROOT / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("stem", ["requirements", "requirements-dev"])
def test_every_package_is_pinned_and_hashed(stem: str) -> None:
    text = (ROOT / f"{stem}.txt").read_text(encoding="utf-8")
    assert f"{COMMAND} {stem}.in -o {stem}.txt" in text.splitlines()[1]
    blocks = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_tests_run_is_what_runs() -> None:
    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_one_tool_has_one_configuration() -> None:
    others = (
        "setup.cfg",
        "tox.ini",
        "pytest.ini",
        "mypy.ini",
        "ruff.toml",
        ".ruff.toml",
        ".flake8",
    )
    assert [name for name in others if (ROOT / name).exists()] == []
    assert "sqlfluff" not in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]


def direct(name: str) -> set[str]:
    """Packages a requirements.in asks for itself."""
    return set(re.findall(r"^([a-z][a-z0-9-]*)[=><]", (ROOT / name).read_text(), re.MULTILINE))


def imported_packages(paths: list[Path]) -> set[str]:
    """Packages that Python files import, by the name they are installed under."""
    ours = {"app", "run", "tests", "bench", "manual", *PRODUCT_FOLDERS}
    tops = {name.split(".")[0] for path in paths for name in imported(path)}
    foreign = tops - ours - sys.stdlib_module_names
    return {INSTALLED_AS.get(name, name).replace("_", "-") for name in foreign}


def test_every_package_the_product_imports_is_asked_for() -> None:
    asked = direct("requirements.in")
    used = imported_packages(python_files())
    assert used <= asked
    assert asked - used == set(NOT_IMPORTED)


def test_every_package_the_tests_import_is_asked_for() -> None:
    asked = direct("requirements.in") | direct("requirements-dev.in")
    assert imported_packages(python_files("tests")) <= asked


def call(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_call_it_does_not_know_is_refused_with_the_usage() -> None:
    for words in ([], ["appp"], ["app", "--port", "x"], ["app", "--bogus"]):
        refused = call(*words)
        assert refused.returncode == 2
        assert "命令写法不对" in refused.stderr
        assert "python3 run.py app" in refused.stderr


def test_a_taken_port_is_said_before_any_work(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        with pytest.raises(SystemExit) as stopped:
            run.refuse_taken_port(taken.getsockname()[1])
    assert stopped.value.code == 1
    assert "已被占用" in capsys.readouterr().err


def test_an_old_python_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit):
        run.main(["app"])
    assert "需要 Python 3.11" in capsys.readouterr().err


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A repository whose environment is only pretended; returns what was done to it."""
    done: list[str] = []
    environment = tmp_path / ".venv"
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("one==1\n")

    def create() -> None:
        done.append("create")
        (environment / "bin").mkdir(parents=True, exist_ok=True)
        (environment / "bin" / "python").touch()

    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "ENVIRONMENT", environment)
    monkeypatch.setattr(run, "STAMP", environment / "installed.json")
    monkeypatch.setattr(run, "create_environment", create)
    monkeypatch.setattr(run, "install", lambda _python, name: done.append(name))
    return done


def test_the_environment_is_made_once(lists: list[str]) -> None:
    run.prepare("requirements.txt")
    run.prepare("requirements.txt")
    assert lists == ["create", "requirements.txt"]


def test_the_environment_of_the_tests_serves_the_app(lists: list[str]) -> None:
    run.prepare("requirements-dev.txt")
    run.prepare("requirements.txt")
    assert lists == ["create", "requirements-dev.txt"]


def test_a_changed_list_is_installed_again(lists: list[str]) -> None:
    run.prepare("requirements.txt")
    (run.ROOT / "requirements.txt").write_text("one==2\n")
    run.prepare("requirements.txt")
    assert lists == ["create", "requirements.txt", "requirements.txt"]


def test_another_python_or_a_half_made_environment_begins_anew(lists: list[str]) -> None:
    run.prepare("requirements.txt")
    for stamp in ("", json.dumps({"python": "3.9"})):
        run.STAMP.write_text(stamp)
        run.prepare("requirements.txt")
    assert lists == ["create", "requirements.txt"] * 3


def test_frames_of_any_size_are_read() -> None:
    for size in (2, 200, 70_000):
        payload = hashlib.shake_128(b"frame").digest(size)
        head = bytes([0x82, size]) if size < 126 else b""
        if size >= 126:
            wide = size > 0xFFFF
            head = bytes([0x82, 127 if wide else 126]) + size.to_bytes(8 if wide else 2, "big")
        assert run.read_frame(io.BytesIO(head + payload)) == payload


def test_a_closing_server_is_no_endless_wait() -> None:
    for answer in (b"", b"\x88\x00"):
        with pytest.raises(ConnectionError):
            run.read_frame(io.BytesIO(answer))
