"""The front door opened to other machines: who gets figures over the wire, and who the form."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import run
from pages.ui.access import access
from tests.contract.test_front_door import start
from tests.faults.sockets import said, session
from warehouse.accounts import log, sessions, users
from warehouse.files.home import Home

WORD = "晾晒-2026-十月"
FIGURES, FORM = "figure:incident_count", "signin_form"


@dataclass(frozen=True)
class Door:
    """A server for other machines, and its home."""

    home: Home
    port: int
    process: subprocess.Popen[str]
    told: list[str]


@pytest.fixture(scope="module")
def door(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    home = Home(tmp_path_factory.mktemp("lan"), "demo")
    home.folder.mkdir()
    shutil.copy(sample_home / "demo" / "CURRENT", home.folder)
    home.builds.symlink_to(sample_home / "demo" / "builds")
    users.add_user(home, "zhang", ["leader"], WORD)
    port = run.free_port()
    process = start(home.root, port, "--lan", "--host", "liangshai.local")
    assert process.stdout
    told = [process.stdout.readline() for _ in range(2)]
    yield Door(home, port, process, told)
    process.terminate()
    process.wait(20)


def cookie(home: Home, token: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIANGSHAI_HOME", str(home.root))
        return f"{access.cookie_name()}={token}"


def answer(door: Door, **headers: str) -> str:
    with session(door.port, **headers) as tab:
        assert tab.status == 101
        return said(tab.run(month="2026-10"))


def test_it_says_where_others_find_it(door: Door) -> None:
    assert f"http://{run.HOST}:{door.port}" in door.told[0]
    assert door.told[1].startswith("其他电脑请打开：http://")
    assert (door.home.folder / "cookie_secret").stat().st_mode & 0o077 == 0


def test_without_a_user_it_does_not_start(tmp_path: Path) -> None:
    process = start(tmp_path, run.free_port(), "--lan")
    _, told = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "run.py user add" in told
    assert not (tmp_path / "demo" / "CURRENT").exists()


def test_a_token_opens_figures_and_nothing_else_does(door: Door) -> None:
    token = sessions.sign_in(door.home, "zhang", WORD, "")
    shown = answer(door, Cookie=cookie(door.home, token))
    assert FIGURES in shown
    assert FORM not in shown
    flipped = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
    for name in ("", token[:-1], flipped, "x" * 43):
        shown = answer(door, Cookie=cookie(door.home, name))
        assert FORM in shown
        assert FIGURES not in shown
    sessions.sign_out(door.home, token)
    assert FIGURES not in answer(door, Cookie=cookie(door.home, token))


def test_headers_of_a_stranger_are_not_believed(door: Door) -> None:
    told = {"X-User": "zhang", "X-Proof": "s" * 32}
    assert FORM in answer(door, **told)
    settings = {"user_header": "X-User", "secret_header": "X-Proof", "secret": "s" * 32}
    try:
        (door.home.folder / "proxy.json").write_text(json.dumps(settings), "utf-8")
        assert FIGURES in answer(door, **told)
        assert FORM in answer(door, **{**told, "X-Proof": "t" * 32})
    finally:
        (door.home.folder / "proxy.json").unlink()


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}], ids=["host", "origin"]
)
def test_other_names_and_foreign_pages_are_refused(door: Door, headers: dict[str, str]) -> None:
    with session(door.port, **headers) as tab:
        assert tab.status == 403
    with session(door.port, Host=f"liangshai.local:{door.port}") as tab:
        assert tab.status == 101


def test_all_of_it_is_in_the_log(door: Door) -> None:
    assert log.faults(door.home) == []
    assert {"sign_in", "sign_out", "page"} <= {entry.action for entry in log.entries(door.home)}
