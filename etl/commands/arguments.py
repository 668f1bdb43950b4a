"""The words of `load` and `preview`: declared once, read once."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from etl.commands.load import LoadOptions


def how_to_load(sub: argparse.ArgumentParser) -> None:
    """Declare them on a command."""
    sub.add_argument("paths", nargs="+", type=Path, metavar="文件或文件夹")
    sub.add_argument("--unit", help="填报单位代码（工作簿没有写明时）")
    sub.add_argument("--mode", choices=("slice", "append"), help="append＝补报，只加不换")
    sub.add_argument(
        "--kind",
        dest="kinds",
        action="append",
        default=[],
        metavar="[工作表=]报表种类",
        help="表头像几种报表时指明是哪一种",
    )
    sub.add_argument(
        "--column",
        dest="columns",
        action="append",
        default=[],
        metavar="表头=字段[:单位]",
        help="指明没有认出的列是什么；不采用写作 表头=-",
    )
    sub.add_argument("--accept-shrink", action="store_true", help="确认重报台账少行、少死亡")
    sub.add_argument("--why", help="确认的理由，记入 decisions")
    sub.add_argument("--load-id", default="", type=_load_id, help="导入编号（默认自动编号）")
    sub.add_argument("--as", dest="names", action="append", default=[], metavar="原文件名")


def load_options(options: argparse.Namespace) -> LoadOptions:
    """What the words of the call say about how to load."""
    if options.names and len(options.names) != len(options.paths):
        raise ValueError("--as 须与文件一一对应")
    return LoadOptions(
        unit=options.unit or "",
        mode=options.mode or "",
        accept_shrink=options.accept_shrink,
        actor=options.actor,
        kinds=options.kinds,
        columns=options.columns,
        why=options.why or LoadOptions.why,
        load_id=options.load_id,
        names=dict(zip(options.paths, options.names, strict=False)),
    )


def _load_id(text: str) -> str:
    if text and not re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{6}", text):
        raise argparse.ArgumentTypeError("导入编号应写作 20261121T232703Z-0a1b2c")
    return text
