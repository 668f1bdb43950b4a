"""A preview says what a load would do, to the figure and to the row, and keeps nothing."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from etl.commands.load import LoadOptions, LoadReport, load
from etl.commands.preview import preview, preview_undo
from tests.lifecycle.tiny import YEAR, cases, ledger, year_ledger
from tests.lifecycle.workbooks import incidents, ytd
from warehouse import formats
from warehouse.files.home import DEFAULT_PROFILE, Home

UNREADABLE = "约两人"
DEATHS = "death_count"


@dataclass(frozen=True)
class Story:
    """A correction looked at, loaded, and its undoing looked at: what was told and what was so."""

    told: LoadReport
    undoing: dict[str, Any]
    deaths: list[int]
    named: list[set[str]]

    @property
    def effects(self) -> dict[str, Any]:
        assert self.told.effects is not None
        return self.told.effects


@pytest.fixture(scope="module")
def story(small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Eight dead; then two more in 甲处, and in 乙处 a number that cannot be read."""
    root = tmp_path_factory.mktemp("preview")
    shutil.copytree(small_template / "home", root / "home")
    home = Home(root / "home", DEFAULT_PROFILE)
    correction = year_ledger(root / "更正.xlsx", 甲={"deaths": 3}, 乙={"deaths": UNREADABLE})
    deaths, named = [ytd(home, DEATHS)], [set(incidents(home))]
    told = preview(home, [correction], LoadOptions())
    deaths.append(ytd(home, DEATHS))
    load_id = load(home, [correction], LoadOptions()).load_id
    deaths.append(ytd(home, DEATHS))
    named.append(set(incidents(home)))
    _, undoing = preview_undo(home, load_id, "测试")
    deaths.append(ytd(home, DEATHS))
    return Story(told, undoing, deaths, named)


def figure(effects: dict[str, Any], name: str = "死亡人数") -> dict[str, Any]:
    """The newest 1—N月 of an indicator among the effects."""
    return next(f for f in effects["figures"] if f["name_zh"] == name and f["span_kind"] == "ytd")


def test_looking_changes_nothing(story: Story) -> None:
    at_first, after_preview, after_load, after_looking_at_undo = story.deaths
    assert at_first == after_preview
    # Three dead for one; what is handed back keeps its older version, so its death stays.
    assert after_load == after_looking_at_undo == at_first + 2


def test_figures_are_told_as_they_were_and_as_they_became(story: Story) -> None:
    shown = figure(story.effects)
    assert shown["before"] == formats.quantity(story.deaths[0], "人")
    assert shown["after"] == formats.quantity(story.deaths[2], "人")
    assert shown["changed"] and shown["change"] == 2
    assert not figure(story.effects, "行政处罚起数")["changed"]


def test_a_row_handed_back_has_not_vanished(story: Story) -> None:
    before, after = story.named
    told = story.effects
    assert before == after
    assert (told["withdrawn"], told["withdrawn_count"], told["lost_lives"]) == ([], 0, 0)
    (replaced,) = told["replaced"]
    assert replaced["name"] == YEAR
    assert (replaced["superseded"], replaced["withdrawn"]) == (5, 0), "of six one is handed back"


def test_a_sheet_is_told_with_mapping_reject_and_remedy(story: Story) -> None:
    (entry,) = story.told.document()["files"]
    (sheet,) = entry["sheets"]
    assert sheet["dataset_zh"] and sheet["unit_zh"]
    (reject,) = sheet["rejects"]
    assert reject["value"] == UNREADABLE
    assert "不是可识别的数" in reject["why"] and reject["fix"].startswith("请只填一个确切的数")
    mapped = {field["field"]: field for field in sheet["mapping"]}
    assert mapped["death_count"]["column"] == reject["column"]
    assert mapped["death_count"]["header"] == "死亡人数"


def test_an_undo_is_told_backwards(story: Story) -> None:
    forth, back = figure(story.effects), figure(story.undoing)
    assert (back["before"], back["after"]) == (forth["after"], forth["before"])
    assert story.undoing["restored_count"] == 5


def test_what_would_be_held_is_told_with_what_accepting_it_would_do(
    small_copy: Home, tmp_path: Path
) -> None:
    short = ledger(tmp_path / "少行.xlsx", cases("甲乙丙"))
    report = preview(small_copy, [short], LoadOptions())
    assert report.files[0]["status"] == "held"
    assert "3 行不再出现" in report.files[0]["reason"]
    assert report.effects is not None and report.effects["if_accepted"]
    assert (report.effects["withdrawn_count"], report.effects["lost_lives"]) == (3, 3)
    gone = {row["subject_zh"] for row in report.effects["withdrawn"]}
    assert gone == {"丁处事故", "戊处事故", "己处事故"}
    assert figure(report.effects)["change"] == -3
