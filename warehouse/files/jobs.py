"""Commands of the intake as child processes that a page can start, look at and end.

A job is a folder `HOME/<profile>/jobs/<id>/`: `command.json` (who asked for what, when),
`progress.jsonl` (what `--json-lines` printed, the result last), `noise.txt` (its stderr),
`cancelled.json` and `closed.json` once they hold. The child writes the file itself, in a process
group of its own, so it outlives a rerun, a closed tab and a stopped server. Killing it leaves the
old figures standing; what a load had taken in stays in the receipts and has to be undone.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.files import settings
from warehouse.files.home import REPOSITORY, Home, write_atomic

RUNNING, DONE, FAILED, CANCELLED, DIED = "running", "done", "failed", "cancelled", "died"
KEPT_JOBS = 60
PRODUCE_SECONDS = 300
_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}")
_CHILDREN: dict[str, subprocess.Popen[bytes]] = {}


class TooMany(RuntimeError):
    """As many jobs are running as one machine should; the message is Chinese."""


@dataclass(frozen=True)
class Job:
    """One command that was started, and where it leaves what it says."""

    folder: Path
    command: Mapping[str, Any]

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def kind(self) -> str:
        return str(self.command["words"][0])

    @property
    def actor(self) -> str:
        return str(self.command["actor"])

    @property
    def started_at(self) -> datetime:
        return datetime.fromisoformat(self.command["started_at"]).astimezone()

    @property
    def about(self) -> dict[str, Any]:
        """What the starter wanted to find again: files, options."""
        return dict(self.command["about"])

    def lines(self) -> list[dict[str, Any]]:
        """What the command has told so far; a line just being written is left out."""
        told = []
        with suppress(FileNotFoundError):
            for line in (self.folder / "progress.jsonl").read_bytes().split(b"\n")[:-1]:
                with suppress(ValueError):
                    told.append(json.loads(line))
        return [line for line in told if isinstance(line, dict) and "kind" in line]

    def ending(self) -> dict[str, Any] | None:
        """The line `result` or `error`; None while there is none."""
        return next((x for x in self.lines() if x["kind"] in ("result", "error")), None)

    @property
    def state(self) -> str:
        """One of RUNNING, DONE, FAILED (an error was told), CANCELLED, DIED (without a word)."""
        is_alive = self._is_alive()  # first: a child tells its end before it goes
        ending = self.ending()
        if ending is not None:
            return DONE if ending["kind"] == "result" else FAILED
        if (self.folder / "cancelled.json").exists():
            return CANCELLED
        return RUNNING if is_alive else DIED

    def cancel(self, who: str) -> None:
        """End the command and all it started; what it had not published is gone."""
        if self.state != RUNNING:
            return
        _note(self.folder / "cancelled.json", {"who": who, "at": _now()})
        _kill(int(self.command["pid"]))

    def close(self, who: str) -> None:
        """Mark as dealt with: it is no longer offered to anybody."""
        _note(self.folder / "closed.json", {"who": who, "at": _now()})

    @property
    def is_closed(self) -> bool:
        return (self.folder / "closed.json").exists()

    def _is_alive(self) -> bool:
        child = _CHILDREN.get(self.id)
        if child is not None:
            return child.poll() is None
        return is_running(int(self.command["pid"]), self.folder)


def new_id() -> str:
    """Time and a random part, as load ids are: a job that loads gives its own to the load."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"


