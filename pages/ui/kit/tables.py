"""First-class tables: hairlines, numbers right, words left, the unit once in the head."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pages.ui.kit.markup import Safe, fill, join

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One column: its head, what a cell shows, whether it is a number, whether a phone drops it."""

    head: str
    cell: Callable[[Row], object]
    kind: str = ""
    attributes: Callable[[Row], Safe] | None = None


def table(
    columns: Sequence[Column],
    rows: Iterable[Row],
    row_attributes: Callable[[Row], Safe] | None = None,
    kind: str = "",
    groups: Sequence[tuple[str, int]] = (),
) -> Safe:
    """A table; cells are escaped unless they are markup already. `groups` head several columns."""
    heads = join(fill('<th class="{kind}">{head}</th>', kind=c.kind, head=c.head) for c in columns)
    body = join(
        fill(
            "<tr {attributes}>{cells}</tr>",
            attributes=row_attributes(row) if row_attributes else "",
            cells=join(_cell(column, row) for column in columns),
        )
        for row in rows
    )
    return fill(
        '<div class="scroll-x"><table class="rows {kind}"><thead>{above}<tr>{heads}</tr></thead>'
        "<tbody>{body}</tbody></table></div>",
        kind=kind,
        above=_groups(groups),
        heads=heads,
        body=body,
    )


def panel(name: str, title: object, note: object, body: Safe) -> Safe:
    """A white panel with a title that says its point and a grey remark."""
    return fill(
        '<section class="panel {name}"><div class="panel-head"><h3>{title}</h3>'
        '<span class="note">{note}</span></div>{body}</section>',
        name=name,
        title=title,
        note=note,
        body=body,
    )


def _groups(groups: Sequence[tuple[str, int]]) -> Safe:
    if not groups:
        return Safe("")
    heads = join(fill('<th colspan="{n}">{head}</th>', n=n, head=head) for head, n in groups)
    return fill('<tr class="groups">{heads}</tr>', heads=heads)


def _cell(column: Column, row: Row) -> Safe:
    return fill(
        '<td class="{kind}" {attributes}>{content}</td>',
        kind=column.kind,
        attributes=column.attributes(row) if column.attributes else "",
        content=column.cell(row),
    )
