"""重大隐患 in words and bars: what came in and went out, where it stands, how far it got."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.ui.figure import cards
from pages.ui.figure.figure_links import to_figure
from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, door, fill, join, prose
from pages.ui.kit.states import no_rows
from pages.ui.page.page_head import told
from warehouse import formats

Row = Mapping[str, Any]
UNIT = "项"
ITEMS = "items"
STATE_HEIGHT = 84


def sentence(flow: Row, overdue: Row | None, unit_name: str) -> Safe:
    """`存量 23 项，比上月末少 4 项；逾期 5 项，比上月末多 2 项`."""
    amount = formats.quantity(flow["closing_count"], UNIT)
    clause = _against(flow["closing_count"] - flow["opening_count"])
    head = fill("{text}", text=prose(f"{unit_name}未销号 {amount}，{clause}"))
    if overdue is None:
        return told(head)
    if overdue["state"] == "not_reported":
        late = fill('<span class="bad">逾期未报</span>')
    elif not overdue["value"]:
        late = prose("没有逾期")
    else:
        words = f"逾期 {formats.quantity(overdue['value'], UNIT)}"
        if overdue["previous_change"] is not None:
            words += f"，{_against(overdue['previous_change'])}"
        late = fill('<span class="bad">{words}</span>', words=prose(words))
    return told(fill("{head}；{late}", head=head, late=late))


def _against(change: Any) -> str:
    if not change:
        return "与上月末持平"
    more = "多" if change > 0 else "少"
    return f"比上月末{more} {formats.quantity(abs(change), UNIT)}"


def identity(flow: Row) -> Safe:
    """上月末＋新增－销号＝本月末, the four amounts large."""
    terms = [
        ("", flow["opening_count"], "上月末未销号"),
        ("＋", flow["found_count"], "本月新增"),
        ("－", flow["closed_count"], "本月销号"),
        ("＝", flow["closing_count"], "本月末未销号"),
    ]
    return fill(
        '<div class="equation stock">{terms}</div>',
        terms=join(
            fill(
                "{sign}<div><b>{amount}</b><span>{words}</span></div>",
                sign=fill("<i>{sign}</i>", sign=sign) if sign else "",
                amount=formats.number(amount),
                words=words,
            )
            for sign, amount, words in terms
        ),
    )


def columns(states: Sequence[Row], chosen: str) -> Safe:
    """One column per step: height = items, the red part overdue, days of stay below."""
    top = max([1, *(state["item_count"] for state in states)])
    return fill(
        '<div class="state-columns">{columns}</div>',
        columns=join(_column(state, top, chosen) for state in states),
    )


def _column(state: Row, top: int, chosen: str) -> Safe:
    count, late = state["item_count"], state["overdue_count"]
    code = f"step~{state['status_code']}"
    return fill(
        '<div class="state-column {chosen}" {door}>'
        '<div class="bar" style="height:{h}px">{stack}</div>'
        '<b class="{quiet}">{count}</b><span>{name}</span><small>{stay}</small>'
        '<small class="bad">{late}</small></div>',
        chosen="chosen" if code == chosen else "",
        door=door(ITEMS, code, f"只列{state['name_zh']}") if count else "",
        h=STATE_HEIGHT,
        stack=fill(
            '<i style="height:{a}px"></i><i class="late" style="height:{b}px"></i>',
            a=round((count - late) / top * STATE_HEIGHT),
            b=round(late / top * STATE_HEIGHT),
        ),
        quiet="" if count else "quiet",
        count=count,
        name=state["name_zh"],
        stay=f"{state['median_days']} 天" if count else "",
        late=f"逾期 {late}" if late else "",
    )


def steps(found: Sequence[Row], rates: Sequence[Row], span: str) -> Safe:
    """排查→整改→验收→销号 of what was found in the span, then rates with their denominators."""
    if not found:
        return no_rows("期间内没有排查出重大隐患", "下面的率按各自分母另计。")
    row = found[0]
    bars = [
        ("排查入库", row["found_count"], None),
        ("已整改", row["rectified_count"], row["rectified_pct"]),
        ("已验收", row["accepted_count"], row["accepted_pct"]),
        ("已销号", row["closed_count"], row["closed_pct"]),
    ]
    closed = f"销号率 {formats.quantity(row['closed_pct'], '%', 1)}"
    shares = [
        fill(
            "{closed}（{n}，分母为{span}排查数）",
            closed=closed,
            span=span,
            n=formats.share(row["closed_count"], row["found_count"]),
        )
    ]
    shares += [_rate(figure) for figure in rates if cards.is_known(figure)]
    return fill(
        '<div class="step-bars">{bars}</div>'
        '<p class="why">{shares}<br>三率分母不同，不互相替代。</p>',
        bars=join(_bar(name, count, pct, row["found_count"]) for name, count, pct in bars),
        shares=join(shares, Safe("<br>")),
    )


def _rate(figure: Row) -> Safe:
    return fill(
        '<span class="inline-door" {door}>{name} {value}（{n}，分母为{denominator}）</span>',
        door=to_figure(figure, figure["name_zh"]),
        name=figure["name_zh"],
        value=formats.quantity(figure["value"], figure["unit_zh"], figure["decimals"]),
        n=formats.share(figure["numerator"], figure["denominator"]),
        denominator=figure["denominator_zh"],
    )


def _bar(name: str, count: int, pct: Any, top: int) -> Safe:
    return fill(
        '<span>{name}</span><div class="track"><i style="width:{w}%"></i></div><b>{count}</b>'
        "<span>{pct}</span>",
        name=name,
        w=round(100 * count / max(top, 1), 1),
        count=count,
        pct="" if pct is None else formats.quantity(pct, "%", 1),
    )


def open_panel(flow: Row, states: Sequence[Row], stepped: Safe, chosen: str, span: str) -> Safe:
    """收支, where it stands now, how far it got: three parts of one panel."""
    body = join(
        [
            identity(flow),
            _part(f"{flow['closing_count']} 项现在在哪一步", "下方为停留天数中位数，点一列看名单"),
            columns(states, chosen),
            _part(f"{span}排查出的走到哪一步", "按发现日期"),
            stepped,
        ]
    )
    return tables.panel("account", "本月收支", "上月末＋新增－销号＝本月末", body)


def _part(title: str, note: str) -> Safe:
    return fill(
        '<div class="panel-head part"><h3>{title}</h3><span class="note">{note}</span></div>',
        title=title,
        note=note,
    )
