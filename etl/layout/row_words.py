"""What the texts of a row say it is: a total, a footer, a zero report, an example, units."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from etl.cells.dates import parse_date
from etl.declarations.declarations import Context
from etl.declarations.header_paths import split_unit
from etl.declarations.text_keys import key

_REMARK = re.compile(r"\([^()]{0,10}\)$")
_COUNTED = re.compile(r"(?<=计)[:,]?\d[\d.,]*\D{0,3}$")
_PAGE = re.compile(r"-?第?[\d一二三四五六七八九十]{0,4}页(?:[,/]?共?\d{0,4}页)?-?|共\d{0,4}页")
_UNDATED = re.compile(r"(?:20\d{0,2}|二.{0,3})?年\d{0,2}月\d{0,2}日")
_SEAL = re.compile(r"\((?:公?章|盖章|签章|加盖公章)\)")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_INDEX = re.compile(r"[(\[<]?(\d{1,2})(?:\.0)?[)\]>]?(?:=[\d+\-*/×÷()%=]+)?")
_NO_INDEX = frozenset({"栏次", "列次", "项次", "列号", "栏目", "序号", "代码", "-", "--", "/"})
_CODE = re.compile(r"[A-Za-z][A-Za-z_]*[A-Za-z0-9_.]{1,30}")
_CODES = 4
_FILLERS = frozenset({"-", "--", "/", "单位", "计量单位", "(单位)", "单位:"})
_EXAMPLE_ENDS = "()[]<>:,。.*★※1234567890 "


def is_total(text: str, context: Context) -> bool:
    """合计, 小 计：, 合计（起）, 合计12起, 其中：道路运输; not 合计划有限公司."""
    word, words = key(text), context.words
    bare = _REMARK.sub("", word.rstrip(":"))
    return (
        word in words["total"]
        or _COUNTED.sub("", bare) in words["total"]
        or bare.endswith(tuple(words["total_suffix"]))
        or word.startswith(tuple(words["total_prefix"]))
    )


def is_zero_report(text: str, context: Context) -> bool:
    """零报告, 本月无 and the like."""
    word, words = key(text), context.words
    return word in words["zero_report"] or word.startswith(tuple(words["zero_report_prefix"]))


def is_note(text: str, context: Context) -> bool:
    """制表人, 说明, 填报单位 and other beginnings of a footer; a page number."""
    word = key(text)
    return word.startswith(tuple(context.words["note_prefix"])) or bool(_PAGE.fullmatch(word))


def is_footer(texts: Sequence[str], context: Context) -> bool:
    """A row of labels and their values: 审核：| 甲 | 填表人： | 乙 | 电话：1234567."""
    words = [_SEAL.sub("", key(text)) for text in texts]
    alone = frozenset({*context.words["unit_label"], *context.words["date_label"]})
    if not begins_footer(words[0], context):
        return False
    waits = [False, *(word.endswith(":") or word in alone for word in words[:-1])]
    return all(
        ":" in word or is_note(word, context) or follows
        for word, follows in zip(words, waits, strict=True)
    )


def begins_footer(text: str, context: Context) -> bool:
    """A note, or 单位： and the like, which only their colon makes a label."""
    plain = tuple(f"{word}:" for word in context.words["unit_label_if_known"])
    return is_note(text, context) or key(text).startswith(plain)


def is_signature(text: str, context: Context) -> bool:
    """A unit's name or a day, alone: who signs below a table, and when."""
    word = _SEAL.sub("", key(text))
    place = context.places.get(word)
    is_sender = place is not None and place.unit is not None and place.unit.is_actor
    return is_sender or not word or is_day(text)


def is_day(text: str) -> bool:
    """2026年10月31日, or its blanks to be filled in; a bare number is none."""
    word = key(text)
    is_spoken = any(mark in word for mark in "年-./") and parse_date(text) is not None
    return is_spoken or _UNDATED.fullmatch(word) is not None


def says_nothing(texts: Iterable[str], context: Context) -> bool:
    """Only 无, —, /: a line that stands for no record at all."""
    words = context.words
    empty = {*words["marker"], *words["zero_report"]} - set("0")
    return all(key(text) in empty for text in texts)


def is_example(text: str, context: Context) -> bool:
    """示例, 例1: a line that shows how to fill in the form."""
    return key(text).strip(_EXAMPLE_ENDS) in context.words["example"]


def units_of(texts: Mapping[int, str], context: Context) -> dict[int, str]:
    """The units of a unit row (家)(项)(万元), by column; empty when the row is none."""
    stated = {c: _unit_of(text, context.units) for c, text in texts.items()}
    rest = [key(texts[c]) for c, unit in stated.items() if not unit]
    return {c: u for c, u in stated.items() if u} if set(rest) <= _FILLERS else {}


def _unit_of(text: str, units: Collection[str]) -> str:
    word, unit = split_unit(text, frozenset(units))
    return unit if unit and not word else (word if word in units else "")


def is_remarks(texts: Sequence[str], context: Context) -> bool:
    """必填 | 选填 | 是/否 …: how each column is to be filled in."""
    notes = tuple(context.words["header_note"])
    words = [key(text).strip("()[]*★※") for text in texts]
    return len(words) >= 2 and all(w.startswith(notes) or w in _FILLERS for w in words)


def is_codes(texts: Sequence[str]) -> bool:
    """hazard_no | town | found_date …: the names a system has for its columns."""
    words = [text.strip() for text in texts]
    return len(words) >= _CODES and len({*words}) == len(words) and all(map(_CODE.fullmatch, words))


def is_numbering(texts: Sequence[str]) -> bool:
    """甲 乙 1 2 3=1+2 …, (1) (2) (3), A B C: the column numbers of official forms."""
    words = [key(t) for t in texts]
    rest = [w for w in words if w not in _STEMS and w not in _NO_INDEX]
    letters = [w for w in rest if len(w) == 1 and w.isascii() and w.isalpha()]
    if letters != [chr(ord("a") + n) for n in range(len(letters))]:
        return False
    matches = [_INDEX.fullmatch(w) for w in rest[len(letters) :]]
    numbers = [int(m[1]) for m in matches if m]
    is_counting = numbers == list(range(1, len(matches) + 1))
    return len(words) >= 3 and is_counting and len(rest) >= 2
