"""Which submissions wait for a person because of what they would take out of force.

They are judged in the order in which they came, each against what is in force without those that
wait: one that waits takes no part, so what came before it is settled and never judged again. With
every round one more waits, so the rounds end with the submissions. What the served build counts was
judged when it came: nothing that comes, is undone or is decided later puts it out of force.
"""

from collections.abc import Iterable

from etl.intake.receipts import SHRUNK
from warehouse.models.database import Connection, build_model, remove_receipts
from warehouse.models.sql_models import Model, upstream

_RULE = f"checks.chk_{SHRUNK}"


def deciding_models(models: Iterable[Model]) -> tuple[Model, ...]:
    """What has to be built to know who waits; where nobody does, it is as the build wants it."""
    return upstream(models, _RULE)


def waiting_submissions(
    connection: Connection, models: Iterable[Model], settled: frozenset[int]
) -> dict[int, list[str]]:
    """Submissions to hold, with what is wrong in Chinese; those settled never are.

    Reads the inputs of the build; where one is to be held its rows are taken out of them, so the
    inputs must be put anew before anything else is built on them.
    """
    needed = deciding_models(models)
    inputs = sorted({name for model in needed for name in model.reads if name.startswith("lake.")})
    waiting: dict[int, list[str]] = {}
    while True:
        for model in needed:
            build_model(connection, model)
        found: dict[int, list[str]] = {}
        for _, seq, _, _, _, detail in connection.table(_RULE).fetchall():
            if seq not in settled:
                found.setdefault(seq, []).append(detail)
        if not found:
            return waiting
        first = min(found)
        waiting[first] = sorted(found[first])
        remove_receipts(connection, inputs, [first, *_corrections_of(connection, first)])


def _corrections_of(connection: Connection, seq: int) -> list[int]:
    tables = connection.table("core.fct_submission").project("receipt_seq, precedence_seq")
    return [receipt for receipt, origin in tables.fetchall() if origin == seq]
