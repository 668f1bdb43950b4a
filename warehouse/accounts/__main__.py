"""`python -m warehouse.accounts`: add, list and remove users, read the access log.

`python3 run.py user …` passes its words on to this. Results on output, the rest on standard error.
"""

from __future__ import annotations

import argparse
import getpass
import json
import sqlite3
import sys

from warehouse.accounts import log
from warehouse.accounts.users import (
    ROLES_ZH,
    Refused,
    add_user,
    change_password,
    read_users,
    remove_user,
)
from warehouse.command_line import Parser, words_of
from warehouse.files.home import Home

USAGE = """用法：
  python3 run.py user add NAME --role leader|analyst|staff|admin [--role …]
                      [--display-name 姓名] [--unit 单位代码] [--password-stdin]
      新增用户；密码输入两次，不显示；--password-stdin 从标准输入读一行
  python3 run.py user password NAME [--password-stdin]
      换密码；该用户已登录的页面随即退出
  python3 run.py user remove NAME
      删除用户；已登录的页面随即退出
  python3 run.py user list [--json]
      列出用户
  python3 run.py user log [--last 100]
      检查访问日志是否完整，列出最近的记录
  各命令都可加 --home 目录 --profile 辖区
"""
CONSOLE = "本机命令"


class Words(Parser):
    """The one help text, whatever is asked."""

    def format_help(self) -> str:
        """All calls there are."""
        return USAGE

    format_usage = format_help


def parse(words: list[str]) -> argparse.Namespace:
    """Understand a call."""
    parser = Words(prog="run.py user")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")

    def command(name: str) -> Words:
        sub = commands.add_parser(name)
        sub.add_argument("--home")
        sub.add_argument("--profile")
        return sub

    adding = command("add")
    adding.add_argument("name")
    adding.add_argument("--role", action="append", required=True, choices=list(ROLES_ZH))
    adding.add_argument("--display-name", default="")
    adding.add_argument("--unit", default="")
    adding.add_argument("--password-stdin", action="store_true")
    changing = command("password")
    changing.add_argument("name")
    changing.add_argument("--password-stdin", action="store_true")
    command("remove").add_argument("name")
    command("list").add_argument("--json", action="store_true")
    command("log").add_argument("--last", type=int, default=100)
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Carry out one call and return its exit code."""
    options = parse(words)
    home = Home.find(options.home, options.profile)
    try:
        return COMMANDS[options.command](home, options)
    except (Refused, LookupError, ValueError) as reason:
        print(f"✗ {reason}", file=sys.stderr)
        return 1
    except OSError as fault:
        print(f"✗ 没有完成：{words_of(fault)}", file=sys.stderr)
        return 1
    except sqlite3.Error:
        print(f"✗ 没有完成：读写不了 {home.folder}，可能正被占用或没有权限", file=sys.stderr)
        return 1


def add(home: Home, options: argparse.Namespace) -> int:
    """Add a user."""
    word = ask_password(options.password_stdin)
    user = add_user(home, options.name, options.role, word, options.display_name, options.unit)
    note(home, "user_add", f"{user.name}：{user.roles_zh}")
    print(f"已新增用户 {user.name}（{user.roles_zh}）")
    return 0


def password(home: Home, options: argparse.Namespace) -> int:
    """Give a user another password."""
    change_password(home, options.name, ask_password(options.password_stdin))
    note(home, "user_password", options.name)
    print(f"已更换 {options.name} 的密码")
    return 0


def remove(home: Home, options: argparse.Namespace) -> int:
    """Remove a user."""
    remove_user(home, options.name)
    note(home, "user_remove", options.name)
    print(f"已删除用户 {options.name}")
    return 0


def show(home: Home, options: argparse.Namespace) -> int:
    """List the users; no hash leaves the file."""
    known = read_users(home).values()
    if options.json:
        fields = ("name", "display_name", "unit_id", "created_at")
        rows = [
            {**{field: getattr(user, field) for field in fields}, "roles": sorted(user.roles)}
            for user in known
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for user in known:
        print(
            "\t".join((user.name, user.display_name, user.roles_zh, user.unit_id, user.created_at))
        )
    if not known:
        print("还没有用户", file=sys.stderr)
    return 0


def show_log(home: Home, options: argparse.Namespace) -> int:
    """Check the access log and show its newest rows; exit 1 when a row is missing or changed."""
    for entry in log.entries(home, options.last):
        action = log.ACTIONS_ZH[entry.action]
        said = (str(entry.seq), entry.at, entry.user_name, entry.address, action, entry.target)
        print("\t".join(said))
    found = log.faults(home)
    for fault in found:
        print(f"✗ 访问日志{fault}", file=sys.stderr)
    if not found:
        print("访问日志完整", file=sys.stderr)
    return 1 if found else 0


def ask_password(from_stdin: bool) -> str:
    """A password, typed twice without echo or read as one line."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Refused("这里不能输入密码，请加 --password-stdin")
    first = getpass.getpass("密码：")
    if first != getpass.getpass("再输入一次："):
        raise Refused("两次输入的密码不一样")
    return first


def note(home: Home, action: str, target: str) -> None:
    """Write down who changed the accounts from the command line."""
    log.append(home, f"{CONSOLE}（{getpass.getuser()}）", "", action, target)


COMMANDS = {"add": add, "password": password, "remove": remove, "list": show, "log": show_log}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
