"""The delivered questions: each runs on the sample warehouse, its parameters bound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.contract.repository import SQL
from warehouse import queries
from warehouse.files.home import Home
from warehouse.guard import guarded_query, questions
from warehouse.guard.guarded_query import Outcome, Request
from warehouse.guard.questions import ALL, MONTH, NUMBER, Question, QuestionError

DELIVERED = questions.delivered()
HOSTILE = "x' or 1 = 1 --"
each = pytest.mark.parametrize("question", DELIVERED, ids=lambda question: question.code)


@pytest.fixture
def choices(home: Home) -> dict[str, list[str]]:
    """What the page offers for each kind of parameter."""
    found = queries.run("question_choices", home=home)
    return {str(kind): list(group.value_zh) for kind, group in found.groupby("kind_zh", sort=False)}


def run(
    question: Question, values: dict[str, str], served: Path, limits: dict[str, int]
) -> Outcome:
    sql = questions.marked(question.sql, values)
    return guarded_query.start(
        Request(served, sql, "甲", questions.bound(question, values)), limits
    ).result()


def first_choice(question: Question, choices: dict[str, list[str]]) -> dict[str, str]:
    """What the widgets show before anybody touches them."""
    return {
        p.name: p.default
        if p.kind_zh == NUMBER
        else choices[MONTH][0]
        if p.kind_zh == MONTH
        else ALL
        for p in question.parameters
    }


def test_there_are_ten_in_order() -> None:
    assert len(DELIVERED) == 10 == len(list((SQL / "questions").glob("*.sql")))


@each
def test_it_has_a_title_a_meaning_and_known_parameters(question: Question) -> None:
    assert question.title
    assert question.meaning.endswith("。")
    used = set(re.findall(r"(?<![:\w]):([a-z_]+)", re.sub(r"--[^\n]*", "", question.sql)))
    assert used == {parameter.name for parameter in question.parameters}


@each
def test_it_gives_rows(
    question: Question, choices: dict[str, list[str]], served: Path, limits: dict[str, int]
) -> None:
    outcome = run(question, first_choice(question, choices), served, limits)
    assert outcome.kind == "ok", outcome.sentence
    assert outcome.rows > 0
    assert not outcome.truncated
    assert outcome.table is not None
    assert [
        name for name in outcome.table.column_names if not "\u4e00" <= name[0] <= "\u9fff"
    ] == []


@each
def test_its_parameters_are_bound(
    question: Question, choices: dict[str, list[str]], served: Path, limits: dict[str, int]
) -> None:
    values = first_choice(question, choices)
    texts = [p.name for p in question.parameters if p.kind_zh not in (MONTH, NUMBER)]
    outcome = run(question, values | dict.fromkeys(texts, HOSTILE), served, limits)
    assert outcome.kind == "ok", outcome.sentence
    if texts and question.code != "monthly_incidents_of_three_years":  # always twelve months
        assert outcome.rows == 0


def test_towns_say_what_the_scorecard_says(
    home: Home, choices: dict[str, list[str]], served: Path, limits: dict[str, int]
) -> None:
    question = next(q for q in DELIVERED if q.code == "towns_against_last_year")
    outcome = run(question, {"month": choices[MONTH][0]}, served, limits)
    assert outcome.table is not None
    asked = {row["单位"]: row["事故起数"] for row in outcome.table.to_pylist()}
    params = {"span_kind": "ytd", "span_month": choices[MONTH][0], "unit_role": "territory"}
    stored = queries.run("verdict_figures", home=home, **params)
    counts = stored[(stored.indicator_code == "incident_count") & (stored.unit_role == "territory")]
    known = dict(zip(counts.unit_name_zh, counts.value, strict=True))
    assert {name: known[name] for name in asked} == asked


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("-- 参数：:x", "写法有误"),
        ("-- 参数：:x 天数 大象", "种类“大象”未知"),
        ("-- 参数：:x 天数 数字", "须写明默认值"),
        ("-- 参数：:x 天数 数字 1\n-- 参数：:x 月份 月份", "同名"),
    ],
)
def test_a_head_that_is_off_is_refused_in_words(head: str, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        questions.read("", f"{head}\nselect 1")


def test_marks_stand_outside_quotes_and_comments() -> None:
    sql = (
        """select ':a', ":a", :a::int, x::date, [1][:b], $$ :a $$ -- :a\n/* :a */ where :ab = :a"""
    )
    assert questions.marked(sql, ["a"]) == (
        """select ':a', ":a", $a::int, x::date, [1][:b], $$ :a $$ -- :a\n/* :a */ where :ab = $a"""
    )


def test_all_is_null_and_kinds_are_kept() -> None:
    question = questions.read(
        "", "-- 参数：:u 属地 属地\n-- 参数：:m 月 月份\n-- 参数：:n 数 数字 2\nselect 1"
    )
    values = {"u": ALL, "m": "2026-10-01", "n": "2"}
    assert questions.bound(question, values) == {
        "u": None,
        "m": {"kind": "date", "value": "2026-10-01"},
        "n": {"kind": "number", "value": "2"},
    }
