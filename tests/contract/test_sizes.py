"""Size budgets: a page is a recipe, a module fits in a head, a function on a screen."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.contract.repository import (
    PRODUCT_FOLDERS,
    ROOT,
    name_of,
    python_files,
    tree_of,
)

PAGE_LINES = 80
APP_LINES = 60
MODULE_LINES = 250
FUNCTION_LINES = 50
MEDIAN_FUNCTION_LINES = 15
TEST_LINES = 30
SUITE_EXPECTATIONS = 40
#: Modules over budget, and why they are one file.
LONG_MODULES = {
    "run.py": "stands alone: nothing of ours can be imported before it has made the environment",
}

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Functions of a file with their length, decorators left out."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, FunctionNode):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def budget(path: Path) -> int:
    parts = path.relative_to(ROOT).parts
    if parts == ("app.py",):
        return APP_LINES
    return PAGE_LINES if parts[0] == "pages" and parts[1] != "ui" else MODULE_LINES


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_a_module_keeps_its_budget(path: Path) -> None:
    if name_of(path) not in LONG_MODULES:
        assert line_count(path) <= budget(path), "split it, or give a reason in LONG_MODULES"


def test_every_exception_is_still_needed() -> None:
    assert [name for name in LONG_MODULES if line_count(ROOT / name) <= budget(ROOT / name)] == []


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    assert [f"{name}: {size}" for name, size in functions(path) if size > FUNCTION_LINES] == []


@pytest.mark.parametrize("folder", PRODUCT_FOLDERS)
def test_most_functions_are_short(folder: str) -> None:
    sizes = [size for path in python_files(folder) for _, size in functions(path)]
    assert not sizes or median(sizes) <= MEDIAN_FUNCTION_LINES


@pytest.mark.parametrize("path", python_files("tests"), ids=name_of)
def test_a_test_tells_one_thing(path: Path) -> None:
    tests = [(name, size) for name, size in functions(path) if name.startswith("test_")]
    assert [f"{name}: {size}" for name, size in tests if size > TEST_LINES] == []


@pytest.mark.parametrize("path", sorted((ROOT / "expectations").glob("*.json")), ids=name_of)
def test_a_suite_can_be_read(path: Path) -> None:
    assert (
        0 < len(json.loads(path.read_text(encoding="utf-8"))["expectations"]) <= SUITE_EXPECTATIONS
    )
