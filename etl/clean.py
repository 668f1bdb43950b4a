"""One cleaner per column type: the text of a cell becomes a typed value or a named fault.

Cleaners see each distinct text of a column once. They accept what a person would understand and
fault what a person would doubt; they never guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from etl.column_types import ARROW_TYPES
from etl.dates import parse_date, parse_month, parse_year
from etl.declarations import Column, Context, Unit
from etl.normalise import chinese_number, compact, key, tidy

Value = str | int | bool | date | Decimal | None
Result = tuple[Value, str, str]
"""Typed value, fault code (empty when sound), note for the sentence."""

_NUMBER = re.compile(r"(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?)(.*)")
_CHINESE_COUNT = re.compile(r"([零〇一二两三四五六七八九十百千]+)(.*)")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}")
_CLOCK_RESIDUE = re.compile(r"(?<=^\d{4}-\d\d-\d\d) 00:00:00$|^1899-12-3[01] (?=\d\d:)")
"""What the reader adds to a day or a time of day that stands in a text column."""

_ID = re.compile(r"\d{17}[\dX]")
_UNTIDY = r"^\s|\s$|\s\s|[\x00-\x1f\x{7f}\x{ad}\x{a0}\x{3000}\x{200b}-\x{200f}\x{2060}\x{feff}]" + (
    r"|[\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}]|^\S(?:\s\S)+$|^\S{0,6}$|[eE]\+?\d{2}$|:\d\d$"
)
_CENT: Final = Decimal("0.0001")
_MAX_AMOUNT: Final = Decimal(10) ** 14
_MAX_COUNT: Final = 2**31 - 1


@dataclass(frozen=True)
class Cleaned:
    """Typed values of the distinct texts, and the faults by position."""

    values: pa.Array
    faults: dict[int, tuple[str, str]]


def clean_distinct(
    texts: pa.StringArray, column: Column, context: Context, year: int | None, unit: str
) -> Cleaned:
    """Clean the distinct texts of a column; `unit` is what its header states, if anything."""
    cleaner = cleaner_of(column, context, year, unit)
    kind = ARROW_TYPES[column.type]
    if column.type == "text":
        return _clean_texts(texts, cleaner)
    results = [cleaner(text) for text in texts.to_pylist()]
    faults = {i: (code, note) for i, (_, code, note) in enumerate(results) if code}
    return Cleaned(pa.array([value for value, _, _ in results], kind), faults)


def _clean_texts(texts: pa.StringArray, cleaner: Callable[[str], Result]) -> Cleaned:
    """Most texts are tidy already: only the others go through Python."""
    untidy = pc.match_substring_regex(texts, _UNTIDY)
    results = [cleaner(text) for text in texts.filter(untidy).to_pylist()]
    replaced = pa.array([value for value, _, _ in results], pa.string())
    places = pc.indices_nonzero(untidy).to_pylist()
    faults = {places[i]: (code, note) for i, (_, code, note) in enumerate(results) if code}
    return Cleaned(pc.replace_with_mask(texts, untidy, replaced), faults)


def cleaner_of(
    column: Column, context: Context, year: int | None, unit: str
) -> Callable[[str], Result]:
    """The cleaner for one column of one sheet."""
    makers: dict[str, Callable[[], Callable[[str], Result]]] = {
        "text": lambda: _text,
        "date": lambda: _parsed(lambda t: parse_date(t, year), "bad_date"),
        "month": lambda: _parsed(lambda t: parse_month(t, year), "bad_month"),
        "year": lambda: _parsed(parse_year, "bad_year"),
        "count": lambda: _count(context),
        "amount": lambda: _amount(context, column.unit, unit or column.unit),
        "flag": lambda: _lookup(dict(context.words["flag"]), "bad_flag", lambda v: v == "1"),
        "code": lambda: _lookup(dict(context.codes[column.code_list]), "unknown_code", str),
        "place": lambda: _unit(context, lambda u: u.is_territory, "unknown_place"),
        "department": lambda: _unit(context, lambda u: u.is_department, "unknown_department"),
        "actor": lambda: _unit(context, _plays_any, "unknown_place"),
        "id_number": lambda: _id_number,
    }
    return _empty_aware(makers[column.type](), column.type, context)


def _empty_aware(
    inner: Callable[[str], Result], kind: str, context: Context
) -> Callable[[str], Result]:
    """Markers such as — or 无 mean empty, except where they are a code, a flag or a zero."""
    markers = context.words["marker"]
    marker_length = 2 + max(map(len, markers))
    names_win = kind in ("code", "flag", "place", "department", "actor")

    def clean(text: str) -> Result:
        if not text.strip():
            return None, "", ""
        word = key(text) if len(text) <= marker_length else text
        if not word or (word in markers and not names_win):
            return (int(markers[word]) if kind == "count" and markers.get(word) else None), "", ""
        result = inner(text)
        return (None, "", "") if result[1] and word in markers else result

    return clean


def _text(text: str) -> Result:
    if _SCIENTIFIC.fullmatch(text):
        return None, "damaged_id", ""
    return _CLOCK_RESIDUE.sub("", tidy(text)) or None, "", ""


def _parsed(parse: Callable[[str], date | int | None], fault: str) -> Callable[[str], Result]:
    def clean(text: str) -> Result:
        value = parse(text)
        return value, "" if value is not None else fault, ""

    return clean


def _count(context: Context) -> Callable[[str], Result]:
    units = context.words["measure"]

    def clean(text: str) -> Result:
        number = _number(compact(text), units)
        if number is None:
            return None, "bad_number", ""
        if number < 0:
            return None, "negative_number", ""
        if number != number.to_integral_value():
            return None, "not_integer", ""
        return (int(number), "", "") if number <= _MAX_COUNT else (None, "bad_number", "")

    return clean


def _amount(context: Context, declared: str, stated: str) -> Callable[[str], Result]:
    money = {unit: Decimal(factor) for unit, factor in context.words["money"].items()}
    suffixes: Collection[str] = money if declared in money else context.words["measure"]

    def clean(text: str) -> Result:
        word = compact(text)
        number = _number(word, suffixes)
        if number is None:
            return None, "bad_number", ""
        if number < 0:
            return None, "negative_number", ""
        if declared in money:
            written = word.lstrip("-.,0123456789")
            unit = written if written in money else stated
            number = number * money.get(unit, money[declared]) / money[declared]
        if number >= _MAX_AMOUNT:
            return None, "bad_number", ""
        return number.quantize(_CENT, ROUND_HALF_UP), "", ""

    return clean


def _number(word: str, suffixes: Collection[str]) -> Decimal | None:
    """A number alone or followed by one known unit word; 约5, 3(1) and 5起3人 are none."""
    if match := _NUMBER.fullmatch(word):
        known = not match[2] or match[2] in suffixes
        return Decimal(match[1].replace(",", "")) if known else None
    if match := _CHINESE_COUNT.fullmatch(word):
        number = chinese_number(match[1]) if _is_spoken(match[1]) else None
        known = not match[2] or match[2] in suffixes
        return Decimal(number) if number is not None and known else None
    return None


def _is_spoken(word: str) -> bool:
    """三 and 十二 are numbers; 一二 may mean one or two."""
    return len(word) == 1 or any(place in word for place in "十百千")


def _lookup(
    names: dict[str, str], fault: str, convert: Callable[[str], Value]
) -> Callable[[str], Result]:
    def clean(text: str) -> Result:
        found = names.get(key(text))
        return (None, fault, "") if found is None else (convert(found), "", "")

    return clean


def _plays_any(unit: Unit) -> bool:
    return unit.is_actor or unit.is_territory or unit.is_department


def _unit(context: Context, plays: Callable[[Unit], bool], fault: str) -> Callable[[str], Result]:
    def clean(text: str) -> Result:
        place = context.places.get(key(text))
        if place is not None and place.unit is None:
            return None, "ambiguous_place", place.note
        if place is None or place.unit is None or not plays(place.unit):
            return None, fault, ""
        return place.unit.unit_id, "", ""

    return clean


def _id_number(text: str) -> Result:
    word = compact(text).upper().lstrip("'")
    if _SCIENTIFIC.fullmatch(word):
        return None, "damaged_id", ""
    return (word, "", "") if _ID.fullmatch(word) else (None, "bad_id", "")
