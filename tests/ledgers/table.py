"""The body of a table: columns as dressed, rows with bands, subtotals and totals."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from tests.ledgers import counts, fills, invented
from tests.ledgers.dress import Cell, Dress, cell
from tests.ledgers.invented import seeded
from tests.ledgers.layouts import Column, Layout
from tests.ledgers.records import Record

EXTRA = {"备注": "note", "照片": "blank", "审核意见": "txt:同意"}
ADDED = frozenset("minor serious deaths loss fine paid cost qty fixed heads certs".split())
NUMERALS = "一二三四五六七八九十"


@dataclass
class Row:
    """One row of the sheet below the head."""

    cells: list[Cell]
    kind: str = "data"  # data, band, total, blank
    group: Any = None
    merges: list[int] = field(default_factory=list)


def columns(layout: Layout, dress: Dress, rng: Random) -> list[Column]:
    """The columns in the order in which this dress has them."""
    own = list(layout.columns)
    if "moved" in dress:
        own = _moved(own, rng)
    if "superhead" in dress:
        own = _superhead(own)
    depth_pad = ("基本情况",) if "superhead" in dress else ()
    if "serial" in dress and "serial" not in layout.fills:
        own.insert(0, Column((*depth_pad, "序号"), "serial"))
    heads = {column.head for column in own}
    if "extra" in dress:
        own += [Column((head,), fill) for head, fill in EXTRA.items() if head not in heads]
    if "hidecol" in dress:
        own.append(Column(("内部编码",), "int:1000:9999"))
    return own


def _moved(own: list[Column], rng: Random) -> list[Column]:
    """Whole groups change places; the serial number stays first."""
    groups: dict[str, list[Column]] = {}
    for column in own:
        groups.setdefault(column.path[0], []).append(column)
    names = [name for name in groups if name != "序号"]
    rng.shuffle(names)
    first = groups.get("序号", [])
    return first + [column for name in names for column in groups[name]]


def _superhead(own: list[Column]) -> list[Column]:
    cut = len(own) // 2
    while own[cut].path[0] == own[cut - 1].path[0] and len(own[cut].path) > 1:
        cut += 1
    halves = (("基本情况", own[:cut]), ("办理情况", own[cut:]))
    return [
        Column((name, *column.path), column.fill, column.once)
        for name, part in halves
        for column in part
    ]


def _town(record: Record, dress: Dress) -> str:
    return invented.SHORT[record["town"]] if "alias" in dress else record["town"]


@dataclass
class Writer:
    """Writes records of one sheet row by row, numbering them as it goes."""

    layout: Layout
    dress: Dress
    columns: list[Column]
    number: int = 0

    def value(self, column: Column, record: Record) -> Any:
        if column.word == "serial":
            return self.number
        if column.word == "town":
            return _town(record, self.dress)
        return fills.value(self.layout, column, record)

    def cell(self, value: Any, word: str) -> Cell:
        said = self.layout.period_in != "none"
        return cell(value, word, self.dress, self.layout.period, year_said=said)

    def data(self, record: Record) -> Row:
        self.number += 1
        cells = [self.cell(self.value(column, record), column.word) for column in self.columns]
        return Row(cells, group=record.get("blockno", record["town"]))

    def band(self, text: str) -> Row:
        return Row([Cell(text), *[Cell()] * (len(self.columns) - 1)], "band")

    def total(self, word: str, records: list[Record]) -> Row:
        row = Row([Cell()] * len(self.columns), "total")
        added = False
        for place, column in enumerate(self.columns):
            if column.word in ADDED and place > 0:
                values = [self.value(column, record) for record in records]
                row.cells[place] = self.cell(_sum(values), column.word)
                added = True
        row.cells[0] = Cell(word)
        if not added:
            row.cells[1] = Cell(f"共{len(records)}条")
        return row


def _sum(values: list[Any]) -> Any:
    known = [value for value in values if value is not None]
    if known and isinstance(known[0], fills.Money):
        return fills.Money(sum((value.wan for value in known), Decimal(0)))
    return sum(known)


def ledger_rows(
    layout: Layout, dress: Dress, own: list[Column], records: list[Record]
) -> list[Row]:
    """The rows of one sheet of a ledger."""
    writer = Writer(layout, dress, own)
    rows = list(_body(writer, dress, records))
    if "total" in dress:
        rows.append(writer.total("合计", records))
    if "prenum" in dress:
        for _ in range(4):
            writer.number += 1
            cells = [Cell(writer.number if column.word == "serial" else None) for column in own]
            rows.append(Row(cells, "blank"))
    _merge_groups(rows, own, dress)
    return rows


def _body(writer: Writer, dress: Dress, records: list[Record]) -> Iterator[Row]:
    banded = bool({"band", "bandnum"} & dress.features)
    if not banded and "vmerge" not in dress:
        for place, record in enumerate(records):
            if "gaps" in dress and place and place % 5 == 0:
                yield Row([Cell()] * len(writer.columns), "blank")
            yield writer.data(record)
        return
    towns = sorted({record["town"] for record in records})
    for place, town in enumerate(towns):
        here = [record for record in records if record["town"] == town]
        if banded:
            name = _town(here[0], dress)
            yield writer.band(f"{NUMERALS[place]}、{name}" if "bandnum" in dress else name)
        yield from map(writer.data, here)
        if "subtotal" in dress:
            yield writer.total("小计", here)


def _merge_groups(rows: list[Row], own: list[Column], dress: Dress) -> None:
    """Columns written once for their group: later cells are empty, the first says how many."""
    for place, column in enumerate(own):
        if not (column.once or ("vmerge" in dress and column.word == "town")):
            continue
        start: Row | None = None
        for row in rows:
            if row.kind != "data" or start is None or row.group != start.group:
                start = row if row.kind == "data" else None
                continue
            row.cells[place] = Cell()
            row.merges.append(place)


def count_rows(layout: Layout, dress: Dress, own: list[Column], series: int) -> list[Row]:
    """The rows of a count table."""
    places = {column: place for place, column in enumerate(layout.columns)}
    rng = seeded(f"{layout.id}/{dress.number}/extra")
    rows = []
    for line in counts.lines(layout, series):
        cells = []
        for column in own:
            word = "label" if column.fill == "label" else "count"
            if column in places:
                value = line.values[places[column]]
            else:
                code = rng.randint(1000, 9999) if column.word == "int" else None
                value = None if line.is_total else code
                word = "blank"
            word = "blank" if column.fill in ("blank", "serial") else word
            cells.append(cell(value, word, dress, layout.period))
        rows.append(Row(cells, "total" if line.is_total else "data", line.label))
    return rows
