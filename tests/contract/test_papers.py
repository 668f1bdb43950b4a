"""README and docs name every command, option, dependency and folder, and nothing that is not there.

They are one text in several papers: what one leaves out another may say, and every paper can be
reached from README.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import run
from etl.build.schema_paper import PAPER, paper
from tests.contract.papers import DOCS, README, RECORDS, current, headings, links, papers, text_of
from tests.contract.repository import ROOT, name_of
from warehouse.files.settings import SETTINGS, Setting
from warehouse.models.dictionary import stored_columns

README_BYTES = 8 * 1024
NAME = re.compile(r"^([a-z][a-z0-9-]*)", re.MULTILINE)
MODULE = re.compile(r"python3? -m ([a-z_.]*[a-z_])(?=[\s`])")
#: README, docs/ and CONTRIBUTING.md; the manual and the changelog have promises of their own.
FOR_BUILDERS = [path for path in current() if path.parent.name != "manual"]
TEXT = "\n".join(map(text_of, FOR_BUILDERS))


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


def test_readme_can_be_read_at_a_sitting() -> None:
    assert len(README.read_bytes()) <= README_BYTES


@pytest.mark.parametrize("package", ["etl", "reports"])
def test_every_command_is_named(package: str) -> None:
    assert [name for name in commands(package) if f"python -m {package} {name}" not in TEXT] == []


@pytest.mark.parametrize("call", ["python3 run.py app", "python3 run.py test", ".ci/run"])
def test_readme_names_the_commands_of_the_front_door(call: str) -> None:
    assert call in text_of(README)


def test_every_option_of_the_front_door_is_named() -> None:
    options = set(re.findall(r"--[a-z-]+", run.USAGE)) - {"--help"}
    assert "--browser" in options
    assert [option for option in sorted(options) if option not in TEXT] == []


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_dependency_is_named(name: str) -> None:
    assert [word for word in dependencies(name) if f"`{word}`" not in TEXT.lower()] == []


def test_every_folder_is_named() -> None:
    assert [folder for folder in folders() if f"{folder}/" not in TEXT] == []


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_named_with_what_it_is_and_may_be(setting: Setting) -> None:
    bounds = f"{setting.lowest}–{setting.highest}"
    row = f"| `{setting.name}` | {setting.default} | {bounds} | {setting.meaning_zh} |"
    assert row in text_of(DOCS / "operation.md")


@pytest.mark.parametrize("path", current(), ids=name_of)
def test_no_file_is_named_that_is_missing(path: Path) -> None:
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", text_of(path)))
    tops = set(folders())
    ours = {one for one in named if one.split("/")[0] in tops and not one.startswith("data/home")}
    assert [one for one in sorted(ours) if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("path", current(), ids=name_of)
def test_no_module_is_named_that_is_missing(path: Path) -> None:
    tops = set(folders())
    for name in set(MODULE.findall(text_of(path))):
        if name.split(".")[0] in tops:
            place = ROOT / name.replace(".", "/")
            assert place.with_suffix(".py").exists() or (place / "__main__.py").exists(), name


@pytest.mark.parametrize("path", papers(), ids=name_of)
def test_every_link_leads_somewhere_in_the_repository(path: Path) -> None:
    for link, target, heading in links(path):
        assert target.is_relative_to(ROOT) and target.exists(), link
        assert not heading or heading in headings(target), link


def test_every_paper_is_reached_from_readme() -> None:
    reached, waiting = set[Path](), [README]
    while waiting:
        path = waiting.pop()
        if path not in reached and path.suffix == ".md":
            reached.add(path)
            waiting += [target for _, target, _ in links(path)]
    records = {path for path in papers() if RECORDS in path.parents}
    assert [name_of(path) for path in papers() if path not in reached | records] == []


def test_the_schema_is_drawn_up_from_today_s_dictionary() -> None:
    tables = {name: {c.name: c.kind for c in held} for name, held in stored_columns().items()}
    assert text_of(PAPER) == paper(tables), "python -m etl.build.served_schema"
