"""Commands started as jobs: real children, looked at from outside, ended, told who is at work."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.intake.locking import writing
from tests.unit.workbooks import ledger, record
from warehouse.files import jobs
from warehouse.files.home import DEFAULT_PROFILE, Home
from warehouse.versions import batches
from warehouse.versions.versions import current_number

WAIT_SECONDS = 400


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home without anything; what is still at work when the test ends is ended."""
    made = Home(tmp_path / "home", DEFAULT_PROFILE)
    yield made
    for job in jobs.running(made):
        job.cancel("测试")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return ledger(tmp_path / "执法.xlsx", [record()])


def ended(job: jobs.Job) -> str:
    """The state a job comes to."""
    until = time.monotonic() + WAIT_SECONDS
    while job.state == jobs.RUNNING and time.monotonic() < until:
        time.sleep(0.1)
    return job.state


def begun(job: jobs.Job) -> None:
    """Wait until the command has said something."""
    until = time.monotonic() + WAIT_SECONDS
    while not job.lines() and time.monotonic() < until:
        time.sleep(0.05)


def gone(job: jobs.Job) -> None:
    """Wait until no process of the job is left."""
    until = time.monotonic() + WAIT_SECONDS
    pid = int(job.command["pid"])
    while jobs.is_running(pid, job.folder) and time.monotonic() < until:
        time.sleep(0.05)
    assert not jobs.is_running(pid, job.folder)


def test_a_refused_workbook_is_a_result_not_a_failure(home: Home, tmp_path: Path) -> None:
    """Names that look like options or commands are data, of workbooks and of persons."""
    (tmp_path / "坏.xlsx").write_bytes(b"not a workbook")
    words = ["load", str(tmp_path / "坏.xlsx"), "--as=--accept-shrink 甲;rm.xlsx"]
    job = jobs.start(home, words, "--home=/nowhere")
    assert job.state == jobs.RUNNING
    assert ended(job) == jobs.DONE
    ending = job.ending() or {}
    (entry,) = ending["document"]["files"]
    assert (entry["status"], entry["name"]) == ("refused", "--accept-shrink 甲;rm.xlsx")
    assert "坏.xlsx" not in entry["reason"]
    assert job.lines()[0]["kind"] == "step"


def test_another_session_finds_the_job_and_its_starter(home: Home) -> None:
    job = jobs.start(home, ["versions"], "张三", {"files": ["甲.xlsx"]})
    seen = jobs.find(home, job.id)
    assert seen is not None
    assert (seen.actor, seen.kind, seen.about) == ("张三", "versions", {"files": ["甲.xlsx"]})
    assert ended(seen) == jobs.DONE
    job.close("张三")
    assert seen.is_closed


@pytest.mark.parametrize("name", ["../../etc", "", "20261121T000000Z-abcdef/..", "nonsense"])
def test_an_address_cannot_name_another_folder(home: Home, name: str) -> None:
    assert jobs.find(home, name) is None


def test_a_cancelled_load_leaves_nothing_served(home: Home, workbook: Path) -> None:
    words = ["load", str(workbook), "--unit", "yingji"]
    job = jobs.start(home, words, "张三")
    begun(job)
    job.cancel("张三")
    assert job.state == jobs.CANCELLED
    gone(job)
    assert current_number(home) is None
    assert jobs.running(home) == []


def test_what_a_cancelled_load_had_taken_in_is_taken_back(home: Home, workbook: Path) -> None:
    job_id = jobs.new_id()
    words = ["load", str(workbook), "--unit=yingji", f"--load-id={job_id}"]
    job = jobs.start(home, words, "张三", job_id=job_id)
    until = time.monotonic() + WAIT_SECONDS
    while batches.find(home, job_id) is None and time.monotonic() < until:
        time.sleep(0.02)
    job.cancel("张三")
    (sent,) = (batches.find(home, job_id) or pytest.fail("nothing came in")).sent
    assert sent.state == batches.PENDING
    gone(job)
    assert ended(jobs.start(home, ["undo", job_id], "张三")) == jobs.DONE
    assert [b.sent[0].state for b in batches.batches(home)] == [batches.UNDONE]


def test_the_second_writer_is_told_who_loads_since_when(home: Home, workbook: Path) -> None:
    with writing(home, "王主任"):
        job = jobs.start(home, ["load", str(workbook)], "张三")
        assert ended(job) == jobs.FAILED
    words = (job.ending() or {})["words"]
    assert words.startswith("王主任正在导入（") and words.endswith("请稍后再试")


def test_a_job_whose_process_is_gone_without_a_word_has_died(home: Home) -> None:
    job = jobs.start(home, ["versions"], "张三")
    assert ended(job) == jobs.DONE
    gone(job)
    (job.folder / "progress.jsonl").write_bytes(b'{"kind": "say"')
    assert ended(job) == jobs.DIED
    assert job.lines() == []


def test_no_more_jobs_than_the_machine_can_carry(home: Home, workbook: Path) -> None:
    home.folder.mkdir(parents=True)
    (home.folder / "settings.csv").write_text("name,value\njob_count,1\n", encoding="utf-8")
    jobs.start(home, ["preview", str(workbook)], "张三")
    with pytest.raises(jobs.TooMany):
        jobs.start(home, ["preview", str(workbook)], "李四")