def start(
    home: Home,
    words: Sequence[str],
    actor: str,
    about: Mapping[str, Any] | None = None,
    job_id: str = "",
) -> Job:
    """Start `python -m etl <words>`; TooMany when enough is running already."""
    if len(running(home)) >= settings.value("job_count", home):
        raise TooMany("正在进行的预览和导入已经够多，请等其中一个结束再试")
    _sweep(home)
    folder = _folder(home) / (job_id or new_id())
    (folder / "tmp").mkdir(parents=True)
    folder.chmod(0o700)
    with (folder / "progress.jsonl").open("wb") as out, (folder / "noise.txt").open("wb") as noise:
        child = subprocess.Popen(
            [*_words(home, words, actor), "--json-lines"],
            cwd=REPOSITORY,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=noise,
            env={**os.environ, "PYTHONUTF8": "1", "TMPDIR": str(folder / "tmp")},
            start_new_session=True,  # a group of its own, on Windows by the flag
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    command = {"words": list(words), "actor": actor, "started_at": _now(), "pid": child.pid}
    _note(folder / "command.json", {**command, "about": dict(about or {})})
    _CHILDREN[folder.name] = child
    threading.Thread(target=_reap, args=(folder,), daemon=True).start()
    return Job(folder, json.loads((folder / "command.json").read_text(encoding="utf-8")))


def produce(home: Home, words: Sequence[str], actor: str) -> dict[str, bytes]:
    """Files by name that `python -m etl <words> --out DIR` writes; waits for them.

    RuntimeError with a Chinese sentence when the command did not end well.
    """
    with tempfile.TemporaryDirectory(prefix="liangshai-out-") as folder:
        done = subprocess.run(
            [*_words(home, words, actor), "--out", folder, "--json-lines"],
            cwd=REPOSITORY,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PRODUCE_SECONDS,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        if done.returncode or not files:
            raise RuntimeError(_told_last(done.stdout) or "没有生成文件")
        return {path.name: path.read_bytes() for path in files}


def find(home: Home, job_id: str) -> Job | None:
    """A job by its id; None for what is no id or was swept."""
    path = _folder(home) / job_id / "command.json"
    is_kept = bool(_ID.fullmatch(job_id)) and path.is_file()
    return Job(path.parent, json.loads(path.read_text(encoding="utf-8"))) if is_kept else None


def recent(home: Home) -> list[Job]:
    """Jobs that are kept, newest first."""
    folder = _folder(home)
    names = sorted((p.name for p in folder.iterdir()), reverse=True) if folder.is_dir() else []
    return [job for name in names if (job := find(home, name)) is not None]


def running(home: Home) -> list[Job]:
    """Jobs at work, newest first, whoever started them."""
    return [job for job in recent(home) if job.state == RUNNING]


def is_running(pid: int, folder: Path) -> bool:
    """Whether this process lives and is the job's own: numbers are given again."""
    if os.name == "nt":
        return False
    with suppress(OSError):
        told = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        return f"TMPDIR={folder / 'tmp'}".encode() in told
    with suppress(OSError):  # a system without /proc
        os.kill(pid, 0)
        return not Path("/proc/self").exists()
    return False


def _words(home: Home, words: Sequence[str], actor: str) -> list[str]:
    place = ["--home", str(home.root), "--profile", home.profile, f"--actor={actor}"]
    return [sys.executable, "-m", "etl", words[0], *place, *words[1:]]


def _kill(pid: int) -> None:
    """The whole group at once: nothing that it began goes on."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(pid)], check=False, capture_output=True)
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _reap(folder: Path) -> None:
    """Wait for the child, so that it is no zombie, and clear what it left in its own corner."""
    _CHILDREN[folder.name].wait()
    shutil.rmtree(folder / "tmp", ignore_errors=True)


def _sweep(home: Home) -> None:
    """Forget the oldest jobs beyond those kept, but none at work."""
    for job in recent(home)[KEPT_JOBS:]:
        if job.state != RUNNING:
            shutil.rmtree(job.folder, ignore_errors=True)


def _told_last(output: bytes) -> str:
    with suppress(ValueError, IndexError):
        told = json.loads(output.splitlines()[-1])
        return str(told.get("words") or told.get("text") or "")
    return ""


def _folder(home: Home) -> Path:
    return home.folder / "jobs"


def _note(path: Path, content: Mapping[str, Any]) -> None:
    write_atomic(path, json.dumps(content, ensure_ascii=False, indent=1).encode())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
