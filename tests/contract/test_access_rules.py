"""No way around the gate: pages are offered, files built and rows read through it alone."""

import ast
from pathlib import Path

import pytest

from tests.contract.repository import ROOT, name_of, python_files, tree_of
from warehouse.accounts.log import ACTIONS_ZH

SCREENS = [ROOT / "app.py", *python_files("pages")]
#: The one place that makes pages, and the one that reads named queries.
GATE, ROWS = (
    ROOT / "pages" / "ui" / "access" / "access.py",
    ROOT / "pages" / "ui" / "access" / "cache.py",
)


def calls(path: Path, name: str) -> list[ast.Call]:
    """Calls of a function or method of this name."""
    return [
        node
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name
    ]


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_every_file_is_built_behind_the_gate(path: Path) -> None:
    for call in calls(path, "download_button"):
        data = next((word.value for word in call.keywords if word.arg == "data"), None)
        assert isinstance(data, ast.Call), f"line {call.lineno}"
        assert ast.unparse(data.func) == "access.export", f"line {call.lineno}"


@pytest.mark.parametrize("path", [path for path in SCREENS if path != GATE], ids=name_of)
def test_pages_are_made_by_the_gate_alone(path: Path) -> None:
    assert [call.lineno for call in calls(path, "Page")] == []


@pytest.mark.parametrize("path", [path for path in SCREENS if path != ROWS], ids=name_of)
def test_screens_read_rows_through_the_cache_alone(path: Path) -> None:
    direct = [*calls(path, "run_file"), *calls(path, "open_sealed")]
    assert [call.lineno for call in direct] == []


def test_every_action_a_screen_notes_is_known_to_the_log() -> None:
    noted = {
        call.args[0].value
        for path in SCREENS
        for call in calls(path, "note")
        if ast.unparse(call.func) == "access.note" and isinstance(call.args[0], ast.Constant)
    }
    assert noted
    assert noted - ACTIONS_ZH.keys() == set()
