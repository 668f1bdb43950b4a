"""How a clerk's hand writes a value into a cell: styles that mean the same.

Truth keeps the value; only its spelling changes here. Gentle hands use one style a column and slip
now and then; messy hands use every spelling the declared cleaners are to understand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import cast

from sample.facts.declared_forms import Codebook, Column, Value
from sample.facts.place import Place

WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
SERIAL_ORIGIN = date(1899, 12, 30)
NUMERALS = "零一二三四五六七八九"
SPACED = ("person_name", "responsible_leader", "rectifier_name")
PHONES = ("phone", "rectifier_phone")


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: blank, text, number, date, formula (uncalculated) or error."""

    kind: str
    value: object = ""
    format: str = ""


BLANK = Cell("blank")


def text(value: str) -> Cell:
    """A cell of text."""
    return Cell("text", value)


def number(value: Decimal | int) -> Cell:
    """A cell of a number."""
    return Cell("number", float(value) if isinstance(value, Decimal) else value)


DATE_STYLES: dict[str, Callable[[date], Cell]] = {
    "cell-": lambda d: Cell("date", d, "yyyy-mm-dd"),
    "cell/": lambda d: Cell("date", d, "yyyy/m/d"),
    "cell年": lambda d: Cell("date", d, 'yyyy"年"m"月"d"日"'),
    "dot": lambda d: text(f"{d.year}.{d.month}.{d.day}"),
    "slash": lambda d: text(f"{d.year}/{d.month}/{d.day}"),
    "iso": lambda d: text(d.isoformat()),
    "han": lambda d: text(f"{d.year}年{d.month}月{d.day}日"),
}
MESSY_DATE_STYLES: dict[str, Callable[[date], Cell]] = {
    "plain": lambda d: text(f"{d:%Y%m%d}"),
    "plain number": lambda d: number(int(f"{d:%Y%m%d}")),
    "serial": lambda d: number((d - SERIAL_ORIGIN).days),
    "wide": lambda d: text(f"{d.year}.{d.month}.{d.day}".translate(WIDE)),
    "clock": lambda d: text(f"{d.isoformat()} 14:20"),
    "padded": lambda d: text(f" {d.year}年{d.month:02d}月{d.day:02d}日　"),
    "no year": lambda d: text(f"{d.month}月{d.day}日"),
}
MONTH_STYLES: tuple[Callable[[date], Cell], ...] = (
    lambda d: text(f"{d.year}年{d.month}月"),
    lambda d: text(f"{d:%Y-%m}"),
    lambda d: Cell("date", d, 'yyyy"年"m"月"'),
    lambda d: text(f"{d.year}.{d.month}"),
)


