"""`correct`: declare a correction, undo one, list them; the build follows at once.

What is given is read by the same rules as a cell of that column, so 已销号 or 2026.3.5 will do.
A correction that the build cannot use is not kept.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict, astuple
from typing import Any

from etl.build.build import BuildOutcome, build
from etl.cells.cleaners import cleaner_of
from etl.cells.date_columns import Sheet
from etl.changes.upgrade import refuse_untaken
from etl.commands import command_text
from etl.commands.progress import Console
from etl.decisions.corrected_rows import spelled
from etl.decisions.corrections import COLUMNS, Correction, read_corrections, standing_corrections
from etl.declarations.declarations import Context, load_context
from etl.intake.locking import writing
from etl.intake.receipts import new_load_id, now
from warehouse.files.decisions import CORRECTIONS
from warehouse.files.home import Home, append_rows, write_atomic


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command line."""
    parser.add_argument("--dataset", help="报表种类代码，如 incident")
    parser.add_argument("--identity", help="这一行的标识：事故名称、隐患编号、检查编号等")
    parser.add_argument("--file", help="文件指纹（至少前 6 位）")
    parser.add_argument("--sheet", default="", help="工作表名（文件里不止一张表时）")
    parser.add_argument("--row", type=int, default=0, help="工作表里的行号")
    parser.add_argument("--field", default="", help="要改的栏（代码或中文名）")
    parser.add_argument("--from", dest="was", default="", help="原值")
    parser.add_argument("--to", dest="becomes", default="", help="改为")
    parser.add_argument("--drop", action="store_true", help="整行不计入")
    parser.add_argument("--why", default="", help="依据，必填")
    parser.add_argument("--undo", type=int, default=0, metavar="编号", help="撤销一条更正")
    parser.add_argument("--list", action="store_true", help="列出现行更正")


def run(home: Home, options: argparse.Namespace) -> tuple[int, Any, str]:
    """The command: exit code, document, text."""
    if options.list:
        rows, text = listed(home)
        return 0, {"corrections": rows}, text
    with writing(home, options.actor), Console() as console:
        outcome, made = correct(home, options, console.say)
    text = f"{said(outcome, made)}\n{command_text.build_text(outcome)}"
    document = {**command_text.build_document(outcome), "correction": asdict(made)}
    return outcome.exit_code, document, text


def correct(
    home: Home, options: argparse.Namespace, progress: Callable[[str], None]
) -> tuple[BuildOutcome, Correction]:
    """Append one correction or undo and build; ValueError, and nothing kept, if it does not fit."""
    refuse_untaken(home, options.actor, progress, lambda *_: None)
    made = _undoing(home, options) if options.undo else _declared(home, options)
    path = home.decisions / CORRECTIONS
    before = path.read_bytes() if path.exists() else None
    append_rows(path, COLUMNS, [astuple(made)])
    outcome = None
    try:
        outcome = build(home, new_load_id(), options.actor, progress)
    finally:
        if outcome is None or outcome.stops:
            _restore(home, before)
    return outcome, made


def listed(home: Home) -> tuple[list[dict[str, Any]], str]:
    """Standing corrections as rows and as text."""
    rows = standing_corrections(home)
    lines = [
        f"第 {r.correction_id} 条　{r.change()}　{r.who} {r.decided_at[:10]}　{r.why}" for r in rows
    ]
    return [asdict(r) for r in rows], "\n".join(lines) or "没有现行的更正"


def said(outcome: BuildOutcome, made: Correction) -> str:
    """What was recorded, in one line."""
    if outcome.stops:
        return "没有登记：改后检查不通过"
    if made.action == "undo":
        return f"已撤销更正第 {made.undoes} 条"
    return f"已登记更正第 {made.correction_id} 条：{made.change()}"


def _undoing(home: Home, options: argparse.Namespace) -> Correction:
    if options.undo not in {r.correction_id for r in standing_corrections(home)}:
        raise ValueError(f"没有现行的更正第 {options.undo} 条")
    return _numbered(home, options, action="undo", undoes=options.undo)


def _declared(home: Home, options: argparse.Namespace) -> Correction:
    context = load_context(home.profile_folder)
    if options.dataset not in context.sources:
        raise ValueError(f"没有“{options.dataset}”这种报表，可用：{'、'.join(context.sources)}")
    if not options.why.strip():
        raise ValueError("请用 --why 写明更正依据")
    if not options.identity and not (options.file and len(options.file) >= 6 and options.row):
        raise ValueError("请用 --identity，或用 --file（指纹至少 6 位）和 --row 指明是哪一行")
    place = {
        "dataset": options.dataset,
        "identity": options.identity or "",
        "file_sha256": "" if options.identity else options.file.lower(),
        "sheet": options.sheet,
        "row": options.row,
    }
    if options.drop:
        return _numbered(home, options, action="drop", **place)
    return _numbered(home, options, action="set", **place, **_change(context, options))


def _change(context: Context, options: argparse.Namespace) -> dict[str, str]:
    columns = {c.field: c for c in context.sources[options.dataset].columns}
    names = {c.name_zh: c for c in columns.values()}
    column = columns.get(options.field) or names.get(options.field)
    if column is None:
        raise ValueError(f"没有“{options.field}”这一栏，可用：{'、'.join(names)}")
    if column.is_personal:
        raise ValueError(f"“{column.name_zh}”是个人信息，请由填报单位更正后重报")
    clean = cleaner_of(column, context, Sheet())
    given = {}
    for name, text in (("from_value", options.was), ("to_value", options.becomes)):
        value, code, note = clean(text)
        if code:
            raise ValueError(context.sentence(code, column=column.name_zh, value=text, note=note))
        given[name] = spelled(value)
    if given["from_value"] == given["to_value"]:
        raise ValueError("原值和改后的值相同")
    if column.required and not given["to_value"]:
        raise ValueError(f"“{column.name_zh}”是必填项，不能改为空")
    return {"field": column.field, **given}


def _numbered(home: Home, options: argparse.Namespace, action: str, **given: Any) -> Correction:
    number = len(read_corrections(home)) + 1
    return Correction(number, options.actor, now(), options.why.strip(), action, **given)


def _restore(home: Home, before: bytes | None) -> None:
    path = home.decisions / CORRECTIONS
    if before is None:
        path.unlink(missing_ok=True)
    else:
        write_atomic(path, before)
