"""Ledgers in which several rows belong together: one person's months, one household, one case."""

from random import Random

from tests.ledgers import invented
from tests.ledgers.invented import seeded
from tests.ledgers.layouts import Layout
from tests.ledgers.records import Record, make

MONTHS = 6
CLASSES = "ABC"


def _by_months(base: list[Record], rng: Random) -> list[Record]:
    """Two rows for each checker; six month cells in each, some empty."""
    rows: list[Record] = []
    for number, record in enumerate(base[:6], 1):
        cells = [
            {
                month: f"{rng.choice(invented.SITES)}{rng.choice(invented.PROBLEMS)}"
                for month in sorted(rng.sample(range(1, MONTHS + 1), rng.randint(2, 5 - line)))
            }
            for line in range(2)
        ]
        total = sum(len(cell) for cell in cells)
        facts = {"blockno": number, "block": record["person"], "block_all": total}
        facts["block_a"] = rng.randint(0, total)
        facts["block_b"] = total - facts["block_a"]
        rows += [
            {**record, **facts, "month_text": cell, "inblock": line}
            for line, cell in enumerate(cells, 1)
        ]
    return rows


def _by_household(base: list[Record], rng: Random) -> list[Record]:
    """Each household's findings under one another, its counts beside the first."""
    rows: list[Record] = []
    left = list(base)
    while left:
        size = min(rng.randint(2, 4), len(left))
        block, left = left[:size], left[size:]
        letters = ["A" if record["level"] == "重大" else rng.choice("BC") for record in block]
        first = block[0]
        facts = {
            "blockno": len(rows),
            "block": first["person"],
            "block_phone": first["phone"],
            "block_span": f"{first['day']:%Y-%m-%d}至{first['day']:%Y-%m-%d}",
            "block_area": rng.randint(200, 3000),
            "block_all": size,
        }
        facts |= {f"block_{letter.lower()}": letters.count(letter) for letter in CLASSES}
        rows += [
            {**record, **facts, "letter": letter, "inblock": line}
            for line, (record, letter) in enumerate(zip(block, letters, strict=True), 1)
        ]
    return rows


def _by_person(base: list[Record], rng: Random) -> list[Record]:
    """One row per injured person: the dead, the badly hurt, the lightly hurt of each case."""
    rows: list[Record] = []
    for record in base[:8]:
        harms = ["死亡"] * record["deaths"] + ["重伤"] * record["serious"]
        harms += ["轻伤"] * record["minor"]
        names = invented.people(rng, len(harms))
        for name, harm in zip(names, harms, strict=True):
            days = {"死亡": 6000, "重伤": rng.randint(105, 900), "轻伤": rng.randint(3, 100)}
            rows.append({**record, "victim": name, "harm": harm, "lostdays": days[harm]})
            rows[-1] |= {"loss": record["loss"] / 10, "age": rng.randint(22, 58)}
            rows[-1]["sex"] = rng.choice("男女")
    return rows


def _repeated(base: list[Record], rng: Random) -> list[Record]:
    """The same person in several trainings."""
    people = base[: max(4, len(base) * 2 // 3)]
    rows = []
    for record in base:
        person = record if record in people else rng.choice(people)
        same = {key: person[key] for key in ("name", "card", "firm", "post")}
        rows.append({**record, **same})
    return rows


def rows(layout: Layout, series: int = 0) -> list[Record]:
    """The rows of a ledger in their order, one after the other."""
    base = make(layout, series)
    rng = seeded(f"{layout.id}/{series}/blocks")
    if "month_text" in layout.fills:
        return _by_months(base, rng)
    if "inblock" in layout.fills:
        return _by_household(base, rng)
    if "harm" in layout.fills:
        return _by_person(base, rng)
    if {"card", "class"} <= layout.fills:
        return _repeated(base, rng)
    return base
