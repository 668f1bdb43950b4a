"""`python -m etl`: the table of contents of everything that changes a home.

Progress goes to stderr, results to stdout; `--json` prints one document. `--json-lines` prints
progress and result as one document a line, for a program that looks on (`warehouse/files/jobs.py`).
Exit 0: done, nothing waits. 3: something of this call waits for a person, or took rows out of force
that no newer row replaces; or after an upgrade a new version waits to be taken, and nothing was
done. 1: nothing could be loaded, or a check stopped the build. 2: the call's words are off.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from etl.build.build import valid_month
from etl.changes.effects import watching
from etl.changes.upgrade import Untaken
from etl.commands import build_or_accept, command_text, correct, decide
from etl.commands.arguments import how_to_load, load_options
from etl.commands.fault_text import sentence
from etl.commands.load import load
from etl.commands.preview import preview, preview_undo
from etl.commands.progress import Console, JsonLines, tell
from etl.commands.report_words import every_field
from etl.commands.upkeep import freeze_month, list_versions, rebuild, rollback, undo, verify
from etl.declarations.kind_answers import dataset_names, parse_kinds
from etl.intake.locking import Busy, writing
from etl.recognise.column_answers import parse_columns
from warehouse.command_line import Parser, words_of
from warehouse.files.home import REPOSITORY, Home
from warehouse.versions.versions import current_number

Outcome = tuple[int, Any, str]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; every fault a user can meet ends as one Chinese line."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        options.kinds = parse_kinds(getattr(options, "kinds", ()), dataset_names())
        options.columns = parse_columns(getattr(options, "columns", ()), every_field())
    except ValueError as fault:
        parser.error(str(fault))
    home = Home.find(options.home, options.profile)
    served = current_number(home)
    try:
        run: Callable[[Home, argparse.Namespace], Outcome] = options.run
        code, document, text = run(home, options)
    except Untaken as fault:
        code, document, text = (
            build_or_accept.WAITS,
            {"error": str(fault), "waiting": 1},
            str(fault),
        )
    except (Busy, LookupError, ValueError, FileNotFoundError, FileExistsError) as fault:
        words = words_of(fault)
        code, document, text = 1, {"error": words}, f"没有完成：{words}"
    except Exception as fault:  # noqa: BLE001 - the trace goes to the log, a line to the person
        words = sentence(fault, home, served)
        code, document, text = 1, {"error": words}, words
    _say(options, code, document, text)
    return code


def _say(options: argparse.Namespace, code: int, document: dict[str, Any], text: str) -> None:
    """The result: a sentence, one document, or the last line of many."""
    if options.json_lines and "error" in document:
        tell("error", words=document["error"])
    elif options.json_lines:
        tell("result", code=code, document=document, text=text)
    else:
        print(json.dumps(document, ensure_ascii=False) if options.json else text)


def _console(options: argparse.Namespace) -> Console | JsonLines:
    return JsonLines() if options.json_lines else Console()


def _load(home: Home, options: argparse.Namespace) -> Outcome:
    chosen = load_options(options)
    with (
        writing(home, options.actor),
        _console(options) as console,
        watching(home) as changed,
    ):
        done = load(home, options.paths, chosen, console.say, console.step)
        done.effects = changed() if options.json_lines else None
    return done.exit_code, done.document(), command_text.load_text(done)


def _preview(home: Home, options: argparse.Namespace) -> Outcome:
    chosen = load_options(options)
    with _console(options) as console:
        done = preview(home, options.paths, chosen, console.say, console.step)
    return done.exit_code, done.document(), command_text.preview_text(done)


def _undo(home: Home, options: argparse.Namespace) -> Outcome:
    if options.preview:
        return _undo_preview(home, options)
    with (
        writing(home, options.actor),
        _console(options) as console,
        watching(home) as changed,
    ):
        outcome = undo(home, options.what, options.actor, console.say, options.why or "")
        told = {"effects": changed()} if options.json_lines else {}
    document = {**command_text.build_document(outcome), **told}
    return outcome.exit_code, document, command_text.build_text(outcome)


def _undo_preview(home: Home, options: argparse.Namespace) -> Outcome:
    with _console(options) as console:
        outcome, effects = preview_undo(home, options.what, options.actor, console.say)
    document = {**command_text.build_document(outcome), "effects": effects}
    return outcome.exit_code, document, command_text.trial_text(outcome, effects, "没有撤销")


def _rollback(home: Home, options: argparse.Namespace) -> Outcome:
    with writing(home, options.actor):
        number = rollback(home, options.build, options.actor)
    return 0, {"build_id": number}, f"已退回第 {number} 版，以后的导入从这一版算起"


def _versions(home: Home, _options: argparse.Namespace) -> Outcome:
    rows = list_versions(home)
    return 0, {"versions": rows}, command_text.versions_text(rows)


def _freeze(home: Home, options: argparse.Namespace) -> Outcome:
    with writing(home, options.actor):
        month = freeze_month(home, options.month)
    return 0, {"edition": month}, f"{month} 已定稿，以后不再改变"


def _verify(home: Home, _options: argparse.Namespace) -> Outcome:
    findings = verify(home)
    unsound = [f for f in findings if not f.is_sound]
    return (
        int(bool(unsound)),
        {"findings": [asdict(f) for f in findings]},
        command_text.verify_text(findings),
    )


def _rebuild(home: Home, options: argparse.Namespace) -> Outcome:
    with writing(home, options.actor), _console(options) as console:
        outcome, changed = rebuild(home, options.actor, console.say, console.step)
    document = {**command_text.build_document(outcome), "changed_tables": changed}
    return (
        1 if changed else outcome.exit_code,
        document,
        command_text.rebuild_text(outcome, changed),
    )


def _returned(home: Home, options: argparse.Namespace) -> Outcome:
    from etl.documents.returned.command import hand_back

    with writing(home, options.actor):
        files = hand_back(home, options.out, options.what, options.unit)
    return 0, {"files": files}, command_text.returned_text(files)


def _template(home: Home, options: argparse.Namespace) -> Outcome:
    from etl.documents.templates.command import write_templates

    files = write_templates(home, options.out, options.datasets)
    return 0, {"files": files}, "\n".join(f"{f['name_zh']}　{f['path']}" for f in files)


def _sample(home: Home, options: argparse.Namespace) -> Outcome:
    words = ["--out", str(options.out), "--seed", str(options.seed), "--scale", str(options.scale)]
    words += ["--from", valid_month(options.first), "--to", valid_month(options.last)]
    words += ["--home", str(home.root), "--profile", home.profile]
    done = subprocess.run(
        [sys.executable, "-m", "sample", *words, *(["--messy"] if options.messy else [])],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    if done.returncode:
        raise ValueError(done.stderr.decode("utf-8").strip())
    summary = json.loads(done.stdout)
    return 0, summary, f"模拟工作簿已写到 {options.out}"


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m etl", description="工作簿入库与版本")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")

    def command(name: str, run: Callable[..., Outcome], words: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words)
        sub.set_defaults(run=run)
        sub.add_argument("--home", metavar="文件夹", help="数据文件夹（默认 data/home）")
        sub.add_argument("--profile", metavar="辖区", help="辖区配置（默认 demo）")
        sub.add_argument("--actor", metavar="姓名", default="本机", help="经办人")
        sub.add_argument("--json", action="store_true", help="只输出一个 JSON 文档")
        sub.add_argument("--json-lines", action="store_true", help="逐行输出进度和结果（JSON）")
        return sub

    for name, run, words in (
        ("load", _load, "导入工作簿：判读、入库、计算、检查、发布"),
        ("preview", _preview, "试导入：说明会怎样，什么也不保留"),
    ):
        how_to_load(command(name, run, words))
    build_or_accept.add_command(command)
    sub = command("undo", _undo, "撤销一次导入或一个工作簿")
    sub.add_argument("what", metavar="导入编号或文件指纹")
    sub.add_argument("--why", help="撤销的理由，记入收件簿")
    sub.add_argument("--preview", action="store_true", help="只说明会怎样，不撤销")
    decide.add_command(command)
    correct.add_arguments(command("correct", correct.run, "更正原表的一个值，或整行不计入"))
    command("versions", _versions, "列出各版和定稿")
    command("rollback", _rollback, "退回某一版").add_argument("build", type=int, metavar="版号")
    command("freeze", _freeze, "把现行版定为某月定稿").add_argument("month", metavar="2026-10")
    command("verify", _verify, "核对存档、收件簿和各版")
    command("rebuild", _rebuild, "只凭存档和收件簿重新来过")
    _papers(command)
    sub = command("sample", _sample, "生成模拟工作簿（虚构地名）")
    sub.add_argument("--out", type=Path, required=True)
    sub.add_argument("--from", dest="first", default="2023-01")
    sub.add_argument("--to", dest="last", default="2026-10")
    sub.add_argument("--seed", type=int, default=7)
    sub.add_argument("--scale", type=float, default=1.0)
    sub.add_argument("--messy", action="store_true")
    return parser


def _papers(command: Callable[..., argparse.ArgumentParser]) -> None:
    """What goes out to the units."""
    sub = command("returned", _returned, "生成退回工作簿：每个单位一份，写明哪些行要改、怎么改")
    sub.add_argument("what", nargs="?", default="", metavar="导入编号或文件指纹")
    sub.add_argument("--unit", default="", help="只要这个单位的")
    sub.add_argument("--out", type=Path, required=True, help="写到哪个文件夹")
    sub = command("template", _template, "生成空表：表头、下拉选项和填表说明")
    sub.add_argument("datasets", nargs="*", metavar="报表种类", help="不写就是全部")
    sub.add_argument("--out", type=Path, required=True, help="写到哪个文件夹")


if __name__ == "__main__":
    sys.exit(main())
