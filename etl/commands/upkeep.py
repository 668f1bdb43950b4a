"""Looking after a home: undo, rollback, versions, freeze, verify, rebuild."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from etl.build.build import BuildOutcome, build, valid_month
from etl.build.serving import read_back
from etl.changes.orphaned_corrections import unfit_correction
from etl.changes.upgrade import refuse_untaken
from etl.changes.withdrawn_rows import gone_since
from etl.declarations.recipe import recipe_of
from etl.formats.raw.file_type import file_hash
from etl.intake.incoming import Step, archive_path, forget_lake, judge_archived
from etl.intake.receipts import Receipt, append, in_force, new_load_id, read_receipts
from warehouse.files.home import Home
from warehouse.versions.versions import (
    current_build,
    current_number,
    edition_manifest,
    editions,
    freeze,
    kept_builds,
    pinned_file,
    point_to,
    read_build,
    serve_path,
)


def undo(
    home: Home, what: str, actor: str, progress: Callable[[str], None], why: str = ""
) -> BuildOutcome:
    """Take back the submissions of a load id, or of a workbook's hash (or its beginning).

    LookupError when there is none; ValueError, and nothing written, when a correction of somebody
    would lose its row.
    """
    standing = in_force(home)
    found = _matching({**standing.active, **standing.asked}, what)
    if not found:
        raise LookupError(f"没有现行的报送与“{what}”对应")
    refuse_untaken(home, actor, progress, lambda *_: None)
    recipe = recipe_of(home.profile_folder)
    judge_archived(home, in_force(home).active.values(), recipe, lambda *_: None)
    load_id = new_load_id()
    reason = f"撤销：{'、'.join(r.name for r in found)}" + (f"（{why}）" if why else "")
    draft = {"kind": "undo", "targets": tuple(r.seq for r in found), "reason": reason}
    receipt = {**draft, "load_id": load_id, "actor": actor}
    if why := unfit_correction(home, [receipt], recipe):
        raise ValueError(f"没有撤销。撤销后，{why}；更正撤销后即可撤销这份报送")
    before = current_number(home)
    append(home, [receipt])
    outcome = build(home, load_id, actor, progress)
    return replace(outcome, withdrawn=gone_since(home, before))


def _matching(active: dict[int, Receipt], what: str) -> list[Receipt]:
    by_load = [r for r in active.values() if r.load_id == what]
    return by_load or [r for r in active.values() if len(what) >= 6 and r.sha256.startswith(what)]


def rollback(home: Home, number: int, actor: str) -> int:
    """Serve an earlier build again at once; by receipt, so that later loads start from there."""
    target = read_build(home, number)
    if not serve_path(home, number).is_file():
        raise LookupError(f"第 {number} 版的文件已清理，不能直接退回")
    draft = {"kind": "revert", "to_seq": int(target.manifest["last_receipt"])}
    reason = f"退回第 {number} 版"
    append(home, [{**draft, "reason": reason, "load_id": new_load_id(), "actor": actor}])
    point_to(home, number)
    return number


def list_versions(home: Home) -> list[dict[str, Any]]:
    """Kept builds, newest first, and the frozen editions."""
    serving = current_number(home)
    rows: list[dict[str, Any]] = [
        {
            "build": b.number,
            "published_at": b.manifest["published_at"],
            "submissions": len(b.manifest["in_force"]),
            "current": b.number == serving,
        }
        for b in kept_builds(home)
    ]
    return rows + [{"edition": month} for month in editions(home)]


def freeze_month(home: Home, month: str) -> str:
    """Pin the served build as the edition of a month (定稿)."""
    freeze(home, valid_month(month))
    return month


@dataclass(frozen=True)
class Finding:
    """One thing `verify` looked at."""

    what: str
    is_sound: bool
    detail: str = ""


def verify(home: Home) -> list[Finding]:
    """Read everything again: archived workbooks, kept builds and editions against their hashes."""
    findings = [_receipts_in_order(home)]
    for receipt in {r.sha256: r for r in read_receipts(home) if r.kind == "submit"}.values():
        path = archive_path(home, receipt.sha256)
        sound = path.is_file() and file_hash(path) == receipt.sha256
        findings.append(Finding(f"存档 {receipt.name}", sound, "" if sound else "缺失或内容已变"))
    for kept in kept_builds(home):
        served = serve_path(home, kept.number)
        findings.append(_intact(f"第 {kept.number} 版", served, kept.manifest["tables"]))
    for month in editions(home):
        tables = edition_manifest(home, month)["tables"]
        findings.append(_intact(f"{month} 定稿", pinned_file(home, month), tables))
    return findings


def _receipts_in_order(home: Home) -> Finding:
    seqs = [r.seq for r in read_receipts(home)]
    sound = seqs == list(range(1, len(seqs) + 1))
    return Finding("收件簿", sound, "" if sound else "序号不连续")


def _intact(what: str, path: Path, expected: dict[str, str]) -> Finding:
    try:
        found = read_back(path)
    except (duckdb.Error, OSError, UnicodeDecodeError) as fault:
        return Finding(what, False, f"读不全：{type(fault).__name__}")
    different = sorted(name for name in expected if found.get(name) != expected[name])
    detail = f"与发布时不同：{'、'.join(different)}" if different else ""
    return Finding(what, not different, detail)


def rebuild(
    home: Home, actor: str, progress: Callable[[str], None], step: Step
) -> tuple[BuildOutcome, list[str]]:
    """Judge every archived workbook again and build anew; also names tables that differ."""
    refuse_untaken(home, actor, progress, step)
    before = current_build(home)
    forget_lake(home)
    outcome = build(home, new_load_id(), actor, progress, step, anew=True)
    after = current_build(home)
    if before is None or after is None:
        return outcome, []
    names = sorted(before.manifest["tables"].keys() | after.manifest["tables"].keys())
    changed = [
        n for n in names if before.manifest["tables"].get(n) != after.manifest["tables"].get(n)
    ]
    return outcome, changed
