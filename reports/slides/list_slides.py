"""Slides of names: ranked units, open items with who answers for them, units against sectors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from reports import figure_text as words
from reports import missing_ledgers
from reports.safe_html import Safe, fill, join
from reports.slides.slide_source import Stage
from reports.source import Row
from warehouse import formats

ITEMS_ON_A_SLIDE = 8  # two lines each still fit 1024×768
RANKS_ON_A_SLIDE = 23
UNITS_ON_A_SLIDE = 18
HEAT_STEPS = 5


def ranks(stage: Stage, rows: Sequence[Row], shown: Sequence[Row]) -> Safe:
    """Units from first to last: movement, bar from zero, figure; then who is not ranked and why."""
    figure = stage.figures[0]
    top = max([1.0, *(float(row["value"]) for row in rows if row["value"] is not None)])
    last = max((row["rank_no"] for row in rows if row["rank_no"]), default=0)
    return fill(
        '<div class="beside"><ol class="ranks" style="--n:{n}">{rows}</ol>'
        '<aside class="wide">{aside}</aside></div>',
        n=max(len(shown), 1),
        rows=join(_rank(row, top, last) for row in shown),
        aside=_aside(stage, figure, rows),
    )


def _rank(row: Row, top: float, last: int) -> Safe:
    name = row["unit_name_zh"]
    if not row["rank_no"]:
        why, tone = _unranked(row)
        return fill(
            '<li><i class="place">—</i><i></i><b class="unit">{name}</b>'
            '<span class="why {tone}">{why}</span><span class="n">{n}</span></li>',
            name=name,
            tone=tone,
            why=why,
            n=_counted(row),
        )
    place = "first" if row["rank_no"] == 1 else "last" if row["rank_no"] == last else ""
    return fill(
        '<li><i class="place {place}">{rank}</i>{move}<b class="unit">{name}</b>'
        '<span class="bar"><u style="width:{w}%"></u></span>'
        '<span class="value">{value}</span><span class="n">{n}</span></li>',
        place=place if last > 1 else "",
        rank=row["rank_no"],
        move=_move(row),
        name=name,
        w=f"{float(row['value']) / top * 100:.1f}",
        value=formats.quantity(row["value"], row["unit_zh"], row["decimals"]),
        n=_counted(row),
    )


def _counted(row: Row) -> str:
    if row["state"] == "not_reported":
        return ""
    return "" if not row["denominator"] else formats.share(row["numerator"], row["denominator"])


def _unranked(row: Row) -> tuple[str, str]:
    if row["state"] == "not_reported":
        return f"{missing_ledgers.unheard(row)}，不参评", "bad"
    if row["value"] is None:
        return "无应计事项，不参评", "quiet"
    return f"分母不足 {row['minimum_base']}（{row['base_source_zh']}），不参评", "quiet"


def _move(row: Row) -> Safe:
    before = row["previous_rank_no"]
    if not before:
        return Safe('<i class="move quiet">新</i>')
    moved = before - row["rank_no"]
    if not moved:
        return Safe('<i class="move quiet">—</i>')
    tone, mark = ("good", "↑") if moved > 0 else ("bad", "↓")
    return fill('<i class="move {tone}">{mark}{n}</i>', tone=tone, mark=mark, n=abs(moved))


def _aside(stage: Stage, figure: Mapping[str, Any], rows: Sequence[Row]) -> Safe:
    owing = [row["unit_name_zh"] for row in rows if row["state"] == "not_reported"]
    ranked = sum(bool(row["rank_no"]) for row in rows)
    parts = [
        fill(
            '<section class="panel"><h2>{total}</h2><div class="big">{value}</div>'
            '<p class="change">{change}</p>'
            '<p class="foot">{status}<span>{goal}</span></p></section>',
            total=stage.state["total_unit_name"],
            value=words.value(figure),
            change=words.change(figure),
            status=words.status(figure),
            goal=words.goal(figure),
        )
    ]
    if owing:
        parts.append(
            fill(
                '<section class="panel"><h2>未报</h2><p class="names bad">{names}</p></section>',
                names="、".join(owing),
            )
        )
    rule = f"{stage.span}；参评 {ranked} 个单位，名次相同的并列；↑↓ 为比上月名次"
    parts.append(fill('<p class="source">{rule}</p>', rule=rule))
    return join(parts)


def items(stage: Stage, rows: Sequence[Row]) -> Safe:
    """Open items by name, longest overdue first: where, whose, what, who leads, who answers."""
    if not rows:
        return fill(
            '<p class="none">截至{day}，到期的都已闭环。</p>', day=formats.day_zh(stage.as_of)
        )
    return fill(
        '<table class="items" style="--n:{n}"><thead><tr><th>逾期</th><th>镇街</th><th>企业</th>'
        '<th>隐患</th><th class="wide">主管部门</th><th>包保领导</th></tr></thead>'
        "<tbody>{rows}</tbody></table>",
        n=max(len(rows), 1),
        rows=join(_item(row, stage.as_of) for row in rows),
    )


def _item(row: Row, as_of: date) -> Safe:
    days = formats.overdue_days(row, as_of)
    return fill(
        '<tr><td class="days">{days} 天</td><td>{place}</td><td>{firm}</td><td>{what}</td>'
        '<td class="wide">{department}</td><td>{leader}</td></tr>',
        days=formats.number(days),
        place=row["territory_zh"],
        firm=row["subject_zh"],
        what=row["detail_zh"],
        department=row["department_zh"] or formats.MISSING,
        leader=row["leader_zh"] or formats.MISSING,
    )


def grid_units(rows: Sequence[Row], marked: Sequence[Row]) -> list[Row]:
    """Units with something to show, in administrative order."""
    found = {row["unit_sort_no"]: row for row in (*marked, *rows)}
    return [found[number] for number in sorted(found)]


def grid(stage: Stage, units: Sequence[Row], rows: Sequence[Row], marked: Sequence[Row]) -> Safe:
    """Units down, sectors across, counts in the cells; a red frame where something is overdue.

    The last line adds up all units, also where a screen shows some of them.
    """
    sectors = sorted({(row["sector_sort_no"], row["sector_zh"]) for row in (*rows, *marked)})
    found = {(row["unit_name_zh"], row["sector_zh"]): row["amount"] for row in rows}
    overdue = {(row["unit_name_zh"], row["sector_zh"]): row["amount"] for row in marked}
    names = [name for _, name in sectors]
    body = [_line(unit["unit_name_zh"], names, found, overdue) for unit in units]
    totals = {
        ("合计", name): sum(amount for (_, sector), amount in found.items() if sector == name)
        for name in names
    }
    owing = _owing(stage, {unit["unit_name_zh"] for unit in units})
    note = f"数字为项数；红框内有{stage.figures[-1]['name_zh']}{owing}"
    return fill(
        '<table class="heat" style="--n:{n}"><thead><tr><th></th>{heads}<th>合计</th></tr></thead>'
        '<tbody>{body}{total}</tbody></table><p class="source">{note}</p>',
        n=len(units) + 1,
        heads=join(fill("<th>{name}</th>", name=name) for name in names),
        body=join(body),
        total=_line("合计", names, totals, {}, "total"),
        note=note,
    )


def _owing(stage: Stage, units: Collection[str]) -> str:
    """`；某镇10月未报，沿用上次台账`: whose cells are older than the month."""
    missing = stage.ask("missing_reports", month=stage.month)
    month = formats.span_zh("month", stage.month)
    told = [
        f"{formats.listed_zh(owing, 3)}{month}{kind}"
        for kind, names in missing_ledgers.by_word(missing).items()
        if (owing := [name for name in names if name in units])
    ]
    return f"；{'，'.join(told)}，沿用上次台账" if told else ""


def _line(
    unit: str,
    sectors: Sequence[str],
    found: Mapping[tuple[str, str], Any],
    overdue: Mapping[tuple[str, str], Any],
    kind: str = "",
) -> Safe:
    cells = [
        _heat(found.get((unit, name), 0), overdue.get((unit, name), 0), kind) for name in sectors
    ]
    total = sum(found.get((unit, name), 0) for name in sectors)
    return fill(
        '<tr class="{kind}"><th>{unit}</th>{cells}<td class="sum">{total}</td></tr>',
        kind=kind,
        unit=unit,
        cells=join(cells),
        total=formats.number(total),
    )


def _heat(amount: Any, overdue: Any, kind: str) -> Safe:
    step = 0 if kind else min(int(amount), HEAT_STEPS)
    return fill(
        '<td class="h{step}"><span class="{frame}">{text}</span></td>',
        step=step,
        frame="overdue" if overdue else "",
        text=formats.number(amount) if amount else "",
    )
