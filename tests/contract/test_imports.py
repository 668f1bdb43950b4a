"""Imports point one way: app → pages → pages.ui → reports → warehouse, etl, sample → warehouse."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.repository import PRODUCT_FOLDERS, ROOT, name_of, python_files, tree_of

#: What each part may import of the others.
ALLOWED = {
    "run": set[str](),
    "app": {"pages", "pages.ui", "reports", "warehouse"},
    "pages": {"pages.ui", "reports", "warehouse"},
    "pages.ui": {"pages.ui", "reports", "warehouse"},
    "reports": {"reports", "warehouse"},
    "etl": {"etl", "warehouse"},
    "sample": {"sample", "warehouse"},
    "warehouse": {"warehouse"},
}
#: Slow or risky to load, and no business of a screen.
NEVER_IN_APP = {"great_expectations", "openpyxl", "sqlglot", "etl", "defusedxml", "fastexcel"}
#: Everything the app may run, loaded as a fresh interpreter would load it.
LOAD_ALL = """
import importlib, json, pathlib, sys
for folder in ("pages", "reports", "warehouse"):
    for path in sorted(pathlib.Path(folder).rglob("*.py")):
        parts = path.with_suffix("").parts
        is_screen = parts[0] == "pages" and parts[1:2] != ("ui",)
        if not is_screen and parts[-1] != "__main__":
            importlib.import_module(".".join(p for p in parts if p != "__init__"))
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def part_of(name: str) -> str:
    """The part of the product a dotted module name belongs to."""
    return "pages.ui" if (name + ".").startswith("pages.ui.") else name.split(".")[0]


def imported(path: Path) -> Iterator[str]:
    """Dotted names a file imports, wherever in the file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import, line {node.lineno}"
            base = node.module or ""
            yield from (f"{base}.{alias.name}" for alias in node.names)


def module_name(path: Path) -> str:
    return name_of(path).removesuffix(".py").replace("/", ".")


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    here = part_of(module_name(path))
    ours = {"app", "run", "tests", "bench", "manual", *PRODUCT_FOLDERS}
    reached = {part_of(name) for name in imported(path) if name.split(".")[0] in ours}
    assert reached <= ALLOWED[here]


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_streamlit_stays_in_the_app_and_its_pages(path: Path) -> None:
    if part_of(module_name(path)) not in {"app", "pages", "pages.ui"}:
        assert "streamlit" not in {name.split(".")[0] for name in imported(path)}


def test_run_uses_the_standard_library_alone() -> None:
    names = {name.split(".")[0] for name in imported(ROOT / "run.py")}
    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize(
    "path", [ROOT / "app.py", *python_files("pages", "reports", "warehouse")], ids=name_of
)
def test_the_app_names_no_slow_package(path: Path) -> None:
    assert not {name.split(".")[0] for name in imported(path)} & NEVER_IN_APP


def test_the_app_loads_no_slow_package_through_another() -> None:
    loaded = json.loads(
        subprocess.check_output([sys.executable, "-c", LOAD_ALL], cwd=ROOT, text=True)
    )
    assert {"streamlit", "warehouse", "pages"} <= set(loaded)
    assert not set(loaded) & NEVER_IN_APP
