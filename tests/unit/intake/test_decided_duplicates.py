"""The file of decisions: append-only, the last row on a pair holds, no circles, no nonsense."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from etl.decisions.decided_duplicates import decide
from warehouse import queries
from warehouse.files.decisions import read_decisions, standing
from warehouse.files.home import Home

A, B, C = "hazard:town_a:1", "hazard:town_b:2", "hazard:bureau:3"
ROWS = {A: A, B: B, C: C, "abc-1-7": A, "incident:bureau:甲": "incident:bureau:甲"}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose warehouse knows the rows above."""

    def answer(_name: str, *, words: str, **_: Any) -> pd.DataFrame:
        return pd.DataFrame({"identity": [ROWS[words]] if words in ROWS else []})

    monkeypatch.setattr(queries, "run", answer)
    return Home(tmp_path, "demo")


def said(office: Home, kept: str, dropped: str, verdict: str = "duplicate") -> None:
    decide(office, (kept, dropped), verdict, "张三", "同一处")


def test_a_row_may_be_named_by_its_number(office: Home) -> None:
    said(office, "abc-1-7", B)
    assert [(d.kept, d.dropped, d.who, d.why) for d in read_decisions(office)] == [
        (A, B, "张三", "同一处")
    ]


def test_nothing_is_rewritten_and_the_last_word_holds(office: Home) -> None:
    said(office, A, B)
    before = (office.decisions / "duplicates.csv").read_bytes()
    said(office, B, A, "distinct")
    assert (office.decisions / "duplicates.csv").read_bytes().startswith(before)
    assert [(d.kept, d.verdict) for d in standing(read_decisions(office))] == [(B, "distinct")]
    said(office, A, B, "undecided")
    assert standing(read_decisions(office)) == []


def test_a_circle_is_refused_however_long(office: Home) -> None:
    said(office, A, B)
    said(office, B, C)
    with pytest.raises(ValueError, match="先撤回"):
        said(office, C, A)
    said(office, B, A)
    assert len(read_decisions(office)) == 3


@pytest.mark.parametrize(
    ("kept", "dropped", "verdict", "words"),
    [
        (A, "abc-1-7", "duplicate", "同一行"),
        (A, "incident:bureau:甲", "duplicate", "不能判为同一件"),
        (A, "hazard:town_a:9", "duplicate", "没有“hazard:town_a:9”"),
        (A, B, "undecided", "没有可撤回的判定"),
    ],
)
def test_nonsense_is_refused_in_chinese(
    office: Home, kept: str, dropped: str, verdict: str, words: str
) -> None:
    with pytest.raises((ValueError, LookupError), match=words):
        said(office, kept, dropped, verdict)
    assert read_decisions(office) == []


def test_a_reason_is_required(office: Home) -> None:
    with pytest.raises(ValueError, match="--why"):
        decide(office, (A, B), "duplicate", "张三", " ")
