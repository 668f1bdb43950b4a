"""A candidate build: inputs, models and checks in one new database file that nobody reads yet."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from etl.build.checks import CheckReport, run_checks
from etl.build.holds import deciding_models, waiting_submissions
from etl.build.inputs.build_inputs import put_catalogue, put_lake, put_profile
from etl.build.inputs.row_ledger import Ledger, put_ledger
from etl.build.suites import FOLDER as SUITES
from etl.intake.receipts import Standing, accepted_shrinks, decision_files
from etl.intake.submissions import Submission
from warehouse.files.home import REPOSITORY, Home
from warehouse.models.database import Connection, build_model, open_scratch
from warehouse.models.sql_models import SQL_DIR, load_models
from warehouse.versions.versions import clear_unfinished, current_build

CODE = Path(__file__).resolve().parents[1]
DELIVERED_PROFILES = REPOSITORY / "data" / "profiles"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Candidate:
    """An unpublished build: its file and what its checks say."""

    path: Path
    report: CheckReport


@cache
def product_key() -> str:
    """Hash of all a build comes from that is delivered: code, SQL, suites, profiles, the reader."""
    digest = hashlib.sha256(f"fastexcel {version('fastexcel')}\n".encode())
    _add(digest, [SQL_DIR, SUITES, DELIVERED_PROFILES, CODE])
    return digest.hexdigest()


def build_key(home: Home, standing: Standing, recipe: str) -> str:
    """Hash of all a build comes from: receipts, decisions, recipe, profile, SQL, suites, code."""
    digest = hashlib.sha256(recipe.encode())
    for seq, receipt in sorted(standing.active.items()):
        if seq not in standing.held:
            key = receipt.lake_key(recipe)
            digest.update(f"{seq} {receipt.sha256} {receipt.unit} {receipt.mode} {key}\n".encode())
    digest.update(f"held {sorted(standing.held.items())}\n".encode())
    digest.update(f"asked {sorted(standing.asked)}\n".encode())
    _add(digest, [SQL_DIR, SUITES, home.profile_folder.parent, CODE], decision_files(home))
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", folders: Iterable[Path], others: Iterable[Path] = ()) -> None:
    files = [
        p
        for folder in folders
        for p in sorted(folder.rglob("*"))
        if p.suffix in (".sql", ".csv", ".json", ".py")
    ]
    for path in [*files, *others]:
        digest.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())


def build_candidate(
    home: Home,
    path: Path,
    submissions: list[Submission],
    held: list[dict[str, Any]],
    ledger: Ledger,
    progress: Progress = lambda _: None,
) -> Candidate:
    """Build everything into a new file and check it; the file is closed when this returns.

    Where a submission has to wait, nothing more is built: all that wait are named instead.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_unfinished(path.parent)
    models = load_models()
    with open_scratch(path) as connection:
        connection.begin()  # or the file is synced to the disk after every table and comment
        progress("读入目录、辖区配置和各单位台账")
        put_catalogue(connection, models)
        put_profile(connection, home.profile, home.profile_folder, home.root)
        put_lake(connection, home, submissions, held)
        put_ledger(connection, ledger)
        settled = accepted_shrinks(home) | _counted(home)
        if waiting := waiting_submissions(connection, models, settled):
            return Candidate(path, CheckReport([], [], waiting))
        progress(f"计算 {len(models)} 个视图")
        done = frozenset(deciding_models(models))
        for model in (model for model in models if model not in done):
            build_model(connection, model)
        progress("逐行检查和交叉检查")
        report = run_checks(connection, settled)
        _close(connection)
    return Candidate(path, report)


def _counted(home: Home) -> frozenset[int]:
    """Submissions that the served build counts."""
    served = current_build(home)
    return frozenset(served.manifest["in_force"]) if served else frozenset()


def _close(connection: Connection) -> None:
    connection.commit()
    connection.execute("checkpoint")
