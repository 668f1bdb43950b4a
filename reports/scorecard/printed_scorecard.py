"""The scorecard as one A4 page to be signed: what the page shows, with sources, targets and names.

One HTML file without anything outside it; figures, sentences and small charts are those of the
page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from reports import document_files, sentences, sparklines
from reports import figure_text as words
from reports.figure_text import Figure
from reports.safe_html import Safe, fill, join, prose
from reports.scorecard.printed_lists import open_items, unit_bands
from reports.scorecard.printed_notes import notes
from reports.source import Row, Rows
from reports.trends import Trends
from warehouse import formats

TITLE = "月度计分卡"
STYLE = Path(__file__).with_name("printed_scorecard.css")
WHOLE_AREA = "total"
SHOWN = ("card", "line")


@dataclass(frozen=True)
class Sheet:
    """One unit and month of one build."""

    ask: Rows
    month: date
    unit_id: str
    version_zh: str

    @cached_property
    def state(self) -> Row:
        """What the build is of."""
        return self.ask("data_state")[0]

    @property
    def as_of(self) -> date:
        """How far its data reach: not beyond its month, though somebody may have spoken on."""
        reached: date = self.state["data_as_of_date"]
        return min(formats.last_day(self.month), reached)

    @cached_property
    def unit_name(self) -> str:
        """Name of the unit; LookupError where the build has no such unit."""
        for row in self.ask("units"):
            if row["unit_id"] == self.unit_id:
                return str(row["name_zh"])
        raise LookupError(f"没有代码为“{self.unit_id}”的单位")

    @cached_property
    def figures(self) -> list[Row]:
        """Every figure of 1—N月."""
        return self.about("figures")

    def about(self, name: str, span_kind: str = "ytd", **params: Any) -> list[Row]:
        """A named query about this unit and month."""
        known = {"span_kind": span_kind, "span_month": self.month, "unit_id": self.unit_id}
        return self.ask(name, **{**known, "month": self.month, **params})

    def behind(self, figure: Figure) -> list[Row]:
        """Rows a figure rests on."""
        keys = ("indicator_code", "unit_role", "category_code")
        return self.about("figure_rows", **{key: figure[key] for key in keys})


def html(sheet: Sheet) -> str:
    """The page as one file."""
    body = fill(
        '<main class="sheet">{parts}</main>',
        parts=join(
            [
                _head(sheet),
                *_conclusion(sheet),
                *_tables(sheet),
                *_named(sheet),
                *_units(sheet),
                notes(sheet.about),
                _signs(),
            ]
        ),
    )
    words_zh = f"{sheet.unit_name}{formats.month_zh(sheet.month)}{TITLE}（{sheet.version_zh}）"
    title = document_files.title(words_zh, bool(sheet.state["is_synthetic"]))
    return document_files.document(title, STYLE.read_text("utf-8"), body)


def file_name(sheet: Sheet) -> str:
    """The name of the sheet's file."""
    return name_of(sheet.state, sheet.unit_name, sheet.month, sheet.version_zh)


def name_of(state: Row, unit_name: str, month: date, version_zh: str) -> str:
    """`模拟数据_示例市_全市_月度计分卡_2026年10月_快报第3版.html`."""
    parts = [state["profile_name_zh"], unit_name, TITLE, formats.month_zh(month), version_zh]
    return document_files.file_name(parts, ".html", bool(state["is_synthetic"]))


def _head(sheet: Sheet) -> Safe:
    state = sheet.state
    is_final = "定稿" in sheet.version_zh
    place = "" if sheet.unit_id == WHOLE_AREA else f" {sheet.unit_name}"
    return fill(
        "<header><h1>{name}安全生产{title}<small>{place}</small></h1>"
        '<p><b>{month}</b>　数据截至 {day}<br><span class="tag {kind}">{version}</span>'
        "{office}{synthetic}</p></header>",
        name=state["profile_name_zh"],
        title=TITLE,
        place=place,
        month=formats.month_zh(sheet.month),
        day=formats.cutoff_zh(sheet.as_of),
        kind="" if is_final else "quick",
        version=sheet.version_zh,
        office=f"　{state['office_zh']}",
        synthetic=Safe("　<b>模拟数据</b>") if state["is_synthetic"] else "",
    )


