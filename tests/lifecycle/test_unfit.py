"""What would leave a correction without its row is refused before anything is written."""

from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from etl.commands.load import LoadOptions, load
from etl.commands.upkeep import undo
from etl.intake.receipts import in_force, read_receipts
from tests.lifecycle.returned import inspection, inspections, ledger
from warehouse.files.home import Home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Two inspections; of one the number of hazards was corrected from 2 to 3."""
    monkeypatch.setenv("LIANGSHAI_HOME", str(tmp_path / "home"))
    home = Home(tmp_path / "home", "demo")
    send(home, ledger(tmp_path / "台账.xlsx", [inspection("JC-1"), inspection("JC-2")]))
    words = "--dataset enforcement --identity JC-1 --field 一般隐患 --from 2 --to 3 --why 核对"
    assert main(["correct", *words.split()]) == 0
    return home


def send(home: Home, *paths: Path) -> dict[str, Any]:
    """The verdicts of what was sent, by name."""
    return {entry["name"]: entry for entry in load(home, list(paths), LoadOptions()).files}


def test_an_undo_says_which_correction_stands_in_its_way(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    (sent,) = in_force(home).active.values()
    count = len(read_receipts(home))
    for words in (["--preview"], []):
        assert main(["undo", sent.sha256, *words]) == 1
        said = "".join(capsys.readouterr())
        assert "更正第 1 条用不上" in said
        assert "correct --undo 1" in said
    assert len(read_receipts(home)) == count
    assert main(["correct", "--undo", "1"]) == 0
    undo(home, sent.sha256, "本机", lambda _: None)
    assert not in_force(home).active


def test_only_the_ledger_that_contradicts_a_correction_is_refused(
    home: Home, tmp_path: Path
) -> None:
    other = [inspection("JC-1", general_hazard_count=9), inspection("JC-2")]
    settled = [inspection("JC-1", general_hazard_count=3), inspection("JC-2"), inspection("JC-3")]
    found = send(
        home, ledger(tmp_path / "矛盾.xlsx", other), ledger(tmp_path / "改好.xlsx", settled)
    )
    assert found["矛盾.xlsx"]["status"] == "refused"
    assert "原值应为 2，现为 9" in found["矛盾.xlsx"]["reason"]
    assert found["改好.xlsx"]["status"] == "loaded"
    counted = {number: row[2] for number, row in inspections(home).items()}
    assert counted == {"JC-1": 3, "JC-2": 2, "JC-3": 2}
