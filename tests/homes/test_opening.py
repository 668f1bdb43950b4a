"""Build and edition of every home open on every page and in every report, with the old values.

What is expected stands in `COMMIT.csv`, worked out by hand from the workbooks of `make.py`: place,
version (build, edition or both) and words that must be read there.
"""

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from reports.__main__ import main
from tests.homes.conftest import COMMITS, FOLDER, signed_in
from tests.homes.make import MONTH
from tests.pages.screen import APP, text
from warehouse.accounts import sessions
from warehouse.files import reminder_log
from warehouse.files.decisions import declared_corrections
from warehouse.files.home import Home
from warehouse.guard import guarded_query, query_log
from warehouse.guard.guarded_query import Request
from warehouse.versions.versions import pinned_file, served_file

VERSIONS = ("build", "edition")
REPORTS = ("ranking", "scorecard", "briefing", "quality", "reminders")
PAGES = sorted(
    str(path.relative_to(APP.parent))
    for path in (APP.parent / "pages").glob("*/*.py")
    if path.parent.name != "ui" and path.stem != "__init__"
)
FAULT = re.compile(r"E-\d{8}-\d{4}-\d{3}")  # a block that failed shows such a number
AS_BUILD = 9  # the number under which a frozen file is put to be opened by the pages


@cache
def expected(commit: str) -> tuple[dict[str, str], ...]:
    """What must be read where."""
    with (FOLDER / f"{commit}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


def words(commit: str, version: str, place: str) -> list[str]:
    rows = [row for row in expected(commit) if row["place"] == place]
    found = [row["says"] for row in rows if row["version"] in (version, "both")]
    assert found, f"{commit}.csv says nothing of {place} for the {version}"
    return found


def put_edition_in_place(home: Home) -> None:
    """Serve the frozen files: every page then opens them."""
    frozen = home.editions / MONTH
    for name, kind in (
        ("serve.duckdb", "serve"),
        ("staff.duckdb", "staff"),
        ("build.json", "build"),
    ):
        path = frozen / name
        shutil.copyfile(path, home.builds / f"{kind}-{AS_BUILD}{path.suffix}")
    home.current.write_text(f"{AS_BUILD}\n", encoding="ascii")


@pytest.fixture(scope="module", params=COMMITS)
def commit(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def home(
    commit: str,
    version: str,
    unpacked: Callable[[str], Home],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Home]:
    """The home, opened at its build or at its edition."""
    root = tmp_path_factory.mktemp(version) / "home"
    shutil.copytree(unpacked(commit).root, root)
    home = Home(root, unpacked(commit).profile)
    if version == "edition":
        put_edition_in_place(home)
    pinned = [pinned_file(home), pinned_file(home, MONTH), home.receipts]
    before = [hashlib.sha256(path.read_bytes()).hexdigest() for path in pinned]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIANGSHAI_HOME", str(root))
        patch.setenv("LIANGSHAI_PROFILE", home.profile)
        yield home
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in pinned] == before


def said(app: AppTest) -> str:
    """Everything the page's blocks were given, without tags."""
    found = [e.proto.json for e in app.get("bidi_component") if e.proto.json]
    return text(" ".join(str(json.loads(one)) for one in found))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_the_old_values(
    home: Home, commit: str, version: str, page: str
) -> None:
    app = signed_in(home, page, month=MONTH, version="now")
    assert not app.exception
    shown = said(app)
    assert [w for w in words(commit, version, page) if w not in shown] == []
    assert FAULT.findall(shown) == []


@pytest.mark.parametrize("report", REPORTS)
def test_every_report_is_written_with_the_old_values(
    home: Home, commit: str, version: str, report: str, tmp_path: Path
) -> None:
    edition = ["--edition", MONTH] if version == "edition" else []
    place = ["--home", str(home.root), "--profile", home.profile]
    assert main([report, "--month", MONTH, "--out", str(tmp_path), *place, *edition]) == 0
    shown = "".join(map(read, sorted(tmp_path.rglob("*.*"))))
    assert [w for w in words(commit, version, report) if w not in shown] == []


def read(path: Path) -> str:
    """A written document as text: cells side by side, or markup without tags."""
    if path.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(path, data_only=True).worksheets
        rows = [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]
        return "\n".join("|".join(str(c) for c in row if c is not None) for row in rows)
    return text(path.read_text(encoding="utf-8"))


def test_the_workbench_answers(home: Home, commit: str, version: str) -> None:
    sql = "select cast(sum(死亡人数) as integer) as n from 事故 where 统计月份 >= date '2026-01-01'"
    asking = guarded_query.start(
        Request(served_file(home), sql, "甲", {}), guarded_query.limits_of(home)
    )
    outcome = asking.result()
    assert outcome.kind == "ok" and outcome.table is not None, outcome.sentence
    assert str(outcome.table.to_pylist()[0]["n"]) in words(commit, version, "workbench")


def test_what_people_left_is_still_there(home: Home) -> None:
    assert sessions.sign_in(home, "zhang", "a-long-enough-word-2026", "")
    assert [question.title for question in query_log.saved(home)] == ["有多少起"]
    (urged,) = reminder_log.noted(home, date(2026, 10, 1))
    assert (urged.person, urged.unit_id, urged.ledgers) == ("张三", "heyuan", "执法台账")
    (correction,) = declared_corrections(home).values()
    assert (correction["who"], correction["why"]) == ("王五", "经调查，一人为自然死亡")
