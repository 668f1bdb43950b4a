"""Sixty sessions at once on the real queries: nobody ever reads another's rows."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import islice, product
from pathlib import Path
from threading import Barrier

import pytest

import run
from tests.faults.sockets import said, session, texts
from warehouse import queries
from warehouse.files.home import DEFAULT_PROFILE, Home

PAGE = Path(__file__).with_name("session_page.py")
ROOT = Path(__file__).resolve().parents[2]
SESSIONS = 64
INDICATORS = ("inspection_count", "penalty_count", "incident_count", "death_count")
#: Four times the same four months: each is read from the file once and from the cache afterwards.
MONTHS = [f"2026-{month:02}-01" for month in (4, 6, 8, 10)] * 4

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def port(sample_home: Path) -> Iterator[int]:
    """A server whose only page is the test's."""
    number = run.free_port()
    with run.serving(number, sample_home, page=str(PAGE), PYTHONPATH=str(ROOT)):
        yield number


def wrong_answers(
    port: int, unit: Mapping[Hashable, str], indicator: str, start: Barrier
) -> list[str]:
    """All runs of one session; the answers that are not this unit's, and the failed ones."""
    found = []
    with session(port) as tab:
        start.wait(run.READY_SECONDS)
        for month in MONTHS:
            messages = tab.run(unit=unit["unit_id"], indicator=indicator, month=month)
            shown = texts(messages)
            answer = json.loads(shown[0]) if len(shown) == 1 else {}
            own = answer.get("unit") == unit["unit_id"]
            own = own and answer["territories"] in ([unit["name_zh"]], [])
            if not own or sum(map(Decimal, answer["amounts"])) != Decimal(answer["numerator"]):
                found.append(f"{unit['unit_id']} {indicator} {month}: {shown or said(messages)}")
    return found


def test_sixty_sessions_never_see_each_others_rows(port: int, sample_home: Path) -> None:
    home = Home(sample_home, DEFAULT_PROFILE)
    units = queries.run("units", home=home).query("is_territory").to_dict("records")
    asked = list(islice(product(units, INDICATORS), SESSIONS))
    assert len(asked) == SESSIONS
    assert SESSIONS * len(MONTHS) >= 1000
    start = Barrier(SESSIONS)
    with ThreadPoolExecutor(SESSIONS) as people:
        tabs = [people.submit(wrong_answers, port, unit, code, start) for unit, code in asked]
        wrong = [line for tab in tabs for line in tab.result()]
    assert wrong == []


def test_rows_of_another_unit_would_be_noticed(port: int, sample_home: Path) -> None:
    home = Home(sample_home, DEFAULT_PROFILE)
    unit, other = queries.run("units", home=home).query("is_territory").to_dict("records")[:2]
    assert wrong_answers(port, unit, INDICATORS[0], Barrier(1)) == []
    confused = {**unit, "name_zh": other["name_zh"]}
    assert len(wrong_answers(port, confused, INDICATORS[0], Barrier(1))) == len(MONTHS)
