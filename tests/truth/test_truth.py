"""Core equals the truth cell by cell; every row ends as the generator says it must."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.truth.compare import cell_differences, datasets, row_verdicts, true_verdicts
from warehouse.files.home import REPOSITORY, Home
from warehouse.versions.versions import current_build

SETS = {"种子 7": [], "种子 11 凌乱": ["--seed", "11", "--messy", "--scale", "0.5"]}
DATASETS = "economy enforcement hazard incident reported training_record training_roster".split()


def etl(*words: str) -> None:
    """Run a command of the front door; its output is shown when it fails."""
    command = [sys.executable, "-m", "etl", *words]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{words}\n{done.stdout}\n{done.stderr}", pytrace=False)


@pytest.fixture(scope="module", params=SETS, ids=list(SETS))
def judged(
    request: pytest.FixtureRequest, sample_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Home, Path]:
    """A built home and the truth of its workbooks."""
    words = SETS[request.param]
    if not words:
        return Home(sample_home, "demo"), REPOSITORY / "data" / "sample-truth"
    folder = tmp_path_factory.mktemp("messy")
    etl("sample", "--out", str(folder / "books"), *words)
    etl("load", str(folder / "books"), "--home", str(folder / "home"))
    return Home(folder / "home", "demo"), folder / "books-truth"


@pytest.mark.parametrize("dataset", DATASETS)
def test_core_equals_truth_cell_by_cell(judged: tuple[Home, Path], dataset: str) -> None:
    home, truth = judged
    assert cell_differences(home, truth, dataset) == []


def test_every_dataset_has_its_truth(judged: tuple[Home, Path]) -> None:
    assert datasets(judged[1]) == DATASETS


def test_every_row_ends_as_it_must(judged: tuple[Home, Path]) -> None:
    home, truth = judged
    build = current_build(home)
    assert build is not None
    found = {name: +count for name, count in row_verdicts(home, build.manifest["recipe"]).items()}
    assert found == {name: +count for name, count in true_verdicts(truth).items()}
