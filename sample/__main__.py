"""`python -m sample`: synthetic workbooks of an invented place, with their truth."""

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from sample import make
from warehouse.command_line import Parser, words_of
from warehouse.files.home import Home


def main(arguments: list[str] | None = None) -> int:
    """Write the workbooks; what was written as one JSON document, a refusal as one line."""
    options = _parser().parse_args(arguments)
    home = Home.find(options.home, options.profile)
    try:
        first, last = (date.fromisoformat(f"{month}-01") for month in (options.first, options.last))
        summary = make(
            options.out,
            home.profile_folder,
            first,
            last,
            options.seed,
            options.scale,
            options.messy,
        )
    except (ValueError, OSError) as error:
        print(words_of(error), file=sys.stderr)
        return 1
    print(json.dumps(asdict(summary), ensure_ascii=False))
    return 0


def _parser() -> Parser:
    parser = Parser(prog="python -m sample", description="生成模拟工作簿（虚构地名）")
    parser.add_argument("--out", type=Path, required=True, help="写到哪个文件夹")
    parser.add_argument("--from", dest="first", default="2023-01", metavar="2023-01")
    parser.add_argument("--to", dest="last", default="2026-10", metavar="2026-10")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--messy", action="store_true")
    parser.add_argument("--home", metavar="文件夹", help="数据文件夹（默认 data/home）")
    parser.add_argument("--profile", metavar="辖区", help="辖区配置（默认 demo）")
    return parser


if __name__ == "__main__":
    sys.exit(main())
