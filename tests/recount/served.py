"""The product's side: from a served file, by plain SQL, to the adapter's contract.

The one file that knows how the product names its tables. `served_world` is the one seam to the
product itself: it loads a world as an office would, by the command, in a child process.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from tests.recount.compare import Served
from tests.recount.model import UNPLACED
from tests.recount.model.world import ROOT, Submission, World, month_of
from tests.recount.worlds.workbooks import write_world

PROFILE = "recount"
FIGURE_FIELDS = {
    "numerator": "numerator",
    "denominator": "denominator",
    "value": "value",
    "state": "state",
    "coverage_state": "coverage",
    "prior_value": "prior",
    "change_value": "change",
    "verdict_code": "verdict",
    "status_code": "status",
}
FIGURE_KEY = ("indicator_code", "span_kind", "span_month", "unit_role", "unit_id", "category_code")
SCORE_FIELDS = {
    "state": "state",
    "score": "score",
    "rank_no": "rank",
    "tier_zh": "tier",
    "is_vetoed": "is_vetoed",
}
SCORE_KEY = ("scheme_code", "version", "span_month", "list_code", "unit_id")
#: States of a duty as marts.report_state names them.
DUTY = {
    "reported": "known",
    "late": "known",
    "zero": "zero",
    "partial": "known_to",
    "missing": "missing",
    "held": "held",
    "returned": "returned",
    "not_due": "not_due",
    "stated": "stated",
}


def read_served(path: Path) -> Served:
    """Everything the recount compares, from one served file."""
    with duckdb.connect(str(path), read_only=True) as file:
        return Served(
            dict(keyed(file, "marts.figure", FIGURE_KEY, FIGURE_FIELDS)),
            {
                (row["dataset"], row["unit_id"], month_of(row["month"])): DUTY[row["state"]]
                for row in rows_of(file, "marts.report_state")
            },
            dict(keyed(file, "marts.score", SCORE_KEY, SCORE_FIELDS)),
            Counter(
                (row["check_code"], month_of(row["month"]))
                for row in rows_of(file, "marts.check_finding")
                if row["check_code"] in UNPLACED
            ),
        )


def rows_of(file: duckdb.DuckDBPyConnection, table: str) -> Iterator[dict[str, Any]]:
    found = file.execute(f"select * from {table}")
    names = [column[0] for column in found.description or []]
    for values in found.fetchall():
        yield dict(zip(names, values, strict=True))


def keyed(
    file: duckdb.DuckDBPyConnection, table: str, key: tuple[str, ...], fields: dict[str, str]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Rows of a table by their key, months as the recount counts them."""
    for row in rows_of(file, table):
        name = tuple(month_of(row[part]) if part == "span_month" else row[part] for part in key)
        yield name, {ours: row[theirs] for theirs, ours in fields.items() if theirs in row}


def batches(world: World) -> Iterator[list[Submission]]:
    """Runs of tables one call may take: tables of one dataset it would put in its own order."""
    batch: list[Submission] = []
    for table in sorted(world.submissions, key=lambda one: one.seq):
        is_alike = not batch or how(batch[0]) == how(table)
        if not is_alike or any(one.dataset == table.dataset for one in batch):
            yield batch
            batch = []
        batch.append(table)
    if batch:
        yield batch


def how(table: Submission) -> tuple[str, ...]:
    """The switches a table is loaded with."""
    mode = ("--mode", "append") if table.mode == "append" else ()
    confirmed = ("--accept-shrink", "--why", "已与填报单位核对") if table.is_confirmed else ()
    return (*mode, *confirmed)


def served_world(world: World, folder: Path) -> Path:
    """Load a world into a home of its own; the path of what is served then."""
    home = folder / "home"
    paths = dict(
        zip(sorted(one.seq for one in world.submissions), write_world(world, folder), strict=True)
    )
    (home / "profiles").mkdir(parents=True)
    (folder / "profiles" / PROFILE).rename(home / "profiles" / PROFILE)
    for batch in batches(world):
        told = etl(home, "load", *(str(paths[table.seq]) for table in batch), *how(batch[0]))
        loads = {Path(file["path"]).name: file["sha256"] for file in told["files"]}
        for table in batch:
            if table.is_undone:
                etl(home, "undo", loads[paths[table.seq].name])
    return served_in(home / PROFILE)


def served_in(home: Path) -> Path:
    """The file a profile's home serves now."""
    number = (home / "CURRENT").read_text(encoding="utf-8").strip()
    return home / "builds" / f"serve-{number}.duckdb"


def etl(home: Path, *words: str) -> dict[str, Any]:
    """One command of the product; what waits or was refused is no failure."""
    command = [sys.executable, "-m", "etl", *words, "--home", str(home), "--profile", PROFILE]
    done = subprocess.run(
        [*command, "--json"], cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ
    )
    if done.returncode == 2 or not done.stdout:
        raise RuntimeError(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout)
    return told
