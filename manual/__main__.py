"""`python -m manual`: take the pictures of 操作手册.md anew from the running product.

Needs Chromium and the development packages. `--check` takes them and says which screens no longer
read as their pictures do, without writing anything; exit 1 when there is one.
"""

import sys
from pathlib import Path

from manual.camera import FOLDER, changed, keep, read_shots, served, size, take
from warehouse.command_line import Parser
from warehouse.files.home import Home


def main(arguments: list[str] | None = None) -> int:
    """Take or check all pictures, or those named."""
    parser = Parser(prog="python -m manual", description="操作手册的截图")
    parser.add_argument("pictures", nargs="*", metavar="图名", help="只拍这几张（默认全部）")
    parser.add_argument("--home", metavar="文件夹", help="数据文件夹（默认 data/home）；截图用副本")
    parser.add_argument("--out", metavar="文件夹", type=Path, default=FOLDER, help="放图的文件夹")
    parser.add_argument(
        "--size", metavar="宽x高", default="1366x768", type=size, help="屏幕尺寸，如 1920x1080"
    )
    parser.add_argument("--check", action="store_true", help="只核对画面文字是否与现有截图一致")
    options = parser.parse_args(arguments)
    home = Home.find(options.home)
    if not home.current.is_file():
        parser.error(f"{home.folder} 里还没有数据")
    shots = [s for s in read_shots() if not options.pictures or s.picture in options.pictures]
    stale = 0
    with served(home.root) as url:
        for taken in take(url, shots, *options.size, words_only=options.check):
            if options.check:
                words = changed(taken, options.out)
                stale += bool(words)
                print(f"{taken.shot.picture}：{'、'.join(words) or '一致'}")
            else:
                print(keep(taken, options.out))
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
