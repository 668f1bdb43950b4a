"""Judging in a child process with limits: a workbook can end badly, the parent cannot.

The child is `python -m etl.intake.sandbox WORKBOOK PROFILE_DIR OUT_DIR [MEMORY CPU_SECONDS KINDS
COLUMNS]`. It limits its own memory and processor time before anything of the workbook is read; the
parent watches the clock. Whatever happens, `OUT_DIR/verdict.json` exists afterwards and says so in
one Chinese line.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

from etl.declarations.kind_answers import NOTHING_ANSWERED, NOTHING_TOLD, Columns, Kinds, Told
from etl.declarations.limits import CHILD_COUNT, WALLS, Walls
from etl.formats.raw.file_type import file_hash
from etl.intake.lake import VERDICT_FILE

ROOT = Path(__file__).resolve().parents[2]
_MEMORY_SIGNS = (
    "memory allocation",
    "MemoryError",
    "capacity overflow",
    "Cannot allocate",
    "bad_alloc",
)
_DISK_SIGNS = ("No space left", "File too large", "quota exceeded")


@dataclass(frozen=True)
class Job:
    """A workbook to judge, the folder its files go to, and what was told about it."""

    path: Path
    out_dir: Path
    told: Told = field(default_factory=Told)


def judge_in_child(
    path: Path,
    profile_dir: Path,
    out_dir: Path,
    walls: Walls = WALLS,
    kinds: Kinds = NOTHING_TOLD,
    columns: Columns = NOTHING_ANSWERED,
) -> dict[str, Any]:
    """Judge one workbook in a limited child; returns the verdict, refused if the child died."""
    places = [str(p.resolve()) for p in (path, profile_dir, out_dir)]
    words = [sys.executable, "-m", "etl.intake.sandbox", *places]
    words += [str(walls.memory_bytes), str(walls.cpu_seconds)]
    words += [json.dumps(dict(told)) for told in (kinds, columns)]
    child = subprocess.Popen(
        words,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_environment(),
    )
    try:
        _, noise = child.communicate(timeout=walls.wall_seconds)
        fault = _fault_of(child.returncode, noise.decode("utf-8", "replace"))
    except subprocess.TimeoutExpired:
        fault = "timeout"
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
    verdict = _read(out_dir) if fault is None else None
    return verdict or refuse(Job(path, out_dir), profile_dir, fault or "crashed", walls)


def _environment() -> dict[str, str]:
    """The parent's, but compiled modules are kept, or each child would compile them anew."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONUTF8": "1"}


def judge_many(jobs: Iterable[Job], profile_dir: Path) -> Iterator[dict[str, Any]]:
    """Judge workbooks side by side; verdicts come in the order the jobs were given."""

    def judge(job: Job) -> dict[str, Any]:
        kinds, columns = job.told.kinds, job.told.columns
        return judge_in_child(job.path, profile_dir, job.out_dir, kinds=kinds, columns=columns)

    with ThreadPoolExecutor(CHILD_COUNT) as pool:
        yield from pool.map(judge, jobs)


def _fault_of(code: int, noise: str) -> str | None:
    """What ended a child that did not end by itself; None when it did."""
    if code == 0:
        return None
    if any(sign in noise for sign in _MEMORY_SIGNS):
        return "memory"
    if any(sign in noise for sign in _DISK_SIGNS):
        return "disk_full"
    return "timeout" if code == -_cpu_signal() else "crashed"


def _cpu_signal() -> int:
    return int(getattr(signal, "SIGXCPU", 0))


def _read(out_dir: Path) -> dict[str, Any] | None:
    with contextlib.suppress(OSError, ValueError):
        document: dict[str, Any] = json.loads((out_dir / VERDICT_FILE).read_text(encoding="utf-8"))
        return document
    return None


def refuse(job: Job, profile_dir: Path, code: str, walls: Walls = WALLS) -> dict[str, Any]:
    """The verdict of a workbook that could not be judged to its end; what was written goes."""
    from etl.declarations.declarations import load_context
    from etl.judge.records.verdict import refused

    for left_over in job.out_dir.glob("*.parquet"):
        left_over.unlink()
    context = load_context(profile_dir)
    reason = context.sentence(code, file=job.path.name, seconds=round(walls.wall_seconds))
    sha256 = ""
    with contextlib.suppress(OSError):
        sha256 = file_hash(job.path)
    return refused(sha256, context.recipe, code, reason).write(job.out_dir)


def _limit_this_process(memory: int, seconds: int) -> None:
    """Set the walls of the child; a system without them (Windows) has only the parent's clock."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _NoPandas(MetaPathFinder):
    """pyarrow loads pandas the first time it sees a list; half a second for nothing here."""

    def find_spec(self, name: str, *_: object) -> None:
        """Say that there is no pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main(words: list[str]) -> int:
    """Judge one workbook here; 0 when a verdict was written, whatever it says."""
    path, profile_dir, out_dir = map(Path, words[:3])
    memory, seconds = map(int, words[3:5] or (WALLS.memory_bytes, WALLS.cpu_seconds))
    told = [json.loads(word) for word in words[5:7]]
    _limit_this_process(memory, seconds)
    sys.meta_path.insert(0, _NoPandas())
    try:
        from etl.declarations.declarations import load_context
        from etl.judge.judge import judge_workbook

        judge_workbook(path, load_context(profile_dir), *told).write(out_dir)
    except BaseException as error:  # noqa: BLE001 - a Rust panic is no Exception
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
