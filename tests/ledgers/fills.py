"""From a record to the cell of one column."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from tests.ledgers import invented
from tests.ledgers.invented import seeded
from tests.ledgers.layouts import Column, Layout
from tests.ledgers.records import Record

TICK = "√"
GROUPS = "一二三四五六"


@dataclass(frozen=True)
class Money:
    """An amount in 万元; its head says in which unit it is written."""

    wan: Decimal


def _pick(_: Record, words: str, rng: Random) -> Any:
    return rng.choice(words.split(";")) or None


def _span(_: Record, bounds: str, rng: Random) -> Any:
    low, high = bounds.split(":")
    return rng.randint(int(low), int(high))


def _worded(key: str) -> Callable[[Record, str, Random], Any]:
    """Words of a state or a level: `open=未整改,整改中;done=已整改`; without words, itself."""

    def word(record: Record, words: str, rng: Random) -> Any:
        if not words:
            return record[key]
        if "A" in words:
            return record["letter"]
        choices = dict(part.split("=") for part in words.split(";"))
        return rng.choice(choices[record[key]].split(",")) or None

    return word


def _hot(record: Record, test: str, _: Random) -> Any:
    key, value = test.split("=")
    return TICK if record[key] == value else None


def _yes(record: Record, key: str, _: Random) -> Any:
    return "是" if record[key] else "否"


def _yuan(key: str) -> Callable[[Record, str, Random], Any]:
    def amount(record: Record, unit: str, _: Random) -> Any:
        wan = record[key]
        if wan is None:
            return None
        return int(wan * 10000) if unit == "yuan" else Money(wan)

    return amount


def _month_text(record: Record, month: str, _: Random) -> Any:
    return record["month_text"].get(int(month))


def _list(record: Record, _: str, __: Random) -> Any:
    return "；".join(f"{i}.{item}" for i, item in enumerate(record["items"], 1))


_FILLS: dict[str, Callable[[Record, str, Random], Any]] = {
    "pick": _pick,
    "int": _span,
    "state": _worded("state"),
    "level": _worded("level"),
    "hot": _hot,
    "yes": _yes,
    "loss": _yuan("loss"),
    "fine": _yuan("fine"),
    "paid": _yuan("paid"),
    "cost": _yuan("cost"),
    "month_text": _month_text,
    "list": _list,
    "txt": lambda _, text, __: text,
    "blank": lambda *_: None,
    "note": lambda *_: None,
    "tick": lambda *_: TICK,
    "serial": lambda record, _, __: record["i"] + 1,
    "where": lambda record, _, __: f"{record['town']}{record['road']}",
    "spot": lambda record, _, __: record["road"],
    "addr": lambda record, _, __: record["road"],
    "city": lambda *_: "示例市",
    "grid": lambda _, __, rng: f"第{rng.choice(GROUPS)}网格",
    "grid_town": lambda record, _, rng: f"{record['town']}第{rng.choice(GROUPS)}网格",
    "people": lambda record, _, rng: "、".join([record["person"], *invented.people(rng, 2)]),
    "checkers": lambda record, _, rng: "、".join([record["person"], *invented.people(rng, 1)]),
    "person": lambda _, __, rng: invented.people(rng, 1)[0],
    "teacher": lambda _, __, rng: invented.people(rng, 1)[0],
    "dept": lambda _, __, rng: rng.choice(("生产部", "设备部", "仓储部", "安全环保部")),
    "project": lambda _, __, rng: f"示例市{rng.choice(('东环', '北苑', '云湾'))}安置房项目",
    "docno": lambda record, _, __: f"（示）应急督〔{record['day']:%Y}〕{record['i'] + 21}号",
    "uuid": lambda _, __, rng: f"{rng.getrandbits(128):032x}",
    "year": lambda record, _, __: record["day"].year,
    "month": lambda record, _, __: f"{record['day']:%Y-%m}",
    "certmaybe": lambda record, _, __: record["cert"] if record["holds"] else None,
    "validmaybe": lambda record, _, __: record["valid"] if record["holds"] else None,
    "certjob": lambda record, _, __: record["job"] if record["holds"] else None,
}


def value(layout: Layout, column: Column, record: Record) -> Any:
    """What stands in this column for this record, before any dress."""
    word, _, argument = column.fill.partition(":")
    if word == "agency":
        return layout.sender if not layout.sender_is_place else "市应急局"
    rng = seeded(f"{record['seed']}/{column.path}")
    if word in _FILLS:
        return _FILLS[word](record, argument, rng)
    return record[word]


def is_day(thing: Any) -> bool:
    """A day or a moment."""
    return isinstance(thing, date)
