"""What the contract tests look at: the files of this repository, each kind listed in one place."""

import ast
import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SQL = ROOT / "sql"
MODEL_FOLDERS = ("staging", "core", "indicators", "derived", "marts", "checks")
#: `design.md`: another engine must be able to run these later.
PORTABLE_FOLDERS = ("core", "indicators", "derived", "marts")
PRODUCT_FOLDERS = ("pages", "etl", "sample", "reports", "warehouse")


def name_of(path: Path) -> str:
    """A path as a reader of a failure wants it."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[Path]:
    """Python files of some folders, or of the whole product without tests and measurements."""
    if folders:
        return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [ROOT / "run.py", ROOT / "app.py", *python_files(*PRODUCT_FOLDERS)]


@cache
def tree_of(path: Path) -> ast.Module:
    """Syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def sql_files(*folders: str) -> list[Path]:
    """SQL files of some folders of sql/, or of all of them."""
    chosen = folders or (*MODEL_FOLDERS, "queries", "questions", "comparisons")
    return sorted(path for folder in chosen for path in (SQL / folder).rglob("*.sql"))


@cache
def rows(path: Path) -> tuple[dict[str, str], ...]:
    """Rows of a CSV file, all text."""
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def profiles() -> Iterator[Path]:
    """Folders of the delivered jurisdictions."""
    yield from sorted(path for path in (ROOT / "data" / "profiles").iterdir() if path.is_dir())


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string a file holds outside docstrings, with its line; an f-string counts as one."""
    nodes = list(ast.walk(tree))
    joined = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    skipped = {id(part) for text in joined for part in text.values}
    skipped |= {id(docstring) for docstring in docstrings(tree)}
    for text in joined:
        yield text.lineno, "".join(map(_fixed_text, text.values))
    for node in nodes:
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in skipped
        ):
            yield node.lineno, node.value


def _fixed_text(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "{}"


def docstrings(tree: ast.AST) -> Iterator[ast.expr]:
    """The docstrings of a file, its classes and its functions."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        first = node.body[0] if isinstance(node, owners) and node.body else None
        if isinstance(first, ast.Expr):
            yield first.value
