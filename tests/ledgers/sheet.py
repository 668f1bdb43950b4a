"""A whole sheet: title and lines above, the head, the rows, what stands below."""

from tests.ledgers import blocks
from tests.ledgers.dress import Cell, Dress, head
from tests.ledgers.grid import Grid
from tests.ledgers.invented import seeded
from tests.ledgers.layouts import Column, Layout, Period
from tests.ledgers.records import Record
from tests.ledgers.table import Row, columns, count_rows, ledger_rows

OFFICE = "示例市安全生产委员会办公室"
COUNTED = {"incident": "起、人", "hazard": "项", "enforcement": "家次、起", "training": "人"}
SIGNATURE = "填表人：林知夏    审核人：周景行    联系电话：19900001234    填报日期："


def filing_day(layout: Layout) -> str:
    """The eighth of the month after the period."""
    year, month = layout.period.last.year, layout.period.last.month
    return f"{year + month // 12}年{month % 12 + 1}月8日"


def title(layout: Layout, period: Period | None = None, place: str = "") -> str:
    """The title as the office writes it, with what only the title says."""
    named = place or (layout.sender if layout.sender_is_place else "示例市")
    words = (
        (period or layout.period).words if layout.period_in in ("title", "sheet") or period else ""
    )
    return f"{named}{words}{layout.title}"


def _above(grid: Grid, layout: Layout, dress: Dress, heading: str, width: int) -> None:
    last = width - 1
    if layout.first or "instr" in dress:
        grid.add(layout.first or "说明：本表由填报单位据实填写，逐级审核后报送。", merge_to=last)
    if "title2" in dress:
        grid.add(OFFICE, merge_to=last)
    untitled = layout.period_in == "sheet" and dress.keeps_sheets
    if "titleB" in dress:
        grid.add(heading, at=1, merge_to=max(1, last - 2))
    elif "notitle" not in dress and not untitled:
        grid.add(heading, merge_to=last)
    if layout.period_in == "line":
        grid.add(f"填报单位：{layout.sender}    统计时间：{layout.period.words}", merge_to=last)
    if "fileline" in dress:
        # The line of the period has named the office already.
        office = None if layout.period_in == "line" else f"填报单位：{layout.sender}"
        row = [office, *[None] * max(0, width - 2)]
        grid.add(*row, f"填报日期：{filing_day(layout)}")
    unit = layout.unit_line or ("unitline" in dress and f"单位：{COUNTED[layout.dataset]}")
    if unit:
        grid.add(*[None] * (width - 1), unit.replace("万元", "元") if "yuan" in dress else unit)


def _head(grid: Grid, own: list[Column], dress: Dress) -> None:
    depth = max(len(column.path) for column in own)
    top = len(grid.rows)
    for level in range(depth):
        row: list[Cell] = []
        for place, column in enumerate(own):
            word = column.path[level] if level < len(column.path) else None
            again = place > 0 and _same(own[place - 1], column, level)
            if again and "headfill" not in dress:
                word = None
            leaf = level == len(column.path) - 1
            row.append(Cell(word and head(word, dress, is_leaf=leaf)))
        grid.rows.append(row)
    if not {"headsplit", "headfill"} & dress.features:
        _merge_head(grid, own, top, depth)


def _same(left: Column, right: Column, level: int) -> bool:
    """Both stand under the same group at this level."""
    deeper = len(left.path) > level + 1 and len(right.path) > level + 1
    return deeper and left.path[: level + 1] == right.path[: level + 1]


def _merge_head(grid: Grid, own: list[Column], top: int, depth: int) -> None:
    for place, column in enumerate(own):
        if len(column.path) < depth:
            grid.merge(top + len(column.path) - 1, place, top + depth - 1, place)
        for level in range(len(column.path) - 1):
            if place and _same(own[place - 1], column, level):
                continue
            end = place
            while end + 1 < len(own) and _same(own[end], own[end + 1], level):
                end += 1
            grid.merge(top + level, place, top + level, end)


