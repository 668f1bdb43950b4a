"""Heat grid: kinds down, units across, the number in each cell, a red frame where overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from pages.ui.hazards.hazards import ITEMS
from pages.ui.kit.markup import Safe, door, fill, join
from pages.ui.kit.tables import panel

Row = Mapping[str, Any]
STEPS = 5


def grid(cells: Sequence[Row], chosen_unit: str, picked: str) -> Safe:
    """Rows of `hazard_cells.sql`: sector by sector, units in administrative order."""
    by_sector = [list(group) for _, group in groupby(cells, lambda cell: cell["sector_code"])]
    units = [
        place
        for place, cell in enumerate(by_sector[0])
        if cell["unit_id"] != "unassigned" or any(row[place]["item_count"] for row in by_sector)
    ]
    heads = join(_head(by_sector[0][place], chosen_unit) for place in units)
    body = join(_line([row[place] for place in units], picked) for row in by_sector)
    sums = [sum(row[place]["item_count"] for row in by_sector) for place in units]
    foot = join(fill("<td>{n}</td>", n=n or "·") for n in [*sums, sum(sums)])
    table = fill(
        '<div class="scroll-x"><table class="heat"><thead><tr><th></th>{heads}<th>合计</th></tr>'
        "</thead><tbody>{body}</tbody><tfoot><tr><th>合计</th>{foot}</tr></tfoot></table></div>",
        heads=heads,
        body=body,
        foot=foot,
    )
    note = Safe(
        '格内为未销号项数，越深越多；<span class="key">红框</span>有逾期；空白为 0；'
        "点格看名单，点镇街只看该镇街"
    )
    return panel("where", "存量在哪里：行业 × 镇街", note, table)


def _head(cell: Row, chosen_unit: str) -> Safe:
    return fill(
        '<th class="unit {chosen}" {door}><span>{name}</span></th>',
        chosen="chosen" if cell["unit_id"] == chosen_unit else "",
        door=door("unit", cell["unit_id"], f"只看{cell['unit_name_zh']}"),
        name=cell["short_name"],
    )


def _line(cells: Sequence[Row], picked: str) -> Safe:
    total = sum(cell["item_count"] for cell in cells)
    return fill(
        '<tr><th>{name}</th>{cells}<td class="sum">{total}</td></tr>',
        name=cells[0]["sector_zh"],
        cells=join(_cell(cell, picked) for cell in cells),
        total=total or "·",
    )


def _cell(cell: Row, picked: str) -> Safe:
    count = cell["item_count"]
    if not count:
        return Safe("<td></td>")
    code = f"cell~{cell['unit_id']}~{cell['sector_code']}"
    label = (
        f"{cell['unit_name_zh']}{cell['sector_zh']} {count} 项，其中逾期 {cell['overdue_count']} 项"
    )
    return fill(
        '<td class="h{step} {late} {picked}" {door}>{count}</td>',
        step=min(count, STEPS),
        late="late" if cell["overdue_count"] else "",
        picked="picked" if code == picked else "",
        door=door(ITEMS, code, label),
        count=count,
    )
