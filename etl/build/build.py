"""Make the build that the receipts ask for, check it, publish it: write, audit, publish."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from etl.build.candidate import build_candidate, build_key, product_key
from etl.build.checks import CheckReport, Hold
from etl.build.inputs.row_ledger import read_ledger
from etl.build.serving import read_back, write_files
from etl.declarations.recipe import recipe_of
from etl.intake.incoming import Step, judge_archived
from etl.intake.receipts import append, in_force, now, read_receipts
from etl.intake.submissions import submissions_in_force
from etl.intake.waiting_tables import waiting_sheets
from warehouse.files.home import Home
from warehouse.models.dictionary import schema_version
from warehouse.versions.versions import (
    current_build,
    current_number,
    next_number,
    publish,
    serve_path,
    staff_path,
    sweep,
)


@dataclass
class BuildOutcome:
    """What came of a build: the number served afterwards, what was held, what stopped it."""

    number: int | None
    published: bool
    held: dict[int, str] = field(default_factory=dict)
    stops: list[str] = field(default_factory=list)
    rejudged: list[str] = field(default_factory=list)
    report: CheckReport | None = None
    withdrawn: int = 0  # rows an undo took out of force that no row in force stands for

    @property
    def exit_code(self) -> int:
        """0; 1: a check stopped it; 3: something waits, or rows went without a successor."""
        return 1 if self.stops else 3 if self.held or self.withdrawn else 0


def build(
    home: Home,
    load_id: str,
    actor: str,
    progress: Callable[[str], None] = lambda _: None,
    step: Step = lambda *_: None,
    *,
    anew: bool = False,
) -> BuildOutcome:
    """Bring the served build in line with the receipts; build nothing if nothing would change.

    `anew` builds in any case.

    A submission at fault is held and the build made again without it; a fault of the whole
    warehouse publishes nothing and leaves the served build standing. A home that has received
    no table has nothing to publish.
    """
    _refuse_lost_receipts(home)
    if not any(receipt.kind == "submit" for receipt in read_receipts(home)):
        return BuildOutcome(current_number(home), False)
    recipe = recipe_of(home.profile_folder)
    rejudged = judge_archived(home, in_force(home).active.values(), recipe, step)
    outcome = BuildOutcome(current_number(home), False, rejudged=rejudged)
    while True:  # each round holds one submission more, of finitely many
        if not anew and _is_served(home, recipe):
            return outcome
        report, number = _candidate(home, recipe, progress)
        outcome.report = report
        if holds := {s: h for s, h in report.holds().items() if s in in_force(home).active}:
            progress(f"{len(holds)} 份报送待确认，先不计入")
            outcome.held |= {seq: hold.reason for seq, hold in holds.items()}
            append(home, [_draft(seq, hold, load_id, actor) for seq, hold in holds.items()])
        elif stops := report.stops():
            outcome.stops = stops
            return outcome
        else:
            progress("写出新版并整读一遍")
            _publish(home, number, recipe, report)
            outcome.number, outcome.published = number, True
            return outcome


def _refuse_lost_receipts(home: Home) -> None:
    """Receipts only ever grow: fewer than the served build knew would publish fewer rows."""
    served = current_build(home)
    known = served.manifest.get("last_receipt", 0) if served else 0
    if len(read_receipts(home)) < known:
        raise ValueError(
            f"收件簿只有 {len(read_receipts(home))} 条，现行版依据的有 {known} 条；"
            "没有发布，现有数据未变，请先恢复备份"
        )


def _is_served(home: Home, recipe: str) -> bool:
    """Whether the served build is the one the receipts ask for."""
    served = current_build(home)
    return (
        served is not None
        and served.key == build_key(home, in_force(home), recipe)
        and serve_path(home, served.number).is_file()
    )


def _candidate(home: Home, recipe: str, progress: Callable[[str], None]) -> tuple[CheckReport, int]:
    """Build and check what is in force in a file of its own, under the next free number."""
    standing = in_force(home)
    counted = [r for s, r in sorted(standing.active.items()) if s not in standing.held]
    number = next_number(home)
    held = [
        {"receipt_seq": s, "file_name": standing.active[s].name, "held_reason_zh": why}
        for s, why in sorted(standing.held.items())
    ]
    submissions = submissions_in_force(home, counted, recipe)
    waiting = [standing.active[s] for s in sorted(standing.held)]
    held_sheets = submissions_in_force(home, waiting, recipe)
    ledger = read_ledger(home, counted, recipe, submissions, held_sheets)
    ledger.waiting_sheets.extend(waiting_sheets(home, standing, recipe))
    path = _scratch(home, number)
    return build_candidate(home, path, submissions, held, ledger, progress).report, number


def _scratch(home: Home, number: int) -> Path:
    return home.builds / f"candidate-{number}.duckdb"


def _draft(seq: int, hold: Hold, load_id: str, actor: str) -> dict[str, Any]:
    said = {"targets": (seq,), "reason": hold.reason, "codes": hold.codes}
    return {"kind": "hold", **said, "load_id": load_id, "actor": actor}


def _publish(home: Home, number: int, recipe: str, report: CheckReport) -> None:
    serve, staff = serve_path(home, number), staff_path(home, number)
    write_files(_scratch(home, number), serve, staff)
    tables = read_back(serve)
    read_back(staff)
    receipts = read_receipts(home)
    manifest = {
        "number": number,
        "key": build_key(home, in_force(home), recipe),
        "recipe": recipe,
        "made_by": product_key(),
        "schema": schema_version(),
        "published_at": now(),
        "last_receipt": receipts[-1].seq if receipts else 0,
        "in_force": sorted(set(in_force(home).active) - set(in_force(home).held)),
        "tables": tables,
        "checks": report.results,
    }
    publish(home, number, manifest)
    sweep(home)


def valid_month(text: str) -> str:
    """`2026-10`, or ValueError in Chinese."""
    try:
        date.fromisoformat(f"{text}-01")
    except ValueError as fault:
        raise ValueError(f"月份应写作 2026-10，不是“{text}”") from fault
    return text
