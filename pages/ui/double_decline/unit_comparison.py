"""Units compared with last year by a verdict of two amounts: sentence, grid, table by verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pages.ui.double_decline import quadrant_chart
from pages.ui.figure import cards
from pages.ui.figure.figure_links import to_figure
from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, fill, prose
from pages.ui.page.page_head import told
from reports import missing_ledgers, sentences
from reports.figure_text import phrase_tone
from warehouse import formats

Figure = Mapping[str, Any]
REMAINDERS = frozenset({"unassigned", "none"})


@dataclass(frozen=True)
class Compared:
    """One unit: the amounts in catalogue order and the verdict made of them."""

    unit_id: str
    name: str
    short_name: str
    kind: str
    parts: list[Figure]
    verdict: Figure | None

    @property
    def phrase(self) -> str:
        """The verdict's words, or why there is none."""
        if any(part["state"] == "not_reported" for part in self.parts):
            silent = next(part for part in self.parts if part["state"] == "not_reported")
            return missing_ledgers.unheard(silent).partition(" ")[0]
        if self.verdict is None or not self.verdict["phrase_zh"]:
            return "缺去年同期数"
        return "期间未满" if self.verdict["is_open"] else str(self.verdict["phrase_zh"])

    @property
    def is_place(self) -> bool:
        """One of those that are counted and drawn: no remainder, not what the whole area keeps."""
        return self.kind not in {"市直", "未归属"} and self.unit_id not in REMAINDERS

    @property
    def rank(self) -> tuple[int, str]:
        """Worst verdict first; without one after those that have one."""
        return (-int(self.verdict["verdict_no"] or 0) if self.verdict else 0, self.phrase)


def of(figures: Sequence[Figure]) -> tuple[list[Compared], Compared]:
    """Rows of `verdict_figures.sql` as units, and the whole area."""
    units = []
    for key, group in groupby(figures, lambda f: (f["unit_role"], f["unit_id"])):
        own = list(group)
        parts = [f for f in own if f["value_form"] != "verdict"]
        verdict = next((f for f in own if f["value_form"] == "verdict"), None)
        first = own[0]
        names = (first["unit_name_zh"], first["short_name"], first["unit_kind"])
        units.append(Compared(key[1], *names, parts, verdict))
    *others, whole = units
    return [unit for unit in others if not _is_remainder(unit)], whole


def _is_remainder(unit: Compared) -> bool:
    """未归属 and 未分行业 stand in the list only when something is in them."""
    return unit.unit_id in REMAINDERS and not any(
        p["value"] or p["prior_value"] for p in unit.parts
    )


def sentence(
    units: Sequence[Compared], whole: Compared, verdicts: Sequence[Figure], kind: str
) -> Safe:
    """`1—10月双下降；9 个镇街双下降，3 个双上升`, then the amounts."""
    span, phrase, _ = sentences.conclusion(whole.verdict, [], f"{whole.name} ")
    counts = Counter(unit.phrase for unit in units if unit.is_place)
    named = [v for v in verdicts if v["incident_sign"] == v["death_sign"] and v["incident_sign"]]
    told_counts = [f"{counts[v['phrase_zh']]} 个{kind}{v['phrase_zh']}" for v in named]
    head = fill(
        '{span}<span class="{tone}">{phrase}</span>；{counts}',
        span=prose(span),
        tone=phrase_tone(whole.verdict),
        phrase=phrase,
        counts=prose("，".join(told_counts)),
    )
    caveat = f"≈ {whole.verdict['caveat_zh']}" if whole.verdict else ""
    return told(head, sentences.particulars(whole.parts, None), caveat)


