"""The paths to walk of docs/architecture.md lead through files and functions that are there."""

import ast
import re
from pathlib import Path

import pytest

from tests.contract.papers import DOCS, text_of
from tests.contract.repository import ROOT, tree_of

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
STEP = re.compile(r"`([\w/]+\.(?:py|sql))(?::([\w.]+))?`")


def paths() -> dict[str, list[tuple[str, str]]]:
    """Every path by its title: its steps as file and function; a SELECT is a step by itself."""
    chapter = text_of(DOCS / "architecture.md").partition("\n## Paths to walk\n")[2]
    parts = chapter.partition("\n## ")[0].split("\n### ")[1:]
    return {part.partition("\n")[0]: STEP.findall(part) for part in parts}


def names_of(path: Path) -> set[str]:
    """Functions of a module, and methods as `Class.method`."""
    body = tree_of(path).body
    found = {node.name for node in body if isinstance(node, FUNCTIONS)}
    for owner in (node for node in body if isinstance(node, ast.ClassDef)):
        found |= {f"{owner.name}.{n.name}" for n in owner.body if isinstance(n, FUNCTIONS)}
    return found


def test_there_are_four_and_each_is_a_walk() -> None:
    assert len(paths()) == 4
    assert {title: len(steps) for title, steps in paths().items() if len(steps) < 8} == {}


@pytest.mark.parametrize("title", paths())
def test_every_step_is_there(title: str) -> None:
    for file, function in paths()[title]:
        path = ROOT / file
        assert path.is_file(), file
        if path.suffix == ".py":
            assert function in names_of(path), f"{file}:{function}"
