"""操作手册 is true: it names every page and command, and shows a picture of every page."""

from __future__ import annotations

import csv
import re
import subprocess
import sys

import pytest

from tests.contract.repository import ROOT

FOLDER = ROOT / "manual"
TEXT = (FOLDER / "操作手册.md").read_text(encoding="utf-8")
#: The page that shows the manual: its picture would be a picture of the manual's own first lines.
ITSELF = "操作手册"


def column(path: str, name: str) -> list[str]:
    with (ROOT / path).open(encoding="utf-8", newline="") as stream:
        return [row[name] for row in csv.DictReader(stream)]


def test_every_page_is_explained_and_pictured() -> None:
    pages = column("pages/roles.csv", "page")
    assert [page for page in pages if page not in TEXT] == []
    assert set(column("manual/shots.csv", "page")) == set(pages) - {ITSELF}


def test_every_picture_shown_was_taken_and_every_picture_taken_is_shown() -> None:
    shown = set(re.findall(r"\]\(pictures/([^)]+)\.png\)", TEXT))
    assert shown == set(column("manual/shots.csv", "picture"))
    assert shown == {path.stem for path in (FOLDER / "pictures").glob("*.png")}
    assert shown == {path.stem for path in (FOLDER / "pictures").glob("*.txt")}


def test_every_button_to_press_is_on_a_screen() -> None:
    screens = [*(ROOT / "pages").rglob("*.py"), *(ROOT / "reports" / "slides").glob("*.py")]
    said = "".join(path.read_text(encoding="utf-8") for path in screens)
    pressed = re.findall(r"按“([^”]+)”", TEXT)
    assert pressed
    assert [button for button in pressed if button not in said] == []


@pytest.mark.parametrize("module", ["etl", "reports"])
def test_every_command_is_named_and_exists(module: str) -> None:
    words = [sys.executable, "-m", module, "--help"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    commands = set(re.findall(r"^    ([a-z]+)\s", told, re.MULTILINE))
    assert commands
    said = set(re.findall(r"`([a-z]+)`", TEXT))
    for line in re.findall(rf"python -m {module} ([a-z]+)", TEXT):
        said.add(line)
        assert line in commands
    assert commands - said == set()
