"""What a sheet's own footnote says of its empty markers: “—”表示同期为零, “*”表示未统计.

The footnote goes before words.csv; without one the declared meaning holds and the verdict says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import pyarrow.compute as pc

from etl.cells.identities import is_credit_code
from etl.declarations.declarations import Context
from etl.declarations.fields import Column
from etl.declarations.text_keys import key
from etl.judge.records.judged_cells import JudgedRows
from etl.recognise.coded_columns import Coded

_SAID = re.compile(
    r"[“”\"'「『《]([^“”\"'「」『』《》]{1,3})[“”\"'」』》]\s*"
    r"(?:表示|代表|是指|系指|指|意为|即|为|视为|按)\s*([^,，;；。.、“”\"]{1,16})"
)
_BARE = re.compile(
    r"(?:^|[\s:：,，;；。])([—–－\-*＊/／\\]{1,2})\s*(?:表示|代表|是指|视为)\s*([^,，;；。.、“”\"]{1,16})"
)
_NUMBERS = frozenset({"count", "amount", "rate"})


def with_stated_markers(
    context: Context, rows: Iterable[Sequence[str]]
) -> tuple[Context, list[str]]:
    """The context with the markers this sheet explains, and a note for each."""
    markers = context.words["marker"]
    stated: dict[str, str] = {}
    notes: list[str] = []
    for cell in (cell for row in rows for cell in row):
        for written, meaning in [*_SAID.findall(cell), *_BARE.findall(cell)]:
            word = key(written)
            if word not in markers or word in stated:
                continue
            value = _meaning(key(meaning), context.words)
            if value is None:
                notes.append(f"表注说“{written}”表示“{meaning}”，无法判断是零还是空缺，按默认处理")
                continue
            stated[word] = value
            taken = "记为 0" if value else "记为空缺"
            notes.append(f"按表注“{written}”表示“{meaning}”，数量和金额栏{taken}")
    if not stated:
        return context, notes
    words = {**context.words, "stated_marker": MappingProxyType(stated)}
    return replace(context, words=MappingProxyType(words)), notes


def cell_notes(judged: JudgedRows, coded: Mapping[int, Coded], context: Context) -> list[str]:
    """How cells were read that could have been read otherwise."""
    present = [(f.column, f.cell.column) for f in judged.fields.values() if f.cell]
    notes = _default_notes(present, coded, context)
    for field in judged.fields.values():
        if field.column.reading == "credit_code" and field.cell:
            codes = pc.drop_null(field.values.unique()).to_pylist()
            wrong = sorted(code for code in codes if not is_credit_code(code))
            if wrong:
                notes.append(
                    f"“{field.cell.header}”有 {len(wrong)} 个校验不符，照录：{'、'.join(wrong[:3])}"
                )
    return notes


def _default_notes(
    columns: Iterable[tuple[Column, int]], coded: Mapping[int, Coded], context: Context
) -> list[str]:
    """Which declared meaning was taken for signs nobody explained, in columns of numbers."""
    markers, stated = context.words["marker"], context.words.get("stated_marker", {})
    zeros: set[str] = set()
    empties: set[str] = set()
    for column, number in columns:
        if column.type not in _NUMBERS or number not in coded:
            continue
        is_counted = column.type == "count" or column.reading == "tally"
        texts = coded[number].texts
        for text in texts.filter(pc.less_equal(pc.utf8_length(texts), 4)).to_pylist():
            word = key(text)
            if word in markers and word not in stated and not word.isalnum() and word:
                is_zero = bool(markers[word]) and is_counted
                (zeros if is_zero else empties).add(text.strip())
    said = (("数量栏", zeros, "记为 0"), ("数量、金额栏", empties, "记为空缺"))
    return [
        f"{where}的“{'”“'.join(sorted(found))}”表中没有说明，按默认{taken}"
        for where, found, taken in said
        if found
    ]


def _meaning(word: str, words: Mapping[str, Mapping[str, str]]) -> str | None:
    """'0' for zero, '' for nothing; None when the footnote's words are not declared."""
    zeros = tuple(words["meaning_zero"])
    empties = words["meaning_none"]
    if any(word == e or word.endswith(e) for e in empties):
        return ""
    return "0" if word.endswith(zeros) or word.startswith(zeros) else None
