"""A world sent to the product in this process: every door but the child and the publishing.

Workbooks are judged, received, ordered, held, accepted and undone by the product's own `load` and
`undo`. Two costs are left out: the walls around the judge (a child process for each workbook), and
a build after each call. Who waits is decided in the order of receipt whenever it is asked
(etl.holding), so one build at the end says the same as one after each.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from etl.build import BuildOutcome
from etl.declarations import load_context
from etl.holding import waiting_submissions
from etl.inputs import put_catalogue, put_lake, put_profile
from etl.judge import judge_workbook
from etl.kinds import NOTHING_ANSWERED, NOTHING_TOLD, Columns, Kinds
from etl.ledger import put_ledger, read_ledger
from etl.load import LoadOptions, load
from etl.receipts import SHRUNK, accepted_shrinks, append, in_force
from etl.recipe import recipe_of
from etl.submissions import submissions_in_force
from etl.upkeep import undo
from etl.waiting import waiting_sheets
from tests.recount.model.world import Submission, World
from tests.recount.worlds.workbooks import write_world
from warehouse.database import Connection, build_model, open_scratch
from warehouse.home import Home
from warehouse.models import load_models, upstream

PROFILE = "recount"
ACTOR = "试算"
#: What the recount reads.
MODELS = upstream(
    load_models(), "marts.figure", "marts.score", "marts.report_state", "marts.check_finding"
)


def served_world(world: World, folder: Path) -> Path:
    """Load a world into a home of its own; the path of what would be served then."""
    home = Home(folder / "home", PROFILE)
    seqs = sorted(one.seq for one in world.submissions)
    paths = dict(zip(seqs, write_world(world, folder), strict=True))
    (home.root / "profiles").mkdir(parents=True)
    (folder / "profiles" / PROFILE).rename(home.root / "profiles" / PROFILE)
    with patch("etl.sandbox.judge_in_child", judge_here), patch("etl.upkeep.build", build_later):
        for batch in batches(world):
            send(home, batch, paths)
    decide_who_waits(home)
    return built(home)


def send(home: Home, batch: list[Submission], paths: dict[int, Path]) -> None:
    decide = decide_who_waits if batch[0].is_confirmed else build_later
    with patch("etl.load.build", decide):
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


def judge_here(
    path: Path,
    profile_dir: Path,
    out_dir: Path,
    *_: object,
    kinds: Kinds = NOTHING_TOLD,
    columns: Columns = NOTHING_ANSWERED,
) -> dict[str, Any]:
    """What the child does."""
    return judge_workbook(path, load_context(profile_dir), kinds, columns).write(out_dir)


def build_later(*_: object) -> BuildOutcome:
    return BuildOutcome(None, False)


def decide_who_waits(home: Home, *_: object) -> BuildOutcome:
    """Write down who waits, as a build does before it builds anything else."""
    with open_scratch() as connection:
        put_inputs(connection, home)
        settled = accepted_shrinks(home)
        waiting = waiting_submissions(connection, load_models(), settled)
    drafts = [hold(seq, details) for seq, details in waiting.items()]
    append(home, drafts)
    return BuildOutcome(None, False)


def hold(seq: int, details: list[str]) -> dict[str, Any]:
    said = {"kind": "hold", "targets": (seq,), "reason": "；".join(details), "codes": (SHRUNK,)}
    return {**said, "load_id": "", "actor": ACTOR}


def put_inputs(connection: Connection, home: Home) -> None:
    """Everything a build is a function of."""
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
    put_catalogue(connection, load_models())
    put_profile(connection, home.profile, home.profile_folder, home.root)
    put_lake(connection, home, submissions, names)
    put_ledger(connection, ledger)


def built(home: Home) -> Path:
    """All models the recount reads, in a file of their own."""
    path = home.root / "built.duckdb"
    with open_scratch(path) as connection:
        put_inputs(connection, home)
        for model in MODELS:
            build_model(connection, model)
        connection.execute("checkpoint")
    return path
