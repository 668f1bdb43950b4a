"""Kill a load before its Nth durable step; say what was served then and after a retry.

Run as `python -m tests.faults.kill_driver TEMPLATE_HOME WORKBOOK SCRATCH STRIDE`; prints one JSON
line a trial. Each trial is a fork of this process, so that the libraries are imported once and
nothing a killed load did lives on. STRIDE 1 dies at every step, n at every n-th.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import great_expectations  # noqa: F401 - imported before forking, or every trial pays for it

from etl.load import LoadOptions, load
from etl.locking import writing
from warehouse.home import Home
from warehouse.versions import current_build, serve_path

MAX_STEPS = 200


def arm(fatal: int) -> Callable[..., None]:
    """From now on, die at the `fatal`-th fsync, rename, unlink or progress report."""
    seen = 0

    def count(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def act(*words: Any, **options: Any) -> Any:
            count()
            return real(*words, **options)

        return act

    for name in ("fsync", "replace", "unlink"):
        setattr(os, name, counted(getattr(os, name)))
    return count


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


def trial(home: Home, workbook: Path, fatal: int) -> int:
    """One load that dies at its `fatal`-th step, or ends if it has fewer."""
    with writing(home, "测试"):
        count = arm(fatal) if fatal else None
        return load(home, [workbook], LoadOptions(), count or (lambda _: None)).exit_code


def served(home: Home) -> int:
    """Number of the served build, after reading its manifest and file."""
    build = current_build(home)
    return build.number if build and serve_path(home, build.number).stat().st_size else 0


def main(template: Path, workbook: Path, scratch: Path, stride: int) -> None:
    """All trials in turn, until one load has fewer steps than asked to die at."""
    for fatal in range(1, MAX_STEPS, stride):
        home = Home(scratch / str(fatal), "demo")
        shutil.copytree(template, home.root)
        status = forked(partial(trial, home, workbook, fatal))
        after = served(home)
        again = forked(partial(trial, home, workbook, 0))
        manifest = current_build(home)
        tables = manifest.manifest["tables"] if manifest else {}
        line = {"step": fatal, "status": status, "served": after, "again": again, "tables": tables}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        shutil.rmtree(home.root)
        if status >= 0:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
