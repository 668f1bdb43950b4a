"""Break a load at its Nth durable step; say what was served then and after a retry.

Run as `python -m tests.faults.load_driver MODE TEMPLATE_HOME WORKBOOK SCRATCH STRIDE`; prints one
JSON line a trial. MODE `kill` dies before the Nth fsync, rename, unlink or progress report; `fail`
lets the Nth fsync, rename, unlink or opening for writing say that the disk is full; `full` lets no
file grow past 2^N KiB, the database's own files included. Each trial is a fork of this process, so
that the libraries are imported once and nothing a broken load did lives on. STRIDE 1 breaks every
step, n every n-th.
"""

import builtins
import contextlib
import errno
import io
import json
import os
import re
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import great_expectations  # noqa: F401 - imported before forking, or every trial pays for it

from etl.__main__ import main
from etl.commands.progress import Console
from warehouse.files.home import Home
from warehouse.versions.versions import current_build, serve_path

MAX_STEPS = 200
SMALLEST = 1 << 10
UNTOLD = 71
CHINESE = re.compile("[\u4e00-\u9fff]{4}")


class Breaker:
    """Counts durable steps and breaks the one it is told to."""

    def __init__(self, mode: str, fatal: int, home: Path) -> None:
        self.mode, self.fatal, self.home, self.seen = mode, fatal, str(home), 0

    def step(self, *_: Any) -> None:
        """One durable step is about to be done."""
        self.seen += 1
        if self.seen != self.fatal:
            return
        if self.mode == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def before(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, after a step."""

        def act(*words: Any) -> Any:
            self.step()
            return real(*words)

        return act

    def wrap(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, a step where it touches the home; fsync knows only a number."""

        def act(*words: Any, **options: Any) -> Any:
            if isinstance(words[0], int) or str(words[0]).startswith(self.home):
                self.step()
            return real(*words, **options)

        return act

    def opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """`open`, a step only where it is for writing."""

        def act(file: Any, mode: str = "r", *words: Any, **options: Any) -> Any:
            if set(mode) & set("wax+") and str(file).startswith(self.home):
                self.step()
            return real(file, mode, *words, **options)

        return act


def arm(mode: str, fatal: int, home: Path) -> None:
    """From now on, break the `fatal`-th step."""
    if mode == "full":
        size = SMALLEST << fatal
        sys.dont_write_bytecode = True  # Python does not notice that its own cache was cut short
        os.environ["PYTHONPYCACHEPREFIX"] = os.devnull
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return
    breaker = Breaker(mode, fatal, home)
    for name in ("fsync", "replace", "unlink"):
        setattr(os, name, breaker.wrap(getattr(os, name)))
    if mode == "kill":
        Console.say = breaker.before(Console.say)  # type: ignore[method-assign]
        return
    builtins.open = io.open = breaker.opening(open)


def forked(act: Callable[[], int]) -> int:
    """Exit status of an act done in a fork; negative is the signal that killed it."""
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            code = act()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def trial(home: Home, workbook: Path, mode: str, fatal: int) -> int:
    """The command, broken at its `fatal`-th step or not at all; UNTOLD if it failed wordlessly."""
    words = ["load", str(workbook), "--home", str(home.root), "--json"]
    if fatal:
        arm(mode, fatal, home.root)
    before = served(home)
    with contextlib.redirect_stdout(io.StringIO()) as told:
        code = main(words)
    return UNTOLD if code and not is_true(told.getvalue(), before, served(home)) else code


def is_true(told: str, before: int, after: int) -> bool:
    """Whether a failure was told in Chinese, and rightly says if the figures are the old ones."""
    return bool(CHINESE.search(told)) and ("数据未变" not in told or after == before)


def served(home: Home) -> int:
    """Number of the served build, after reading its manifest and file."""
    build = current_build(home)
    return build.number if build and serve_path(home, build.number).stat().st_size else 0


def run(mode: str, template: Path, workbook: Path, scratch: Path, stride: int) -> None:
    """All trials in turn, until one load has fewer steps than asked to die at."""
    for fatal in range(1, MAX_STEPS, stride):
        home = Home(scratch / str(fatal), "demo")
        shutil.copytree(template, home.root)
        status = forked(partial(trial, home, workbook, mode, fatal))
        after = served(home)
        again = forked(partial(trial, home, workbook, mode, 0))
        manifest = current_build(home)
        tables = manifest.manifest["tables"] if manifest else {}
        line = {"step": fatal, "status": status, "served": after, "again": again, "tables": tables}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        shutil.rmtree(home.root)
        if status == 0:
            return


if __name__ == "__main__":
    template_home, ledger, folder = map(Path, sys.argv[2:5])
    run(sys.argv[1], template_home, ledger, folder, int(sys.argv[5]))
