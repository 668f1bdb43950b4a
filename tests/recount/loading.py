"""A world sent to the product in this process: every door but the child and the publishing.

Workbooks are judged, received, ordered, held, accepted and undone by the product's own `load` and
`undo`. Left out are the walls around the judge (a child process for each workbook), and a build
after each call: who waits is decided in the order of receipt whenever it is asked
(etl.build.holds), so one build at the end says the same as one after each. What is the same for
every world (profile, declarations, catalogue) is read once in a process, and every world is built
in one database.
"""

import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from etl.build.build import BuildOutcome
from etl.build.holds import deciding_models, waiting_submissions
from etl.build.inputs.build_inputs import put_catalogue, put_lake, put_profile
from etl.build.inputs.row_ledger import put_ledger, read_ledger
from etl.commands.load import LoadOptions, load
from etl.commands.upkeep import undo
from etl.declarations.declarations import Context, load_context
from etl.declarations.recipe import recipe_of
from etl.intake.receipts import SHRUNK, accepted_shrinks, append, in_force
from etl.intake.sandbox import Job
from etl.intake.submissions import submissions_in_force
from etl.intake.waiting_tables import waiting_sheets
from etl.judge.judge import judge_workbook
from tests.recount.compare import Served
from tests.recount.model import UNPLACED
from tests.recount.model.world import Submission, World
from tests.recount.served import read_tables
from tests.recount.worlds import PROFILE_FOLDER
from tests.recount.worlds.workbooks import write_world
from warehouse.files.home import Home
from warehouse.models.database import Connection, open_scratch
from warehouse.models.sql_models import Model, load_models, upstream

PROFILE = "recount"
ACTOR = "试算"
#: What the recount reads; of the checks only those it repeats.
MODELS = upstream(
    load_models(),
    *("marts.figure", "marts.score", "marts.report_state", "core.fct_row_state"),
    *(f"checks.chk_{code}" for code in UNPLACED),
)
#: Findings by the month of their row, as marts.check_finding has them.
FINDINGS = " union all ".join(
    f"select f.check_code, date_trunc('month', r.business_date) as month"
    f" from checks.chk_{code} as f inner join core.fct_row_state as r on f.row_id = r.row_id"
    for code in UNPLACED
)
#: Thousands of small files: in memory where there is a place for that.
MEMORY = Path("/dev/shm")  # noqa: S108


def served_world(world: World) -> Served:
    """What would be served if a world were loaded into a home of its own."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        return built(sent_world(world, Path(folder)))


def sent_world(world: World, folder: Path) -> Home:
    """A home that has received a world's workbooks, in their order."""
    home = Home(folder / "home", PROFILE)
    seqs = sorted(one.seq for one in world.submissions)
    paths = dict(zip(seqs, write_world(world, folder), strict=True))
    (home.root / "profiles").mkdir(parents=True)
    (folder / "profiles" / PROFILE).rename(home.root / "profiles" / PROFILE)
    with (
        patch("etl.intake.incoming.judge_many", judge_here),
        patch("etl.commands.upkeep.build", build_later),
    ):
        for batch in batches(world):
            send(home, batch, paths)
    return home


@cache
def the_context() -> Context:
    """What the judge knows beforehand; the same in every world."""
    return load_context(PROFILE_FOLDER)


@cache
def the_database() -> Connection:
    """The database of this process, with all that no world changes."""
    connection = open_scratch(threads=1)
    put_catalogue(connection, load_models())
    put_profile(connection, PROFILE, PROFILE_FOLDER, PROFILE_FOLDER)
    return connection


def send(home: Home, batch: list[Submission], paths: dict[int, Path]) -> None:
    decide = decide_who_waits if batch[0].is_confirmed else build_later
    with patch("etl.commands.load.build", decide):
        told = load(home, [paths[table.seq] for table in batch], how(batch[0]))
    loads = {Path(file["path"]).name: file["sha256"] for file in told.files}
    for table in batch:
        if table.is_undone:
            undo(home, loads[paths[table.seq].name], ACTOR, lambda _: None)


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


def how(table: Submission) -> LoadOptions:
    """The switches a table is loaded with."""
    mode = "append" if table.mode == "append" else ""
    return LoadOptions(mode=mode, accept_shrink=table.is_confirmed, why="已与填报单位核对")


def judge_here(jobs: Iterable[Job], _profile_dir: Path) -> Iterator[dict[str, Any]]:
    """What the children do."""
    for job in jobs:
        judged = judge_workbook(job.path, the_context(), job.told.kinds, job.told.columns)
        yield judged.write(job.out_dir)


def build_later(*_: object) -> BuildOutcome:
    return BuildOutcome(None, False)


def decide_who_waits(home: Home, *_: object) -> BuildOutcome:
    """Write down who waits, as a build does before it builds anything else."""
    wrote_who_waits(home)
    return BuildOutcome(None, False)


def wrote_who_waits(home: Home) -> bool:
    """Whether anybody waits who did not before; else what decides it is built as it should be."""
    put_inputs(home)
    settled = accepted_shrinks(home)
    waiting = waiting_submissions(the_database(), load_models(), settled)
    append(home, [hold(seq, details) for seq, details in waiting.items()])
    return bool(waiting)


def hold(seq: int, details: list[str]) -> dict[str, Any]:
    said = {"kind": "hold", "targets": (seq,), "reason": "；".join(details), "codes": (SHRUNK,)}
    return {**said, "load_id": "", "actor": ACTOR}


def put_inputs(home: Home) -> None:
    """What a world adds to the catalogue and the profile."""
    recipe, standing = recipe_of(home.profile_folder), in_force(home)
    counted = [one for seq, one in sorted(standing.active.items()) if seq not in standing.held]
    submissions = submissions_in_force(home, counted, recipe)
    held = [standing.active[seq] for seq in sorted(standing.held)]
    ledger = read_ledger(
        home, counted, recipe, submissions, submissions_in_force(home, held, recipe)
    )
    ledger.waiting_sheets.extend(waiting_sheets(home, standing, recipe))
    names = [
        {"receipt_seq": one.seq, "file_name": one.name, "held_reason_zh": standing.held[one.seq]}
        for one in held
    ]
    put_lake(the_database(), home, submissions, names)
    put_ledger(the_database(), ledger)


def built(home: Home) -> Served:
    """All models the recount reads, and what they say."""
    ready: tuple[Model, ...] = ()
    if wrote_who_waits(home):
        put_inputs(home)
    else:
        ready = deciding_models(load_models())
    connection = the_database()
    for model in (one for one in MODELS if one not in ready):
        kind = "view" if model.schema == "staging" else "table"
        connection.execute(f"create or replace {kind} {model.full_name} as {model.sql}")
    connection.execute(f"create or replace table marts.check_finding as {FINDINGS}")
    return read_tables(connection)
