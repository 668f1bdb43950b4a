"""After an upgrade nothing published moves by itself: compare, list, and let a person take it.

A build knows which program made it (`made_by`). Where the program has changed, the new build is
made in a copy of the home and compared; figures that move only because of the upgrade wait in a
list, and what changes the home waits with them. Where nothing would move nobody is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from etl.build.build import BuildOutcome, build
from etl.build.candidate import build_key, product_key
from etl.changes.effects import served
from etl.changes.moved_figures import moved_figures, moved_ranks
from etl.changes.trial_home import trial_home
from etl.declarations.recipe import recipe_of
from etl.intake.incoming import Step, judge_archived
from etl.intake.receipts import in_force, new_load_id, now
from warehouse.files.home import Home, append_rows, write_atomic
from warehouse.versions.versions import current_build
from warehouse.versions.waiting_version import Waiting, forget_waiting, keep_waiting, read_waiting

ACCEPTED = "accepted_builds.csv"
COLUMNS = ("from_build", "made_by", "figure_count", "rank_count", "who", "decided_at", "why")
MARK_DIGITS = 12
Say = Callable[[str], None]


class Untaken(ValueError):
    """A new version waits for a person; the message is Chinese, nothing has been done."""

    def __init__(self, waiting: Waiting, did: str) -> None:
        super().__init__(f"{told(waiting)}{did}")
        self.waiting = waiting


def told(waiting: Waiting) -> str:
    """What waits, in a sentence."""
    parts = [
        *([f"{waiting.figure_count} 个指标数"] if waiting.figure_count else []),
        *([f"{waiting.rank_count} 个名次"] if waiting.rank_count else []),
    ]
    moved = f"按新版重算有{'、'.join(parts)}会变" if parts else "按新版重算各数不变"
    held = f"，{len(waiting.held)} 份报送待确认" if waiting.held else ""
    return f"程序或随附配置已更新，{moved}{held}，现行仍是第 {waiting.from_build} 版。"


def is_upgraded(home: Home) -> bool:
    """Another program than this one made what is served."""
    standing = current_build(home)
    return standing is not None and standing.manifest.get("made_by") != product_key()


def look(home: Home, actor: str, progress: Say, step: Step) -> Waiting | None:
    """What the new version would move, None where none waits; kept until something changes."""
    if not is_upgraded(home):
        forget_waiting(home)
        return None
    recipe = recipe_of(home.profile_folder)
    mark = build_key(home, in_force(home), recipe)[:MARK_DIGITS]
    kept = read_waiting(home)
    if kept is None or kept.mark != mark:
        rejudged = judge_archived(home, in_force(home).active.values(), recipe, step)
        progress("程序或随附配置已更新：先试算新版，与现行版逐数比较")
        kept = _compared(home, actor, progress, mark, rejudged)
        keep_waiting(home, kept)
    return kept


def _compared(home: Home, actor: str, progress: Say, mark: str, rejudged: list[str]) -> Waiting:
    standing = current_build(home)
    with trial_home(home) as trial:
        outcome = build(trial, new_load_id(), actor, progress, anew=True)
        found = Waiting(
            mark=mark,
            from_build=standing.number if standing else 0,
            compared_at=now(),
            held=list(outcome.held.values()),
            stops=outcome.stops,
            rejudged=rejudged,
        )
        before, after = served(home), served(trial)
        if before is None or after is None or not outcome.published:
            return found
        figure_count, figures = moved_figures(before, after)
        rank_count, ranks = moved_ranks(before, after)
        return replace(
            found, figure_count=figure_count, figures=figures, rank_count=rank_count, ranks=ranks
        )


def bring_up_to_date(home: Home, actor: str, progress: Say, step: Step) -> BuildOutcome | Waiting:
    """Build what receipts, profile and program ask for; or the list that waits for a person."""
    waiting = look(home, actor, progress, step)
    if waiting is None or waiting.moves_nothing:
        return _built(home, actor, progress, step)
    return waiting


def take(home: Home, mark: str, why: str, actor: str, progress: Say, step: Step) -> BuildOutcome:
    """Serve the new version, because a person has seen the list `mark` and gives a reason."""
    waiting = look(home, actor, progress, step)
    if waiting is None or waiting.moves_nothing:
        return _built(home, actor, progress, step)
    if mark and mark != waiting.mark:
        raise ValueError("清单在您查看之后有变化，没有采用；请重新查看后再定")
    if not why.strip():
        raise ValueError("请用 --why 写明采用新版的理由")
    with _recorded(home, waiting, actor, " ".join(why.split())) as built:
        built.append(_built(home, actor, progress, step))
    return built[0]


def refuse_untaken(home: Home, actor: str, progress: Say, step: Step) -> None:
    """Untaken where a new version waits, so that no other change carries its figures in unseen.

    One that cannot be served for what its checks find is no reason: a workbook may be its remedy.
    """
    waiting = look(home, actor, progress, step)
    if waiting is None or waiting.stops:
        return
    if not waiting.moves_nothing:
        raise Untaken(
            waiting, "请先到“数据报送”页查看清单并采用新版，再做这一步；这次什么也没有改动"
        )
    _built(home, actor, progress, step)


def _built(home: Home, actor: str, progress: Say, step: Step) -> BuildOutcome:
    outcome = build(home, new_load_id(), actor, progress, step)
    if outcome.published:
        forget_waiting(home)
    return outcome


@contextmanager
def _recorded(home: Home, waiting: Waiting, who: str, why: str) -> Iterator[list[BuildOutcome]]:
    """One more row of who took what and why; not kept unless the block leaves a sound build."""
    path = home.decisions / ACCEPTED
    before = path.read_bytes() if path.exists() else None
    counts = (waiting.figure_count, waiting.rank_count)
    row = (waiting.from_build, product_key()[:MARK_DIGITS], *counts, who, now(), why)
    append_rows(path, COLUMNS, [row])
    built: list[BuildOutcome] = []
    try:
        yield built
    finally:
        if not built or built[0].stops:
            if before is None:
                path.unlink(missing_ok=True)
            else:
                write_atomic(path, before)
