"""Forms: labels with their values beside them, one form for one case, hazard or inspection."""

from tests.ledgers import fills, invented
from tests.ledgers.dress import Cell, Dress, cell, head
from tests.ledgers.grid import Grid
from tests.ledgers.layouts import Column, Layout
from tests.ledgers.records import Record, make
from tests.ledgers.sheet import SIGNATURE, filing_day, title

ITEMS = ("item_no", "checkitem", "checkresult")
LONG = frozenset("what story cause fix reason".split())
WIDTH = 4


def _value(layout: Layout, column: Column, record: Record, dress: Dress) -> Cell:
    value = fills.value(layout, column, record)
    return cell(value, column.word, dress, layout.period, year_said=False)


def _pairs(grid: Grid, layout: Layout, record: Record, dress: Dress) -> None:
    """Two pairs a row; long texts take a row of their own; groups stand at the left."""
    grouped = any(len(column.path) > 1 for column in layout.columns)
    shift = int(grouped)
    waiting: list[Cell] = []
    group, top = "", len(grid.rows)

    def flush() -> None:
        if waiting:
            first = Cell(group or None) if len(grid.rows) == top else Cell()
            grid.rows.append([*[first] * shift, *waiting])
            waiting.clear()

    for column in layout.columns:
        if column.word in ITEMS:
            continue
        own = column.path[0] if len(column.path) > 1 else ""
        if own != group:
            flush()
            grid.merge(top, 0, max(top, len(grid.rows) - 1), 0)
            group, top = own, len(grid.rows)
        pair = [Cell(head(column.head, dress, is_leaf=True)), _value(layout, column, record, dress)]
        alone = column.word in LONG or dress.number % 3 == 2
        if alone:
            flush()
        waiting.extend(pair)
        if alone or len(waiting) >= WIDTH:
            flush()
            if alone:
                row = len(grid.rows) - 1
                grid.merge(row, shift + 1, row, shift + WIDTH - 1)
    flush()
    if grouped:
        grid.merge(top, 0, max(top, len(grid.rows) - 1), 0)


def _checklist(grid: Grid, layout: Layout, record: Record, dress: Dress) -> None:
    heads = [column.head for column in layout.columns if column.word in ITEMS]
    if not heads:
        return
    grid.add(*(head(word, dress, is_leaf=True) for word in heads))
    for number, item in enumerate(invented.CHECKS):
        written = (number + 1, item, record["results"][number])
        grid.rows.append([cell(part, "item", dress, layout.period) for part in written])


def _form(grid: Grid, layout: Layout, record: Record, dress: Dress) -> None:
    if layout.first or "instr" in dress:
        grid.add("说明：本表据实填写，一事一表。", merge_to=WIDTH)
    grid.add(title(layout), merge_to=WIDTH)
    if "fileline" in dress:
        grid.add(f"填报单位：{layout.sender}", None, f"填报日期：{filing_day(layout)}")
    _pairs(grid, layout, record, dress)
    _checklist(grid, layout, record, dress)
    if "notes" in dress:
        grid.add("注：续报另附页。", merge_to=WIDTH)
    if "sign" in dress:
        grid.add(SIGNATURE + filing_day(layout), merge_to=WIDTH)


def sheets(layout: Layout, dress: Dress, series: int) -> list[Grid]:
    """One sheet a form; under one another where the file has no sheets, or the office stacks."""
    records = make(layout, series)
    stacked = not dress.keeps_sheets or dress.number % 4 == 1
    if not stacked:
        grids = []
        for number, record in enumerate(records, 1):
            grids.append(Grid(f"{layout.title[:20]}（{number}）"))
            _form(grids[-1], layout, record, dress)
        return grids
    grid = Grid("Sheet1")
    for record in records:
        if grid.rows:
            grid.add(None)
        _form(grid, layout, record, dress)
    return [grid]
