"""纳入起始月: appended, undoable, one unit's before all; nonsense is refused in words."""

from pathlib import Path

import pytest

from etl.decisions.duty_starts import start
from tests.lifecycle.tiny import tiny_home
from warehouse.files.decisions import started
from warehouse.files.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return tiny_home(tmp_path)


def say(home: Home, *words: str, verdict: str = "start", why: str = "八月起才要求") -> str:
    return start(home, list(words), verdict, "某人", why).told()


def test_the_last_word_on_a_ledger_and_a_unit_holds(home: Home) -> None:
    assert say(home, "hazard", "2026-08") == "hazard 从 2026-08 起纳入报送（所有应报单位）"
    say(home, "hazard", "2026-09", "甲镇")
    say(home, "hazard", "2026-07", "town_a")
    say(home, "hazard", "2026-06")
    held = {key: one.month for key, one in started(home).items()}
    assert held == {("hazard", ""): "2026-06", ("hazard", "town_a"): "2026-07"}
    say(home, "hazard", "甲镇", verdict="undecided")
    assert list(started(home)) == [("hazard", "")]
    assert len((home.decisions / "started.csv").read_text("utf-8").splitlines()) == 6


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("隐患排查表", "2026-08"), "没有“隐患排查表”这种报表"),
        (("hazard",), "请写报表种类和起始月"),
        (("hazard", "2026-13"), "不是月份"),
        (("hazard", "2026-08", "公安局"), "没有要求“公安局”报送"),
        (("hazard", "2026-08", "2026-09"), "请写报表种类和起始月"),
    ],
)
def test_what_makes_no_sense_is_refused(home: Home, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        say(home, *words)
    assert started(home) == {}


def test_a_reason_and_something_to_take_back_are_wanted(home: Home) -> None:
    with pytest.raises(ValueError, match="理由"):
        say(home, "hazard", "2026-08", why=" ")
    with pytest.raises(LookupError, match="没有可撤回的"):
        say(home, "hazard", verdict="undecided")
