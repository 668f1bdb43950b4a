"""A home of an earlier program: its build is served until a person takes what would move."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.__main__ import main
from etl.intake.receipts import read_receipts
from tests.homes.conftest import COMMITS, signed_in, unpack
from tests.homes.make import MONTH, write_books
from tests.pages.screen import blocks, text
from warehouse.files.home import Home
from warehouse.versions import waiting_version
from warehouse.versions.versions import current_number, manifest_path, pinned_file, served_file

DEATHS = (
    "select value from marts.figure where indicator_code = 'death_count' and span_kind = 'ytd'"
    f" and span_month = date '{MONTH}-01' and unit_role = 'total' and category_code = '*'"
)
COUNTED_OTHERWISE = (
    f"update marts.figure set value = 9 where value = ({DEATHS}) and indicator_code = 'death_count'"
    f" and span_kind = 'ytd' and span_month = date '{MONTH}-01' and unit_role = 'total'",
    "update marts.measure set amount = 8 where indicator_code = 'death_count' and amount = 1"
    " and month = date '2026-02-01'",
    "update marts.score set rank_no = 3 - rank_no"
    f" where rank_no is not null and span_month = date '{MONTH}-01'",
)
FIRST_LOAD = "the first load"
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module", params=COMMITS)
def listed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose program counted one figure otherwise, after `build` of today has listed it."""
    root = tmp_path_factory.mktemp("listed") / "home"
    old = unpack(request.param, root)
    with duckdb.connect(str(pinned_file(old))) as connection:
        for change in COUNTED_OTHERWISE:
            connection.execute(change)
    assert main(["build", "--home", str(root), "--profile", old.profile]) == 3
    return root


@pytest.fixture
def home(listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    shutil.copytree(listed, tmp_path / "home")
    home = home_of(tmp_path / "home")
    monkeypatch.setenv("LIANGSHAI_HOME", str(home.root))
    monkeypatch.setenv("LIANGSHAI_PROFILE", home.profile)
    return home


@pytest.fixture
def run(home: Home, capsys: pytest.CaptureFixture[str]) -> Run:
    def act(*words: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        place = ["--home", str(home.root), "--profile", home.profile, "--json"]
        code = main([words[0], *place, *words[1:]])
        return code, json.loads(capsys.readouterr().out.splitlines()[-1])

    return act


def deaths(home: Home, edition: str | None = None) -> int:
    with duckdb.connect(str(served_file(home, edition)), read_only=True) as connection:
        return int(connection.execute(DEATHS).fetchall()[0][0])


def kept(home: Home) -> dict[str, str]:
    """What people and units gave, by its hash."""
    paths = [home.receipts, *home.decisions.glob("*"), *(home.editions / MONTH).iterdir()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def home_of(root: Path) -> Home:
    """The only profile's home in a folder."""
    return Home(root, next(path.name for path in (root / "profiles").iterdir()))


def test_the_old_build_is_served_and_the_list_says_what_moves(home: Home, run: Run) -> None:
    code, document = run("build")
    assert (code, document["published"], document["waiting"]) == (3, False, 1)
    assert (current_number(home), deaths(home), deaths(home, MONTH)) == (3, 9, 3)
    figure = next(
        row
        for row in document["upgrade"]["figures"]
        if (row["indicator_code"], row["span_kind"], row["span_month"], row["unit_id"])
        == ("death_count", "ytd", f"{MONTH}-01", "total")
    )
    told = (figure["name_zh"], figure["place_zh"], figure["books"])
    assert told == ("死亡人数", "全县", ["事故2026.xlsx"])
    assert figure["before"].startswith("9 人") and figure["after"].startswith("2 人")
    before, after = next(
        (row["before"], row["after"])
        for row in document["upgrade"]["ranks"]
        if (row["place_zh"], row["span_month"]) == ("秋坪镇", f"{MONTH}-01")
    )
    assert before.startswith("第 2 名") and after.startswith("第 1 名")


@pytest.mark.parametrize(
    "words",
    [
        ("undo", FIRST_LOAD),
        ("rebuild",),
        ("correct", "--undo", "1"),
        ("decide", "duplicate", "incident:甲", "incident:乙", "--why", "同一件"),
    ],
    ids=lambda words: words[0],
)
def test_other_changes_wait_and_nothing_is_done(home: Home, run: Run, words: list[str]) -> None:
    before = kept(home)
    first = read_receipts(home)[0].load_id
    code, document = run(*(first if word == FIRST_LOAD else word for word in words))
    assert (code, document["waiting"]) == (3, 1)
    assert "采用新版" in document["error"]
    assert kept(home) == before
    assert (current_number(home), deaths(home)) == (3, 9)


@pytest.mark.parametrize("command", ["load", "preview"])
def test_a_workbook_waits_for_the_version(
    home: Home, run: Run, tmp_path: Path, command: str
) -> None:
    before = kept(home)
    books = write_books(tmp_path / "books")
    code, document = run(command, str(books / "事故2025.xlsx"))
    assert (code, document["waiting"]) == (3, 1)
    assert kept(home) == before


def test_it_is_taken_with_a_reason_and_just_the_list_seen(home: Home, run: Run) -> None:
    before = kept(home)
    assert run("build", "--accept") == (1, {"error": "请用 --why 写明采用新版的理由"})
    code, document = run("build", "--accept=other", "--why=核对过")
    assert (code, "有变化" in document["error"]) == (1, True)
    assert kept(home) == before
    assert (current_number(home), deaths(home)) == (3, 9)


@pytest.fixture(scope="module")
def taken(listed: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The listed home after a person took just that list."""
    root = tmp_path_factory.mktemp("taken") / "home"
    shutil.copytree(listed, root)
    home = home_of(root)
    waiting = waiting_version.read_waiting(home)
    assert waiting is not None
    place = ["--home", str(root), "--profile", home.profile, "--actor=王五"]
    assert main(["build", f"--accept={waiting.mark}", "--why=核对过", *place]) == 0
    return home


def test_what_is_taken_is_served_and_recorded_and_all_else_stays(taken: Home, listed: Path) -> None:
    assert (current_number(taken), deaths(taken), deaths(taken, MONTH)) == (4, 2, 3)
    assert waiting_version.read_waiting(taken) is None
    written = taken.decisions / "accepted_builds.csv"
    said = written.read_text(encoding="utf-8").splitlines()
    assert said[1].startswith("3,") and ",王五," in said[1] and said[1].endswith(",核对过")
    before, after = kept(home_of(listed)), kept(taken)
    assert {name for name in before if after[name] != before[name]} <= {"receipts.jsonl"}


def test_another_program_that_says_the_same_asks_nobody(taken: Home) -> None:
    manifest = manifest_path(taken, 4)
    told = json.loads(manifest.read_text(encoding="utf-8"))
    other = {**told, "made_by": "another program", "key": "asked for by another program"}
    manifest.write_text(json.dumps(other), encoding="utf-8")
    assert main(["build", "--home", str(taken.root), "--profile", taken.profile]) == 0
    assert (current_number(taken), deaths(taken)) == (5, 2)
    assert waiting_version.read_waiting(taken) is None


def test_the_page_shows_the_list_and_wants_a_reason(home: Home) -> None:
    app = signed_in(home, "pages/staff/submission.py")
    assert not app.exception
    drawn = text(blocks(app)["upgrade"])
    for words in ("新版待采用", "死亡人数", "9 人", "2 人", "事故2026.xlsx", "秋坪镇"):
        assert words in drawn
    take = next(button for button in app.button if button.label == "采用新版")
    assert take.disabled
