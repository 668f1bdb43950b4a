"""Workbooks at the door: found, hashed, judged in a child process, kept byte for byte."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.declarations.kind_answers import Told
from etl.formats.raw.file_type import file_hash
from etl.intake.lake import read_verdict, store, verdict_path
from etl.intake.receipts import Receipt
from etl.intake.sandbox import Job, judge_many, refuse
from etl.recognise.column_answers import as_before, heeded_of
from warehouse.files.home import Home, sync_folder, write_atomic
from warehouse.files.uploads import SPREADSHEETS

Step = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Incoming:
    """One judged workbook at the door: its hash, its verdict and where its rows lie."""

    path: Path
    sha256: str
    verdict: dict[str, Any]
    out_dir: Path
    told: Told


def find_workbooks(paths: Iterable[Path]) -> list[Path]:
    """Files as named, and all spreadsheets below named folders but Excel's lock files."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                p
                for p in path.rglob("*")
                if p.suffix.lower() in SPREADSHEETS and not p.name.startswith(("~$", "."))
            )
        else:
            found.append(path)
    return list(dict.fromkeys(found))


@contextmanager
def judged(
    home: Home, workbooks: Sequence[tuple[Path, Told]], step: Step
) -> Iterator[list[Incoming]]:
    """Judge workbooks, with what was told about each, side by side.

    Their rows lie in a folder that goes with the block.
    """
    with tempfile.TemporaryDirectory(prefix="liangshai-") as folder:
        jobs = [Job(p, Path(folder) / str(n), told) for n, (p, told) in enumerate(workbooks)]
        for out_dir in (job.out_dir for job in jobs):
            out_dir.mkdir()
        hashes = [hash_of(job.path) for job in jobs]
        verdicts = judge_many(
            [job for job, sha256 in zip(jobs, hashes, strict=True) if sha256], home.profile_folder
        )
        done: list[Incoming] = []
        for job, sha256 in zip(jobs, hashes, strict=True):
            verdict = next(verdicts) if sha256 else refuse(job, home.profile_folder, "unreadable")
            if hash_of(job.path) != sha256:
                verdict = refuse(job, home.profile_folder, "changed_meanwhile")
            done.append(
                Incoming(job.path, sha256, verdict, job.out_dir, heeded_of(job.told, verdict))
            )
            step(len(done), len(jobs), job.path.name)
        yield done


def hash_of(path: Path) -> str:
    """The hash of a file; empty when it cannot be read now."""
    try:
        return file_hash(path)
    except OSError:
        return ""


def keep(home: Home, incoming: Incoming, key: str) -> None:
    """Archive the workbook under its hash and move its judged rows into the lake."""
    archive(home, incoming.path, incoming.sha256)
    store(home, incoming.sha256, key, incoming.out_dir)


def archive_path(home: Home, sha256: str) -> Path:
    """Where a submitted workbook is kept byte for byte."""
    return home.archive / sha256


def archive(home: Home, path: Path, sha256: str) -> None:
    """Keep the original once; the name is its hash, so no name from outside becomes a path."""
    target = archive_path(home, sha256)
    if not target.exists():
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError(f"“{path.name}”在导入过程中被改动，没有入库，现有数据未变；请重新导入")
        write_atomic(target, content)
        target.chmod(0o444)
        sync_folder(home.archive)


def judge_archived(home: Home, in_force: Iterable[Receipt], recipe: str, step: Step) -> list[str]:
    """Judge archived workbooks new to this recipe; a line per workbook whose rows changed.

    A workbook that was accepted and cannot be judged any more stops everything: figures never lose
    rows in silence.
    """
    receipts = {r.sha256: r for r in in_force}
    keys = {sha: r.lake_key(recipe) for sha, r in receipts.items()}
    waiting = {
        sha: r for sha, r in receipts.items() if not verdict_path(home, sha, keys[sha]).exists()
    }
    if not waiting:
        return []
    missing = [r.name for r in waiting.values() if not archive_path(home, r.sha256).exists()]
    if missing:
        raise FileNotFoundError(f"存档里找不到：{'、'.join(missing)}；请先恢复备份")
    jobs = [(archive_path(home, sha), r.told) for sha, r in waiting.items()]
    return _judge_again(home, waiting, keys, jobs, step)


def _judge_again(
    home: Home,
    waiting: Mapping[str, Receipt],
    keys: Mapping[str, str],
    jobs: Sequence[tuple[Path, Told]],
    step: Step,
) -> list[str]:
    """Judge and store; what was in force and asks today stays read as it was, and is named."""
    lines: list[str] = []
    asking: list[tuple[Path, Told]] = []
    with judged(home, jobs, step) as all_incoming:
        refused = [i for i in all_incoming if i.verdict["status"] == "refused"]
        asked = [i for i in refused if i.verdict["reason_code"] == "unread_column"]
        if lost := [waiting[i.sha256].name for i in refused if i not in asked]:
            names = "、".join(lost)
            raise ValueError(f"原已入库的工作簿按新口径判读不了，没有发布，现有数据未变：{names}")
        for incoming in all_incoming:
            receipt = waiting[incoming.sha256]
            if incoming in asked:
                answers = {**incoming.told.columns, **as_before(incoming.verdict["candidates"])}
                asking.append((incoming.path, Told(receipt.kinds, answers)))
                reason = str(incoming.verdict["reason"]).replace(incoming.path.name, receipt.name)
                lines.append(f"{reason}。回答之前照原来的读法计入")
                continue
            lines.append(_difference(home, receipt, incoming.verdict))
            store(home, incoming.sha256, keys[incoming.sha256], incoming.out_dir)
    if asking:
        lines += _judge_again(home, waiting, keys, asking, step)
    return [line for line in lines if line]


def _difference(home: Home, receipt: Receipt, verdict: dict[str, Any]) -> str:
    """What the new recipe changed of a workbook judged before; empty when nothing."""
    earlier = sorted(
        (home.lake / "verdicts").glob(f"{receipt.sha256}-*.json"), key=lambda p: p.stat().st_mtime
    )
    if not earlier:
        return ""
    before, after = _counts(read_verdict(earlier[-1])), _counts(verdict)
    if before == after:
        return ""
    return (
        f"{receipt.name}：按新口径重新判读，入库 {before[0]} 行变为 {after[0]} 行，"
        f"退回 {before[1]} 行变为 {after[1]} 行"
    )


def _counts(verdict: dict[str, Any]) -> tuple[int, int]:
    return sum(s["loaded"] for s in verdict["sheets"]), sum(
        s["rejected"] for s in verdict["sheets"]
    )


def forget_lake(home: Home) -> None:
    """Drop every judged row; `judge_archived` makes them again from the archive."""
    shutil.rmtree(home.lake, ignore_errors=True)
