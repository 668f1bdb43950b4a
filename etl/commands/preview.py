"""What a load or an undo would do: the same code in a throwaway copy of the home, nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl.build.build import BuildOutcome, build
from etl.changes.effects import effects, served
from etl.changes.trial_home import trial_home
from etl.commands.load import LoadOptions, LoadReport, load
from etl.commands.upkeep import undo
from etl.intake.incoming import Step
from etl.intake.receipts import SHRUNK, accept_shrink, in_force, read_receipts
from warehouse.files.home import Home

Progress = Callable[[str], None]


def preview(
    home: Home,
    paths: list[Path],
    options: LoadOptions,
    progress: Progress = lambda _: None,
    step: Step = lambda *_: None,
) -> LoadReport:
    """What `load` would do, and which figures and rows that changes.

    A submission that would wait for a person is held in the report, and the effects are those of
    its being accepted (`if_accepted`): that is what the person has to decide upon.
    """
    with trial_home(home) as trial:
        report = load(trial, paths, options, progress, step)
        held = [seq for seq, codes in _held_codes(trial).items() if codes == (SHRUNK,)]
        ours = [seq for seq in held if in_force(trial).active[seq].load_id == report.load_id]
        if ours and not report.build.stops:
            progress("再算一遍：如果确认，各数会怎样")
            accept_shrink(trial, ours, options.actor, options.why)
            build(trial, report.load_id, options.actor, progress, step)
        report.effects = effects_on(home, trial) | {"if_accepted": bool(ours)}
        return report


def preview_undo(
    home: Home, what: str, actor: str, progress: Progress = lambda _: None
) -> tuple[BuildOutcome, dict[str, Any]]:
    """What taking a submission back would do, and which figures and rows that changes."""
    with trial_home(home) as trial:
        outcome = undo(trial, what, actor, progress)
        return outcome, effects_on(home, trial)


def _held_codes(trial: Home) -> dict[int, tuple[str, ...]]:
    """Submissions held just now, with the checks they fail."""
    waiting = in_force(trial).held
    return {
        seq: receipt.codes
        for receipt in read_receipts(trial)
        if receipt.kind == "hold"
        for seq in receipt.targets
        if seq in waiting
    }


def effects_on(home: Home, trial: Home) -> dict[str, Any]:
    """What a trial's build changes of the home's."""
    return effects(served(home), served(trial), read_receipts(trial))
