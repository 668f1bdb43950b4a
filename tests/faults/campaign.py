"""Judge mutants by the thousand: no dead parent, no hang, no unbalanced ledger, no lost row.

`python -m tests.faults.campaign --count 10000 [--first 0] [--keep DIR]` prints one JSON summary
and, as it goes, how far it is.
Each mutant is judged in a fork under the walls of the product's own child (starting a new
interpreter takes ten times as long); every fiftieth goes through the product's child as well and
must end the same. Findings are kept with the file that caused them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from etl.declarations.declarations import Context, load_context
from etl.declarations.limits import WALLS
from etl.intake.sandbox import _limit_this_process, judge_in_child
from etl.judge.judge import judge_workbook
from tests.conftest import ROOT
from tests.faults.mutants import Mutant, formats, mutant, samples

PROFILE = ROOT / "data" / "profiles" / "demo"
HANG_SECONDS = 30.0
CHILD_EVERY = 50
TOLD_EVERY = 500
CHINESE = re.compile("[\u4e00-\u9fff]{4}")
TRACE = re.compile(r"Traceback|Error:|Exception|panicked|0x[0-9a-f]{6}")


@dataclass
class Summary:
    """What became of all mutants."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    findings: list[dict[str, Any]] = field(default_factory=list)
    slowest: float = 0.0

    def document(self, seconds: float) -> dict[str, Any]:
        """The summary as JSON."""
        return {
            "judged": sum(self.outcomes.values()),
            "seconds": round(seconds, 1),
            "slowest_seconds": round(self.slowest, 2),
            "outcomes": dict(sorted(self.outcomes.items())),
            "refusals": dict(self.reasons.most_common()),
            "findings": self.findings,
        }


def judge(path: Path, context: Context, out_dir: Path) -> str:
    """Judge in a fork: `written`, `died` (the product would say crashed or memory) or `hung`."""
    pid = os.fork()
    if pid == 0:
        code = 3
        try:
            sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - lives as long as the fork
            _limit_this_process(WALLS.memory_bytes, WALLS.cpu_seconds)
            judge_workbook(path, context).write(out_dir)
            code = 0
        finally:
            os._exit(code)
    until = time.monotonic() + HANG_SECONDS
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return "written" if os.waitstatus_to_exitcode(status) == 0 else "died"
        time.sleep(0.004)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return "hung"


def faults(case: Mutant, out_dir: Path) -> list[str]:
    """What is wrong with a verdict, whatever the workbook was."""
    verdict = json.loads((out_dir / "verdict.json").read_text(encoding="utf-8"))
    if verdict["status"] == "refused":
        reason = verdict["reason"] or ""
        told = CHINESE.search(reason) and not TRACE.search(reason) and "\n" not in reason.strip()
        found = [] if told else [f"理由不成句：{reason!r}"]
        is_ours = case.rows is not None and verdict["reason_code"] in UNBALANCED
        return [*found, f"自己数不平：{reason}"] if is_ours else found
    found = []
    for sheet in verdict["sheets"]:
        if sheet["rows"] != sheet["loaded"] + sheet["rejected"] + sheet["skipped"]:
            found.append(f"不平：{sheet['sheet']}")
        found += [f"无理由：{r}" for r in sheet["rejects"] if not CHINESE.search(r["reason"])]
    loaded, rejected, rows = (sum(s[k] for s in verdict["sheets"]) for k in COUNTS)
    tables = [p for p in out_dir.glob("*.parquet") if p.stem != "rejected"]
    if sum(pq.read_metadata(p).num_rows for p in tables) != loaded:
        found.append("接收的行与文件中的行数不同")
    if pq.read_metadata(out_dir / "rejected.parquet").num_rows != rejected:
        found.append("退回的行与文件中的行数不同")
    if case.rows is not None and not case.rows[0] <= rows <= case.rows[1]:
        found.append(f"另一读法有 {case.rows} 行，判读有 {rows} 行")
    return found


COUNTS = ("loaded", "rejected", "rows")
UNBALANCED = ("unbalanced", "unbalanced_sum", "two_readings")
"""Of a sound workbook: a mistake of our own."""
ASKED = "unread_column"
"""A moved heading left a column that decides a figure unread: a question, not a refusal."""


def run_one(number: int, context: Context, summary: Summary, keep: Path | None) -> None:
    """Make, judge and check one mutant."""
    case = mutant(number)
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        path, out_dir = Path(folder) / case.name, Path(folder) / "out"
        path.write_bytes(case.content)
        out_dir.mkdir()
        started = time.monotonic()
        ended = judge(path, context, out_dir)
        seconds = time.monotonic() - started
        found = faults(case, out_dir) if ended == "written" else []
        if ended == "hung":
            found.append("30 秒没有结束")
        if number % CHILD_EVERY == 0:
            found += _in_product_child(path, Path(folder), ended, out_dir)
        _note(case, ended, found, summary, out_dir)
        summary.slowest = max(summary.slowest, seconds)
    if found and keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{number}-{case.name}").write_bytes(case.content)


def _in_product_child(path: Path, folder: Path, ended: str, out_dir: Path) -> list[str]:
    """The product's own child says the same as the fork."""
    again = folder / "again"
    again.mkdir()
    verdict = judge_in_child(path, PROFILE, again)
    if ended != "written":
        return [] if verdict["status"] == "refused" else ["子进程与分叉结论不同"]
    first = json.loads((out_dir / "verdict.json").read_text(encoding="utf-8"))
    return [] if verdict == first else ["子进程与分叉结论不同"]


def _note(case: Mutant, ended: str, found: list[str], summary: Summary, out_dir: Path) -> None:
    outcome = ended
    if ended == "written":
        verdict = json.loads((out_dir / "verdict.json").read_text(encoding="utf-8"))
        outcome = verdict["status"]
        if outcome == "refused":
            summary.reasons[verdict["reason_code"]] += 1
            outcome = "asked" if verdict["reason_code"] == ASKED else outcome
    summary.outcomes[f"{case.layer} {outcome}"] += 1
    if found:
        summary.findings.append({"number": case.number, "layer": case.layer, "faults": found[:3]})


def run(first: int, count: int, keep: Path | None = None) -> Summary:
    """Judge `count` mutants from number `first` on."""
    context, summary = load_context(PROFILE), Summary()
    _warm_up(context)
    for number in range(first, first + count):
        run_one(number, context, summary, keep)
        judged = number - first + 1
        if judged % TOLD_EVERY == 0:
            sys.stderr.write(f"{judged}/{count} {len(summary.findings)} findings\n")
    return summary


def _warm_up(context: Context) -> None:
    """Import and compile what judging needs, once, before the first fork."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        for kind, content in {**formats(), "xlsx": samples()[0]}.items():
            path = Path(folder) / kind
            path.write_bytes(content)
            judge_workbook(path, context).write(Path(folder) / "out")


def main() -> int:
    """The long run; 1 when there is a finding."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.campaign")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    started = time.monotonic()
    summary = run(options.first, options.count, options.keep)
    document = summary.document(time.monotonic() - started)
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    return int(bool(summary.findings))


if __name__ == "__main__":
    sys.exit(main())
