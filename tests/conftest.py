"""What every test may ask for: the sample warehouse, a served app, the browser switch."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

import run
from tests.shares import is_quick, longest_first, worker_count
from warehouse.files.home import DEFAULT_PROFILE, Home
from warehouse.versions.versions import served_file

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "sample"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--browser", action="store_true", help="run the browser tests too")
    parser.addoption("--quick", action="store_true", help="run only what takes no time")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for: deselected and counted, not skipped. The long ones first.

    Browser tests run when asked for; with `--quick` nothing that takes long runs.
    """

    def is_asked_for(item: pytest.Item) -> bool:
        if config.getoption("--quick"):
            return is_quick(item)
        return bool(config.getoption("--browser") or not item.get_closest_marker("browser"))

    config.hook.pytest_deselected(items=[item for item in items if not is_asked_for(item)])
    asked_for = [item for item in items if is_asked_for(item)]
    items[:] = longest_first(asked_for, worker_count())


@pytest.fixture(scope="session", autouse=True)
def no_real_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test away from data/home, also one that asks for no warehouse."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIANGSHAI_HOME", str(tmp_path_factory.mktemp("no-home")))
        patch.setenv("LIANGSHAI_PROFILE", DEFAULT_PROFILE)
        yield


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Root of a home into which data/sample was loaded by the command, once for all tests."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # the folder all workers have in common
    root = shared / "sample-home"
    with FileLock(shared / "sample-home.lock"):
        if not (root / "loaded").exists():
            load_sample(root)
            (root / "loaded").touch()
    return root


def load_sample(root: Path) -> None:
    """Load the committed workbooks by the command an office types."""
    command = [sys.executable, "-m", "etl", "load", str(SAMPLE), "--home", str(root), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}", pytrace=False)


@pytest.fixture
def home(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The sample warehouse, where LIANGSHAI_HOME points for this test; read it only."""
    monkeypatch.setenv("LIANGSHAI_HOME", str(sample_home))
    return Home(sample_home, DEFAULT_PROFILE)


@pytest.fixture
def home_copy(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A sample warehouse of one's own, to change or to break."""
    root = tmp_path / "home"
    shutil.copytree(sample_home, root)
    monkeypatch.setenv("LIANGSHAI_HOME", str(root))
    return Home(root, DEFAULT_PROFILE)


@pytest.fixture(scope="session")
def small_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a small built home and of its two workbooks; read it only."""
    from tests.lifecycle.tiny import small_home

    root = tmp_path_factory.mktemp("small")
    small_home(root)
    return root


@pytest.fixture
def small_copy(small_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A small built home of one's own: eight cases of 2026, one dead in each."""
    root = tmp_path / "home"
    shutil.copytree(small_template / "home", root)
    monkeypatch.setenv("LIANGSHAI_HOME", str(root))
    return Home(root, DEFAULT_PROFILE)


@pytest.fixture
def served(home: Home) -> Path:
    """The database file that pages read."""
    return served_file(home)


@pytest.fixture(scope="session")
def app_url(sample_home: Path) -> Iterator[str]:
    """Address of the app over the sample warehouse, started and warmed up as `run.py app` does."""
    port = run.free_port()
    with run.serving(port, sample_home):
        yield run.url_of(port)
