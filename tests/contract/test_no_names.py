"""Python knows no indicator and no place: both are rows, so a new one needs no line of code."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.contract.repository import (
    ROOT,
    name_of,
    profiles,
    python_files,
    rows,
    sql_files,
    texts,
    tree_of,
)

INDICATORS = ROOT / "sql" / "catalogue" / "indicators.csv"
#: Kinds that every jurisdiction has, not names of one.
COMMON_KINDS = {"合计", "市直", "未归属", "部门"}


@cache
def indicator_words() -> frozenset[str]:
    """Codes and Chinese names; a code that is also a workbook's column or code is its word."""
    sources = ROOT / "etl" / "sources"
    known = {row["field"] for path in sources.glob("*/columns.csv") for row in rows(path)}
    known |= {row["code"] for row in rows(ROOT / "sql" / "dictionary" / "codes.csv")}
    codes = {row["indicator_code"] for row in rows(INDICATORS)}
    names = {row["name_zh"] for row in rows(INDICATORS)}
    return frozenset((codes - known - page_stems()) | (names - page_titles()))


def page_titles() -> set[str]:
    """A page may be called as the indicator it is about: its title is a row too."""
    return {row["page"] for row in rows(ROOT / "pages" / "roles.csv")}


def page_stems() -> set[str]:
    """And so may its file, which its address follows."""
    return {path.stem for path in (ROOT / "pages").glob("*/*.py")}


@cache
def place_words() -> frozenset[str]:
    """Names and short names of towns, zones and the jurisdictions themselves."""
    words = set[str]()
    for profile in profiles():
        facts = {row["key"]: row["value"] for row in rows(profile / "profile.csv")}
        words |= {facts["name_zh"], facts["office_zh"]}
        for unit in rows(profile / "units.csv"):
            if unit["kind"] not in COMMON_KINDS:
                words |= {unit["name_zh"], unit["short_name"]}
    return frozenset(word for word in words if len(word) > 1)


def said(path: Path) -> str:
    """Everything a file says to the machine: names and strings, not docstrings and comments."""
    if path.suffix == ".sql":
        return re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
    tree = tree_of(path)
    names = (
        getattr(node, field)
        for node in ast.walk(tree)
        for field in ("id", "attr", "arg", "name")
        if isinstance(getattr(node, field, None), str)
    )
    return "\n".join([*names, *(text for _, text in texts(tree))])


def found(words: frozenset[str], path: Path) -> set[str]:
    """Words a file says; Latin ones as whole words."""
    text = said(path)
    return {
        word
        for word in words
        if word in text and (not word.isascii() or re.search(rf"\b{word}\b", text))
    }


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_no_indicator_in_python(path: Path) -> None:
    assert found(indicator_words(), path) == set()


@pytest.mark.parametrize("path", [*python_files(), *sql_files()], ids=name_of)
def test_no_place_in_python_or_sql(path: Path) -> None:
    assert found(place_words(), path) == set()
