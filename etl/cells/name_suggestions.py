"""What a clerk could have meant by a name nobody knows: shown in the reason, never taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from etl.declarations.declarations import Place, Unit
from etl.declarations.text_keys import key

_SHOWN: Final = 8
_LIKE: Final = 0.55
"""甲乙街道 and 甲乙镇 are 0.57 alike, 甲乙街道 and 丙丁街道 0.5."""
_JOINTS = re.compile(r"[、,，;；/和及与]|\s+")


def allowed(text: str, names: Sequence[str]) -> str:
    """The entries of a code list; of a long list those with letters of the text first."""
    letters = set(text)
    ordered = sorted(names, key=lambda name: -len(letters & set(name)))
    shown = list(names) if len(names) <= _SHOWN else ordered[:_SHOWN]
    more = "等" if len(names) > _SHOWN else ""
    return f"（可填：{'、'.join(shown)}{more}）"


def other_than_one_unit(text: str, places: Mapping[str, Place], playing: Collection[Unit]) -> str:
    """Several units in one cell, or the unit whose name is nearest; empty when there is none."""
    parts = [part for part in _JOINTS.split(text.strip()) if part]
    if len(parts) > 1 and all(key(part) in places for part in parts):
        return "（写了不止一个单位）"
    names = [unit.name_zh for unit in playing]
    near = get_close_matches(key(text), names, 1, _LIKE)
    return f"（是否指“{near[0]}”）" if near else ""
