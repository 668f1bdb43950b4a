"""Told kinds: what a person says a sheet is, where its header fits more than one kind of table.

A telling is part of the receipt: the same workbook told another kind is judged again, and its rows
lie in the lake under another key.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from etl.normalise import key
from etl.recipe import SOURCES_DIR

Kinds = Mapping[str, str]
"""Sheet name, or `*` for every sheet → dataset."""

EVERY_SHEET = "*"
NOTHING_TOLD: Kinds = MappingProxyType({})


def dataset_names() -> dict[str, str]:
    """Chinese names of the declared datasets."""
    paths = sorted(SOURCES_DIR.glob("*/source.toml"))
    return {p.parent.name: tomllib.loads(p.read_text("utf-8"))["name_zh"] for p in paths}


def parse_kinds(words: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """`incident` or `Sheet1=hazard` as given; `names` is dataset → Chinese name, both understood.

    Raises ValueError in Chinese that lists the kinds there are.
    """
    known = {key(word): dataset for dataset, name in names.items() for word in (dataset, name)}
    told: dict[str, str] = {}
    for word in words:
        sheet, _, kind = word.rpartition("=")
        if key(kind) not in known:
            every = "、".join(f"{dataset}（{name}）" for dataset, name in names.items())
            raise ValueError(f"没有“{kind}”这种报表，可以是：{every}")
        told[sheet.strip() or EVERY_SHEET] = known[key(kind)]
    return told


def told_kind(kinds: Kinds, sheet: str) -> str | None:
    """The dataset this sheet was said to be; its own name goes before `*`."""
    by_name = {key(name): dataset for name, dataset in kinds.items()}
    return by_name.get(key(sheet), by_name.get(EVERY_SHEET))


def lake_key(recipe: str, kinds: Kinds) -> str:
    """What rows are filed under beside the hash of their workbook: recipe and what was told."""
    if not kinds:
        return recipe
    text = json.dumps(sorted(kinds.items()), ensure_ascii=False)
    return f"{recipe}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
