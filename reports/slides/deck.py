"""The run of slides of one month on one build, and the layer that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from reports import missing_ledgers, uncounted
from reports.safe_html import Safe, fill, join
from reports.slides import figure_slides, list_slides, ranking_slide, slide_titles
from reports.slides.slide_source import Declared, Slide, Stage, chunks, declared
from reports.source import Row, Rows
from warehouse import formats

HERE = Path(__file__).parent
STYLE = HERE / "projector.css"
SCRIPT = HERE / "projector.js"
#: Title and body.
Screen = tuple[Safe, Safe]


def slides(ask: Rows, month: date) -> list[Slide]:
    """Every declared slide; a list that is too long for one screen takes several."""
    return [slide for row in declared() for slide in _drawn(Stage(ask, month, row))]


def _drawn(stage: Stage) -> list[Slide]:
    return [
        _slide(stage.slide, title, body)
        for title, body in {
            "ranks": _ranks,
            "scores": _scores,
            "items": _items,
            "grid": _grid,
        }.get(stage.slide.kind, _figures)(stage)
    ]


def _slide(row: Declared, title: Safe, body: Safe) -> Slide:
    return Slide(row.code, row.kind, title, body, row.seconds)


def _title(stage: Stage, rows: list[Row]) -> Safe:
    return slide_titles.RULES[stage.slide.title_rule](stage, rows)


def _figures(stage: Stage) -> list[Screen]:
    draw = {
        "verdict": figure_slides.verdict,
        "wall": figure_slides.wall,
        "trend": figure_slides.trend,
    }
    return [(_title(stage, []), draw[stage.slide.kind](stage))]


def _ranks(stage: Stage) -> list[Screen]:
    rows = stage.about("unit_ranks", stage.slide.parts[0][0])
    screens = chunks(rows, list_slides.RANKS_ON_A_SLIDE)
    return _screens(_title(stage, rows), [list_slides.ranks(stage, rows, part) for part in screens])


def _scores(stage: Stage) -> list[Screen]:
    found = ranking_slide.find(stage)
    if found is None:
        return []
    ranking, rows = found
    screens = chunks(rows, list_slides.RANKS_ON_A_SLIDE)
    return _screens(
        ranking_slide.title(ranking, rows),
        [ranking_slide.board(ranking, rows, part) for part in screens],
    )


def _items(stage: Stage) -> list[Screen]:
    rows = stage.about("figure_rows", stage.slide.parts[0][0])
    ordered = sorted(rows, key=lambda row: (row["due_date"] or stage.as_of, row["row_id"]))
    screens = chunks(ordered, list_slides.ITEMS_ON_A_SLIDE)
    return _screens(_title(stage, rows), [list_slides.items(stage, part) for part in screens])


def _grid(stage: Stage) -> list[Screen]:
    found, *marks = [stage.about("sector_cells", code) for code, _ in stage.slide.parts]
    marked = [row for rows in marks for row in rows]
    screens = chunks(list_slides.grid_units(found, marked), list_slides.UNITS_ON_A_SLIDE)
    return _screens(
        _title(stage, found), [list_slides.grid(stage, part, found, marked) for part in screens]
    )


def _screens(title: Safe, bodies: list[Safe]) -> list[Screen]:
    """What is too long for one screen stands on several, each with its number."""
    if len(bodies) == 1:
        return [(title, bodies[0])]
    return [(_numbered(title, n, len(bodies)), body) for n, body in enumerate(bodies, 1)]


def _numbered(title: Safe, number: int, count: int) -> Safe:
    return fill(
        '{title}<small class="nb">（{number}／{count}）</small>',
        title=title,
        number=number,
        count=count,
    )


def layer(shown: Sequence[Slide], facts: Iterable[tuple[str, str]]) -> Safe:
    """All slides in one element, over the footer that names what they are made from."""
    return fill(
        '<div class="deck">{slides}<footer>{facts}<span class="mode"></span>'
        '<span class="page"></span></footer><div class="progress"><i></i></div></div>',
        slides=join(_section(slide, number) for number, slide in enumerate(shown, 1)),
        facts=join(
            fill('<span class="{kind}">{fact}</span>', kind=kind, fact=fact) for kind, fact in facts
        ),
    )


def footer(ask: Rows, month: date, version_zh: str) -> list[tuple[str, str]]:
    """Office, month, 数据截至, edition, 未报, 模拟数据: the line under every slide."""
    state = ask("data_state")[0]
    as_of = min(formats.last_day(month), state["data_as_of_date"])
    owed = missing_ledgers.counted(ask("missing_reports", month=month))
    facts = [
        ("", state["office_zh"]),
        ("", f"数据截至 {formats.cutoff_zh(as_of)}"),
        ("", version_zh),
        ("wide", owed),
    ]
    not_counted = ask("uncounted", month=month)
    if waiting := uncounted.waiting(not_counted):
        facts.append(("wide", f"待确认 {waiting}"))
    if returned := uncounted.returned_in_all(not_counted):
        facts.append(("wide", returned))
    return [*facts, ("synthetic", "模拟数据")] if state["is_synthetic"] else facts


def _section(slide: Slide, number: int) -> Safe:
    return fill(
        '<section class="slide slide-{kind}" data-code="{code}" data-seconds="{seconds}"'
        ' data-number="{number}" hidden><h1>{title}</h1><div class="body">{body}</div></section>',
        kind=slide.kind,
        code=slide.code,
        seconds=slide.seconds,
        number=number,
        title=slide.title,
        body=slide.body,
    )


def contents(shown: Sequence[Slide]) -> Safe:
    """The start screen: titles that open their slide, the keys, room for the slide in question."""
    return fill(
        '<div class="projector-start"><div><button type="button" class="go" data-slide="1">'
        "开始投影</button><ol>{titles}</ol>{keys}</div>"
        '<div class="preview" aria-hidden="true"></div></div>',
        titles=join(
            fill(
                '<li><button type="button" data-slide="{number}">{title}</button></li>',
                number=number,
                title=slide.title,
            )
            for number, slide in enumerate(shown, 1)
        ),
        keys=KEYS,
    )


KEYS = join(
    fill("<span><kbd>{key}</kbd>{does}</span>", key=key, does=does)
    for key, does in (
        ("→ 空格 PageDown", "下一页"),
        ("← PageUp", "上一页"),
        ("Home", "首页"),
        ("End", "末页"),
        ("P", "自动播放／暂停"),
        ("B", "黑屏"),
        ("D", "深色"),
        ("F", "全屏"),
        ("Esc", "退出"),
    )
)
