"""The command `decide`: what waits for a person, what a person decides, and the build after it."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from etl import report
from etl.build import build
from etl.duplicates import Decision, decide, read_decisions, standing
from etl.load import new_load_id
from etl.locking import writing
from etl.progress import Console, JsonLines
from warehouse import queries
from warehouse.home import Home

Listing = dict[str, list[dict[str, str]]]


def add_command(command: Callable[..., argparse.ArgumentParser]) -> None:
    """`decide list`, `decide duplicate 留下的行 并入的行 --why …`, with --distinct or --undo."""
    sub = command("decide", run, "判定疑似重复：list 列出；duplicate 先写留下的行，再写并入的行")
    sub.add_argument("what", choices=("list", "duplicate"), metavar="list|duplicate")
    sub.add_argument("rows", nargs="*", metavar="行标识")
    sub.add_argument("--why", default="", help="理由，必写")
    others = sub.add_mutually_exclusive_group()
    for word, verdict, words in (
        ("--distinct", "distinct", "是两件事，都计入，不再提示"),
        ("--undo", "undecided", "撤回判定"),
    ):
        others.add_argument(word, dest="verdict", action="store_const", const=verdict, help=words)
    sub.set_defaults(verdict="duplicate")


def run(home: Home, options: argparse.Namespace) -> tuple[int, Any, str]:
    """Exit code, document and text of one call."""
    if options.what == "list":
        listing = listed(home)
        return 0, listing, list_text(listing)
    if len(options.rows) != 2:
        raise ValueError("请写两行：先写留下的，再写并入的")
    kept, dropped = options.rows
    told = JsonLines() if options.json_lines else Console()
    with writing(home, options.actor), told as console:
        decision = decide(home, (kept, dropped), options.verdict, options.actor, options.why)
        outcome = build(home, new_load_id(), options.actor, console.say, console.step)
    document = {"decision": asdict(decision), **report.build_document(outcome)}
    text = f"{decision.told()}\n{report.build_text(outcome)}"
    return int(bool(outcome.stops)), document, text


def listed(home: Home) -> Listing:
    """Pairs that wait for a decision, and the decisions that stand."""
    waiting = queries.run("duplicate_suspicions", home=home).astype(str).to_dict("records")
    return {
        "waiting": [{str(key): str(value) for key, value in row.items()} for row in waiting],
        "decided": [asdict(decision) for decision in standing(read_decisions(home))],
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
    told = [
        f"{Decision(**row).told()}（{row['who']}，{row['decided_at'][:10]}，{row['why']}）"
        for row in document["decided"]
    ]
    return "\n".join([*(lines or ["没有疑似重复"]), *(["已判定："] if told else []), *told])
