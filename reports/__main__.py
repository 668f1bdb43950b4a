"""`python -m reports`: documents out of one build or edition, each a file that stands alone.

Prints the paths of what it wrote. Exit 0: written. 1: there is nothing to write it from. 2: the
call's words are off.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from reports.build_note import Built
from reports.quality import document, facts
from reports.ranking import command as ranking
from reports.reminders import command as reminders
from reports.scorecard import printed_scorecard
from reports.slides import briefing
from reports.source import Row, Source
from warehouse import formats
from warehouse.command_line import Parser, words_of
from warehouse.files.home import Home, write_atomic

#: One path, or a row per file where a document is several.
Written = Path | list[Row]
Write = Callable[[Source, argparse.Namespace], Written]


def main(arguments: list[str] | None = None) -> int:
    """Write one document; every fault a user can meet ends as one Chinese line."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if why := _disagreement(options):
        parser.error(why)
    options.month = options.month or options.edition
    try:
        source = Source.of(Home.find(options.home, options.profile), options.edition)
        written: Written = options.write(source, options)
    except (LookupError, ValueError, OSError) as fault:
        words = words_of(fault)
        print(
            json.dumps({"error": words}, ensure_ascii=False)
            if options.json
            else f"没有完成：{words}"
        )
        return 1
    files = written if isinstance(written, list) else [{"path": str(written)}]
    document = {"files": files} if isinstance(written, list) else files[0]
    lines = "\n".join(file["path"] for file in files)
    print(json.dumps(document, ensure_ascii=False) if options.json else lines)
    return 0


def _disagreement(options: argparse.Namespace) -> str:
    """Why month and edition do not go together; nothing where they do."""
    if not options.month and not options.edition:
        return "--month 和 --edition 至少写一个"
    if options.month and options.edition and options.month != options.edition:
        return (
            f"{options.edition} 的定稿只说 {options.edition} 这个月，不能用来写 {options.month}；"
            f"请改用 --edition {options.month}，或去掉 --edition 用现行版"
        )
    return ""


def _briefing(source: Source, options: argparse.Namespace) -> Path:
    month = _month(source, options.month)
    run = briefing.data(source.rows, month, source.version_zh)
    asked = (source.rows, month, source.version_zh)
    text = briefing.html(run, briefing.title(*asked))
    return _written(options.out, briefing.file_name(*asked), text)


def _scorecard(source: Source, options: argparse.Namespace) -> Path:
    month = _month(source, options.month)
    unit = options.unit or printed_scorecard.WHOLE_AREA
    sheet = printed_scorecard.Sheet(source.rows, month, unit, source.version_zh)
    return _written(options.out, printed_scorecard.file_name(sheet), printed_scorecard.html(sheet))


def _ranking(source: Source, options: argparse.Namespace) -> Written:
    month = _month(source, options.month)
    return ranking.write_all(source, month, options.out, options.scheme, options.group)


def _reminders(source: Source, options: argparse.Namespace) -> Written:
    month = _month(source, options.month)
    until = reminders.day(options.until) if options.until else None
    return reminders.write_all(source, month, options.out, until)


def _quality(source: Source, options: argparse.Namespace) -> Path:
    quality = facts.load(source.rows, facts.Asked(_month(source, options.month)))
    built = Built.of(source.path)
    return _written(
        options.out, document.file_name(quality, built.label), document.html(quality, built)
    )


def _month(source: Source, code: str) -> date:
    """The month a code names; ValueError when the build has no data for it."""
    months: list[date] = [row["month"] for row in source.rows("months")]
    known = {formats.month_code(month): month for month in months}
    if code not in known:
        newest = formats.month_zh(months[0]) if months else "还没有"
        raise ValueError(f"{code} 没有数据；最近有数据的月份：{newest}")
    return known[code]


def _written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    write_atomic(path, text.encode("utf-8"))
    path.chmod(0o644)
    return path


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m reports", description="生成汇报材料")
    commands = parser.add_subparsers(dest="command", required=True, metavar="材料")

    def command(name: str, write: Write, words: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words)
        sub.set_defaults(write=write)
        sub.add_argument("--month", metavar="2026-10", help="月份（默认定稿的月份）")
        sub.add_argument("--out", required=True, type=Path, metavar="文件夹", help="写到哪里")
        sub.add_argument("--edition", metavar="2026-10", help="用这个月的定稿（默认现行版）")
        sub.add_argument("--home", metavar="文件夹", help="数据文件夹（默认 data/home）")
        sub.add_argument("--profile", metavar="辖区", help="辖区配置（默认 demo）")
        sub.add_argument("--json", action="store_true", help="只输出一个 JSON 文档")
        return sub

    command("briefing", _briefing, "投影汇报：一个可离线放映的网页文件")
    command("scorecard", _scorecard, "月度计分卡：一页 A4 打印件").add_argument(
        "--unit", metavar="单位代码", help="单位代码（默认全辖区）"
    )
    sub = command("ranking", _ranking, "晾晒表：排名、行政区划顺序、算分过程、口径与依据、数据")
    sub.add_argument("--scheme", metavar="方案代码", help="只写这个方案（默认当月生效的全部方案）")
    sub.add_argument("--group", metavar="组代码", help="只排方案中的一组（默认各组合排）")
    command("reminders", _reminders, "催报单：谁还没报，并附发给各单位的文字").add_argument(
        "--until", metavar="2026-11-10", help="逾期天数计至哪一天（默认数据截至）"
    )
    command("quality", _quality, "数据质量报告：一个可离线打开、可打印的网页文件")
    return parser


if __name__ == "__main__":
    sys.exit(main())
