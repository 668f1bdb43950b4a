"""Slides are rows: every row can be drawn, titles are conclusions, nothing is lost on the way."""

from __future__ import annotations

from datetime import date

import pytest

from reports.figure_text import Figure
from reports.slides import (
    deck,
    list_slides,
    projector_charts,
    ranking_slide,
    slide_source,
    slide_titles,
)
from tests.contract.repository import SQL, rows

DECLARED = slide_source.declared()
KINDS = {"verdict", "wall", "trend", "scores", "ranks", "items", "grid"}
OCTOBER = date(2026, 10, 1)


def stage_of(slide: slide_source.Declared, figures: list[Figure]) -> slide_source.Stage:
    """A stage whose queries answer with these figures."""
    return slide_source.Stage(lambda _name, **_params: list(map(dict, figures)), OCTOBER, slide)


def rank(name: str, place: int | None, state: str = "value") -> dict[str, object]:
    return {"unit_name_zh": name, "rank_no": place, "state": state}


@pytest.mark.parametrize("slide", DECLARED, ids=lambda slide: slide.code)
def test_a_row_can_be_drawn(slide: slide_source.Declared) -> None:
    known = {row["indicator_code"] for row in rows(SQL / "catalogue" / "indicators.csv")}
    assert slide.kind in KINDS
    assert slide.title_rule in slide_titles.RULES or slide.kind == "scores"
    assert {code for code, _ in slide.parts} <= known
    assert slide.seconds > 0


def test_every_kind_of_slide_is_shown() -> None:
    assert {slide.kind for slide in DECLARED} == KINDS


def test_a_long_list_takes_several_screens_and_loses_nobody() -> None:
    items = [{"no": number} for number in range(2 * list_slides.ITEMS_ON_A_SLIDE + 1)]
    screens = slide_source.chunks(items, list_slides.ITEMS_ON_A_SLIDE)
    assert [len(screen) for screen in screens] == [8, 8, 1]
    assert [row for screen in screens for row in screen] == items
    assert slide_source.chunks([], 8) == [[]]


def test_labels_of_line_ends_stand_apart() -> None:
    placed = projector_charts._apart(
        [(0.1, "now", "甲"), (0.1, "old", "乙"), (0.12, "target", "丙")]
    )
    assert [y for y, _, _ in placed] == pytest.approx(
        [0.1, 0.1 + projector_charts.APART, 0.1 + 2 * projector_charts.APART]
    )


def test_a_chart_without_a_known_month_draws_its_axis_alone() -> None:
    chart = projector_charts.lines([None] * 3, [None] * 12, None, "%", 1, "某率")
    assert chart.count("<path") == 1


def test_stairs_name_both_years() -> None:
    chart = projector_charts.stairs([1, 3], [2, 4, 9], "起", "某数")
    assert "今年 3 起" in chart
    assert "去年同期 4 起" in chart


def ranking(units: list[dict[str, object]]) -> str:
    slide = next(slide for slide in DECLARED if slide.title_rule == "extremes")
    figure = {"indicator_code": slide.parts[0][0], "name_zh": "某率"}
    return slide_titles.extremes(stage_of(slide, [figure]), units)


def test_the_ranking_names_first_and_last() -> None:
    title = ranking([rank("甲镇", 1), rank("乙镇", 2), rank("丙镇", None, "not_reported")])
    assert title == '某率：甲镇第1，<b class="bad">乙镇末位</b>'


def test_the_ranking_names_ties() -> None:
    assert "甲镇、乙镇并列第1" in ranking([rank("甲镇", 1), rank("乙镇", 1), rank("丙镇", 3)])


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([rank("甲镇", 1), rank("乙镇", 1)], "各单位持平"),
        ([rank("甲镇", 1)], "参评单位不足，不作排名"),
    ],
)
def test_no_winner_is_made_where_there_is_none(units: list[dict[str, object]], words: str) -> None:
    assert ranking(units).endswith(words)


def scored(name: str, place: int, movement: int | None, previous: int | None) -> dict[str, object]:
    return {
        "unit_zh": name,
        "rank_no": place,
        "movement": movement,
        "previous_rank_no": previous,
    }


@pytest.mark.parametrize(
    ("movement", "previous", "words"), [(3, 4, "升至第1"), (0, 1, "保持第1"), (None, None, "列第1")]
)
def test_the_score_slide_says_how_the_first_came_there(
    movement: int | None, previous: int | None, words: str
) -> None:
    rows = [scored("甲镇", 1, movement, previous), scored("乙镇", 2, 0, 2)]
    title = ranking_slide.title({"list_zh": "镇街"}, rows)
    assert title == f'镇街晾晒：甲镇{words}，<b class="bad nb">乙镇末位</b>'


def test_without_a_scheme_there_is_no_score_slide() -> None:
    slide = next(slide for slide in DECLARED if slide.kind == "scores")
    assert ranking_slide.find(stage_of(slide, [])) is None


def test_the_layer_escapes_what_it_shows() -> None:
    footer = [("", "<script>alert(1)</script>")]
    assert "<script" not in deck.layer([], footer)