def _conclusion(sheet: Sheet) -> list[Safe]:
    parts, verdict = words.split(sheet.figures)
    month_figures = sheet.about("figures", "month")
    levels = [figure for figure in sheet.figures if words.is_listed(figure)]
    name = "" if sheet.unit_id == WHOLE_AREA else sheet.unit_name
    trends = Trends(sheet.about("figure_trends"))
    lead = sentences.particulars(parts, words.split(month_figures)[1])
    caution = words.small_base(verdict, [*parts, *words.split(month_figures)[0]])
    return [
        fill('<p class="headline">{text}</p>', text=words.headline(verdict, levels, name)),
        fill('<p class="lead">{lead}{caution}</p>', lead=prose(lead), caution=prose(caution)),
        fill(
            '<div class="verdict"><table><tr><th>{role}</th>{heads}<th>结论</th></tr>{rows}</table>'
            "{steps}</div>",
            role=parts[0]["role_zh"] if parts else "",
            heads=join(fill("<th>{name}</th>", name=part["name_zh"]) for part in parts),
            rows=join([_span(sheet.figures), _span(month_figures)]),
            steps=join(_steps(part, trends) for part in parts),
        ),
    ]


def _span(figures: Sequence[Figure]) -> Safe:
    parts, verdict = words.split(figures)
    if verdict is None:
        return Safe("")
    phrase = verdict["phrase_zh"] or sentences.no_verdict(verdict)
    return fill(
        '<tr><td class="span">{span}{open}</td>{cells}<td class="phrase {tone}">{phrase}</td></tr>',
        span=formats.span_zh(verdict["span_kind"], verdict["span_month"]),
        open=Safe('<br><span class="warn">补报期未满</span>') if verdict["is_provisional"] else "",
        cells=join(
            fill(
                '<td>{value}<div class="change">{change}</div></td>',
                value=words.value(part),
                change=words.change(part),
            )
            for part in parts
        ),
        tone=words.phrase_tone(verdict),
        phrase="暂不作结论" if verdict["is_open"] else phrase,
    )


def _steps(part: Figure, trends: Trends) -> Safe:
    years = trends.years(part, "ytd")
    name = f"{part['name_zh']}累计"
    return fill(
        "<figure><figcaption>{name}</figcaption>{svg}</figure>",
        name=name,
        svg=sparklines.steps(*years, part["unit_zh"], name),
    )


def _tables(sheet: Sheet) -> list[Safe]:
    """The unit's figures, then apart what a town does itself."""
    shown, own = words.placed(sheet.figures, *SHOWN), words.own(sheet.figures)
    main = _table("指标", formats.span_zh("ytd", sheet.month), shown)
    return [main, _table(words.OWN_ZH, words.OWN_NOTE_ZH, own)] if own else [main]


def _table(title: str, note: str, shown: Sequence[Figure]) -> Safe:
    return fill(
        "<section><h2>{title}<span>{note}</span></h2><table><tr><th>指标</th>"
        '<th class="num">本期</th><th>比去年同期</th><th>目标</th><th>结果</th>'
        "<th>分子/分母、说明</th></tr>{rows}</table></section>",
        title=title,
        note=note,
        rows=join(map(_figure, shown)),
    )


def _figure(figure: Figure) -> Safe:
    return fill(
        '<tr><td class="name">{name}</td><td class="num">{value}</td>'
        '<td class="change">{change}</td><td class="name">{goal}</td><td>{status}</td>'
        "<td>{notes}</td></tr>",
        name=words.of_unit(figure["name_zh"], figure),
        value=words.value(figure),
        change=words.change(figure),
        goal=words.goal(figure).removeprefix("目标 "),
        status=words.status(figure),
        notes=join([*words.notes(figure), words.ceiling(figure), words.known(figure)], " · "),
    )


def _named(sheet: Sheet) -> list[Safe]:
    levels = [figure for figure in sheet.figures if words.is_listed(figure)]
    return [open_items(figure, sheet.behind(figure), sheet.as_of) for figure in levels]


def _units(sheet: Sheet) -> list[Safe]:
    if sheet.unit_id != WHOLE_AREA:
        return []
    short = {row["unit_id"]: row["short_name"] for row in sheet.about("unit_short_names")}
    return [unit_bands(sheet.about("unit_figures"), short)]


def _signs() -> Safe:
    names = ("制表", "审核", "签批", "日期")
    return fill(
        '<footer class="signs">{names}</footer>',
        names=join(fill("<span>{name}：</span>", name=name) for name in names),
    )