def grid(units: Sequence[Compared], verdicts: Sequence[Figure], chosen: str, kind: str) -> Safe:
    """Every comparable unit at its point."""
    places = [unit for unit in units if unit.is_place]
    known = [u for u in places if all(p["change_value"] is not None for p in u.parts)]
    marks = [
        quadrant_chart.Mark(
            int(unit.parts[0]["change_value"]),
            int(unit.parts[1]["change_value"]),
            unit.short_name,
            _door(unit),
            unit.unit_id == chosen,
        )
        for unit in known
    ]
    corners = [
        quadrant_chart.Corner(v["incident_sign"], v["death_sign"], v["phrase_zh"], v["tone"])
        for v in verdicts
        if not v["is_zero_kept"]
    ]
    names = [f"{part['name_zh']}（{part['unit_zh']}）" for part in units[0].parts]
    left_out = len(places) - len(known)
    note = f"点越大{kind}越多" + (f"；{left_out} 个无从比较，见右表" if left_out else "")
    body = quadrant_chart.grid(marks, corners, names[0], names[1])
    return tables.panel("map", f"{kind}按起数、死亡增减落位", note, body)


def _door(unit: Compared) -> Safe:
    opened = (
        unit.parts[0]
        if unit.verdict is None or unit.verdict["unit_role"] == "sector"
        else unit.verdict
    )
    return to_figure(opened, unit.name)


def table(units: Sequence[Compared], whole: Compared, chosen: str, kind: str) -> Safe:
    """Grouped by verdict, worst first, a rule between the groups, the whole area last."""
    ordered = sorted(units, key=lambda unit: unit.rank)
    rows = [
        {"unit": unit, "is_first": not place, "is_total": False}
        for _, group in groupby(ordered, lambda unit: unit.phrase)
        for place, unit in enumerate(group)
    ]
    rows.append({"unit": whole, "is_first": True, "is_total": True})
    columns = [
        tables.Column("结论", lambda row: _phrase(row["unit"]) if row["is_first"] else "", "name"),
        tables.Column(kind, lambda row: row["unit"].name, "name"),
    ]
    for index in range(len(whole.parts)):
        columns += _amounts(index)
    groups = [("", 2), *((f"{p['name_zh']}（{p['unit_zh']}）", 3) for p in whole.parts)]

    def attributes(row: Mapping[str, Any]) -> Safe:
        kinds = {
            "first": row["is_first"],
            "total": row["is_total"],
            "chosen": row["unit"].unit_id == chosen and not row["is_total"],
        }
        return fill('class="{kinds}"', kinds=" ".join(k for k, holds in kinds.items() if holds))

    body = tables.table(columns, rows, attributes, "grouped", groups)
    return tables.panel("compared", f"各{kind}与去年同期", "结论从差到好，点数字看来源", body)


def _phrase(unit: Compared) -> Safe:
    tone = phrase_tone(unit.verdict) if unit.verdict is not None else ""
    return fill('<b class="{tone}">{phrase}</b>', tone=tone, phrase=unit.phrase)


def _amounts(index: int) -> list[tables.Column]:
    def part(row: Mapping[str, Any]) -> Figure:
        figure: Figure = row["unit"].parts[index]
        return figure

    def door(row: Mapping[str, Any]) -> Safe:
        return to_figure(part(row), f"{row['unit'].name}{part(row)['name_zh']}")

    return [
        tables.Column("今年", lambda row: _now(part(row)), "num now", door),
        tables.Column("去年", lambda row: _before(part(row)), "num quiet"),
        tables.Column("增减", lambda row: _change(part(row)), "num"),
    ]


def _now(figure: Figure) -> Safe:
    if figure["state"] == "not_reported":
        return fill('<span class="bad">{words}</span>', words=missing_ledgers.unheard(figure))
    if not cards.is_known(figure):
        return fill("{missing}", missing=formats.MISSING)
    if figure["value"] == 0:
        return fill('<span class="quiet">{zero}</span>', zero=figure["zero_zh"])
    return fill("<b>{value}</b>", value=formats.number(figure["value"], figure["decimals"]))


def _before(figure: Figure) -> str:
    return formats.number(figure["prior_value"], figure["decimals"])


def _change(figure: Figure) -> Safe:
    if figure["is_open"] or not figure["change_value"]:
        is_told = not figure["is_open"]
        return fill("{w}", w=formats.change(figure["change_value"] if is_told else None))
    words = formats.change(figure["change_value"])
    return fill('<b class="{tone}">{words}</b>', tone=cards.tone(figure), words=words)
