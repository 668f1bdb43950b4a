"""Homes as earlier programs left them: unpacked once, copied for tests that change them."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.access import access
from tests.homes.make import PROFILE
from tests.pages.screen import APP, TIMEOUT
from warehouse.accounts import sessions, users
from warehouse.files.home import Home

BOSS, WORD = "boss", "a-long-enough-word-2026"
FOLDER = Path(__file__).parent
COMMITS = sorted(path.stem for path in FOLDER.glob("*.zip"))


def unpack(commit: str, root: Path) -> Home:
    """The home that a commit made, in a folder of its own."""
    with zipfile.ZipFile(FOLDER / f"{commit}.zip") as archive:
        archive.extractall(root)
    return Home(root, PROFILE)


def signed_in(home: Home, path: str = "", **query: str) -> AppTest:
    """A page of the home's app, for an administrator made today beside the users it had."""
    if BOSS not in users.read_users(home):
        users.add_user(home, BOSS, ["admin"], WORD)
    app = AppTest.from_file(str(APP), default_timeout=TIMEOUT)
    app.session_state[access.TOKEN] = sessions.sign_in(home, BOSS, WORD, "")
    if path:
        app.switch_page(str(APP.parent / path))
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Home]:
    """Homes to read: the same one for all who ask for a commit."""
    made: dict[str, Home] = {}

    def act(commit: str) -> Home:
        if commit not in made:
            made[commit] = unpack(commit, tmp_path_factory.mktemp(commit))
        return made[commit]

    return act


@pytest.fixture(params=COMMITS)
def old(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Home]:
    """A home of one's own to change, where LIANGSHAI_HOME points for this test."""
    monkeypatch.setenv("LIANGSHAI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LIANGSHAI_PROFILE", PROFILE)
    yield unpack(request.param, tmp_path / "home")
    shutil.rmtree(tmp_path, ignore_errors=True)  # 200 MB each
