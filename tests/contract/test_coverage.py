"""What is known is decided once: only coverage models read submissions and the calendar."""

import re
from pathlib import Path

import pytest

from tests.contract.repository import name_of, sql_files

SOURCES = re.compile(r"\b(core\.fct_submission|profile\.report_calendar)\b|\bas_of_date\b")
COMMENT = re.compile(r"--[^\n]*")
#: What may read them beyond the models of core, and why.
ALLOWED = {
    "sql/marts/report/report_state.sql": (
        "when a report came in, and up to which day it says it goes"
    ),
    "sql/marts/check/check_base.sql": "how many tables a check looked at",
    "sql/marts/check/check_finding.sql": "which table a finding speaks of",
}


@pytest.mark.parametrize("path", sql_files("indicators", "derived", "marts"), ids=name_of)
def test_a_figure_asks_coverage_what_is_known(path: Path) -> None:
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert not SOURCES.search(text) or name_of(path) in ALLOWED


def test_nothing_is_allowed_in_vain() -> None:
    for path in sql_files("marts"):
        if name_of(path) in ALLOWED:
            assert SOURCES.search(COMMENT.sub("", path.read_text(encoding="utf-8")))
