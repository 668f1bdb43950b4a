"""Whether people's corrections would still find their rows, asked before a receipt is written.

A correction that finds no row stops every build. So an undo or a ledger that would leave one
without its row, or with another value than it was written against, is refused with the way on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from etl.build.inputs.build_inputs import dataset_table
from etl.decisions.corrections import Applied, standing_corrections
from etl.intake.receipts import Receipt, accepted_shrinks, now, read_receipts, standing
from etl.intake.submissions import submissions_in_force
from warehouse.files.home import Home


def unfit_correction(home: Home, drafts: Iterable[dict[str, Any]], recipe: str) -> str:
    """Which correction would not fit once these receipts were appended, in words; else empty.

    What stands must have been judged under this recipe.
    """
    corrections = standing_corrections(home)
    if not corrections:
        return ""
    receipts = read_receipts(home)
    at = now()
    added = [Receipt(seq=len(receipts) + n, at=at, **d) for n, d in enumerate(drafts, 1)]
    state = standing([*receipts, *added], accepted_shrinks(home))
    counted = [r for seq, r in sorted(state.active.items()) if seq not in state.held]
    submissions = submissions_in_force(home, counted, recipe)
    applied = Applied(corrections, [s.row for s in submissions])
    try:
        for dataset in sorted({c.dataset for c in corrections}):
            applied.to(dataset, dataset_table(home, dataset, submissions))
    except ValueError as fault:
        return str(fault)
    return ""


def fitting(
    home: Home, drafts: Sequence[dict[str, Any]], recipe: str
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The submissions no correction speaks against, and by hash why the others cannot be taken."""
    if not unfit_correction(home, drafts, recipe):
        return list(drafts), {}
    taken: list[dict[str, Any]] = []
    refused: dict[str, str] = {}
    for draft in drafts:
        if why := unfit_correction(home, [*taken, draft], recipe):
            refused[draft["sha256"]] = f"收下它，{why}"
        else:
            taken.append(draft)
    return taken, refused
