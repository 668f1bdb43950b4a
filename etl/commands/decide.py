"""The command `decide`: what waits for a person, what a person decides, and the build after it."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from etl.build.build import BuildOutcome, build
from etl.changes.effects import watching
from etl.changes.trial_home import trial_home
from etl.changes.upgrade import refuse_untaken
from etl.commands import command_text
from etl.commands.preview import effects_on
from etl.commands.progress import Console, JsonLines
from etl.decisions.adopted_tables import adopt
from etl.decisions.decided_duplicates import decide
from etl.decisions.duty_starts import start
from etl.intake.locking import writing
from etl.intake.receipts import new_load_id
from warehouse import queries
from warehouse.files.decisions import (
    ADOPTED,
    DUPLICATES,
    STARTED,
    Adoption,
    Decision,
    Start,
    adopted,
    read_decisions,
    standing,
    started,
)
from warehouse.files.home import Home, write_atomic

CHOICES = ("list", "duplicate", "adopt", "start")
FILES = {"adopt": ADOPTED, "start": STARTED}
Listing = dict[str, list[dict[str, Any]]]
Outcome = tuple[int, Any, str]


def add_command(command: Callable[..., argparse.ArgumentParser]) -> None:
    """`decide list`, `decide duplicate 留下的行 并入的行`, `decide adopt 收件号`, with --why."""
    words = (
        "判定：list 列出；duplicate 先写留下的行，再写并入的行；adopt 采用较早的一份台账；"
        "start 写报表种类和纳入起始月"
    )
    sub = command("decide", run, words)
    sub.add_argument("what", choices=CHOICES, metavar="|".join(CHOICES))
    sub.add_argument("rows", nargs="*", metavar="行标识|收件号或文件指纹|报表种类 起始月 [单位]")
    sub.add_argument("--why", default="", help="理由，必写（只看会怎样时可不写）")
    sub.add_argument("--preview", action="store_true", help="只说明会怎样，不判定")
    others = sub.add_mutually_exclusive_group()
    for word, verdict, words in (
        ("--distinct", "distinct", "是两件事，都计入，不再提示"),
        ("--undo", "undecided", "撤回判定"),
    ):
        others.add_argument(word, dest="verdict", action="store_const", const=verdict, help=words)
    sub.set_defaults(verdict="duplicate")


def run(home: Home, options: argparse.Namespace) -> Outcome:
    """Exit code, document and text of one call."""
    if options.what == "list":
        listing = listed(home)
        return 0, listing, list_text(listing)
    if options.what == "adopt" and (len(options.rows) != 1 or options.verdict == "distinct"):
        raise ValueError("请写一个收件号，或工作簿的指纹（至少 6 位）")
    if options.what == "duplicate" and len(options.rows) != 2:
        raise ValueError("请写两行：先写留下的，再写并入的")
    return (_look if options.preview else _settle)(home, options)


def _settle(home: Home, options: argparse.Namespace) -> Outcome:
    """Decide and build; a decision the build cannot use is not kept."""
    with writing(home, options.actor), _told(options) as console, watching(home) as changed:
        path = home.decisions / FILES.get(options.what, DUPLICATES)
        with _kept_if_built(path) as built:
            decision, outcome = _decided(home, options, options.why, console)
            built.append(outcome)
        told = {"effects": changed()} if options.json_lines else {}
    document = {"decision": asdict(decision), **command_text.build_document(outcome), **told}
    said = "没有判定：判定后检查不通过" if outcome.stops else decision.told()
    return outcome.exit_code, document, f"{said}\n{command_text.build_text(outcome)}"


def _look(home: Home, options: argparse.Namespace) -> Outcome:
    """What a decision would change, tried in a copy of the home."""
    with _told(options) as console, trial_home(home) as trial:
        decision, outcome = _decided(trial, options, options.why or "试算", console)
        effects = effects_on(home, trial)
    document = {
        "decision": asdict(decision),
        **command_text.build_document(outcome),
        "effects": effects,
    }
    text = command_text.trial_text(outcome, effects, "没有判定")
    return outcome.exit_code, document, text


def _decided(
    home: Home, options: argparse.Namespace, why: str, console: Console | JsonLines
) -> tuple[Decision | Adoption | Start, BuildOutcome]:
    refuse_untaken(home, options.actor, console.say, console.step)
    decision: Decision | Adoption | Start
    verdict = options.what if options.verdict == "duplicate" else options.verdict
    if options.what == "start":
        decision = start(home, options.rows, verdict, options.actor, why)
    elif options.what == "adopt":
        decision = adopt(home, options.rows[0], verdict, options.actor, why)
    else:
        kept, dropped = options.rows
        decision = decide(home, (kept, dropped), options.verdict, options.actor, why)
    return decision, build(home, new_load_id(), options.actor, console.say, console.step)


@contextmanager
def _kept_if_built(path: Path) -> Iterator[list[BuildOutcome]]:
    """The file of decisions as it was, unless the block leaves a build that nothing stopped."""
    before = path.read_bytes() if path.exists() else None
    built: list[BuildOutcome] = []
    try:
        yield built
    finally:
        if not built or built[0].stops:
            if before is None:
                path.unlink(missing_ok=True)
            else:
                write_atomic(path, before)


def _told(options: argparse.Namespace) -> Console | JsonLines:
    return JsonLines() if options.json_lines else Console()


def listed(home: Home) -> Listing:
    """Pairs that wait for a decision, and the decisions that stand."""
    waiting = queries.run("duplicate_suspicions", home=home).astype(str).to_dict("records")
    asked = queries.run("asked_rows", home=home).astype(str).to_dict("records")
    return {
        "waiting": [{str(key): str(value) for key, value in row.items()} for row in waiting],
        "decided": [asdict(decision) for decision in standing(read_decisions(home))],
        "asked": [{str(k): str(v) for k, v in row.items()} for row in asked],
        "adopted": [asdict(decision) for decision in adopted(home).values()],
        "started": [asdict(decision) for decision in started(home).values()],
    }


def list_text(document: Listing) -> str:
    """The two rows of each pair under each other; then what has been decided."""
    lines = []
    for number, row in enumerate(document["waiting"], 1):
        lines.append(f"{number}. 可能是同一件，相差 {row['day_count']} 天：")
        lines += [
            f"　　{row[f'{side}_identity']}　{row[f'{side}_date'][:10]}　"
            f"{row[f'{side}_unit_zh']}《{row[f'{side}_file_name']}》"
            f"第 {row[f'{side}_row_number']} 行　{row[f'{side}_enterprise_zh']}　"
            f"{row[f'{side}_case_zh']}"
            for side in ("left", "right")
        ]
    lines = lines or ["没有疑似重复"]
    lines += [
        f"{row['name_zh']}：{row['detail_zh']}（收件 {row['receipt_seq']}）"
        for row in document["asked"]
    ]
    told = [
        f"{Decision(**row).told()}（{row['who']}，{row['decided_at'][:10]}，{row['why']}）"
        for row in document["decided"]
    ]
    told += [
        f"{Adoption(**row).told()}（{row['who']}，{row['decided_at'][:10]}，{row['why']}）"
        for row in document["adopted"]
    ]
    told += [
        f"{Start(**row).told()}（{row['who']}，{row['decided_at'][:10]}，{row['why']}）"
        for row in document["started"]
    ]
    return "\n".join([*lines, *(["已判定："] if told else []), *told])
