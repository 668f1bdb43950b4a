"""Code lists: the names of sql/dictionary/codes.csv, and how else they are written."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from etl.declarations.recipe import CODES_CSV, SOURCES_DIR
from etl.declarations.text_keys import key

ALIASES = ("aliases.csv", "also_written.csv")
"""Spellings, and looser ones that are understood but that the sample generator never writes."""


class DeclarationError(ValueError):
    """A declaration file contradicts itself; the message names file and line."""


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, cells trimmed."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{k: (v or "").strip() for k, v in row.items()} for row in csv.DictReader(file)]


def codes() -> dict[str, Mapping[str, str]]:
    """Code list → spelling → code: the dictionary's names and what else they are called."""
    lists: dict[str, dict[str, str]] = {}
    known = [(r["code_list"], r["name_zh"], r["code"]) for r in read_rows(CODES_CSV)]
    pairs = {(code_list, code) for code_list, _, code in known}
    for row in (row for name in ALIASES for row in read_rows(SOURCES_DIR / name)):
        if (row["code_list"], row["code"]) not in pairs:
            raise DeclarationError(f"sources：{row['alias']} 指向不存在的代码")
        known.append((row["code_list"], row["alias"], row["code"]))
    for code_list, text, code in known:
        if lists.setdefault(code_list, {}).setdefault(key(text), code) != code:
            raise DeclarationError(f"代码表 {code_list}：“{text}”对应两个代码")
    return {name: MappingProxyType(names) for name, names in lists.items()}


def code_names() -> dict[str, tuple[str, ...]]:
    """The names of every code list as the dictionary has them, in order."""
    names: dict[str, list[str]] = {}
    for row in sorted(read_rows(CODES_CSV), key=lambda r: int(r["sort_no"])):
        names.setdefault(row["code_list"], []).append(row["name_zh"])
    return {code_list: tuple(of) for code_list, of in names.items()}
