"""The command `build`: bring the served build up to date; after an upgrade list, or take it."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from etl.build.build import BuildOutcome
from etl.changes.effects import watching
from etl.changes.upgrade import bring_up_to_date, take, told
from etl.commands import command_text
from etl.commands.progress import Console, JsonLines
from etl.intake.locking import writing
from warehouse.files.home import Home
from warehouse.formats import span_with_year_zh
from warehouse.versions.waiting_version import Waiting

WAITS = 3
SHOWN_LINES = 20
Outcome = tuple[int, Any, str]


def add_command(command: Callable[..., argparse.ArgumentParser]) -> None:
    """`build`, and `build --accept [清单编号] --why …`."""
    sub = command("build", run, "按收件簿重新计算并发布；程序升级后先列出会变的数，等人采用")
    sub.add_argument(
        "--accept",
        nargs="?",
        const="",
        metavar="清单编号",
        help="采用新版（写了清单编号的，清单有变就不采用）",
    )
    sub.add_argument("--why", default="", help="采用的理由，记入 decisions")


def run(home: Home, options: argparse.Namespace) -> Outcome:
    """Exit code, document and text of one call; 3 while a new version waits."""
    told_by = JsonLines() if options.json_lines else Console()
    with writing(home, options.actor), told_by as console, watching(home) as changed:
        who = (options.actor, console.say, console.step)
        found = (
            bring_up_to_date(home, *who)
            if options.accept is None
            else take(home, options.accept, options.why, *who)
        )
        effects = {"effects": changed()} if options.json_lines else {}
    return _waits(found) if isinstance(found, Waiting) else _done(found, effects)


def _done(outcome: BuildOutcome, effects: dict[str, Any]) -> Outcome:
    document = {**command_text.build_document(outcome), "waiting": 0, **effects}
    return outcome.exit_code, document, command_text.build_text(outcome)


def _waits(waiting: Waiting) -> Outcome:
    document = {
        "build_id": waiting.from_build,
        "published": False,
        "waiting": 1,
        "stops": waiting.stops,
        "rejudged": waiting.rejudged,
        "upgrade": asdict(waiting),
    }
    if waiting.stops:
        lines = [f"　　{stop}" for stop in waiting.stops]
        head = f"程序或随附配置已更新，新版检查不通过，现行仍是第 {waiting.from_build} 版，数未变："
        return 1, document, "\n".join([head, *lines])
    return WAITS, document, "\n".join([*waiting.rejudged, told(waiting), *moves(waiting), _HOW])


_HOW = (
    "请在“数据报送”页查看并采用，或运行 python -m etl build --accept --why 理由；"
    "采用之前各页仍显示现行版，导入也等采用之后再做"
)


def moves(waiting: Waiting) -> list[str]:
    """The first of what would move, one a line: figure, from, to, by which workbook."""
    lines = [
        f"　　{span_with_year_zh(row['span_kind'], row['span_month'])}　{row['place_zh']}　"
        f"{row['name_zh']}：{row['before']} → {row['after']}　{by(row)}"
        for row in waiting.figures
    ]
    lines += [
        f"　　{row['span_month'][:7]}　{row['place_zh']}　名次：{row['before']} → {row['after']}"
        for row in waiting.ranks
    ]
    held = [f"　　待确认：{why}" for why in waiting.held]
    more = waiting.count - min(len(lines), SHOWN_LINES)
    rest = [f"　　……另有 {more} 处，见“数据报送”页"] if more > 0 else []
    return [*held, *lines[:SHOWN_LINES], *rest]


def by(row: dict[str, Any]) -> str:
    """Which workbooks, or that no row changed and a rule reads them otherwise."""
    return f"（{'、'.join(row['books'])}）" if row["books"] else "（规则变化）"
