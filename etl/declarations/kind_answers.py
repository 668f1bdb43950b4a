"""What a person says of a workbook: what a sheet is where two kinds fit, what a column is.

A telling is part of the receipt: the same workbook told otherwise is judged again, and its rows
lie in the lake under another key.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from etl.declarations.recipe import SOURCES_DIR
from etl.declarations.text_keys import key

Kinds = Mapping[str, str]
"""Sheet name, or `*` for every sheet → dataset."""

Columns = Mapping[str, str]
"""Header as it is shown, or `F列` → field, field:unit, or `-` for a column that is not used."""

EVERY_SHEET = "*"
NOTHING_TOLD: Kinds = MappingProxyType({})
NOTHING_ANSWERED: Columns = MappingProxyType({})


@dataclass(frozen=True)
class Told:
    """All that is said of one workbook."""

    kinds: Kinds = field(default_factory=dict)
    columns: Columns = field(default_factory=dict)

    def lake_key(self, recipe: str) -> str:
        """What its rows are filed under."""
        return lake_key(recipe, self.kinds, self.columns)


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


def lake_key(recipe: str, kinds: Kinds, columns: Columns = NOTHING_ANSWERED) -> str:
    """What rows are filed under beside the hash of their workbook: recipe and what was told."""
    if not kinds and not columns:
        return recipe
    told = [sorted(kinds.items()), *([sorted(columns.items())] if columns else [])]
    text = json.dumps(told if columns else told[0], ensure_ascii=False)
    return f"{recipe}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