def _under_head(grid: Grid, layout: Layout, own: list[Column], dress: Dress) -> None:
    if layout.units:
        units = dict(zip(layout.columns, layout.units, strict=False))
        words = [f"（{units[column]}）" if units.get(column) else None for column in own]
        grid.add(*(word and head(word, dress, is_leaf=False) for word in words))
    if "colnums" in dress:
        grid.rows.append([Cell(number) for number in range(1, len(own) + 1)])


def _below(grid: Grid, layout: Layout, dress: Dress, width: int) -> None:
    if layout.notes:
        grid.add(layout.notes, merge_to=width - 1)
    if "notes" in dress:
        grid.add("注：1.本表一式两份；2.数据以填报单位审核后为准。", merge_to=width - 1)
    if "sign" in dress:
        grid.add(None)
        grid.add(SIGNATURE + filing_day(layout), merge_to=width - 1)


def _hide(grid: Grid, dress: Dress, top: int, rows: list[Row]) -> None:
    if "freeze" in dress:
        grid.freeze = top
    if {"filter", "hiderows"} & dress.features:
        grid.filter_row = top - 1
    if "hidecol" in dress:
        grid.hidden_columns.add(grid.width - 1)
    if "hiderows" in dress:
        data = [place for place, row in enumerate(rows) if row.kind == "data"]
        grid.hidden_rows |= {top + place for place in data[2:4]}


def _lay(grid: Grid, rows: list[Row], width: int) -> None:
    for row in rows:
        grid.rows.append(row.cells)
        number = len(grid.rows) - 1
        if row.kind == "band":
            grid.merge(number, 0, number, width - 1)
    top = len(grid.rows) - len(rows)
    for place in {place for row in rows for place in row.merges}:
        start = 0
        for number, row in enumerate([*rows, Row([])]):
            if place not in row.merges:
                if number - 1 > start:
                    grid.merge(top + start, place, top + number - 1, place)
                start = number


def _sheet(
    name: str,
    heading: str,
    layout: Layout,
    dress: Dress,
    parts: list[Row] | None,
    own: list[Column],
) -> Grid:
    grid, rows = Grid(name), parts or []
    _above(grid, layout, dress, heading, len(own))
    _head(grid, own, dress)
    _under_head(grid, layout, own, dress)
    top = len(grid.rows)
    _lay(grid, rows, len(own))
    _hide(grid, dress, top, rows)
    _below(grid, layout, dress, len(own))
    return grid


def _named(layout: Layout, dress: Dress) -> str:
    if layout.period_in == "sheet":
        return layout.period.words
    return title(layout)[:31] if "notitle" in dress else "Sheet1"


def _month_of(record: Record) -> str:
    return f"{record['day']:%Y-%m}"


def tables(layout: Layout, dress: Dress, series: int) -> list[Grid]:
    """The sheets that hold the rows of a ledger or a count table."""
    own = columns(layout, dress, seeded(f"{layout.id}/{dress.number}"))
    if layout.shape == "counts":
        rows = count_rows(layout, dress, own, series)
        return [_sheet(_named(layout, dress), title(layout), layout, dress, rows, own)]
    records = blocks.rows(layout, series)
    split = dress.setting("sheets")
    if not split:
        rows = ledger_rows(layout, dress, own, records)
        return [_sheet(_named(layout, dress), title(layout), layout, dress, rows, own)]
    grids = []
    key = _month_of if split == "month" else lambda record: str(record["town"])
    for part in sorted({key(record) for record in records}):
        here = [record for record in records if key(record) == part]
        period = Period.parse(part) if split == "month" else None
        heading = title(layout, period, "" if period else part)
        name = f"{period.first.month}月" if period else part
        name += layout.period.words if layout.period_in == "sheet" and not period else ""
        rows = ledger_rows(layout, dress, own, here)
        grids.append(_sheet(name, heading, layout, dress, rows, own))
    return grids