class Hand:
    """The habits of whoever filled one sheet."""

    def __init__(
        self, place: Place, codebook: Codebook, rng: Random, *, habit: int, is_messy: bool
    ) -> None:
        self.place, self.codebook, self.rng, self.is_messy = place, codebook, rng, is_messy
        self.sheet_year: int | None = None
        self.slip = 0.3 if is_messy else 0.05
        style = Random(habit)  # noqa: S311
        self.date_style = style.choice(list(DATE_STYLES))
        self.month_style = style.choice(MONTH_STYLES)
        self.marks = style.choice((("是", "否"), ("是", "否"), ("√", "×")))
        self.phones_as_numbers = style.random() < 0.4
        self.numbers_as_text = style.random() < (0.5 if is_messy else 0.15)

    def slips(self) -> bool:
        """Whether this cell is written otherwise than usual."""
        return self.rng.random() < self.slip

    def write(self, column: Column, value: Value, in_yuan: bool = False) -> Cell:
        """One value in this hand."""
        if value is None:
            return self._nothing(column)
        writers: dict[str, Callable[[Column, Value], Cell]] = {
            "date": lambda _, v: self._date(cast(date, v)),
            "month": lambda _, v: self._month(cast(date, v)),
            "year": lambda _, v: self._year(v),
            "count": self._count,
            "amount": lambda c, v: self._amount(c, cast(Decimal, v), in_yuan),
            "flag": lambda _, v: self._flag(bool(v)),
            "code": lambda c, v: self._code(c, str(v)),
            "id_number": lambda _, v: self._id(str(v)),
        }
        if column.type in ("place", "department", "actor"):
            return self._unit(str(value))
        return writers.get(column.type, self._text)(column, value)

    def _nothing(self, column: Column) -> Cell:
        if column.type == "date" and self.slips():
            return text(self.rng.choice(("/", "—", "暂无") if self.is_messy else ("/", "—")))
        return BLANK

    def _date(self, value: date) -> Cell:
        style = self.date_style
        if self.slips():
            style = self.rng.choice(
                [*DATE_STYLES, *MESSY_DATE_STYLES] if self.is_messy else list(DATE_STYLES)
            )
        if style == "no year" and value.year != self.sheet_year:
            style = "han"
        return (DATE_STYLES | MESSY_DATE_STYLES)[style](value)

    def _month(self, value: date) -> Cell:
        if self.is_messy and self.slips():
            plain = text(f"{value:%Y%m}")
            return text(f"{value.month}月") if value.year == self.sheet_year else plain
        return self.month_style(value)

    def _year(self, value: Value) -> Cell:
        if self.slips():
            return text(f"{value}{self.rng.choice(('年', '年度', ''))}")
        return number(int(str(value)))

    def _count(self, column: Column, value: Value) -> Cell:
        count = int(str(value))
        if not self.slips():
            return text(str(count)) if self.numbers_as_text else number(count)
        if not self.is_messy:
            return text(str(count).translate(self.rng.choice((WIDE, {}))))
        spellings = [str(count).translate(WIDE), f" {count} ", f"{count}{column.unit}"]
        if count == 0:
            spellings += ["—", "无", "未发生", "－"]
        elif count < 10:
            spellings += [NUMERALS[count], f"{NUMERALS[count]}{column.unit}"]
        return text(self.rng.choice(spellings))

    def _amount(self, column: Column, value: Decimal, in_yuan: bool) -> Cell:
        shown = value * 10000 if in_yuan else value
        shown = shown.quantize(Decimal(1)) if shown == shown.to_integral() else shown.normalize()
        if not self.is_messy or not self.slips():
            return text(f"{shown:f}") if self.numbers_as_text else number(shown)
        spellings = [f"{shown:,f}", f"{shown:f}".translate(WIDE), f"{shown:f} "]
        if column.unit == "万元":
            spellings.append(f"{value.normalize():f}万元")
        return text(self.rng.choice(spellings))

    def _flag(self, value: bool) -> Cell:
        if self.is_messy and self.slips():
            return text(
                self.rng.choice(("有", "√", "1", "是 ") if value else ("×", "0", "没有", "否　"))
            )
        return text(self.marks[0 if value else 1])

    def _code(self, column: Column, value: str) -> Cell:
        name, *others = self.codebook.names[column.code_list, value]
        if not self.is_messy:
            others = [other for other in others if _share_a_word(name, other)]
        return self._named(name, tuple(others))

    def _unit(self, unit_id: str) -> Cell:
        unit = self.place.unit(unit_id)
        return self._named(unit.name_zh, self.place.aliases.get(unit_id, ()))

    def _named(self, name: str, others: tuple[str, ...]) -> Cell:
        if others and self.slips():
            name = self.rng.choice(others)
        if self.is_messy and self.slips():
            name = self.rng.choice(
                (f" {name}", f"{name}　", f"{name[:2]}\n{name[2:]}", f"{name}\n")
            )
        return text(name)

    def _id(self, value: str) -> Cell:
        if self.is_messy and self.slips():
            return text(self.rng.choice((f" {value}", f"{value} ", value.lower())))
        return text(value)

    def _text(self, column: Column, value: Value) -> Cell:
        written = str(value)
        if column.field in PHONES and (self.phones_as_numbers != self.slips()):
            return number(int(written))
        if self.is_messy and self.slips():
            if column.field in SPACED:
                return text("　".join(written))
            return text(self.rng.choice((f" {written}", f"{written}　", f"{written}\n")))
        return text(written)


def _share_a_word(name: str, other: str) -> bool:
    """交通运输 and 交通运输业 do, 商贸制造业 and 化工 do not."""
    return any(name[i : i + 2] in other for i in range(len(name) - 1))
