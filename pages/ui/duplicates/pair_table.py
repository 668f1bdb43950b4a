"""疑似重复 as markup: pairs of rows that may tell of one case, listed, and two of them compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, door, fill, join, prose
from reports.quality import facts
from warehouse import formats

Row = Mapping[str, Any]
PAIR = "pair"
SHOWN = 20
#: What two rows of a kind are counted in, and called.
KINDS = {"incident": ("起", "事故"), "hazard": ("项", "隐患")}
SIDES = {"left": "左", "right": "右"}


def address(pair: Row) -> str:
    """Names a pair in an address."""
    return f"{pair['left_row_id']}~{pair['right_row_id']}"


def panel(pairs: Sequence[Row]) -> Safe:
    """Pairs nobody has decided on, each a door to the two side by side; nothing without any."""
    if not pairs:
        return Safe("")
    columns = [
        tables.Column("一行", lambda p: row_of(p, "left")),
        tables.Column("另一行", lambda p: row_of(p, "right")),
        tables.Column("相隔", lambda p: f"{p['day_count']} 天", "num"),
        tables.Column(
            "", lambda _: Safe('<span class="inline-door">并排看、判定 ›</span>'), "name"
        ),
    ]
    rest = f"；先列 {SHOWN} 对，判定后补上" if len(pairs) > SHOWN else ""
    note = f"判定前两行都计入；点一对并排比较，先看各数怎么变再判定，随时可以撤销{rest}"
    body = tables.table(columns, pairs[:SHOWN], _door, kind="loose")
    return tables.panel("pairs", f"可能是同一件事的 {len(pairs)} 对，等人判定", note, body)


def _door(pair: Row) -> Safe:
    label = f"并排看{name(pair, 'left')}和{name(pair, 'right')}"
    return fill("{door}", door=door(PAIR, address(pair), label))


def row_of(pair: Row, side: str) -> Safe:
    """Unit, day and case over workbook, sheet and row."""
    return fill(
        '<b class="strong">{unit}</b>　{day}　{firm}<div>{case}</div><div class="n">{place}</div>',
        unit=pair[f"{side}_unit_zh"],
        day=formats.day_iso(pair[f"{side}_date"]),
        firm=pair[f"{side}_enterprise_zh"] or "",
        case=prose(pair[f"{side}_case_zh"] or _said_name(pair, side)),
        place=_place(pair, side),
    )


def name(pair: Row, side: str) -> str:
    """`某镇“ZD2026-01”`: a row in a sentence."""
    unit = pair[f"{side}_unit_zh"] or ""
    return f"{unit}“{_said_name(pair, side)}”"


def _said_name(pair: Row, side: str) -> str:
    """What the ledger itself calls the row: its number or name."""
    return str(pair[f"{side}_identity"]).split(":", 2)[-1].replace("|", " ")


def _place(pair: Row, side: str) -> str:
    names = ("file_name", "sheet_name", "row_number")
    if pair[f"{side}_file_name"] is None:
        return "已不在现行台账"
    return facts.place({key: pair[f"{side}_{key}"] for key in names})


def compared(pair: Row, fields: Mapping[str, Row]) -> Safe:
    """Two rows field by field, differing ones marked; rows no longer among the facts by place."""
    left, right = (fields.get(pair[f"{side}_row_id"]) for side in SIDES)
    heads = join(
        fill('<th class="side">{word}　<b>{name}</b><div class="n">{place}</div></th>',
             word=word, name=pair[f"{side}_unit_zh"] or "", place=_place(pair, side))
        for side, word in SIDES.items()
    )  # fmt: skip
    if left is None or right is None:
        lines, title, note = _cases(pair), "两行", "≠ 是不同的栏；其余各栏见原表"
    else:
        lines, title, note = _fields(left, right)
    table = fill(
        '<div class="scroll-x"><table class="rows compared-rows"><thead><tr><th></th><th>栏</th>'
        "{heads}</tr></thead><tbody>{lines}</tbody></table></div>",
        heads=heads, lines=lines,
    )  # fmt: skip
    return tables.panel("side-by-side", title, note, table)


def _cases(pair: Row) -> Safe:
    """What the list of pairs knows of two rows, where they can no longer be compared in full."""
    return _lines({
        "内容": [pair[f"{side}_case_zh"] or _said_name(pair, side) for side in SIDES],
        "企业": [pair[f"{side}_enterprise_zh"] for side in SIDES],
        "日期": [pair[f"{side}_date"] for side in SIDES],
    })  # fmt: skip


def _fields(left: Row, right: Row) -> tuple[Safe, str, str]:
    """Lines of the table, how many differ, what the mark means."""
    told = {
        name: [left[name], right[name]]
        for name in left
        if name != "row_id" and not (left[name] is None and right[name] is None)
    }
    count = sum(one != other for one, other in told.values())
    title = f"并排比较：{count} 栏不同，{len(told) - count} 栏相同"
    return _lines(told), title, "≠ 是不同的栏；两边都空的栏不列"


def _lines(told: Mapping[str, Sequence[object]]) -> Safe:
    return join(
        _line("≠" if values[0] != values[1] else "", field, *map(shown, values))
        for field, values in told.items()
    )


def _line(mark: str, field: str, left: str, right: str) -> Safe:
    return fill(
        '<tr class="{kind}"><td class="mark">{mark}</td><td class="name">{field}</td>'
        "<td>{left}</td><td>{right}</td></tr>",
        kind="differs" if mark else "",
        mark=fill('<b title="两边不同">{mark}</b>', mark=mark) if mark else "",
        field=field,
        left=left,
        right=right,
    )


def shown(value: object) -> str:
    """A cell as people read it."""
    if formats.is_missing(value):
        return formats.MISSING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return formats.day_iso(value)
    return formats.trimmed(value) if isinstance(value, int | float | Decimal) else str(value)
