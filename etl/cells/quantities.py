"""Counts and amounts: one cell, one number in the column's own unit, or a reason why not."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from etl.cells.numbers import (
    DAY,
    SEVERAL,
    doubt,
    is_cut,
    is_day,
    money_by_parts,
    own_of_several,
    read_number,
    undressed,
)
from etl.declarations.declarations import Context
from etl.declarations.text_keys import compact, stands_apart

Read = tuple[int | Decimal | None, str, str]
_CENT: Final = Decimal("0.000001")
_MAX_AMOUNT: Final = Decimal(10) ** 12
_NOTHING: Final = "-"
"""What is left of ¥ -, a bookkeeper's sign for no amount."""

_MAX_COUNT: Final = 2**31 - 1


def count_reader(context: Context, declared: str, stated: str) -> Callable[[str], Read]:
    """Whole numbers in the column's own measure, none below zero."""
    measures = context.words["measure"]
    own = stated if stated in measures else declared
    alike = {w for w, kind in measures.items() if not own or kind == measures.get(own)}
    every = {**measures, "元": "money", "万元": "money"}

    def clean(text: str) -> Read:
        word = undressed(compact(text))
        if stands_apart(text):
            return None, "bad_number", DAY if is_day(word) else SEVERAL
        read = read_number(word, alike) or own_of_several(word, measures, {own})
        if read is None or is_cut(word):
            return None, "bad_number", doubt(word, every, own)
        number = read[0]
        if number < 0:
            return None, "negative_number", ""
        if number != number.to_integral_value():
            return None, "not_integer", ""
        return (int(number), "", "") if number <= _MAX_COUNT else (None, "bad_number", "")

    return clean


def amount_reader(context: Context, declared: str, stated: str) -> Callable[[str], Read]:
    """Amounts in the declared unit, to the cent; the unit a text or a header states converts."""
    money = {unit: Decimal(factor) for unit, factor in context.words["money"].items()}
    measures = context.words["measure"]
    own = money.keys() if declared in money else measures.keys()
    every = {**measures, **dict.fromkeys(money, "money")}

    def clean(text: str) -> Read:
        word = undressed(compact(text))
        if stands_apart(text):
            return None, "bad_number", DAY if is_day(word) else SEVERAL
        if word == _NOTHING:
            return None, "", ""
        read = read_number(word, own)
        if read is None and declared in money:
            read = money_by_parts(word) or own_of_several(word, every, own)
        if read is None or is_cut(word):
            return None, "bad_number", doubt(word, every, declared)
        number, unit = read
        if number < 0:
            return None, "negative_number", ""
        if declared in money:
            factor = money.get(unit or stated, money[declared])
            number = number * factor / money[declared]
        if number >= _MAX_AMOUNT:
            return None, "bad_number", ""
        return number.quantize(_CENT, ROUND_HALF_UP), "", ""

    return clean
