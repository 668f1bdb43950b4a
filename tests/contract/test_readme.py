"""README names every command, dependency and folder, and nothing that does not exist."""

import re
import subprocess
import sys

import pytest

from tests.contract.repository import ROOT

README = ROOT / "README.md"
NAME = re.compile(r"^([a-z][a-z0-9-]*)", re.MULTILINE)


def readme() -> str:
    return README.read_text(encoding="utf-8")


def commands(package: str) -> list[str]:
    """Commands a package lists in its own help."""
    shown = subprocess.check_output(
        [sys.executable, "-m", package, "--help"], cwd=ROOT, text=True, encoding="utf-8"
    )
    found = re.findall(r"^    ([a-z]+)", shown, re.MULTILINE)
    assert found, shown
    return found


def dependencies(name: str) -> list[str]:
    """Direct dependencies of a requirements file; each must say what it is for."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line[:1].isalpha()]
    assert all(re.search(r"  # \w", line) for line in listed), "a dependency without a reason"
    return [match.group() for line in listed if (match := NAME.match(line))]


def folders() -> list[str]:
    """Top-level folders under version control."""
    shown = subprocess.check_output(
        ["git", "-c", "core.quotePath=false", "ls-files"], cwd=ROOT, text=True
    ).splitlines()
    return sorted({path.split("/")[0] for path in shown if "/" in path})


def test_readme_names_every_command_of_etl() -> None:
    text = readme()
    assert [name for name in commands("etl") if f"python -m etl {name}" not in text] == []


@pytest.mark.parametrize(
    "call",
    ["python3 run.py app", "python3 run.py test", "run.py test --browser", "run.py test --quick"],
)
def test_readme_names_every_command_of_run(call: str) -> None:
    assert call in readme()


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_readme_names_every_dependency(name: str) -> None:
    text = readme().lower()
    assert [package for package in dependencies(name) if f"`{package}`" not in text] == []


def test_readme_names_every_folder() -> None:
    text = readme()
    assert [folder for folder in folders() if f"{folder}/" not in text] == []


def test_readme_names_no_file_that_is_missing() -> None:
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", readme()))
    tops = set(folders())
    ours = {
        path for path in named if path.split("/")[0] in tops and not path.startswith("data/home")
    }
    assert [path for path in sorted(ours) if not (ROOT / path).exists()] == []
