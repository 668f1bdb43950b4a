"""One cleaner per column type: the text of a cell becomes a typed value or a named fault.

Cleaners see each distinct text of a column once. They accept what a person would understand and
fault what a person would doubt; they never guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from etl.cells.cell_texts import MARKED, as_typed, is_error, unwrapped
from etl.cells.date_columns import Sheet, day_reader, deadline_reader, expiry_reader
from etl.cells.dates import parse_date, parse_month, parse_month_or_span, parse_year
from etl.cells.identities import credit_code, enterprise, id_number, person
from etl.cells.name_suggestions import allowed, other_than_one_unit
from etl.cells.quantities import amount_reader, count_reader
from etl.cells.rates import rate_reader
from etl.declarations.column_types import ARROW_TYPES
from etl.declarations.declarations import Context, Unit
from etl.declarations.fields import Column
from etl.declarations.text_keys import key, tidy

Value = str | int | bool | date | Decimal | None
Result = tuple[Value, str, str]
"""Typed value, fault code (empty when sound), note for the sentence."""

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}")
_FLOATED_PHONE = re.compile(r"(?<=^\d{11})\.0+$")

_UNTIDY = (
    r"^\s|\s$|\s\s|[\x00-\x1f\x{7f}\x{ad}\x{a0}\x{3000}\x{180e}\x{feff}]"
    r"|[\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}]"
    r"|[\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}]"
    rf"|^\S(?:\s\S)+$|^\S{{0,6}}$|[eE]\+?\d{{2}}$|:\d\d$|\.0$|{MARKED}"
)
_REMARK = re.compile(r"([^()]+)\(([^()]+)\)")
_Named = TypeVar("_Named")

_LOOSE: Final = {"": _UNTIDY, "enterprise": _UNTIDY + r"|[ ()]|（(?:原|曾用名)"}
"""By reading: texts that may not be in their one spelling yet."""


@dataclass(frozen=True)
class Cleaned:
    """Typed values of the distinct texts, and the faults by position."""

    values: pa.Array
    faults: dict[int, tuple[str, str]]


def clean_distinct(
    texts: pa.StringArray, column: Column, context: Context, sheet: Sheet
) -> Cleaned:
    """Clean the distinct texts of a column."""
    if column.type == "text" and (loose := _LOOSE.get(column.reading)):
        return _clean_texts(texts, loose, cleaner_of(column, context, sheet))
    written = texts.to_pylist()
    if column.type == "rate":
        sheet = Sheet(sheet.year, sheet.unit, sheet.is_1904, tuple(written))
    cleaner = cleaner_of(column, context, sheet)
    results = [cleaner(text) for text in written]
    faults = {i: (code, note) for i, (_, code, note) in enumerate(results) if code}
    return Cleaned(pa.array([value for value, _, _ in results], ARROW_TYPES[column.type]), faults)


def _clean_texts(texts: pa.StringArray, loose: str, cleaner: Callable[[str], Result]) -> Cleaned:
    """Most texts are tidy already: only the loose ones go through Python."""
    untidy = pc.match_substring_regex(texts, loose)
    results = [cleaner(text) for text in texts.filter(untidy).to_pylist()]
    replaced = pa.array([value for value, _, _ in results], pa.string())
    places = pc.indices_nonzero(untidy).to_pylist()
    faults = {places[i]: (code, note) for i, (_, code, note) in enumerate(results) if code}
    return Cleaned(pc.replace_with_mask(texts, untidy, replaced), faults)


def cleaner_of(column: Column, context: Context, sheet: Sheet) -> Callable[[str], Result]:
    """The cleaner for one column of one sheet."""
    makers: dict[str, Callable[[], Callable[[str], Result]]] = {
        "text": lambda: _text,
        "date": lambda: day_reader(sheet),
        "month": lambda: _parsed(partial(parse_month, year=sheet.year), "bad_month"),
        "year": lambda: _parsed(parse_year, "bad_year"),
        "count": lambda: count_reader(context, column.unit, sheet.unit),
        "amount": lambda: amount_reader(context, column.unit, sheet.unit or column.unit),
        "tally": lambda: amount_reader(context, column.unit, sheet.unit or column.unit),
        "rate": lambda: rate_reader(sheet.texts, sheet.unit == "%"),
        "flag": lambda: _flag(context.words["flag"]),
        "code": lambda: _code(context, column.code_list, sheet.year),
        "place": lambda: _unit(context, lambda u: u.is_territory, "unknown_place"),
        "department": lambda: _unit(context, lambda u: u.is_department, "unknown_department"),
        "actor": lambda: _unit(context, _plays_any, "unknown_place"),
        "id_number": lambda: id_number,
        "month_or_span": lambda: _parsed(
            partial(parse_month_or_span, year=sheet.year), "bad_month"
        ),
        "deadline": lambda: deadline_reader(sheet),
        "expiry": lambda: expiry_reader(sheet),
        "person": lambda: person,
        "enterprise": lambda: _enterprise,
        "credit_code": lambda: partial(credit_code, is_required=column.required),
    }
    is_counted = column.type == "count" or column.reading == "tally"
    reader = makers[column.reading or column.type]()
    return _empty_aware(reader, column.type, context, is_counted=is_counted)


def _empty_aware(
    inner: Callable[[str], Result], kind: str, context: Context, *, is_counted: bool
) -> Callable[[str], Result]:
    """Markers such as — or 无 mean empty, except where they are a code, a flag or a zero.

    What the sheet's own footnote says of a marker goes before what words.csv declares.
    """
    markers, stated = context.words["marker"], context.words.get("stated_marker", {})
    marker_length = 2 + max(map(len, markers))
    names_win = kind in ("code", "flag", "place", "department", "actor")
    pending = context.words["not_yet"] if kind in ("date", "amount") else {}
    zeros = {word: int(value) for word, value in markers.items() if value and is_counted}
    if kind in ("count", "amount", "rate"):
        zeros = {w: v for w, v in zeros.items() if w not in stated}
        zeros |= {word: int(value) for word, value in stated.items() if value}

    def clean(text: str) -> Result:
        if not text.strip():
            return None, "", ""
        if is_error(text):
            return None, "error_cell", text.strip()
        text = unwrapped(text, kind == "text")
        word = key(text) if len(text) <= marker_length else text
        if word in pending:
            return None, "", ""
        if not word or (word in markers and not names_win):
            zero = zeros.get(word)
            return (zero if zero is None or kind == "count" else Decimal(zero)), "", ""
        result = inner(text)
        return (None, "", "") if result[1] and word in markers else result

    return clean


def _text(text: str) -> Result:
    if _SCIENTIFIC.fullmatch(text):
        return None, "damaged_id", ""
    return _FLOATED_PHONE.sub("", as_typed(tidy(text))) or None, "", ""


def _enterprise(text: str) -> Result:
    value, fault, note = _text(text)
    return (enterprise(value) if isinstance(value, str) else value), fault, note


def _parsed(parse: Callable[[str], date | int | None], fault: str) -> Callable[[str], Result]:
    def clean(text: str) -> Result:
        value = parse(text)
        return value, "" if value is not None else fault, ""

    return clean


def _flag(names: Mapping[str, str]) -> Callable[[str], Result]:
    def clean(text: str) -> Result:
        found = _known(text, names)
        return (None, "bad_flag", "") if found is None else (found == "1", "", "")

    return clean


def _code(context: Context, code_list: str, year: int | None) -> Callable[[str], Result]:
    """A name of the list; a remark in brackets may say the same again, its day or its unit."""
    names, shown = context.codes[code_list], context.code_names[code_list]

    def clean(text: str) -> Result:
        found = _known(text, names)
        if found is None and (match := _REMARK.fullmatch(key(text))):
            again, base = names.get(match[2]), names.get(match[1])
            is_remark = match[2] in context.units or parse_date(match[2], year)
            found = base if again == base or is_remark else None
        return (found, "", "") if found else (None, "unknown_code", allowed(text, shown))

    return clean


def _known(text: str, names: Mapping[str, _Named]) -> _Named | None:
    """What a name stands for; a full stop behind it is none of it."""
    word = key(text)
    return names.get(word) or names.get(word.rstrip("。.;,、"))


def _plays_any(unit: Unit) -> bool:
    return unit.is_actor or unit.is_territory or unit.is_department


def _unit(context: Context, plays: Callable[[Unit], bool], fault: str) -> Callable[[str], Result]:
    units = {p.unit.unit_id: p.unit for p in context.places.values() if p.unit and plays(p.unit)}

    def clean(text: str) -> Result:
        place = _known(text, context.places)
        if place is not None and place.unit is None:
            return None, "ambiguous_place", place.note
        if place is None or place.unit is None or not plays(place.unit):
            return None, fault, other_than_one_unit(text, context.places, units.values())
        return place.unit.unit_id, "", ""

    return clean
